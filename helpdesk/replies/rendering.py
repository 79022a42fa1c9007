"""Filling a saved reply with the ticket and the agent."""

import re
from collections.abc import Mapping
from typing import Any

import frappe
from frappe.utils import get_url

from helpdesk.tickets.reference import reference_of

HIDDEN = frozenset({"key", "api_key", "api_secret", "reset_password_key", "new_password", "last_ip"})
NAME = re.compile(r"\{\{\s*([A-Za-z_]\w*(?:\.\w+)*)\s*\}\}")


def render(reply: Any, ticket: Any, user: Any, *, keep_gaps: bool = False) -> str:
    """Return the text with the fields of ticket and agent filled in.

    `ticket.name` and `agent.full_name` say whose field is meant. A bare `name` is looked for in both, and the agent's
    wins. What is empty reads as nothing; with `keep_gaps` its name stays between its braces, as an unknown one does.
    """
    of_ticket, of_agent = _told(ticket), _told(user)
    context = {"ticket": of_ticket, "agent": of_agent, **_short_names(ticket, user), **of_ticket, **of_agent}
    text = with_gaps(reply.message, context) if keep_gaps else reply.message
    return frappe.render_template(text, context, is_path=False)


class Told(dict[str, Any]):
    """What a text may say of a document; what it may not, or what there is not, reads as nothing."""

    def __missing__(self, field: str) -> str:
        return ""


def _told(document: Any) -> Told:
    fields = document.as_dict().items()
    return Told({field: "" if value is None else value for field, value in fields if field not in HIDDEN})


def _short_names(ticket: Any, user: Any) -> dict[str, Any]:
    """Return the names that answers need most, as people call them."""
    contact = frappe.db.get_value("Contact", ticket.contact, ["first_name", "last_name"]) if ticket.contact else None
    return {
        "agent_name": user.full_name,
        "company": ticket.customer,
        "customer_name": " ".join(filter(None, contact or ())),
        "portal_link": get_url(f"/helpdesk/my-tickets/{ticket.name}"),
        "reference": reference_of(ticket.name),
        "ticket_id": ticket.name,
    }


def with_gaps(template: str, context: Mapping[str, Any]) -> str:
    """Return a template in which names without a value are plain text, to be seen before it is sent.

    A template with statements makes names of its own; it is left as it is.
    """
    if "{%" in template:
        return template

    def keep(found: re.Match[str]) -> str:
        return found[0] if _says(context, found[1]) else f"{{% raw %}}{found[0]}{{% endraw %}}"

    return NAME.sub(keep, template)


def _says(context: Mapping[str, Any], path: str) -> bool:
    """Tell whether a dotted name says anything; 0 does."""
    value: Any = context
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value is not None and value != ""
