"""Inviting people to the portal or the desk through the framework's invitations."""

from typing import Any

import frappe
from frappe import _

from helpdesk.agents import profile
from helpdesk.compat import has_doctype
from helpdesk.customers import members
from helpdesk.customers.roles import MANAGER, MEMBER

INVITATION = "User Invitation"
PORTAL, DESK = "/helpdesk/my-tickets", "/helpdesk"
AGENT_SIDE = frozenset({"Agent", "Agent Manager", "System Manager"})
GROUPS = ("invited_emails", "pending_invite_emails", "accepted_invite_emails", "disabled_user_emails")
CUSTOMER_SIDE = frozenset({MEMBER, MANAGER})


def invite(emails: list[str], role: str, *, customer: str | None, contacts: dict[str, str]) -> dict[str, list[str]]:
    """Invite addresses to the portal, remembering the customer and, if known, each one's contact."""
    if not emails:
        return {group: [] for group in GROUPS}
    if not has_doctype(INVITATION):
        frappe.throw(_("This version of the framework cannot send invitations."))
    from frappe.core.api.user_invitation import invite_by_email

    result = invite_by_email(emails=", ".join(emails), roles=[role], redirect_to_path=PORTAL, app_name="helpdesk")
    _remember(emails, customer, contacts)
    return result


def _remember(emails: list[str], customer: str | None, contacts: dict[str, str]) -> None:
    rows = frappe.get_all(
        INVITATION,
        filters={"email": ["in", emails], "app_name": "helpdesk", "status": "Pending"},
        fields=["name", "email"],
    )
    for row in rows:
        frappe.db.set_value(INVITATION, row.name, {"customer": customer, "contact": contacts.get(row.email)})


def accepted(invitation: Any, user: Any) -> None:
    """Make whoever accepted an invitation an agent, or a member of the customer that invited them."""
    roles = {row.role for row in invitation.roles}
    if roles & AGENT_SIDE:
        _become_agent(user)
    if roles & CUSTOMER_SIDE:
        _become_customer(invitation, user, is_manager=MANAGER in roles)


def _become_agent(user: Any) -> None:
    if not frappe.db.exists(profile.AGENT, user.name):
        agent = frappe.get_doc(
            {"doctype": profile.AGENT, "user": user.name, "agent_name": user.first_name, "is_active": 1}
        )
        agent.insert(ignore_permissions=True)  # the inviter was allowed to make agents


def _become_customer(invitation: Any, user: Any, *, is_manager: bool) -> None:
    contact = _contact_for(invitation, user)
    customer = invitation.get("customer")
    if customer and frappe.db.exists("HD Customer", customer):
        found = frappe.get_doc("HD Customer", customer)
        if members.add(found, contact, is_manager=is_manager):
            found.save(ignore_permissions=True)  # the inviter was allowed to add members


def _contact_for(invitation: Any, user: Any) -> str:
    name = invitation.get("contact") or frappe.db.get_value("Contact", {"user": user.name}, "name", order_by="name asc")
    name = name or frappe.db.get_value("Contact", {"email_id": user.email}, "name", order_by="name asc")
    contact = frappe.get_doc("Contact", name) if name else frappe.new_doc("Contact")
    if not name:
        contact.update({"first_name": user.first_name or user.email, "last_name": user.last_name})
        contact.append("email_ids", {"email_id": user.email, "is_primary": 1})
    contact.user = contact.user or user.name
    contact.image = contact.image or user.user_image
    contact.save(ignore_permissions=True)  # people may always have a contact of their own
    return contact.name


def forget(**filters: str) -> None:
    """Take a customer or contact that goes away out of the invitations that name it."""
    if has_doctype(INVITATION) and frappe.get_meta(INVITATION).has_field(next(iter(filters))):
        names = frappe.get_all(INVITATION, filters=filters, pluck="name")
        if names:
            frappe.db.set_value(INVITATION, {"name": ["in", names]}, dict.fromkeys(filters))
