"""Who is asking."""

from typing import Any, TypedDict

import frappe

from helpdesk.access import agents_only, has_role, is_agent
from helpdesk.agents.teams import teams_of
from helpdesk.settings import get_settings

UI_ADMIN = frozenset({"System Manager", "Administrator"})
MANAGER = frozenset({"Agent Manager"})


class UserInfo(TypedDict):
    """What the desk and the portal know about their user."""

    has_desk_access: bool
    is_admin: bool
    is_agent: bool
    has_agent_record: bool
    user_id: str
    is_manager: bool
    user_image: str | None
    user_first_name: str | None
    user_name: str | None
    username: str | None
    time_zone: str | None
    user_teams: list[str]
    language: str | None
    availability: str | None
    availability_changed_on: Any
    persona_captured: bool


@frappe.whitelist()
def get_user() -> UserInfo:
    """Return the caller's own account, roles and presence. Everybody who is logged in may ask about themselves."""
    user = frappe.session.user
    account = frappe.get_cached_doc("User", user)
    record = frappe.db.get_value("HD Agent", user, ["availability", "availability_changed_on"], as_dict=True)
    admin, agent = has_role(user, UI_ADMIN), is_agent(user)
    return UserInfo(
        has_desk_access=admin or agent,
        is_admin=admin,
        is_agent=agent,
        has_agent_record=record is not None,
        user_id=user,
        is_manager=has_role(user, MANAGER),
        user_image=account.user_image,
        user_first_name=account.first_name,
        user_name=account.full_name,
        username=account.username,
        time_zone=account.time_zone,
        user_teams=[team.name for team in teams_of(user)],
        language=account.language or frappe.db.get_single_value("System Settings", "language"),
        availability=record.availability if record else None,
        availability_changed_on=record.availability_changed_on if record else None,
        persona_captured=bool(get_settings().persona_captured),
    )


@frappe.whitelist()
@agents_only
def get_current_user_email_info() -> dict[str, Any]:
    """Return the caller's signature and the addresses from which they may send."""
    user = frappe.get_cached_doc("User", frappe.session.user)
    accounts = frappe.get_all(
        "Email Account", filters={"enable_outgoing": 1}, fields=["name", "email_id"], order_by="name asc"
    )
    sending = {account.name: account.email_id for account in accounts}
    return {
        "email_signature": user.email_signature,
        "email": user.email,
        "outgoing_emails": [
            {"email_account": row.email_account, "email_id": sending[row.email_account]}
            for row in user.user_emails
            if row.email_account in sending
        ],
        "available_emails": accounts,
    }
