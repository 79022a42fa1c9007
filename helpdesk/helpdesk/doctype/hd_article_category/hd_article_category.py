"""HD Article Category: a shelf of the knowledge base."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

from helpdesk.knowledge_base import categories


class HDArticleCategory(Document):
    """A shelf of the knowledge base."""

    if TYPE_CHECKING:
        name: str
        category_name: str | None
        description: str | None
        icon: str | None

    def validate(self) -> None:
        categories.check(self)

    def on_trash(self) -> None:
        categories.move_articles_to_general(self)
