"""One's own account: name, language and time zone. Everybody who is logged in may see and change their own."""

from typing import TypedDict
from zoneinfo import available_timezones

import frappe
from frappe import _

from helpdesk.access import refuse

LONGEST_NAME = 140


class Language(TypedDict):
    """A language that people may choose."""

    name: str
    language_name: str


class Profile(TypedDict):
    """What people may change about themselves, and what they may choose from; the key of their programs, if any."""

    email: str
    first_name: str
    last_name: str
    language: str
    time_zone: str
    api_key: str
    languages: list[Language]
    time_zones: list[str]


@frappe.whitelist(methods=["GET"])
def get_profile() -> Profile:
    """Return the caller's own profile. Empty language and time zone stand for those of the site."""
    account = frappe.get_doc("User", _caller())
    return {
        "email": account.email,
        "first_name": account.first_name or "",
        "last_name": account.last_name or "",
        "language": account.language or "",
        "time_zone": account.time_zone or "",
        "api_key": account.api_key or "",
        "languages": _languages(),
        "time_zones": sorted(available_timezones()),
    }


@frappe.whitelist(methods=["POST"])
def save_profile(first_name: str, last_name: str, language: str, time_zone: str) -> None:
    """Change the caller's own name, language and time zone."""
    account = frappe.get_doc("User", _caller())
    first_name, last_name = first_name.strip(), last_name.strip()
    if not first_name:
        frappe.throw(_("Please enter your name."))
    if max(len(first_name), len(last_name)) > LONGEST_NAME:
        frappe.throw(_("A name has at most {0} characters.").format(LONGEST_NAME))
    if language and language not in {row["name"] for row in _languages()}:
        frappe.throw(_("Please choose one of the languages in the list."))
    if time_zone and time_zone not in available_timezones():
        frappe.throw(_("Please choose one of the time zones in the list."))
    account.update(
        {"first_name": first_name, "last_name": last_name, "language": language, "time_zone": time_zone or None}
    )
    account.save(ignore_permissions=True)  # their own account, four fields


def _caller() -> str:
    user: str = frappe.session.user
    if user == "Guest":
        refuse(_("Please log in first."))
    return user


def _languages() -> list[Language]:
    """Return the enabled languages; which there are is no secret."""
    rows: list[Language] = frappe.get_all(
        "Language", filters={"enabled": 1}, fields=["name", "language_name"], order_by="language_name asc"
    )
    return rows
