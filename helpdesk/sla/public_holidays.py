"""Public holidays by country, from the library `holidays`: which countries it knows, and the days of one of them."""

from datetime import date
from typing import TypedDict

import frappe
import holidays
from frappe import _

MOST_YEARS = 10


class Country(TypedDict):
    """A country and the codes of its parts that have holidays of their own."""

    code: str
    subdivisions: list[str]


class PublicHoliday(TypedDict):
    """A row of a holiday list."""

    holiday_date: str
    description: str


def countries() -> list[Country]:
    """Return the known countries by code, such as `{"code": "DE", "subdivisions": ["BB", "BE", …]}`."""
    known = holidays.list_supported_countries(include_aliases=False)
    return [Country(code=code, subdivisions=sorted(parts)) for code, parts in sorted(known.items())]


def between(country: str, subdivision: str | None, start: date, end: date) -> list[PublicHoliday]:
    """Return the public holidays from `start` to `end`, both included, in the order of the calendar.

    Raises ValidationError for a country or part that is not known, and for a range that is backwards or too long.
    """
    if country not in (known := {row["code"]: row["subdivisions"] for row in countries()}):
        frappe.throw(_("There are no holidays of the country {0}.").format(frappe.utils.escape_html(country)))
    if subdivision and subdivision not in known[country]:
        frappe.throw(_("There are no holidays of the region {0}.").format(frappe.utils.escape_html(subdivision)))
    if end < start:
        frappe.throw(_("The list must not end before it starts."))
    if end.year - start.year > MOST_YEARS:
        frappe.throw(_("Please choose at most {0} years.").format(MOST_YEARS))
    years = range(start.year, end.year + 1)
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    return [
        PublicHoliday(holiday_date=day.isoformat(), description=name)
        for day, name in sorted(found.items())
        if start <= day <= end
    ]
