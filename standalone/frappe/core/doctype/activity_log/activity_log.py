"""Controller of the DocType Activity Log."""

from frappe.model.document import Document


class ActivityLog(Document):
    """The `Activity Log` record."""
