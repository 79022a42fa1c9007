from frappe.model.document import Document


class WateringCan(Document):
    pass
