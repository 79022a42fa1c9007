"""HD Ticket Mute: a ticket of which a person wants to hear nothing any more."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDTicketMute(Document):
    """One person's wish to be left alone by one ticket."""

    if TYPE_CHECKING:
        name: str
        ticket: int | str
        user: str
