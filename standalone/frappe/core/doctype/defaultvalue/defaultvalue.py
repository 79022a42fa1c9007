"""Controller of the DocType DefaultValue."""

from frappe.model.document import Document


class DefaultValue(Document):
    """One row of a table: defaultvalue."""
