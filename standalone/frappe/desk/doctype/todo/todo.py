"""Controller of the DocType ToDo."""

from frappe.model.document import Document


class ToDo(Document):
    """The `ToDo` record."""
