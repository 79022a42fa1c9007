"""Controller of the DocType Patch Log."""

from frappe.model.document import Document


class PatchLog(Document):
    """The `Patch Log` record."""
