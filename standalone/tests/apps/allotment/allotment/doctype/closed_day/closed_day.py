from frappe.model.document import Document


class ClosedDay(Document):
    pass
