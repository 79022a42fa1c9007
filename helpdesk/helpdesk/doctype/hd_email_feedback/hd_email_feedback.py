"""HD Email Feedback: a rating that came in through the link in a mail."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

from helpdesk.satisfaction import email_feedback


class HDEmailFeedback(Document):
    """A rating that came in through the link in a mail; there is one per ticket."""

    if TYPE_CHECKING:
        name: str
        key: str
        feedback_rating: float
        feedback_extra: str | None
        ticket: int | str | None

    def validate(self) -> None:
        if self.is_new():
            self.ticket = email_feedback.find_ticket(self.key)

    def before_save(self) -> None:
        if self.is_new():
            email_feedback.rate(self)
