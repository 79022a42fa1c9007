"""Controller of the DocType Module Def."""

from frappe.model.document import Document


class ModuleDef(Document):
    """The `Module Def` record."""
