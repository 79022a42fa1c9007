"""Controller of the DocType Workspace Shortcut."""

from frappe.model.document import Document


class WorkspaceShortcut(Document):
    """One row of a table: workspace shortcut."""
