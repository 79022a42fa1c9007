"""Controller of the DocType Custom DocPerm: a site's own permission rules, which replace those of the DocType."""

from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document


class CustomDocPerm(Document):
    """One rule. `parent` names the DocType; the rows are no child table of it."""

    if TYPE_CHECKING:
        parent: str | None

    def on_update(self) -> None:
        frappe.clear_cache(doctype=self.parent)

    def after_delete(self) -> None:
        frappe.clear_cache(doctype=self.parent)
