from frappe.model.document import Document


class Harvest(Document):
    pass
