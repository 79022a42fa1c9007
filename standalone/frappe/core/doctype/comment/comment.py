"""Controller of the DocType Comment."""

from frappe.model.document import Document


class Comment(Document):
    """The `Comment` record."""
