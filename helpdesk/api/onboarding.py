"""The first steps of a new help desk."""

import frappe

from helpdesk.access import managers_only
from helpdesk.knowledge_base import categories
from helpdesk.setup import first_steps
from helpdesk.setup.data import WELCOME_SUBJECT


@frappe.whitelist()
def get_first_ticket(ticket: str | None = None) -> str | int | None:
    """Return the given ticket if the caller may read it, else the caller's first own one."""
    if ticket and frappe.get_list("HD Ticket", filters={"name": ticket}, pluck="name", limit=1):
        return ticket
    own = frappe.get_list(
        "HD Ticket",
        filters={"owner": frappe.session.user, "subject": ["!=", WELCOME_SUBJECT]},
        pluck="name",
        order_by="creation asc",
        limit=1,
    )
    return own[0] if own else None


@frappe.whitelist()
def get_general_category_id() -> str | None:
    """Return the id of the category General. Everybody who is logged in may know it."""
    return categories.general()


@frappe.whitelist()
@managers_only
def get_welcome_ticket() -> str | int | None:
    """Return the ticket that the installation created, if it is still there."""
    return frappe.db.get_value("HD Ticket", {"subject": WELCOME_SUBJECT}, "name", order_by="creation asc")


@frappe.whitelist(methods=["GET"])
@managers_only
def get_progress() -> dict[str, bool]:
    """Return the first steps of a help desk and whether each has been taken."""
    return first_steps.progress(frappe.session.user)


@frappe.whitelist(methods=["POST"])
@managers_only
def mark_persona_captured(brand_name: str | None = None) -> None:
    """Note that the questions have been answered; a brand name is used everywhere at once."""
    frappe.db.set_single_value("HD Settings", "persona_captured", 1)
    name = (brand_name or "").strip()
    if name:
        frappe.db.set_single_value("HD Settings", "brand_name", name)
        frappe.db.set_single_value("Website Settings", "app_name", name)
        frappe.db.set_default("site_name", name)
        frappe.clear_cache()
