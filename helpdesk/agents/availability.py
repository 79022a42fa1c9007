"""Whether an agent is there, and the statuses to say so with."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import now_datetime

from helpdesk.access import has_agent_record
from helpdesk.exceptions import StatusIsNeeded
from helpdesk.realtime import events

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_agent.hd_agent import HDAgent
    from helpdesk.helpdesk.doctype.hd_agent_status.hd_agent_status import HDAgentStatus

STATUS = "HD Agent Status"
ACTIVE = "Active"


def stamp(agent: "HDAgent") -> None:
    """Give a new agent an availability, and note when it changes."""
    agent.availability = agent.availability or default_status()
    if agent.is_new() or agent.has_value_changed("availability"):
        agent.availability_changed_on = now_datetime()


def default_status() -> str | None:
    """Return the first enabled status that means "here"."""
    names = frappe.get_all(
        STATUS,
        filters={"enable": 1, "category": ACTIVE},
        pluck="name",
        order_by="status_order asc, name asc",
        limit=1,
    )
    return names[0] if names else None


def set_own(user: str, availability: str) -> None:
    """Set a user's own availability and tell everybody. Raises ValidationError for disabled statuses."""
    if not frappe.db.exists(STATUS, {"name": availability, "enable": 1}):
        frappe.throw(_("There is no enabled availability {0}.").format(frappe.utils.escape_html(availability)))
    if not has_agent_record(user):
        frappe.throw(_("You have no agent record, so there is nothing to set."))
    now = now_datetime()
    frappe.db.set_value("HD Agent", user, {"availability": availability, "availability_changed_on": now})
    events.availability_changed(user, availability, now)


def keep_one_active(status: "HDAgentStatus", *, deleted: bool = False) -> None:
    """Refuse to lose the last enabled status that means "here"."""
    if status.is_new() or (not deleted and status.enable and status.category == ACTIVE):
        return
    if not frappe.db.exists(STATUS, {"enable": 1, "category": ACTIVE, "name": ["!=", status.name]}):
        frappe.throw(_("At least one enabled availability must mean that an agent is there."), StatusIsNeeded)
