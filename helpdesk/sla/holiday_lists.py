"""Holiday lists: their rules, and what a changed list does to running promises."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import getdate

from helpdesk.sla.agreements import AGREEMENT, HOLIDAY_LIST
from helpdesk.sla.calendar import WEEKDAYS

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_service_holiday_list.hd_service_holiday_list import HDServiceHolidayList


def check(holidays: "HDServiceHolidayList") -> None:
    """Refuse a range that runs backwards, and days outside it."""
    start, end = getdate(holidays.from_date), getdate(holidays.to_date)
    if end < start:
        frappe.throw(_("The list must not end before it starts."))
    for row in holidays.holidays:
        if not start <= getdate(row.holiday_date) <= end:
            frappe.throw(_("{0} is outside the dates of the list.").format(frappe.format(row.holiday_date, "Date")))


def add_weekly_off(holidays: "HDServiceHolidayList") -> None:
    """Add every chosen weekday of the range that is missing, and renumber nothing."""
    if not holidays.weekly_off:
        frappe.throw(_("Please choose the weekday first."))
    known = {getdate(row.holiday_date) for row in holidays.holidays}
    for day in weekdays_between(getdate(holidays.from_date), getdate(holidays.to_date), holidays.weekly_off):
        if day not in known:
            holidays.append("holidays", {"holiday_date": day, "description": holidays.weekly_off, "weekly_off": 1})


def weekdays_between(start: date, end: date, weekday: str) -> list[date]:
    """Return the dates from `start` to `end`, both included, that fall on an English weekday."""
    first = start + timedelta(days=(WEEKDAYS.index(weekday) - start.weekday()) % 7)
    return [first + timedelta(days=7 * week) for week in range(((end - first).days // 7) + 1)]


def move_targets(holidays: "HDServiceHolidayList") -> None:
    """Recompute the deadlines of open tickets that count by a changed list.

    The event is `helpdesk_calendar_changed`; tickets listen, because the agreements know no ticket.
    """
    if holidays.get_doc_before_save() is None:
        return
    agreements = frappe.get_all(AGREEMENT, filters={"holiday_list": holidays.name}, pluck="name")
    if agreements:
        frappe.clear_document_cache(HOLIDAY_LIST, holidays.name)
        for listener in frappe.get_hooks("helpdesk_calendar_changed"):
            frappe.get_attr(listener)(agreements)


def events(start: str, end: str, filters: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the holidays strictly between two dates, as calendar rows."""
    parent, row = DocType(HOLIDAY_LIST), DocType("HD Holiday")
    query = (
        frappe.qb.from_(parent)
        .join(row)
        .on(row.parent == parent.name)
        .select(parent.name, row.holiday_date, row.description, parent.color)
        .where((row.holiday_date > getdate(start)) & (row.holiday_date < getdate(end)))
        .orderby(row.holiday_date)
    )
    if filters.get("name"):
        query = query.where(parent.name == filters["name"])
    return [{**found, "allDay": 1} for found in query.run(as_dict=True)]
