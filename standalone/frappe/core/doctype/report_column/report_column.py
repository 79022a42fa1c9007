"""Controller of the DocType Report Column."""

from frappe.model.document import Document


class ReportColumn(Document):
    """One row of a table: report column."""
