"""HD Ticket Label: a tag of tickets that managers gave a color. The tag itself is the framework's."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document


class HDTicketLabel(Document):
    """A tag of tickets that managers gave a color."""

    if TYPE_CHECKING:
        name: str
        label: str
        color: str | None
        description: str | None

    def validate(self) -> None:
        if "," in self.label:
            frappe.throw(_("A label has no comma: tags are kept in a list of them."))
