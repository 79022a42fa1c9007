"""Controller of the DocType Custom DocPerm: a site's own permission rules, which replace those of the DocType."""

import frappe
from frappe.model.document import Document


class CustomDocPerm(Document):
    """One rule. `parent` names the DocType; the rows are no child table of it."""

    def on_update(self) -> None:
        frappe.clear_cache(doctype=self.parent)

    def after_delete(self) -> None:
        frappe.clear_cache(doctype=self.parent)
