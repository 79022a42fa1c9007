"""Controller of the DocType Client Script."""

from frappe.model.document import Document


class ClientScript(Document):
    """The `Client Script` record."""
