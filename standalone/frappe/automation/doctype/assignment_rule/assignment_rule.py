"""Controller of the DocType Assignment Rule."""

from frappe.model.document import Document


class AssignmentRule(Document):
    """The `Assignment Rule` record."""
