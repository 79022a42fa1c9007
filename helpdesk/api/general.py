"""Texts of the user interface."""

import frappe


@frappe.whitelist(allow_guest=True, methods=["GET"])
def get_translations() -> dict[str, str]:
    """Return all translations of the caller's language, for guests of the site's."""
    from frappe.translate import get_all_translations

    if frappe.session.user != "Guest":
        language = frappe.get_cached_value("User", frappe.session.user, "language")
    else:
        language = None
    return get_all_translations(language or frappe.db.get_single_value("System Settings", "language") or "en")
