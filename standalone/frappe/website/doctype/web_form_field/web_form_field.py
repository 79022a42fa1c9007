"""Controller of the DocType Web Form Field."""

from frappe.model.document import Document


class WebFormField(Document):
    """One field of a web form."""
