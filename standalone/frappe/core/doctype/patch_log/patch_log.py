"""Controller of the DocType Patch Log: a line of `patches.txt` that ran, or was skipped after a failure."""

from frappe.model.document import Document


class PatchLog(Document):
    """What happened to one patch."""
