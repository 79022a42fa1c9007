"""HD Held Notice: what somebody is told by mail later, alone or with other things."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

if TYPE_CHECKING:
    from datetime import datetime


class HDHeldNotice(Document):
    """One thing that waits for the next mail to its user."""

    if TYPE_CHECKING:
        name: str
        user: str
        notification_type: str
        ticket: int | str
        title: str
        message: str | None
        due_on: datetime
