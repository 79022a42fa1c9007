"""HD Ticket Template: which fields the form of a new ticket shows."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.compat import capture
from helpdesk.tickets import forms


class HDTicketTemplate(Document):
    """Which fields the form of a new ticket shows, and what stands in it at first."""

    if TYPE_CHECKING:
        name: str
        template_name: str
        about: str | None
        description_template: str | None
        subject_template: str | None
        preset_team: str | None
        preset_agent: str | None

    def validate(self) -> None:
        forms.check(self)

    def on_update(self) -> None:
        if self.get_doc_before_save() is not None:
            capture("ticket_template_updated")

    def on_trash(self) -> None:
        if self.name == forms.DEFAULT_TEMPLATE:
            frappe.throw(_("The template {0} cannot be deleted.").format(self.name), frappe.PermissionError)
