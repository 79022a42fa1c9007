"""The knowledge base as everybody may read it, without an account: pages made on the server, for people and robots."""

from collections.abc import Iterator
from typing import Any, TypedDict
from urllib.parse import quote

import frappe
from bs4 import BeautifulSoup
from frappe import _
from frappe.utils import get_url
from frappe.utils.html_utils import sanitize_html

from helpdesk.conversation.rendering import text_of
from helpdesk.knowledge_base import articles, categories, finding
from helpdesk.knowledge_base.categories import ARTICLE, CATEGORY
from helpdesk.knowledge_base.index import HEADINGS, slug
from helpdesk.settings import get_settings

ROOT = "/kb"
DESCRIPTION = 160
LONGEST_QUESTION = 140
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


class Page(TypedDict):
    """What every public page has; addresses are absolute."""

    title: str
    description: str
    canonical: str
    brand: str
    lang: str
    direction: str
    is_indexed: bool
    write_path: str


def require_public() -> None:
    """Let everybody in when the knowledge base is public, else only those who are signed in."""
    if not get_settings().public_knowledge_base and frappe.session.user == "Guest":
        _missing()


def page(title: str, description: str, path: str, *, is_indexed: bool = True) -> Page:
    """Return what a page has around its content."""
    settings = get_settings()
    is_open = settings.allow_anyone_to_create_tickets and frappe.session.user == "Guest"
    return {
        "title": title,
        "description": " ".join(description.split())[:DESCRIPTION],
        "canonical": get_url(path),
        "brand": settings.brand_name or "Helpdesk",
        "lang": frappe.local.lang or "en",
        "direction": direction(),
        "is_indexed": is_indexed,
        "write_path": "/support/new" if is_open else "/helpdesk/my-tickets/new",
    }


def direction() -> str:
    """Return the way in which the reader's language is written: `ltr` or `rtl`."""
    return "rtl" if (frappe.local.lang or "").split("-")[0] in RIGHT_TO_LEFT else "ltr"


def shelves() -> list[dict[str, Any]]:
    """Return the categories with something to read, each with the address of its page."""
    return [{**shelf, "path": category_path(shelf["name"])} for shelf in categories.with_published_articles()]


def answers(question: str) -> list[dict[str, Any]]:
    """Return passages that answer a question, each with the address of its article."""
    asked = question.strip()[:LONGEST_QUESTION]
    if len(asked) < finding.SHORTEST:
        return []
    return [
        {**hit, "path": article_path(hit["name"]), "excerpt": text_of(hit["description"])}
        for hit in finding.search(asked)
    ]


def shelf(name: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the title and the published articles of a category. An empty one is not there for the public."""
    title = frappe.db.get_value(CATEGORY, name, "category_name")
    found = published(category=name) if title else []
    if not found:
        _missing()
    return title, found


def _with_anchors(html: str) -> str:
    """Give each heading the name by which the search leads to it."""
    tree = BeautifulSoup(html, "html.parser")
    for heading in tree.find_all(list(HEADINGS)):
        heading["id"] = slug(heading.get_text())
    return str(tree)


def article(name: str) -> dict[str, Any]:
    """Return a published article, its text made harmless."""
    row = frappe.db.get_value(
        ARTICLE,
        {"name": name, "status": articles.PUBLISHED},
        ["name", "title", "content", "category", "published_on", "modified"],
        as_dict=True,
    )
    if not row:
        _missing()
    row.content = _with_anchors(sanitize_html(row.content or "", always_sanitize=True))
    row.category_title = articles.category_title(row.category)
    row.category_path = category_path(row.category) if row.category else ROOT
    row.path = article_path(row.name)
    return row


def published(**filters: str) -> list[dict[str, Any]]:
    """Return published articles with a preview, in the order of their shelf. What is published everybody may read."""
    rows = frappe.get_all(
        ARTICLE,
        filters={**filters, "status": articles.PUBLISHED},
        fields=["name", "title", "content", "modified", "idx"],
        order_by=articles.SHELF_ORDER,
    )
    articles.put_new_last(rows)
    for row in rows:
        row.path = article_path(row.name)
        row.preview = text_of(row.pop("content"))[:DESCRIPTION]
    return rows


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the absolute address of every public page and the day it changed."""
    everything = published()
    newest = max((str(row["modified"])[:10] for row in everything), default="")
    yield get_url(ROOT), newest
    for row in shelves():
        yield get_url(row["path"]), newest
    for row in everything:
        yield get_url(row["path"]), str(row["modified"])[:10]


def category_path(name: str) -> str:
    return f"{ROOT}/categories/{quote(name, safe='')}"


def article_path(name: str) -> str:
    """Return the path of an article, or of a passage of it, whose name ends with `#` and an anchor."""
    article, _hash, anchor = name.partition("#")
    return f"{ROOT}/articles/{quote(article, safe='')}" + (f"#{quote(anchor)}" if anchor else "")


def _missing() -> None:
    frappe.throw(_("There is no such page."), frappe.DoesNotExistError)
