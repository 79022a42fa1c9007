"""Ticket statuses: their category, and which of them mean "new" and "back again"."""

from typing import TYPE_CHECKING, Any, Final

import frappe
from frappe import _

from helpdesk.exceptions import StatusIsNeeded
from helpdesk.settings import get_settings
from helpdesk.sla.agreements import AGREEMENT
from helpdesk.sla.progress import Category

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket
    from helpdesk.helpdesk.doctype.hd_ticket_status.hd_ticket_status import HDTicketStatus

STATUS = "HD Ticket Status"
OPEN: Final = "Open"
PAUSED: Final = "Paused"
RESOLVED: Final = "Resolved"
CLOSED = "Closed"


def category_of(status: str | None) -> Category | None:
    """Return the category of a status. `Closed` as a category of its own counts as resolved."""
    if not status:
        return None
    category = frappe.get_cached_value(STATUS, status, "category")
    return RESOLVED if category == CLOSED else category


def in_category(*categories: str) -> list[str]:
    """Return the names of all statuses in the categories, in their order."""
    return [row.name for row in in_order({"category": ["in", categories]})]


def in_order(filters: dict[str, Any], *fields: str) -> list[Any]:
    """Return rows of statuses as people see them. Sorted here: what `order` needs in SQL differs between versions."""
    rows = frappe.get_all(STATUS, filters=filters, fields=["name", "order", *fields])
    return sorted(rows, key=lambda row: (row.order or 0, row.name))


def default_open_status(ticket: "HDTicket") -> str:
    """Return the status of a new ticket: its agreement's, else the site's."""
    return _from_agreement(ticket, "default_ticket_status") or get_settings().default_ticket_status


def reopen_status(ticket: "HDTicket") -> str:
    """Return the status after a customer's reply: its agreement's, else the site's."""
    return _from_agreement(ticket, "ticket_reopen_status") or get_settings().ticket_reopen_status


def _from_agreement(ticket: "HDTicket", field: str) -> str | None:
    return frappe.get_cached_value(AGREEMENT, ticket.sla, field) if ticket.sla else None


def customer_label(status: "HDTicketStatus") -> str:
    """Return what customers read instead of the status' own name."""
    return (status.label_customer if status.different_view else None) or status.label_agent


def check(status: "HDTicketStatus") -> None:
    """Refuse a change that would leave the help desk without a status it needs."""
    if status.different_view and not (status.label_customer or "").strip():
        frappe.throw(_("Please enter the label that customers see."), frappe.MandatoryError)
    before = status.get_doc_before_save()
    if before is None:
        return
    if status.name == CLOSED and not (status.has_value_changed("order") or status.has_value_changed("color")):
        frappe.throw(_("Only the order and the color of the status {0} can be changed.").format(CLOSED))
    if status.name == CLOSED:
        _keep_identity(status, before)
    if status.category != before.category and not _others(status, before.category):
        frappe.throw(
            _("{0} is the only status of the category {1}.").format(frappe.bold(status.name), _(before.category)),
            StatusIsNeeded,
        )
    if not status.enabled:
        _check_unused(status)


def _keep_identity(status: "HDTicketStatus", before: "HDTicketStatus") -> None:
    for field in ("enabled", "label_agent", "different_view", "label_customer", "category"):
        if (status.get(field) or None) != (before.get(field) or None):
            frappe.throw(_("Only the order and the color of the status {0} can be changed.").format(CLOSED))


def _others(status: "HDTicketStatus", category: str, **filters: object) -> int:
    return frappe.db.count(STATUS, {"category": category, "name": ["!=", status.name], **filters})


def _check_unused(status: "HDTicketStatus") -> None:
    name = frappe.bold(status.name)
    others = frappe.db.count(
        STATUS, {"category": status.category, "enabled": 1, "name": ["not in", [status.name, CLOSED]]}
    )
    if not others:
        message = _("{0} is the only enabled status of the category {1}.")
        frappe.throw(message.format(name, _(status.category)), StatusIsNeeded)
    for field in ("default_ticket_status", "ticket_reopen_status"):
        agreement = frappe.db.exists(AGREEMENT, {field: status.name})
        if agreement:
            message = _("The service level agreement {0} uses the status {1}.")
            frappe.throw(message.format(frappe.bold(agreement), name), StatusIsNeeded)
        if get_settings().get(field) == status.name:
            frappe.throw(_("HD Settings use the status {0}.").format(name), StatusIsNeeded)


def check_deletion(status: "HDTicketStatus") -> None:
    """Refuse to delete a status that the help desk cannot do without."""
    if status.name == CLOSED:
        frappe.throw(_("The status {0} is needed and cannot be deleted.").format(CLOSED), StatusIsNeeded)
    if not _others(status, status.category):
        message = _("{0} is the only status of the category {1}.")
        frappe.throw(message.format(frappe.bold(status.name), _(status.category)), StatusIsNeeded)
    _check_unused(status)
