"""Controller of the DocType Translation."""

from frappe.model.document import Document


class Translation(Document):
    """The `Translation` record."""
