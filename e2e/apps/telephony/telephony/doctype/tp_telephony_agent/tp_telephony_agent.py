from frappe.model.document import Document


class TPTelephonyAgent(Document):
    """How an agent is reached by phone."""
