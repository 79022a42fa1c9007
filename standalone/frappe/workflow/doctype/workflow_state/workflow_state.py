"""Controller of the DocType Workflow State."""

from frappe.model.document import Document


class WorkflowState(Document):
    """The name of a state that documents can be in."""
