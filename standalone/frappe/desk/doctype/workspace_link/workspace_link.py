"""Controller of the DocType Workspace Link."""

from frappe.model.document import Document


class WorkspaceLink(Document):
    """One row of a table: workspace link."""
