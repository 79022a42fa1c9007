"""Giving all members the view that they had before managers were told apart."""

import frappe

from helpdesk.customers.roles import MANAGER, MEMBER

MEMBER_ROW = "HD Customer Member"
NOTICE = "show_customer_portal_permission_notice"
JOB = "helpdesk_promote_all_contacts"


def promote_all_contacts_to_managers() -> None:
    """Make every member a manager of their customers, and give their users the roles. Safe to run again."""
    rows = frappe.get_all(
        MEMBER_ROW, filters={"parenttype": "HD Customer"}, fields=["name", "contact_name", "is_manager"]
    )
    plain = [row.name for row in rows if not row.is_manager]
    if plain:
        frappe.db.set_value(MEMBER_ROW, {"name": ["in", plain]}, "is_manager", 1)
    contacts = {row.contact_name for row in rows}
    users = (
        frappe.get_all("Contact", filters={"name": ["in", sorted(contacts)], "user": ["is", "set"]}, pluck="user")
        if contacts
        else []
    )
    for user in users:
        account = frappe.get_doc("User", user)
        missing = {MEMBER, MANAGER} - {row.role for row in account.roles}
        if missing:
            account.flags.ignore_permissions = True  # queued by a manager, see the endpoint
            account.add_roles(*sorted(missing))


def dismiss_notice() -> None:
    """Take the notice away for everybody."""
    frappe.db.set_single_value("HD Settings", NOTICE, 0)
