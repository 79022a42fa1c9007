"""Controller of the DocType Workspace Custom Block."""

from frappe.model.document import Document


class WorkspaceCustomBlock(Document):
    """One row of a table: workspace custom block."""
