"""HD Survey: how often a requester was asked how the help was, and when they are asked next."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

if TYPE_CHECKING:
    from datetime import datetime


class HDSurvey(Document):
    """The question to one requester about one ticket; at most one mail and one reminder."""

    if TYPE_CHECKING:
        name: str
        ticket: int | str
        recipient: str
        asked: int
        due_on: datetime | None
        opted_out: int
