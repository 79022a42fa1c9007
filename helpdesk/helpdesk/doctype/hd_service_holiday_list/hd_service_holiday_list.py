"""HD Service Holiday List: the days on which the desk stays closed."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.access import require_permission
from helpdesk.sla import holiday_lists

if TYPE_CHECKING:
    from datetime import date


class HDServiceHolidayList(Document):
    """The days on which the desk stays closed."""

    if TYPE_CHECKING:
        name: str
        holiday_list_name: str
        from_date: date
        to_date: date
        total_holidays: int
        description: str | None
        weekly_off: str | None
        holidays: list[Any]
        color: str | None
        recurring_holidays: str | None

    def validate(self) -> None:
        holiday_lists.check(self)
        self.total_holidays = len(self.holidays)

    def on_update(self) -> None:
        holiday_lists.move_targets(self)

    @frappe.whitelist()
    def get_weekly_off_dates(self) -> None:
        """Add every `weekly_off` of the range that is not yet in the list; the form saves. Needs write permission."""
        self.check_permission("write")
        holiday_lists.add_weekly_off(self)

    @frappe.whitelist()
    def clear_table(self) -> None:
        """Empty the list; the form saves. Needs write permission."""
        self.check_permission("write")
        self.set("holidays", [])


@frappe.whitelist()
def get_events(start: str, end: str, filters: str | None = None) -> list[dict[str, Any]]:
    """Return holidays between two dates for a calendar."""
    require_permission("HD Service Holiday List", "read")
    return holiday_lists.events(start, end, frappe.parse_json(filters) if filters else {})
