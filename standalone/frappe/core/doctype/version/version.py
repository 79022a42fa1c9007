"""Controller of the DocType Version."""

from frappe.model.document import Document


class Version(Document):
    """The `Version` record."""
