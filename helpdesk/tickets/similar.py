"""Other tickets worth a look: recent ones of the same people, and ones with a similar subject."""

from collections import Counter
from datetime import timedelta
from typing import Any

import frappe
from frappe.utils import now_datetime

from helpdesk.words import relevant_words

FIELDS = ["name", "subject", "creation", "status"]
DAYS = 90
MOST = 4
RECENT_OF_CUSTOMER = 2
LEAST_RELEVANCE = 70


def recent(ticket: Any) -> list[Any]:
    """Return up to 4 other tickets the caller may read: 2 of the same customer, then those of the requester."""
    found: list[Any] = []
    if ticket.customer:
        found = _latest({"customer": ticket.customer}, ticket, [], RECENT_OF_CUSTOMER)
    if ticket.raised_by and len(found) < MOST:
        found += _latest({"raised_by": ticket.raised_by}, ticket, found, MOST - len(found))
    return found


def _latest(filters: dict[str, Any], ticket: Any, found: list[Any], limit: int) -> list[Any]:
    known = [ticket.name, *(row.name for row in found)]
    return frappe.get_list(
        "HD Ticket",
        filters={**filters, "name": ["not in", known]},
        fields=FIELDS,
        order_by="creation desc",
        limit=limit,
    )


def similar(ticket: Any) -> list[Any]:
    """Return up to 4 readable tickets of the last 90 days whose subject shares most words with this one's.

    Words count the more the rarer they are among the candidates. `relevance` is the share of the best score, in
    percent; entries at 70 or less are left out.
    """
    return about(relevant_words(ticket.subject), ticket.name)


def about(words: list[str], besides: str | int) -> list[Any]:
    """Return up to 4 readable tickets of the last 90 days but one, whose subject shares most of these words."""
    if not words:
        return []
    candidates = frappe.get_list(
        "HD Ticket",
        filters={"creation": [">", now_datetime() - timedelta(days=DAYS)], "name": ["!=", besides]},
        or_filters=[["subject", "like", f"%{word}%"] for word in words],
        fields=FIELDS,
        order_by="creation desc",
        limit=200,
    )
    return rank(words, candidates)


def rank(words: list[str], candidates: list[Any]) -> list[Any]:
    """Return the best candidates with their `score` and `relevance`, best first."""
    bags = [set(relevant_words(row.subject)) & set(words) for row in candidates]
    spread = Counter(word for bag in bags for word in bag)
    scores = [sum(1 / spread[word] for word in bag) + len(bag) for bag in bags]
    best = max(scores, default=0)
    if not best:
        return []
    for row, score in zip(candidates, scores, strict=True):
        row.score = score
        row.relevance = round(100 * score / best)
    ranked = sorted(candidates, key=lambda row: -row.score)
    return [row for row in ranked if row.relevance > LEAST_RELEVANCE][:MOST]
