"""HD Article Feedback: one user's vote on an article."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDArticleFeedback(Document):
    """One user's vote on an article."""

    if TYPE_CHECKING:
        article: str
        user: str
        feedback: str
