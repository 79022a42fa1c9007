"""Controller of the DocType Report Filter."""

from frappe.model.document import Document


class ReportFilter(Document):
    """One row of a table: report filter."""
