"""How often guests may do something. Counted apart for each thing they do, which a limit by address of page is not."""

import frappe
from frappe import _

HOUR = 60 * 60


def count(what: str, who: str, most: int, seconds: int = HOUR) -> None:
    """Count that somebody does something. Raises RateLimitExceededError beyond `most` times in `seconds`."""
    key = frappe.cache.make_key(f"helpdesk:guests:{what}:{who.strip().casefold()[:140]}")
    times = frappe.cache.incrby(key, 1)
    if times == 1:
        frappe.cache.expire(key, seconds)
    if times > most:
        frappe.logger("helpdesk").warning("A guest was kept from doing %s too often", what)
        frappe.throw(_("You have done this too often. Please try again later."), frappe.RateLimitExceededError)


def caller() -> str:
    """Return the network address of who asks."""
    return str(frappe.local.request_ip or "")
