"""Controller of the DocType Server Script."""

from frappe.model.document import Document


class ServerScript(Document):
    """The `Server Script` record."""
