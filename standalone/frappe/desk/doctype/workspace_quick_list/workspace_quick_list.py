"""Controller of the DocType Workspace Quick List."""

from frappe.model.document import Document


class WorkspaceQuickList(Document):
    """One row of a table: workspace quick list."""
