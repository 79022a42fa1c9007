"""Controller of the DocType Communication Link."""

from frappe.model.document import Document


class CommunicationLink(Document):
    """One row of a table: communication link."""
