"""Controller of the DocType Installed Application."""

from frappe.model.document import Document


class InstalledApplication(Document):
    """One row of a table: installed application."""
