"""Controller of the DocType Document Naming Rule Condition."""

from frappe.model.document import Document


class DocumentNamingRuleCondition(Document):
    """One row of a table: document naming rule condition."""
