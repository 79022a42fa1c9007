"""Controller of the DocType Workspace Number Card."""

from frappe.model.document import Document


class WorkspaceNumberCard(Document):
    """One row of a table: workspace number card."""
