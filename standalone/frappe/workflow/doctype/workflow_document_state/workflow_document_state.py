"""Controller of the DocType Workflow Document State."""

from frappe.model.document import Document


class WorkflowDocumentState(Document):
    """A state of a workflow: whether its documents are submitted, and who may edit them."""
