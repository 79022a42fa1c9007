"""A ticket as its page shows it."""

from typing import Any

import frappe
from frappe.utils import now_datetime

from helpdesk.access import is_agent
from helpdesk.conversation import timeline
from helpdesk.tickets import forms, guards, service_level
from helpdesk.tickets.reference import reference_of

CONTACT_FIELDS = ["name", "company_name", "email_id", "image", "mobile_no", "phone"]


def whole(ticket: Any, *, portal: bool) -> dict[str, Any]:
    """Return the ticket's columns and everything around it, for a caller who may read it."""
    user = frappe.session.user
    template = forms.describe(ticket.template or forms.DEFAULT_TEMPLATE, user)
    fields = forms.base_fields()
    known = {each["fieldname"] for each in fields}
    return {
        **columns(ticket),
        "reference": reference_of(ticket.name),
        "may_reply": not guards.is_over(ticket),
        "sla_clock": service_level.clock(ticket, now_datetime()),
        **timeline.of(ticket.name),
        "contact": contact(ticket),
        "tags": tags(ticket),
        "template": template,
        "_form_script": forms.form_scripts("HD Ticket", portal=portal),
        "fields": fields + [each for each in template["fields"] if each["fieldname"] not in known],
    }


def columns(ticket: Any) -> dict[str, Any]:
    """Return all stored columns; the secret of the feedback link is for nobody's eyes but the requester's mail."""
    row = {field: ticket.get(field) for field in ticket.meta.get_valid_columns()}
    row.update({field: ticket.get(field) for field in ("_assign", "_seen", "_user_tags", "_liked_by")})
    if not is_agent():
        hidden = forms.hidden_from_customers(ticket.template or forms.DEFAULT_TEMPLATE)
        for field in ("key", "_seen", "_user_tags", "_liked_by", *hidden):
            row.pop(field, None)
    return row


def contact(ticket: Any) -> dict[str, Any]:
    """Return the requester's contact, or what their address tells."""
    if ticket.contact:
        found = frappe.db.get_value("Contact", ticket.contact, CONTACT_FIELDS, as_dict=True)
        if found:
            return found
    address = ticket.raised_by or ""
    return {"email_id": address, "name": address.split("@")[0]}


def short_contact(ticket: Any) -> dict[str, Any]:
    """Return the requester's contact without company; a stub has blank numbers."""
    fields = ("name", "email_id", "phone", "mobile_no", "image")
    found = contact(ticket)
    return {field: found.get(field) or "" for field in fields}


def tags(ticket: Any) -> list[str]:
    """Return the ticket's tags, oldest first. The framework keeps them in a column, each after a comma."""
    return [tag for tag in (ticket.get("_user_tags") or "").split(",") if tag]


def assignees(ticket: Any) -> list[dict[str, Any]]:
    """Return the assignees; agents see each other's presence, customers only names."""
    names = frappe.parse_json(ticket.get("_assign") or "[]")
    if not is_agent():
        return [{"name": name} for name in names]
    fields = ["name", "agent_name", "user_image", "availability", "availability_changed_on"]
    rows = frappe.get_all("HD Agent", filters={"name": ["in", names]}, fields=fields) if names else []
    agents = {row.name: row for row in rows}
    return [agents.get(name) or {"name": name} for name in names]
