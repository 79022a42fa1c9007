from frappe.model.document import Document


class AllotmentSettings(Document):
    pass
