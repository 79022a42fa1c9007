"""HD Ticket Feedback Option: an answer a requester can choose when rating."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

from helpdesk.satisfaction import options


class HDTicketFeedbackOption(Document):
    """An answer a requester can choose when rating, and the stars it stands for."""

    if TYPE_CHECKING:
        name: str
        rating: float
        label: str
        disabled: int

    def validate(self) -> None:
        options.check(self)
