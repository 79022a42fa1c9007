"""Controller of the DocType Workflow Transition."""

from frappe.model.document import Document


class WorkflowTransition(Document):
    """A step from one state to the next, who may take it, and when."""
