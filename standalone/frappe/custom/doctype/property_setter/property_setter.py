"""Controller of the DocType Property Setter."""

from frappe.model.document import Document


class PropertySetter(Document):
    """The `Property Setter` record."""
