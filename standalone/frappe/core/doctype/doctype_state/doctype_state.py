"""Controller of the DocType DocType State."""

from frappe.model.document import Document


class DocTypeState(Document):
    """One row of a table: doctype state."""
