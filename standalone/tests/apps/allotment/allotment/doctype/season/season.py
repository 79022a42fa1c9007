from frappe.model.document import Document


class Season(Document):
    def autoname(self):
        self.name = f"{self.title} {self.year}"
