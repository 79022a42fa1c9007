"""Controller of the DocType View Log."""

from frappe.model.document import Document


class ViewLog(Document):
    """The `View Log` record."""
