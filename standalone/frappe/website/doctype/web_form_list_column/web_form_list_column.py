"""Controller of the DocType Web Form List Column."""

from frappe.model.document import Document


class WebFormListColumn(Document):
    """One column of the list of a web form."""
