"""HD Article: an answer in the knowledge base."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.compat import capture
from helpdesk.knowledge_base import articles, categories, finding
from helpdesk.lists import columns

if TYPE_CHECKING:
    from datetime import datetime


class HDArticle(Document):
    """An answer in the knowledge base."""

    if TYPE_CHECKING:
        name: str
        idx: int
        title: str
        status: str
        published_on: datetime | None
        views: int
        category: str | None
        author: str | None
        content: str | None

    @property
    def title_slug(self) -> str:
        """The title as part of an address."""
        return (self.title or "").lower().replace(" ", "-")

    def before_insert(self) -> None:
        self.author = frappe.session.user

    def validate(self) -> None:
        before = self.get_doc_before_save()
        if (
            before is not None
            and before.category
            and before.category != self.category
            and self.status != articles.ARCHIVED
        ):
            categories.require_another_article(before.category, [self.name])

    def before_save(self) -> None:
        articles.follow_status(self)

    def after_insert(self) -> None:
        if not frappe.flags.in_install:
            capture("article_created")

    def on_update(self) -> None:
        finding.forget()

    def on_trash(self) -> None:
        finding.forget()
        categories.require_another_article(self.category, [self.name])
        frappe.db.delete(articles.FEEDBACK, {"article": self.name})

    @staticmethod
    def default_list_data() -> columns.ListDefaults:
        """Return the columns and rows of a list that nobody has configured."""
        return columns.ARTICLES

    @frappe.whitelist()
    def set_feedback(self, value: int) -> None:
        """Store the caller's vote. The framework has checked that the caller may read the article."""
        articles.vote(self.name, frappe.session.user, value)


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether `user` may see an article."""
    return articles.may_see(doc, user or frappe.session.user)


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the articles that `user` may list."""
    return articles.list_condition(user or frappe.session.user)
