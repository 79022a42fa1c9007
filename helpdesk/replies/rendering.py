"""Filling a saved reply with the ticket and the agent."""

from typing import Any

import frappe

HIDDEN = frozenset({"key", "api_key", "api_secret", "reset_password_key", "new_password", "last_ip"})


def render(reply: Any, ticket: Any, user: Any) -> str:
    """Return the text with the fields of ticket and agent filled in.

    `ticket.name` and `agent.full_name` say whose field is meant. A bare `name` is looked for in both, and the agent's
    wins.
    """
    of_ticket, of_agent = _told(ticket), _told(user)
    context = {"ticket": of_ticket, "agent": of_agent, **of_ticket, **of_agent}
    return frappe.render_template(reply.message, context, is_path=False)


class Told(dict[str, Any]):
    """What a text may say of a document; what it may not, or what there is not, reads as nothing."""

    def __missing__(self, field: str) -> str:
        return ""


def _told(document: Any) -> Told:
    return Told({field: value for field, value in document.as_dict().items() if field not in HIDDEN})
