"""What makes a service level agreement sound, checked when it is saved."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import flt, get_time, getdate

from helpdesk.sla.agreements import AGREEMENT, evaluate, require_valid_json

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_service_level_agreement.hd_service_level_agreement import HDServiceLevelAgreement


def _other_default(agreement: "HDServiceLevelAgreement") -> str | None:
    found = frappe.get_all(
        AGREEMENT,
        filters={"default_sla": 1, "name": ["!=", agreement.name or ""]},
        pluck="name",
        order_by="modified desc",
        limit=1,
    )
    return found[0] if found else None


def keep_one_default(agreement: "HDServiceLevelAgreement") -> None:
    """Make a new default the only one, and refuse to be left without any."""
    other = _other_default(agreement)
    if agreement.default_sla:
        if not agreement.enabled:
            frappe.throw(_("The default service level agreement cannot be disabled."))
        if other:
            _demote(other)
        return
    if not other:
        frappe.throw(_("One service level agreement must be the default."))


def _demote(name: str) -> None:
    frappe.db.set_value(AGREEMENT, name, "default_sla", 0)
    frappe.msgprint(
        _("{0} is not the default any more. It needs a condition to be used.").format(frappe.bold(name)), alert=True
    )


def refuse_losing_default(agreement: "HDServiceLevelAgreement") -> None:
    """Refuse to delete the only default."""
    if agreement.default_sla and not _other_default(agreement):
        frappe.throw(_("The default service level agreement cannot be deleted."))


def check_priorities(agreement: "HDServiceLevelAgreement") -> None:
    """Refuse a table of promises that contradicts itself; remind of priorities without a promise."""
    if sum(1 for row in agreement.priorities if row.default_priority) > 1:
        frappe.throw(_("Only one priority can be the default."))
    seen: set[str] = set()
    for row in agreement.priorities:
        if row.priority in seen:
            frappe.throw(_("The priority {0} is listed twice.").format(frappe.bold(row.priority)))
        seen.add(row.priority)
        _check_times(row, tracks_resolution=bool(agreement.apply_sla_for_resolution))
    missing = [name for name in enabled_priorities() if name not in seen]
    if missing:
        text = _("{0} promises nothing for the priorities {1}.")
        frappe.msgprint(text.format(frappe.bold(agreement.service_level), ", ".join(missing)), alert=True)


def enabled_priorities() -> list[str]:
    """Return the priorities that tickets may have."""
    return frappe.get_all("HD Ticket Priority", filters={"disabled": 0}, pluck="name", order_by="name asc")


def _check_times(row: frappe._dict, *, tracks_resolution: bool) -> None:
    name = frappe.bold(row.priority)
    if flt(row.response_time) <= 0:
        frappe.throw(_("Please enter the time until the first response for {0}.").format(name))
    if flt(row.resolution_time) < 0:
        frappe.throw(_("The time until the resolution for {0} cannot be negative.").format(name))
    if not tracks_resolution:
        return
    if not flt(row.resolution_time):
        frappe.throw(_("Please enter the time until the resolution for {0}.").format(name))
    if flt(row.response_time) > flt(row.resolution_time):
        frappe.throw(_("The first response for {0} cannot take longer than the resolution.").format(name))


def check_working_hours(agreement: "HDServiceLevelAgreement") -> None:
    """Refuse days that are listed twice, or end before they start."""
    seen: set[str] = set()
    for row in agreement.support_and_resolution:
        if row.workday in seen:
            frappe.throw(_("{0} is listed twice in the working hours.").format(_(row.workday)))
        seen.add(row.workday)
        if get_time(row.start_time) >= get_time(row.end_time):
            frappe.throw(_("On {0} the working hours end before they start.").format(_(row.workday)))


def check_dates(agreement: "HDServiceLevelAgreement") -> None:
    """Refuse an agreement that ends before it starts."""
    if agreement.start_date and agreement.end_date and getdate(agreement.end_date) < getdate(agreement.start_date):
        frappe.throw(_("The end date must not be before the start date."))


def check_condition(agreement: "HDServiceLevelAgreement") -> None:
    """Refuse a condition that cannot be evaluated, and a JSON twin that is not JSON."""
    require_valid_json(agreement.condition_json, _("Condition"))
    condition = (agreement.condition or "").strip()
    if not condition:
        return
    blank = frappe.new_doc("HD Ticket").as_dict()
    try:
        evaluate(condition, blank)
    except Exception as error:  # an expression can raise anything; the author is told what
        frappe.throw(_("The condition cannot be evaluated: {0}").format(frappe.utils.escape_html(str(error))))


def check_statuses(agreement: "HDServiceLevelAgreement") -> None:
    """Refuse statuses for new and reopened tickets that stop the clock."""
    for field in ("default_ticket_status", "ticket_reopen_status"):
        status = agreement.get(field)
        if status and frappe.get_cached_value("HD Ticket Status", status, "category") != "Open":
            frappe.throw(_("{0} must be a status of the category Open.").format(_(agreement.meta.get_label(field))))


def set_default_priority(agreement: "HDServiceLevelAgreement") -> None:
    """Copy the priority of the flagged row."""
    flagged = [row.priority for row in agreement.priorities if row.default_priority]
    if not flagged:
        frappe.throw(_("Please mark one priority as the default."))
    agreement.default_priority = flagged[0]
