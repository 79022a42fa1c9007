"""Controller of the DocType Customize Form Field."""

from frappe.model.document import Document


class CustomizeFormField(Document):
    """One row of a table: customize form field."""
