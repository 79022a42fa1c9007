"""Controller of the DocType Assignment Rule Day."""

from frappe.model.document import Document


class AssignmentRuleDay(Document):
    """One row of a table: assignment rule day."""
