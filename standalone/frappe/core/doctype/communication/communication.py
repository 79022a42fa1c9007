"""Controller of the DocType Communication."""

from frappe.model.document import Document


class Communication(Document):
    """The `Communication` record."""
