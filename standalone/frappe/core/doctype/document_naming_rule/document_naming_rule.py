"""Controller of the DocType Document Naming Rule."""

from frappe.model.document import Document


class DocumentNamingRule(Document):
    """The `Document Naming Rule` record."""
