"""Controller of the DocType Scheduled Job Type."""

from frappe.model.document import Document


class ScheduledJobType(Document):
    """The `Scheduled Job Type` record."""
