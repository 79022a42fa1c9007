"""Controller of the DocType Assignment Rule User."""

from frappe.model.document import Document


class AssignmentRuleUser(Document):
    """One row of a table: assignment rule user."""
