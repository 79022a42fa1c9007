"""An agent and the user behind it: names, pictures and roles go together."""

from typing import TYPE_CHECKING

import frappe
from frappe import _

from helpdesk.access import AGENT_ROLES, MANAGER_ROLES, has_role, refuse

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_agent.hd_agent import HDAgent

AGENT = "HD Agent"
AGENT_ROLE = "Agent"
MANAGER_ROLES_GIVEN = ("Agent Manager", "System Manager")


def become(user: str) -> bool:
    """Make a user an agent unless they are one; tell whether a record was created."""
    if frappe.db.exists(AGENT, user):
        return False
    frappe.get_doc({"doctype": AGENT, "user": user}).insert(ignore_permissions=True)
    return True


def prepare(agent: "HDAgent") -> None:
    """Fill in the name and picture of a new agent from the user."""
    account = frappe.get_cached_doc("User", agent.user)
    agent.agent_name = (agent.agent_name or "").strip() or account.full_name or agent.user
    agent.user_image = agent.user_image or account.user_image


def refuse_self_made(agent: "HDAgent") -> None:
    """Let agents record whoever works on tickets already; making somebody an agent is for managers."""
    if agent.flags.ignore_permissions or frappe.flags.in_install:
        return
    if not may_become(agent.user):
        refuse(_("Only managers may make agents."))


def may_become(user: str) -> bool:
    """Tell whether the caller may record a user, who need not exist yet, as an agent."""
    return has_role(None, MANAGER_ROLES) or has_role(user, AGENT_ROLES) or frappe.has_permission("User", "create")


def grant_role(agent: "HDAgent") -> None:
    """Give the user of a new agent the role to work on tickets."""
    add_roles(agent.user, AGENT_ROLE)


def add_roles(user: str, *roles: str) -> None:
    """Give a user roles they lack. The caller has been allowed to make agents or managers."""
    account = frappe.get_doc("User", user)
    missing = set(roles) - {row.role for row in account.roles}
    if missing and user != "Administrator":
        account.flags.ignore_permissions = True
        account.add_roles(*sorted(missing))


def follow_changes(agent: "HDAgent") -> None:
    """Write a changed name or picture to the user; an emptied name becomes the user's again."""
    if agent.is_new():
        return
    if agent.has_value_changed("agent_name"):
        agent.agent_name = (agent.agent_name or "").strip() or frappe.db.get_value("User", agent.user, "full_name")
        first, _blank, rest = agent.agent_name.partition(" ")
        _change_user(agent.user, first_name=first, last_name=rest.strip())
    if agent.has_value_changed("user_image"):
        _change_user(agent.user, user_image=agent.user_image)


def _change_user(user: str, **values: str | None) -> None:
    account = frappe.get_doc("User", user)
    if any((account.get(field) or None) != (value or None) for field, value in values.items()):
        account.update(values)
        account.save(ignore_permissions=True)  # whoever may edit an agent may name it


def change_role(user: str, new_role: str) -> None:
    """Make a user Manager or Agent. Only managers may; raises ValidationError for other roles."""
    if not has_role(None, MANAGER_ROLES):
        refuse(_("Only managers may change roles."))
    if new_role == "Manager":
        add_roles(user, *MANAGER_ROLES_GIVEN)
    elif new_role == "Agent":
        _demote(user)
    else:
        frappe.throw(_("A role must be Manager or Agent, not {0}.").format(frappe.utils.escape_html(new_role)))


def _demote(user: str) -> None:
    account = frappe.get_doc("User", user)
    account.flags.ignore_permissions = True
    roles = {row.role for row in account.roles}
    if AGENT_ROLE not in roles:
        account.add_roles(AGENT_ROLE)
    if "Agent Manager" in roles:
        account.remove_roles(*MANAGER_ROLES_GIVEN)
