"""Controller of the DocType DocType."""

from frappe.model.document import Document


class DocType(Document):
    """The `DocType` record."""
