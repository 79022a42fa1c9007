"""Controller of the DocType Workspace Chart."""

from frappe.model.document import Document


class WorkspaceChart(Document):
    """One row of a table: workspace chart."""
