"""The knowledge base for readers and writers."""

from typing import Any

import frappe
from frappe.rate_limiter import rate_limit

from helpdesk.access import require_permission
from helpdesk.conversation.timeline import avatars
from helpdesk.knowledge_base import articles, categories
from helpdesk.knowledge_base.categories import ARTICLE, CATEGORY

HOUR = 60 * 60
VIEWS_PER_HOUR = 5


@frappe.whitelist(allow_guest=True)
def get_article(name: str) -> dict[str, Any]:
    """Return an article with its author and the caller's vote; drafts are for agents."""
    article = articles.public_article(name)
    author = article.author or ""
    return {
        "name": article.name,
        "title": article.title,
        "content": article.content,
        "author": avatars([author])[author],
        "creation": article.creation,
        "status": article.status,
        "published_on": article.published_on,
        "modified": article.modified,
        "category_name": articles.category_title(article.category),
        "category_id": article.category,
        "feedback": articles.vote_of(article.name, frappe.session.user),
    }


@frappe.whitelist()
def delete_articles(articles: list[str]) -> None:
    """Delete articles; a category keeps at least one."""
    require_permission(ARTICLE, "delete")
    for name in dict.fromkeys(articles):
        frappe.delete_doc(ARTICLE, name, ignore_missing=False)


@frappe.whitelist()
def create_category(title: str) -> dict[str, str]:
    """Create a category with a first draft in it; return both ids."""
    require_permission(CATEGORY, "create")
    return categories.create(title)


@frappe.whitelist()
def move_to_category(category: str, articles: list[str]) -> None:
    """Move articles to another category: all of them or none."""
    require_permission(ARTICLE, "write")
    categories.move_articles(category, articles)


@frappe.whitelist(methods=["POST"])
def order_categories(names: list[str]) -> None:
    """Put the categories in this order for readers; without it the fullest comes first."""
    require_permission(CATEGORY, "write")
    categories.put_in_order(CATEGORY, names)


@frappe.whitelist(methods=["POST"])
def order_articles(names: list[str]) -> None:
    """Put articles in this order within their category; one published later comes after them."""
    require_permission(ARTICLE, "write")
    categories.put_in_order(ARTICLE, names)


@frappe.whitelist()
def get_categories() -> list[dict[str, Any]]:
    """Return the categories that have published articles: as they were put in order, else the fullest first."""
    require_permission(CATEGORY, "read")
    return categories.with_published_articles()


@frappe.whitelist()
def get_category_articles(category: str) -> list[dict[str, Any]]:
    """Return the published articles of a category."""
    require_permission(ARTICLE, "read")
    return articles.of_category(category)


@frappe.whitelist()
def merge_category(source: str, target: str) -> None:
    """Move the articles of one category to another, and delete the first."""
    require_permission(CATEGORY, "delete")
    categories.merge(source, target)


@frappe.whitelist()
def get_general_category() -> str | None:
    """Return the id of the category General. Everybody who is logged in may know it."""
    return categories.general()


@frappe.whitelist()
def get_category_title(category: str) -> str | None:
    """Return what a category is called."""
    require_permission(CATEGORY, "read")
    return articles.category_title(category)


@frappe.whitelist()
@rate_limit(key="article", limit=VIEWS_PER_HOUR, seconds=HOUR)
def increment_views(article: str) -> None:
    """Count a view; a reader counts five times an hour at most."""
    found = articles.public_article(article)
    frappe.db.set_value(ARTICLE, found.name, "views", (found.views or 0) + 1, update_modified=False)
