"""Controller of the DocType Dynamic Link."""

from frappe.model.document import Document


class DynamicLink(Document):
    """One row of a table: dynamic link."""
