"""The stored agreements: reading one, and choosing the one that holds for a request."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import get_time, getdate

from helpdesk.exceptions import CannotFindSLA, PriorityNotInSLA
from helpdesk.sla.calendar import WEEKDAYS, Calendar, Hours
from helpdesk.sla.progress import Target

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_service_level_agreement.hd_service_level_agreement import HDServiceLevelAgreement

AGREEMENT = "HD Service Level Agreement"
HOLIDAY_LIST = "HD Service Holiday List"


@dataclass(frozen=True)
class Agreement:
    """One agreement, ready to compute with."""

    name: str
    calendar: Calendar
    targets: Mapping[str, Target]
    default_priority: str | None
    tracks_resolution: bool
    default_status: str | None
    reopen_status: str | None

    def target(self, priority: str | None) -> Target:
        """Return what is promised for `priority`. Raises PriorityNotInSLA when nothing is."""
        found = self.targets.get(priority or "")
        if found is not None:
            return found
        message = _("Please add the priority {0} to the service level agreement {1}, which says nothing about it.")
        frappe.throw(message.format(frappe.bold(priority), frappe.bold(self.name)), PriorityNotInSLA)


def get_agreement(name: str | None) -> Agreement:
    """Return the agreement called `name`, read through the document cache. Raises DoesNotExistError."""
    return compile_agreement(frappe.get_cached_doc(AGREEMENT, name))


def compile_agreement(stored: "HDServiceLevelAgreement") -> Agreement:
    """Turn a stored definition into values to compute with."""
    return Agreement(
        name=stored.name,
        calendar=Calendar(working_hours(stored), holidays(stored.holiday_list)),
        targets={
            row.priority: Target(row.response_time or 0, row.resolution_time or None) for row in stored.priorities
        },
        default_priority=stored.default_priority,
        tracks_resolution=bool(stored.apply_sla_for_resolution),
        default_status=stored.default_ticket_status,
        reopen_status=stored.ticket_reopen_status,
    )


def working_hours(stored: "HDServiceLevelAgreement") -> dict[int, Hours]:
    """Return the open hours by weekday number."""
    return {
        WEEKDAYS.index(row.workday): Hours(get_time(row.start_time), get_time(row.end_time))
        for row in stored.support_and_resolution
    }


def holidays(holiday_list: str | None) -> frozenset[Any]:
    """Return the dates of a holiday list."""
    if not holiday_list:
        return frozenset()
    return frozenset(getdate(row.holiday_date) for row in frappe.get_cached_doc(HOLIDAY_LIST, holiday_list).holidays)


def choose_agreement(facts: Mapping[str, Any], priority: str | None, now: datetime) -> str:
    """Return the name of the agreement for a request described by `facts`.

    The first one by name whose condition holds wins; the default one is for the rest. Agreements without a condition,
    outside their dates, or without a row for the known priority do not take part. Raises CannotFindSLA.
    """
    rows = frappe.get_all(
        AGREEMENT, filters={"enabled": 1}, fields=["name", "default_sla", "modified"], order_by="name asc"
    )
    for row in rows:
        if not row.default_sla and _fits(frappe.get_cached_doc(AGREEMENT, row.name), facts, priority, now):
            return row.name
    defaults = [row for row in rows if row.default_sla]
    if not defaults:
        frappe.throw(_("No service level agreement fits this ticket. Please mark one as the default."), CannotFindSLA)
    return max(defaults, key=lambda row: row.modified).name


def _fits(stored: "HDServiceLevelAgreement", facts: Mapping[str, Any], priority: str | None, now: datetime) -> bool:
    condition = (stored.condition or "").strip()
    if not condition:
        return False
    if stored.start_date and getdate(stored.start_date) > now.date():
        return False
    if stored.end_date and getdate(stored.end_date) < now.date():
        return False
    if priority and not any(row.priority == priority for row in stored.priorities):
        return False
    return bool(evaluate(condition, facts))


def evaluate(condition: str, facts: Mapping[str, Any]) -> Any:
    """Return the value of a condition about `doc`. Whatever the expression raises, rises."""
    names: dict[str, Any] = {"doc": frappe._dict(facts)}
    if "frappe" in condition:
        from frappe.utils.safe_exec import get_safe_globals

        names["frappe"] = frappe._dict(utils=get_safe_globals()["frappe"]["utils"])
    return frappe.safe_eval(condition, names)


def require_valid_json(text: str | None, label: str) -> None:
    """Refuse a JSON twin that is not JSON, with the reason."""
    if not text or not text.strip():
        return
    try:
        json.loads(text)
    except ValueError as error:
        frappe.throw(_("{0} is not valid JSON: {1}").format(label, error))
