from frappe.model.document import Document


class Bed(Document):
    pass
