"""HD Ticket Type: what kind of request it is."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document


class HDTicketType(Document):
    """What kind of request it is; may give tickets their priority."""

    if TYPE_CHECKING:
        name: str
        is_system: int
        disabled: int
        description: str | None
        priority: str | None

    def on_trash(self) -> None:
        if self.is_system:
            frappe.throw(_("The type {0} is part of the help desk and cannot be deleted.").format(self.name))
