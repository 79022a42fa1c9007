"""The roles that follow from being a member or a manager of a customer."""

import frappe

from helpdesk.customers.membership import manages_another_customer

MEMBER, MANAGER = "HD Customer", "HD Customer Manager"


def user_of_contact(contact: str) -> str | None:
    """Return the user behind a contact; one found by the contact's address is linked from now on."""
    user, email = frappe.db.get_value("Contact", contact, ["user", "email_id"]) or (None, None)
    if user or not email:
        return user
    found = frappe.db.exists("User", email)
    if found:
        frappe.db.set_value("Contact", contact, "user", found)
    return found


def follow_membership(contact: str, customer: str, *, is_manager: bool) -> None:
    """Give the contact's user the roles of a member or a manager. Users are never created here."""
    user = user_of_contact(contact)
    if not user or user in ("Administrator", "Guest"):
        return
    account = frappe.get_doc("User", user)
    account.flags.ignore_permissions = True  # the roles follow from a membership the caller may change
    held = {row.role for row in account.roles}
    wanted = {MEMBER, MANAGER} if is_manager else {MEMBER}
    if wanted - held:
        account.add_roles(*sorted(wanted - held))
    if not is_manager and MANAGER in held and not manages_another_customer(contact, customer):
        account.remove_roles(MANAGER)
