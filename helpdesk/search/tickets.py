"""Finding tickets by their words, and by the words of their messages and internal comments."""

import time
from collections import Counter
from dataclasses import replace
from typing import Any

import frappe
from frappe import _

from helpdesk.access import is_agent
from helpdesk.knowledge_base import articles
from helpdesk.search import indexing, query, spelling
from helpdesk.search.backends import CANDIDATES, TABLE, Hit, Scope, get_backend, marks
from helpdesk.search.entries import ARTICLE, BREAK, COMMENT, MESSAGE, TICKET
from helpdesk.search.query import Term
from helpdesk.search.snippets import MARK, snippet
from helpdesk.tickets import reference, visibility

LEAST_LETTERS = 2
MOST = 100
COUNTED = 10_000
"""Counting ends here: nobody reads that many hits."""
METADATA = ("agent_group", "status", "priority", "customer", "owner")
FACETS = {"agent_group": "teams", "status": "statuses", "priority": "priorities", "customer": "customers"}
SPELLED = 2_000
"""So many titles tell how words are written."""
FEW = 20_000
"""So many tickets are better read than found by a common word; of more, the newest are."""
TICKETS_FIRST = f"`tabHD Ticket` cross join {TABLE} as entry on entry.ticket = `tabHD Ticket`.name"
Filters = dict[str, list[Any]]


def search(text: str, filters: Filters, limit: int, *, title_only: bool) -> dict[str, Any]:
    """Return the best hits among what the caller may read, and how the search went.

    Where nothing is found for what was typed, words that are nearly right are put right, and the summary says so.
    """
    started = time.monotonic()
    if len(text.strip()) < LEAST_LETTERS or not query.parse(text):
        frappe.throw(_("Please enter at least {0} characters.").format(LEAST_LETTERS))
    if not indexing.is_ready():
        frappe.throw(_("There is no search index yet. It is made by the next migration of the site."))
    answer = _answer(text, filters, limit, title_only=title_only)
    if not answer["summary"]["total_matches"]:
        answer = _as_meant(text, filters, limit, title_only=title_only) or answer
    answer["summary"]["duration"] = round(time.monotonic() - started, 3)
    return answer


def named_or_about(text: str) -> set[int]:
    """Return the tickets that a text names by number, requester or customer, or that speak of it.

    Of very many, those that were found best. Callers show only what may be read.
    """
    terms = query.parse(text)
    scope, _narrowed = _scopes({})
    hits = get_backend().find(terms, scope, title_only=False) if terms and indexing.is_ready() else []
    found = {int(hit.ticket) for hit in hits if hit.ticket}
    pattern = ["like", f"%{text.strip()}%"]
    people = {"customer": pattern, "raised_by": pattern, "contact": pattern}
    found |= {int(name) for name in frappe.get_list(TICKET, or_filters=people, pluck="name", limit=CANDIDATES)}
    number = reference.named_in(text)
    return found | ({int(number)} if number else set())


def _answer(text: str, filters: Filters, limit: int, *, title_only: bool) -> dict[str, Any]:
    terms = query.parse(text)
    scope, narrowed = _scopes(filters)
    hits = _number_first(get_backend().find(terms, narrowed, title_only=title_only), text)
    filtered = _number(hits, terms, narrowed, title_only=title_only)
    total = filtered if narrowed == scope else _count(terms, scope, title_only=title_only)
    page = _describe(hits[: min(limit, MOST)], terms)
    summary = {
        "total_matches": total,
        "returned_matches": len(page),
        "filtered_matches": filtered,
        "applied_filters": filters,
    }
    return {"results": page, "summary": summary}


def _as_meant(text: str, filters: Filters, limit: int, *, title_only: bool) -> dict[str, Any] | None:
    """Search for words that the newest titles which the caller may read spell a little differently."""
    doctype, title = ("HD Article", "title") if ARTICLE in filters.get("doctype", ()) else ("HD Ticket", "subject")
    titles = frappe.get_list(doctype, pluck=title, order_by="creation desc", limit=SPELLED)
    found = spelling.fixes(text, [one for one in titles if one])
    if not found:
        return None
    meant = spelling.applied(text, found)
    answer = _answer(meant, filters, limit, title_only=title_only)
    if not answer["results"]:
        return None
    answer["summary"] |= {"corrected_words": found, "corrected_query": meant}
    return answer


def _number_first(hits: list[Hit], text: str) -> list[Hit]:
    """Put the ticket whose number was typed before those that only mention it."""
    number = reference.named_in(text)
    return sorted(hits, key=lambda hit: (hit.doctype, hit.name) != (TICKET, number)) if number else hits


def _number(hits: list[Hit], terms: tuple[Term, ...], scope: Scope, *, title_only: bool) -> int:
    return len(hits) if len(hits) < CANDIDATES else _count(terms, scope, title_only=title_only)


def _count(terms: tuple[Term, ...], scope: Scope, *, title_only: bool) -> int:
    return get_backend().count(terms, scope, title_only=title_only, most=COUNTED)


# -- where to look -----------------------------------------------------------------------------------------------------


def _scopes(filters: Filters) -> tuple[Scope, Scope]:
    """Return what the caller may read, without and with the filters."""
    user = frappe.session.user
    about_articles = ARTICLE in filters.get("doctype", ())
    scope = _of_articles(user) if about_articles else _of_tickets(user)
    conditions, values = list(scope.conditions), list(scope.values)
    for field, wanted in filters.items():
        column = _column(field, about_articles=about_articles)
        if wanted and column:
            conditions.append(f"{column} in ({marks(len(wanted))})")
            values += wanted
    return scope, replace(scope, conditions=tuple(conditions), values=tuple(values))


def _of_tickets(user: str) -> Scope:
    """Return the tickets of the one rule of visibility, with what was said on them; notes are for agents."""
    agent = is_agent(user)
    kinds = (TICKET, MESSAGE, COMMENT) if agent else (TICKET, MESSAGE)
    visible = visibility.list_condition(user)
    return Scope(
        join="cross join `tabHD Ticket` on `tabHD Ticket`.name = entry.ticket",
        conditions=(f"entry.doctype in ({marks(len(kinds))})", *([visible] if visible else [])),
        values=kinds,
        tickets=visibility.newest(user, FEW),
    )


def _of_articles(user: str) -> Scope:
    visible = articles.list_condition(user)
    return Scope(
        join="cross join `tabHD Article` on `tabHD Article`.name = entry.name",
        conditions=("entry.doctype = %s", *([visible] if visible else [])),
        values=(ARTICLE,),
    )


def _column(field: str, *, about_articles: bool) -> str | None:
    if field == "doctype":
        return "entry.doctype"
    if field == "owner":
        return "entry.author"
    return None if about_articles or field not in METADATA else f"`tabHD Ticket`.`{field}`"


# -- what to show ------------------------------------------------------------------------------------------------------


def _describe(hits: list[Hit], terms: tuple[Term, ...]) -> list[dict[str, Any]]:
    """Return hits as clients get them, without those that the framework keeps from the caller for its own reasons."""
    get_backend().add_texts(hits)
    tickets = _readable(TICKET, {hit.ticket for hit in hits if hit.ticket})
    found = []
    for hit in hits:
        ticket = tickets.get(str(hit.ticket))
        if ticket or hit.doctype == ARTICLE:
            found.append(_result(hit, ticket or frappe._dict(), terms))
    _add_times(found)
    return found


def _readable(doctype: str, names: set[Any]) -> dict[str, Any]:
    if not names:
        return {}
    fields = ["name", "subject", "modified", *(field for field in METADATA if field != "owner")]
    rows = frappe.get_list(doctype, filters={"name": ["in", sorted(names)]}, fields=fields, limit=len(names))
    return {str(row.name): row for row in rows}


def _result(hit: Hit, ticket: Any, terms: tuple[Term, ...]) -> dict[str, Any]:
    return {
        "id": f"{hit.doctype}:{hit.name}",
        "doctype": hit.doctype,
        "name": hit.name,
        "reference_ticket": str(hit.ticket) if hit.ticket else None,
        "title": hit.title or ticket.get("subject"),
        "content": _shown(hit.content, terms),
        "score": round(hit.score, 4),
        "modified": ticket.get("modified"),
        "owner": hit.author,
        **{field: ticket.get(field) for field in METADATA if field != "owner"},
    }


def _shown(content: str, terms: tuple[Term, ...]) -> str:
    """Return a piece of the text; of the keywords after it only if nothing else was hit."""
    text, _break, keywords = content.partition(BREAK)
    piece = snippet(text, terms)
    found = snippet(keywords, terms)
    return found if MARK in found and MARK not in piece else piece


def _add_times(results: list[dict[str, Any]]) -> None:
    """Give messages, comments and articles the time of their own last change."""
    for doctype in (MESSAGE, COMMENT, ARTICLE):
        names = [each["name"] for each in results if each["doctype"] == doctype]
        if names:
            rows = frappe.get_all(doctype, filters={"name": ["in", names]}, fields=["name", "modified"])
            times = {row.name: row.modified for row in rows}
            for each in results:
                each["modified"] = times.get(each["name"], each["modified"])


def filter_options() -> dict[str, dict[str, int]]:
    """Return how many readable tickets there are per team, status, priority and customer, and entries per DocType."""
    if not indexing.is_ready():
        return {label: {} for label in (*FACETS.values(), "doctypes")}
    visible = visibility.parts(frappe.session.user, FEW)
    return {**_per_value(visible), "doctypes": _per_doctype(visible)}


def _per_doctype(parts: list[str]) -> dict[str, int]:
    """Return how many entries there are of each kind. Tickets come first: of most people, they are few."""
    kinds = (TICKET, MESSAGE, COMMENT) if is_agent() else (TICKET, MESSAGE)
    counts: Counter[str] = Counter()
    for visible in parts:
        source = TICKETS_FIRST if visible else f"{TABLE} as entry"
        where = f"entry.doctype in ({marks(len(kinds))})" + (f" and {visible}" if visible else "")
        sql = f"select entry.doctype, count(*) from {source} where {where} group by entry.doctype"
        counts.update({doctype: int(number) for doctype, number in frappe.db.sql(sql, kinds)})
    return dict(counts.most_common())


def _per_value(parts: list[str]) -> dict[str, dict[str, int]]:
    """Return `{label: {value: number of readable tickets}}` for the facets, in one pass over the tickets."""
    fields = ", ".join(f"`{field}`" for field in FACETS)
    counts: dict[str, Counter[str]] = {label: Counter() for label in FACETS.values()}
    for visible in parts:
        # The rule doubles each percent sign, for statements with values; this one has none.
        where = f"where {visible}".replace("%%", "%") if visible else ""
        rows = frappe.db.sql(f"select {fields}, count(*) from `tabHD Ticket` {where} group by {fields}")
        for *values, number in rows:
            for label, value in zip(FACETS.values(), values, strict=True):
                counts[label][value or ""] += int(number)
    return {label: {value: number for value, number in found.most_common() if value} for label, found in counts.items()}
