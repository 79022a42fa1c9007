"""Controller of the DocType Unhandled Email."""

from frappe.model.document import Document


class UnhandledEmail(Document):
    """The `Unhandled Email` record."""
