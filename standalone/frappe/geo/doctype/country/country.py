"""Controller of the DocType Country."""

from frappe.model.document import Document


class Country(Document):
    """The `Country` record."""
