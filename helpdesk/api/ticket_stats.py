"""Numbers about one customer, contact or agent."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from helpdesk.access import access_document, agents_only, is_manager, refuse
from helpdesk.analytics import queries, statistics
from helpdesk.analytics.queries import Ticket


def _about(doctype: str, name: str) -> Any:
    """Return the condition for the tickets of a customer or contact that the caller may read."""
    fields = {"HD Customer": Ticket.customer, "Contact": Ticket.contact}
    if doctype not in fields:
        frappe.throw(_("There are numbers about customers and contacts, not about {0}.").format(_(doctype)))
    return fields[doctype] == access_document(doctype, name).name


@frappe.whitelist()
@agents_only
def get_feedback_received(scope: str, value: str) -> dict[str, Any]:
    """Return the ratings for an agent, a customer or a contact. Other agents' ratings are for managers."""
    if scope == "agent":
        if value != frappe.session.user and not is_manager():
            refuse(_("You may only see your own ratings."))
        return statistics.ratings(queries.assigned_to(value))
    doctypes = {"customer": "HD Customer", "contact": "Contact"}
    if scope not in doctypes:
        frappe.throw(_("The scope must be agent, customer or contact."))
    return statistics.ratings(_about(doctypes[scope], value))


@frappe.whitelist()
@agents_only
def get_sla_violations(dt: str, dn: str, period: str = "last month") -> dict[str, Any]:
    """Return the broken promises to a customer or contact."""
    return statistics.violations(_about(dt, dn), period, getdate())


@frappe.whitelist()
@agents_only
def get_avg_first_response_time(dt: str, dn: str, period: str = "last month") -> dict[str, Any]:
    """Return the average time to the first response for a customer or contact."""
    return statistics.average_first_response(period, getdate(), _about(dt, dn))


@frappe.whitelist()
@agents_only
def get_avg_resolution_time(dt: str, dn: str, period: str = "last month") -> dict[str, Any]:
    """Return the average time to the resolution for a customer or contact."""
    return statistics.average_resolution(period, getdate(), _about(dt, dn))


@frappe.whitelist()
@agents_only
def get_ticket_stats(dt: str, dn: str, period: str = "last month") -> dict[str, Any]:
    """Return how many tickets a customer or contact has filed, and where they stand."""
    return statistics.counts(_about(dt, dn), period, getdate())
