"""Skills: words that say what an agent knows, and what the tickets of a category need."""

import re
from collections.abc import Sequence
from typing import Any

import frappe

CATEGORY, AGENT = "HD Ticket Category", "HD Agent"


def words(text: str | None) -> list[str]:
    """Return the skills in a text, which stand after commas or one a line. Each counts once, however it is written."""
    found = [" ".join(part.split()) for part in re.split(r"[,\n]", text or "")]
    return list({word.casefold(): word for word in found if word}.values())


def tidied(text: str | None) -> str | None:
    """Return the skills in a text with commas between them."""
    return ", ".join(words(text)) or None


def needed_for(ticket: Any) -> list[str]:
    """Return the skills that a ticket needs, which its category says."""
    category = ticket.get("category")
    return words(frappe.get_cached_value(CATEGORY, category, "skills")) if category else []


def having(users: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Return those of the users who have all the skills, in the given order."""
    if not (users and needed):
        return list(users)
    rows = frappe.get_all(AGENT, {"name": ["in", list(users)]}, ["name", "skills"])
    known = {row.name: {word.casefold() for word in words(row.skills)} for row in rows}
    return [user for user in users if {word.casefold() for word in needed} <= known.get(user, set())]
