from frappe.model.document import Document


class TPCallLog(Document):
    """A call, named by the provider's id."""
