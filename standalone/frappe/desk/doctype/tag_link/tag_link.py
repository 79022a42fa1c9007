"""Controller of the DocType Tag Link."""

from frappe.model.document import Document


class TagLink(Document):
    """The `Tag Link` record."""
