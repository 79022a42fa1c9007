"""Controller of the DocType Top Bar Item."""

from frappe.model.document import Document


class TopBarItem(Document):
    """One row of a table: top bar item."""
