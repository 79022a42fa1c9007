from frappe.model.document import Document


class Skill(Document):
    pass
