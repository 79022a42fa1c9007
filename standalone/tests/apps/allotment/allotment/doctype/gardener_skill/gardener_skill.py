from frappe.model.document import Document


class GardenerSkill(Document):
    pass
