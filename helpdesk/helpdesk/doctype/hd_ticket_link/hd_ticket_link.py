"""HD Ticket Link: a secret address under which somebody without an account follows a ticket."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

if TYPE_CHECKING:
    from datetime import datetime


class HDTicketLink(Document):
    """A secret address of one ticket for one recipient. The secret itself is nowhere stored."""

    if TYPE_CHECKING:
        name: str
        ticket: int | str
        recipient: str
        token_hash: str
        expires_on: datetime
        revoked: int
