"""Which contacts belong to which customers.

Membership is a row in HD Customer. Older data knows it as a Dynamic Link on the Contact; that is read as plain
membership. Manager rows let a member see all tickets of the customer.
"""

import frappe
from frappe.query_builder import DocType


def contact_of_user(user: str) -> str | None:
    """Return the Contact that a user may file tickets as.

    It is the one linked to the user; else one with the user's address that is linked to nobody.
    """
    linked = frappe.db.get_value("Contact", {"user": user}, "name", order_by="creation asc")
    if linked:
        return linked
    email = frappe.get_cached_value("User", user, "email")
    if not email:
        return None
    filters = {"email_id": email, "user": ["is", "not set"]}
    found = frappe.get_all("Contact", filters=filters, pluck="name", order_by="creation asc", limit=1)
    return found[0] if found else None


def customers_of_user(user: str, *, managed_only: bool = False) -> list[str]:
    """Return the customers that the contacts linked to `user` belong to, or manage."""
    contact, member = DocType("Contact"), DocType("HD Customer Member")
    query = (
        frappe.qb.from_(member)
        .join(contact)
        .on(contact.name == member.contact_name)
        .select(member.parent)
        .where((contact.user == user) & (member.parenttype == "HD Customer"))
        .orderby(member.parent)
        .distinct()
    )
    if managed_only:
        return query.where(member.is_manager == 1).run(pluck=True)
    link = DocType("Dynamic Link")
    linked = (
        frappe.qb.from_(link)
        .join(contact)
        .on(contact.name == link.parent)
        .select(link.link_name)
        .where((contact.user == user) & (link.parenttype == "Contact") & (link.link_doctype == "HD Customer"))
        .run(pluck=True)
    )
    return sorted({*query.run(pluck=True), *linked})


def customers_of_contact(contact: str) -> list[str]:
    """Return the customers a contact belongs to, by name."""
    members = frappe.get_all(
        "HD Customer Member",
        filters={"contact_name": contact, "parenttype": "HD Customer"},
        pluck="parent",
        order_by="parent asc",
    )
    linked = frappe.get_all(
        "Dynamic Link",
        filters={"parent": contact, "parenttype": "Contact", "link_doctype": "HD Customer"},
        pluck="link_name",
        order_by="link_name asc",
    )
    return sorted({*members, *linked})


def manages_another_customer(contact: str, customer: str) -> bool:
    """Tell whether a contact is manager of a customer other than the given one."""
    filters = {"contact_name": contact, "is_manager": 1, "parenttype": "HD Customer", "parent": ["!=", customer]}
    return bool(frappe.db.exists("HD Customer Member", filters))
