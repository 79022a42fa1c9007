"""HD Comment Reaction: one user's emoji on a comment."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDCommentReaction(Document):
    """One user's emoji on a comment."""

    if TYPE_CHECKING:
        emoji: str
        user: str
