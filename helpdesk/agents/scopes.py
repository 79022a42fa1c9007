"""Which part of the tickets an agent sees, besides the rule of teams. Asked on nearly every request, so it is cached.

An agent without a scope sees what everybody in their teams sees. Managers have none, whatever their record says.
"""

from typing import TYPE_CHECKING, NamedTuple

import frappe
from frappe import _

from helpdesk.access import is_manager, refuse
from helpdesk.caching import forget

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_agent.hd_agent import HDAgent

AGENT, ROW = "HD Agent", "HD Agent Category"
KEY = "helpdesk:agent_scopes"


class Scope(NamedTuple):
    """What an agent sees: tickets of `categories` if there are any, and perhaps only what is theirs or nobody's."""

    categories: tuple[str, ...] = ()
    only_own_and_unassigned: bool = False


def scope_of(user: str) -> Scope | None:
    """Return the scope of an agent; None for those who have none."""
    scope = frappe.cache.get_value(KEY, _read).get(user)
    return None if scope is None or is_manager(user) else Scope(*scope)


def _read() -> dict[str, Scope]:
    rows = frappe.get_all(ROW, {"parenttype": AGENT}, ["parent", "category"], order_by="parent asc, idx asc")
    own_only = frappe.get_all(AGENT, {"only_own_and_unassigned": 1}, pluck="name")
    categories: dict[str, list[str]] = {name: [] for name in own_only}
    for row in rows:
        categories.setdefault(row.parent, []).append(row.category)
    return {name: Scope(tuple(found), name in own_only) for name, found in categories.items()}


def changed() -> None:
    """Read the scopes anew next time."""
    forget(KEY)


def refuse_widening(agent: "HDAgent") -> None:
    """Leave it to managers who sees what: agents may write the records of agents, their own among them."""
    before = agent.get_doc_before_save()
    if _said(agent) != (_said(before) if before is not None else Scope()):
        _refuse_agents(agent)


def refuse_losing(agent: "HDAgent") -> None:
    """Leave it to managers to delete or rename an agent with a scope, which would be lost."""
    if _said(agent) != Scope():
        _refuse_agents(agent)


def _said(agent: "HDAgent") -> Scope:
    return Scope(tuple(sorted(row.category for row in agent.get("categories"))), bool(agent.only_own_and_unassigned))


def _refuse_agents(agent: "HDAgent") -> None:
    if not (agent.flags.ignore_permissions or frappe.flags.in_install or is_manager()):
        refuse(_("Only managers decide which tickets an agent sees."))
