"""Telling people that a ticket runs out of its time, once for each turn for the worse."""

import frappe
from frappe import _

from helpdesk.agents import managers
from helpdesk.notifications import alerts, audience, kinds
from helpdesk.sla.state import BREACHED, RUNNING, WARNING


def tell(ticket: str | int, before: str | None, after: str | None) -> None:
    """Tell whom it concerns of a warning or a breach, and managers of a breach; nobody when nothing got worse."""
    if before not in RUNNING or after not in (WARNING, BREACHED) or before == after:
        return
    subject, team = frappe.db.get_value("HD Ticket", ticket, ["subject", "agent_group"])
    users = audience.of(ticket, team)
    if after == WARNING:
        alerts.tell(users, kinds.SLA_WARNING, ticket, _("Little time is left for: {0}").format(subject))
    else:
        users += managers.all_managers()
        alerts.tell(users, kinds.SLA_BREACH, ticket, _("The time is over for: {0}").format(subject))
