"""Who is at the two ends of a call: an agent, and whoever a number belongs to."""

import re
from collections.abc import Iterable
from typing import TypedDict

import frappe
import phonenumbers

HOME_COUNTRY = "IN"
"""Where a number without a country code is taken to be, as the telephony app does."""
ENOUGH_DIGITS = 6
"""A number with fewer digits is an extension: it belongs to a contact only when it is the whole number."""


class Party(TypedDict):
    """Somebody on the phone; `contact` names the contact behind a number."""

    label: str
    image: str | None
    contact: str | None


UNKNOWN: Party = {"label": "Unknown", "image": None, "contact": None}


def users(names: Iterable[str | None]) -> dict[str | None, Party]:
    """Return the agents by user, in one query."""
    wanted = sorted({name for name in names if name})
    if not wanted:
        return {}
    rows = frappe.get_all("User", filters={"name": ["in", wanted]}, fields=["name", "full_name", "user_image"])
    return {row.name: {"label": row.full_name or row.name, "image": row.user_image, "contact": None} for row in rows}


def contacts(numbers: Iterable[str | None]) -> dict[str | None, Party]:
    """Return the contact behind each number that has one, the first by name, in two queries for all of them."""
    digits = {number: significant(number) for number in numbers if number}
    patterns = sorted({f"%{'%'.join(text)}%" for text in digits.values() if text})
    if not patterns:
        return {}
    rows = frappe.get_all(
        "Contact Phone",
        filters={"parenttype": "Contact"},
        or_filters=[["phone", "like", pattern] for pattern in patterns],
        fields=["parent", "phone"],
        order_by="parent",
    )
    people = _people({row.parent for row in rows})
    found: dict[str | None, Party] = {}
    for number, text in digits.items():
        owner = next((row.parent for row in rows if row.parent in people and is_same(text, row.phone)), None)
        if owner:
            found[number] = people[owner]
    return found


def _people(names: set[str]) -> dict[str, Party]:
    if not names:
        return {}
    rows = frappe.get_all("Contact", filters={"name": ["in", sorted(names)]}, fields=["name", "full_name", "image"])
    return {row.name: {"label": row.full_name or row.name, "image": row.image, "contact": row.name} for row in rows}


def bare(number: str | None) -> str:
    """Return a number without blanks, dashes, brackets and plus."""
    return re.sub(r"[ \-()+]", "", number or "")


def significant(number: str | None) -> str:
    """Return the digits of a number that are the same wherever it is dialled from: without the country code."""
    try:
        return str(phonenumbers.parse(number or "", HOME_COUNTRY).national_number)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", number or "")


def is_same(digits: str, stored: str) -> bool:
    """Tell whether a contact's number ends a call with these digits."""
    whole = bare(stored)
    return whole == digits if len(digits) < ENOUGH_DIGITS else digits in whole
