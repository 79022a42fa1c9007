"""Controller of the DocType Block Module."""

from frappe.model.document import Document


class BlockModule(Document):
    """One row of a table: block module."""
