"""Suggestions from the knowledge base while somebody asks."""

from typing import Any

import frappe
from frappe.utils.caching import redis_cache

from helpdesk import caching
from helpdesk.knowledge_base.articles import PUBLISHED
from helpdesk.knowledge_base.categories import ARTICLE
from helpdesk.knowledge_base.index import Index, Weights, question, snippet, split
from helpdesk.settings import get_settings

MOST = 5
SHORTEST = 3  # characters of a question
HALF_HOUR, DAY = 30 * 60, 24 * 60 * 60
INDEX_KEY = "helpdesk:article_index_with_forms"


def build() -> Index:
    """Read all published articles and keep their index."""
    settings = get_settings()
    weights = Weights(
        name=settings.name_weight or 0,
        subject=settings.subject_weight or 0,
        description=settings.description_weight or 0,
        headings=settings.headings_weight or 0,
    )
    rows = frappe.get_all(ARTICLE, filters={"status": PUBLISHED}, fields=["name", "title", "content"], order_by="name")
    passages = [passage for row in rows for passage in split(row.name, row.title, row.content)]
    index = Index(passages, weights)
    frappe.cache.set_value(INDEX_KEY, index)
    return index


def forget() -> None:
    """Drop the index after an article has changed, now and again when the change is final."""
    caching.forget(INDEX_KEY)


@redis_cache(ttl=DAY)
def stop_words() -> frozenset[str]:
    """Return the site's own words to ignore."""
    return frozenset(word.casefold() for word in frappe.get_all("HD Stopword", filters={"enabled": 1}, pluck="word"))


@redis_cache(ttl=HALF_HOUR)
def synonyms() -> dict[str, frozenset[str]]:
    """Return for each word the group of words that mean the same."""
    groups: dict[str, set[str]] = {}
    for row in frappe.get_all("HD Synonym", filters={"parenttype": "HD Synonyms"}, fields=["parent", "synonym"]):
        groups.setdefault(row.parent.casefold(), {row.parent.casefold()}).add(row.synonym.casefold())
    return {word: frozenset(group) for group in groups.values() for word in group}


def search(text: str) -> list[dict[str, Any]]:
    """Return up to 5 passages of published articles."""
    index = frappe.cache.get_value(INDEX_KEY) or build()
    words = question(text, stop_words())
    marked = [*words, *(form for word in words for form in index.forms_of(word))]
    return [
        {
            "id": passage.name,
            "name": passage.name,
            "subject": passage.subject,
            "headings": passage.headings,
            "description": snippet(passage.text, marked),
            "score": score,
        }
        for passage, score in index.search(words, synonyms(), MOST)
    ]
