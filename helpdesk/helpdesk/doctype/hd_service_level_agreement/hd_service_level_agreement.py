"""HD Service Level Agreement: what is promised for which requests, and when the clock runs."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.compat import capture
from helpdesk.sla import definition

if TYPE_CHECKING:
    from datetime import date


class HDServiceLevelAgreement(Document):
    """What is promised for which requests, and when the clock runs."""

    if TYPE_CHECKING:
        name: str
        default_priority: str | None
        service_level: str
        description: str | None
        enabled: int
        default_sla: int
        condition: str | None
        condition_json: str | None
        start_date: date | None
        end_date: date | None
        apply_sla_for_resolution: int
        priorities: list[Any]
        default_ticket_status: str | None
        ticket_reopen_status: str | None
        holiday_list: str
        support_and_resolution: list[Any]

    def validate(self) -> None:
        definition.keep_one_default(self)
        definition.check_priorities(self)
        definition.check_working_hours(self)
        definition.check_dates(self)
        definition.check_condition(self)
        definition.check_statuses(self)

    def before_save(self) -> None:
        definition.set_default_priority(self)

    def after_insert(self) -> None:
        if not frappe.flags.in_install:
            capture("sla_created")

    def on_trash(self) -> None:
        definition.refuse_losing_default(self)
