"""Controller of the DocType Custom DocPerm."""

from frappe.model.document import Document


class CustomDocPerm(Document):
    """The `Custom DocPerm` record."""
