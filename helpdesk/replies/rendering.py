"""Filling a saved reply with the ticket and the agent."""

from typing import Any

import frappe

HIDDEN = frozenset({"key", "api_key", "api_secret", "reset_password_key", "new_password", "last_ip"})


def render(reply: Any, ticket: Any, user: Any) -> str:
    """Return the text with all fields of ticket and agent filled in; the agent's win where names clash."""
    values = {**ticket.as_dict(), **user.as_dict()}
    context = {field: value for field, value in values.items() if field not in HIDDEN}
    return frappe.render_template(reply.message, context, is_path=False)
