"""Controller of the DocType Workspace."""

from frappe.model.document import Document


class Workspace(Document):
    """The `Workspace` record."""
