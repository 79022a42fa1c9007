"""Controller of the DocType Portal Settings: what people without access to the desk start with."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document


class PortalSettings(Document):
    """The role people get who sign up, and the menu of the portal."""

    if TYPE_CHECKING:
        default_role: str | None

    def validate(self) -> None:
        if self.default_role and frappe.db.get_value("Role", self.default_role, "desk_access"):
            frappe.throw(
                _("{0} opens the desk; people who sign up themselves need a role without it.").format(
                    frappe.bold(self.default_role)
                )
            )

    def on_update(self) -> None:
        frappe.clear_document_cache(self.doctype, self.name)
        frappe.clear_website_cache()

    def add_item(self, item: dict[str, Any]) -> bool:
        """Add a menu entry unless its route is there; True when it was added."""
        if any(row.route == item.get("route") for row in self.get("menu")):
            return False
        self.append("menu", {"enabled": 1, **{key: item.get(key) for key in MENU_FIELDS}})
        return True

    def sync_menu(self) -> None:
        """Bring the menu in step with the hook `standard_portal_menu_items`; saves when something changed."""
        items = [item for item in frappe.get_hooks("standard_portal_menu_items") if isinstance(item, dict)]
        routes = {item.get("route") for item in items}
        kept = [row for row in self.get("menu") if row.route in routes]
        changed = len(kept) != len(self.get("menu"))
        if changed:
            self.set("menu", kept)
        for item in items:
            changed = self.add_item(item) or changed
        if changed:
            self.flags.ignore_mandatory = True
            self.save(ignore_permissions=True)

    @frappe.whitelist(methods=["POST"])
    def reset(self) -> None:
        """Start the menu again from the hook."""
        self.check_permission("write")
        self.set("menu", [])
        self.sync_menu()


MENU_FIELDS = ("title", "route", "reference_doctype", "role", "target")
