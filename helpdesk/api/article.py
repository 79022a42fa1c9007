"""Articles: numbers, and finding one."""

from typing import TYPE_CHECKING, Any, cast

import frappe

from helpdesk.access import access_document
from helpdesk.knowledge_base import articles, finding

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_article.hd_article import HDArticle


@frappe.whitelist()
def get_article_stats(article_name: str) -> dict[str, int]:
    """Return views, likes and dislikes."""
    return articles.statistics(cast("HDArticle", access_document("HD Article", article_name)))


@frappe.whitelist()
def search(query: str) -> list[dict[str, Any]]:
    """Return up to 5 passages of published articles that answer a question. Everybody who is logged in may ask."""
    return finding.search(query)
