"""Controller of the DocType Assignment Rule Weighted User."""

from frappe.model.document import Document


class AssignmentRuleWeightedUser(Document):
    """A user of a weighted rule, and the share of assignments this user gets."""
