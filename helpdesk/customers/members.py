"""The rules of a customer's member list."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from helpdesk.customers import roles
from helpdesk.customers.membership import contact_of_user

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_customer.hd_customer import HDCustomer


def check(customer: "HDCustomer") -> None:
    """Refuse doubles, and a primary contact who is no member. Without members there is no primary contact."""
    names = [row.contact_name for row in customer.contacts]
    doubles = {name for name in names if names.count(name) > 1}
    if doubles:
        frappe.throw(_("{0} is listed twice.").format(frappe.bold(", ".join(sorted(doubles)))))
    if not names:
        customer.update({"primary_contact": None, "email_id": None, "mobile_no": None})
    elif customer.primary_contact and customer.primary_contact not in names:
        frappe.throw(_("The primary contact must be one of the contacts."))


def promote_primary(customer: "HDCustomer") -> None:
    """Make the primary contact a manager."""
    for row in customer.contacts:
        if row.contact_name == customer.primary_contact:
            row.is_manager = 1


def follow_roles(customer: "HDCustomer") -> None:
    """Bring the users' roles in line with the rows that changed, and with those that went away."""
    before = customer.get_doc_before_save()
    old = {row.contact_name: bool(row.is_manager) for row in before.contacts} if before is not None else {}
    new = {row.contact_name: bool(row.is_manager) for row in customer.contacts}
    for contact, is_manager in new.items():
        if old.get(contact) != is_manager:
            roles.follow_membership(contact, customer.name, is_manager=is_manager)
    for contact in old.keys() - new.keys():
        if old[contact]:
            roles.follow_membership(contact, customer.name, is_manager=False)


def role_in(customer: str, user: str) -> str | None:
    """Return whether `user` is `manager` or `member` of the customer, or None, by the rows as they are now."""
    contact = contact_of_user(user)
    if not contact:
        return None
    filters = {"parent": customer, "parenttype": "HD Customer", "contact_name": contact}
    is_manager = frappe.db.get_value("HD Customer Member", filters, "is_manager", order_by="idx asc")
    if is_manager is not None:
        return "manager" if is_manager else "member"
    link = {"parent": contact, "parenttype": "Contact", "link_doctype": "HD Customer", "link_name": customer}
    return "member" if frappe.db.exists("Dynamic Link", link) else None


def add(customer: "HDCustomer", contact: str, *, is_manager: bool) -> bool:
    """Add a contact, or promote one; tell whether anything changed. Nobody is demoted here."""
    for row in customer.contacts:
        if row.contact_name == contact:
            changed = is_manager and not row.is_manager
            row.is_manager = int(row.is_manager or is_manager)
            return changed
    customer.append("contacts", {"contact_name": contact, "is_manager": int(is_manager)})
    return True


def remove(customer: "HDCustomer", contact: str) -> None:
    """Take a contact off the list, and out of the place of the primary one."""
    for row in [row for row in customer.contacts if row.contact_name == contact]:
        customer.remove(row)
    if customer.primary_contact == contact:
        customer.update({"primary_contact": None, "email_id": None, "mobile_no": None})


def overview(customer: "HDCustomer") -> list[dict[str, Any]]:
    """Return the members with their numbers and how many open tickets they have: primary first, then managers."""
    names = [row.contact_name for row in customer.contacts]
    if not names:
        return []
    rows = frappe.get_all(
        "Contact",
        filters={"name": ["in", names]},
        fields=["name", "email_id", "mobile_no", "phone", "image", "user"],
    )
    contacts = {row.name: row for row in rows}
    tickets = _open_tickets(contacts)
    active = _last_active([row.user for row in rows if row.user])
    found = [_entry(row, customer, contacts.get(row.contact_name), tickets, active) for row in customer.contacts]
    return sorted(found, key=lambda entry: (-entry["is_primary"], -entry["is_manager"]))


def _entry(
    row: Any, customer: "HDCustomer", contact: Any, tickets: dict[str, int], active: dict[str, Any]
) -> dict[str, Any]:
    contact = contact or frappe._dict()
    return {
        "contact_name": row.contact_name,
        "is_primary": int(row.contact_name == customer.primary_contact),
        "is_manager": int(row.is_manager),
        "email_id": contact.email_id,
        "mobile_no": contact.mobile_no or contact.phone,
        "image": contact.image,
        "last_active": active.get(contact.user),
        "ticket_count": tickets.get(row.contact_name, 0),
    }


def _open_tickets(contacts: dict[str, Any]) -> dict[str, int]:
    by_email = {row.email_id.casefold(): name for name, row in contacts.items() if row.email_id}
    rows = frappe.get_list(
        "HD Ticket",
        filters={"status_category": ["in", ["Open", "Paused"]]},
        or_filters=[["contact", "in", list(contacts)], ["raised_by", "in", [*by_email, *contacts]]],
        fields=["contact", "raised_by"],
    )
    counts: dict[str, int] = {}
    for row in rows:
        owner = row.contact if row.contact in contacts else by_email.get((row.raised_by or "").casefold())
        if owner:
            counts[owner] = counts.get(owner, 0) + 1
    return counts


def _last_active(users: list[str]) -> dict[str, Any]:
    if not users:
        return {}
    rows = frappe.get_all("User", filters={"name": ["in", users]}, fields=["name", "last_active"])
    return {row.name: row.last_active for row in rows}
