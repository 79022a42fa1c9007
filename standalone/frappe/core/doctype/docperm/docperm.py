"""Controller of the DocType DocPerm."""

from frappe.model.document import Document


class DocPerm(Document):
    """One row of a table: docperm."""
