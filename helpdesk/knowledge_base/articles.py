"""The life of an article: draft, published, archived; who reads it, and what they think of it."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from helpdesk.access import ADMINISTRATOR, has_role, is_agent, refuse
from helpdesk.conversation.rendering import text_of
from helpdesk.conversation.timeline import avatars
from helpdesk.knowledge_base.categories import ARTICLE, CATEGORY

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_article.hd_article import HDArticle

DRAFT, PUBLISHED, ARCHIVED = "Draft", "Published", "Archived"
FEEDBACK = "HD Article Feedback"
NONE, LIKE, DISLIKE = 0, 1, 2
PREVIEW = 100
SHELF_ORDER = "idx asc, published_on desc"


def follow_status(article: "HDArticle") -> None:
    """Do what a change of status means for time and place."""
    if article.status == PUBLISHED and not text_of(article.content) and "<img" not in (article.content or ""):
        frappe.throw(_("Please write something before you publish the article."))
    if article.status == PUBLISHED and not article.published_on:
        article.published_on = now_datetime()
        article.idx = -1
    if article.status == DRAFT:
        article.published_on = None
    if article.status == ARCHIVED:
        article.category = None


def may_see(article: Any, user: str) -> bool:
    """Tell whether `user` may read an article: agents all, everybody else what is published."""
    return _sees_all(user) or article.status == PUBLISHED


def list_condition(user: str) -> str:
    """Return the same rule as SQL."""
    return "" if _sees_all(user) else "`tabHD Article`.`status` = 'Published'"


def _sees_all(user: str) -> bool:
    return user == ADMINISTRATOR or is_agent(user) or has_role(user, frozenset({"System Manager"}))


def public_article(name: str) -> "HDArticle":
    """Return an article the caller may read; a draft looks like nothing at all to outsiders."""
    user = frappe.session.user
    if not frappe.db.exists(ARTICLE, name):
        if is_agent(user):
            frappe.throw(_("There is no such article."), frappe.DoesNotExistError)
        refuse(_("You may not read this article."))
    article = frappe.get_doc(ARTICLE, name)
    if not may_see(article, user):
        refuse(_("You may not read this article."))
    return article


def vote_of(article: str, user: str) -> int:
    """Return the user's vote: 0 none, 1 like, 2 dislike."""
    vote = frappe.db.get_value(FEEDBACK, {"article": article, "user": user}, "feedback", order_by="creation asc")
    return int(vote or NONE)


def vote(article: str, user: str, value: int) -> None:
    """Store the user's one vote on an article. Raises ValidationError for other numbers."""
    if value not in (NONE, LIKE, DISLIKE):
        frappe.throw(_("A vote is 0, 1 or 2."))
    existing = frappe.db.get_value(
        FEEDBACK, {"article": article, "user": user}, ["name", "feedback"], as_dict=True, order_by="creation asc"
    )
    if existing is None:
        row = {"doctype": FEEDBACK, "article": article, "user": user, "feedback": str(value)}
        frappe.get_doc(row).insert(ignore_permissions=True)  # everybody who may read may vote
    elif existing.feedback != str(value):
        frappe.db.set_value(FEEDBACK, existing.name, "feedback", str(value))


def count_vote(article: str, value: int) -> None:
    """Count a vote of somebody without an account; nobody can take it back."""
    if value not in (LIKE, DISLIKE):
        frappe.throw(_("A vote is 1 or 2."))
    row = {"doctype": FEEDBACK, "article": article, "feedback": str(value)}
    frappe.get_doc(row).insert(ignore_permissions=True)  # the caller has read the article: it is public


def statistics(article: "HDArticle") -> dict[str, int]:
    """Return views, likes and dislikes."""
    votes = frappe.get_all(FEEDBACK, filters={"article": article.name}, pluck="feedback")
    return {"views": article.views or 0, "likes": votes.count(str(LIKE)), "dislikes": votes.count(str(DISLIKE))}


def of_category(category: str) -> list[dict[str, Any]]:
    """Return the published articles of a category with a preview of their text."""
    rows = frappe.get_list(
        ARTICLE,
        filters={"category": category, "status": PUBLISHED},
        fields=["name", "title", "published_on", "modified", "author", "content", "idx"],
        order_by=SHELF_ORDER,
    )
    put_new_last(rows)
    people = avatars([row.author or "" for row in rows])
    for row in rows:
        row.author = people[row.author or ""]
        row.content = text_of(row.content)[:PREVIEW]
    return rows


def put_new_last(rows: list[Any]) -> None:
    """Put the articles that nobody has given a place behind those with one; rows come in `SHELF_ORDER` with `idx`."""
    rows.sort(key=lambda row: (row.pop("idx") or 0) < 1)


def category_title(category: str | None) -> str | None:
    """Return what a category is called."""
    return frappe.db.get_value(CATEGORY, category, "category_name") if category else None
