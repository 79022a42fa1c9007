"""Controller of the DocType Customize Form."""

from frappe.model.document import Document


class CustomizeForm(Document):
    """The `Customize Form` record."""
