"""HD Ticket Status: a state of tickets; its category drives the clocks, its labels the screens."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.tickets import statuses


class HDTicketStatus(Document):
    """A state of tickets; its category drives the clocks, its labels the screens."""

    if TYPE_CHECKING:
        name: str
        enabled: int
        label_agent: str
        order: int
        different_view: int
        label_customer: str | None
        category: str
        color: str | None

    def validate(self) -> None:
        statuses.check(self)

    def before_rename(self, old: str, new: str, merge: bool = False) -> None:
        if old == statuses.CLOSED:
            frappe.throw(_("The status {0} cannot be renamed.").format(old))

    def on_trash(self) -> None:
        statuses.check_deletion(self)
