"""HD Ticket Activity: one line of the history of a ticket."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDTicketActivity(Document):
    """One line of the history of a ticket."""

    if TYPE_CHECKING:
        ticket: int | str
        action: str
