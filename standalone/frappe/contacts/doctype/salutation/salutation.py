"""Controller of the DocType Salutation."""

from frappe.model.document import Document


class Salutation(Document):
    """The `Salutation` record."""
