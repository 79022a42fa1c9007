"""Controller of the DocType File."""

from frappe.model.document import Document


class File(Document):
    """The `File` record."""
