"""Controller of the DocType Installed Applications."""

from frappe.model.document import Document


class InstalledApplications(Document):
    """The `Installed Applications` record."""
