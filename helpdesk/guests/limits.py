"""How often guests may do something. Counted apart for each thing they do, which a limit by address of page is not."""

import frappe
from frappe import _

HOUR = 60 * 60
DAY = 24 * HOUR


def times(what: str, who: str, seconds: int = HOUR) -> int:
    """Count that somebody does something, and return how often they did in `seconds`, this time included."""
    key = frappe.cache.make_key(f"helpdesk:guests:{what}:{who.strip().casefold()[:140]}")
    counted = int(frappe.cache.incrby(key, 1))
    if counted == 1:
        frappe.cache.expire(key, seconds)
    return counted


def count(what: str, who: str, most: int, seconds: int = HOUR) -> None:
    """Count that somebody does something. Raises RateLimitExceededError beyond `most` times in `seconds`."""
    if times(what, who, seconds) > most:
        frappe.logger("helpdesk").warning("A guest was kept from doing %s too often", what)
        frappe.throw(_("You have done this too often. Please try again later."), frappe.RateLimitExceededError)


def caller() -> str:
    """Return the network address of who asks."""
    return str(frappe.local.request_ip or "")
