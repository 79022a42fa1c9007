"""Public holidays to fill a holiday list with, for the settings page."""

import frappe
from frappe import _
from frappe.utils import getdate

from helpdesk.access import managers_only
from helpdesk.sla import public_holidays
from helpdesk.sla.public_holidays import Country, PublicHoliday


@frappe.whitelist(methods=["GET"])
@managers_only
def list_countries() -> list[Country]:
    """Return the countries whose holidays are known, with their regions."""
    return public_holidays.countries()


@frappe.whitelist(methods=["GET"])
@managers_only
def list_public_holidays(
    country: str, from_date: str, to_date: str, subdivision: str | None = None
) -> list[PublicHoliday]:
    """Return the public holidays between two dates, both included. Nothing is stored."""
    start, end = getdate(from_date), getdate(to_date)
    if not start or not end:
        frappe.throw(_("Name both dates, the first and the last."))
    return public_holidays.between(country, subdivision, start, end)
