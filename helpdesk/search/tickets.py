"""Finding tickets by their words: in the tickets themselves, in comments, and in messages."""

import time
from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.utils import strip_html

from helpdesk.conversation.comments import COMMENT
from helpdesk.conversation.messages import MESSAGE
from helpdesk.knowledge_base.index import snippet
from helpdesk.words import WORD

TICKET = "HD Ticket"
LEAST_LETTERS = 2
MOST, CANDIDATES = 100, 500
METADATA = ("agent_group", "status", "priority", "customer", "owner")
WEIGHT = {"subject": 10, "description": 4, "content": 3}


def search(query: str, filters: dict[str, list[Any]], limit: int, *, title_only: bool) -> dict[str, Any]:
    """Return the best hits among what the caller may read, and how the search went."""
    started = time.monotonic()
    words = list(dict.fromkeys(word.casefold() for word in WORD.findall(query)))
    if len(query.strip()) < LEAST_LETTERS or not words:
        frappe.throw(_("Please enter at least {0} characters.").format(LEAST_LETTERS))
    hits = _in_tickets(words, title_only=title_only)
    if not title_only:
        hits += _in_children(words, COMMENT, "reference_ticket", "commented_by")
        hits += _in_children(words, MESSAGE, "reference_name", "sender")
    matches = len(hits)
    hits = [hit for hit in _with_ticket(hits) if _passes(hit, filters)]
    hits.sort(key=lambda hit: (-hit["score"], str(hit["modified"])), reverse=False)
    page = hits[: min(limit, MOST)]
    summary = {
        "duration": round(time.monotonic() - started, 3),
        "total_matches": matches,
        "returned_matches": len(page),
        "filtered_matches": len(hits),
        "applied_filters": filters,
    }
    return {"results": page, "summary": summary}


def _all_words(fields: list[str], words: list[str]) -> list[list[Any]]:
    """Return the filter for the rarest-looking word; the others are checked on the rows."""
    longest = max(words, key=len)
    return [[field, "like", f"%{longest}%"] for field in fields]


def _score(row: Any, fields: list[str], words: list[str]) -> float:
    texts = {field: strip_html(str(row.get(field) or "")).casefold() for field in fields}
    if not all(any(word in text for text in texts.values()) for word in words):
        return 0
    return sum(WEIGHT[field] for field, text in texts.items() for word in words if word in text)


def _in_tickets(words: list[str], *, title_only: bool) -> list[dict[str, Any]]:
    fields = ["subject"] if title_only else ["subject", "description"]
    rows = frappe.get_list(
        TICKET,
        or_filters=_all_words(fields, words),
        fields=["name", "subject", "description", "modified"],
        order_by="modified desc",
        limit=CANDIDATES,
    )
    return [
        _hit(TICKET, row.name, row.name, row.subject, row.description, score, row.modified, words)
        for row in rows
        if (score := _score(row, fields, words))
    ]


def _in_children(words: list[str], doctype: str, link: str, author: str) -> list[dict[str, Any]]:
    if doctype == COMMENT and not frappe.has_permission(COMMENT, "read"):
        return []
    filters = {"reference_doctype": TICKET} if doctype == MESSAGE else {}
    rows = frappe.get_all(  # hits on tickets the caller may not read are dropped in _with_ticket
        doctype,
        filters=filters,
        or_filters=_all_words(["content"], words),
        fields=["name", link, "content", "modified", author],
        order_by="modified desc",
        limit=CANDIDATES,
    )
    return [
        {
            **_hit(doctype, row.name, row[link], None, row.content, score, row.modified, words),
            "owner": row[author],
        }
        for row in rows
        if (score := _score(row, ["content"], words))
    ]


def _hit(
    doctype: str, name: Any, ticket: Any, title: str | None, html: str | None, score: float, modified: Any, words: Any
) -> dict[str, Any]:
    return {
        "id": f"{doctype}:{name}",
        "doctype": doctype,
        "name": name,
        "reference_ticket": str(ticket),
        "title": title,
        "content": snippet(strip_html(html or ""), words),
        "score": score,
        "modified": modified,
    }


def _with_ticket(hits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each hit what its ticket says, and drop the hits on tickets that the caller may not list."""
    names = sorted({hit["reference_ticket"] for hit in hits})
    rows = (
        frappe.get_list(TICKET, filters={"name": ["in", names]}, fields=["name", "subject", *METADATA]) if names else []
    )
    tickets = {str(row.name): row for row in rows}
    found = []
    for hit in hits:
        ticket = tickets.get(hit["reference_ticket"])
        if ticket is not None:
            values = {field: ticket[field] for field in METADATA if field != "owner" or "owner" not in hit}
            found.append({**hit, **values, "title": hit["title"] or ticket.subject})
    return found


def _passes(hit: dict[str, Any], filters: dict[str, list[Any]]) -> bool:
    return all(hit.get(field) in values for field, values in filters.items() if values)


def filter_options() -> dict[str, dict[str, int]]:
    """Return how many readable tickets there are per team, status, priority and customer, and per DocType."""
    rows = frappe.get_list(TICKET, fields=["agent_group", "status", "priority", "customer"])
    names = {"agent_group": "teams", "status": "statuses", "priority": "priorities", "customer": "customers"}
    options = {
        label: dict(Counter(row[field] for row in rows if row[field]).most_common()) for field, label in names.items()
    }
    options["doctypes"] = {TICKET: len(rows)} if rows else {}
    return options
