"""Controller of the DocType Portal Menu Item."""

from frappe.model.document import Document


class PortalMenuItem(Document):
    """One row of a table: portal menu item."""
