"""Controller of the DocType Version: what one save changed. The model layer writes it."""

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document
from frappe.model.versioning import get_diff as get_diff


class Version(Document):
    """A record of changes; `data` is JSON with `changed`, `added`, `removed` and `row_changed`."""

    if TYPE_CHECKING:
        data: str | None

    def get_data(self) -> dict[str, Any]:
        """Return the changes as a dict."""
        found: dict[str, Any] = json.loads(self.data or "{}")
        return found


def on_doctype_update() -> None:
    """Index what a timeline asks for."""
    frappe.db.add_index("Version", ["ref_doctype", "docname"])
