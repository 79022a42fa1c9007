"""What may answer a question beside the ticket itself: what the person who asks may read, and never internal notes."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import frappe

from helpdesk.ai import providers
from helpdesk.conversation.rendering import text_of
from helpdesk.knowledge_base import finding
from helpdesk.knowledge_base.articles import PUBLISHED
from helpdesk.knowledge_base.categories import ARTICLE
from helpdesk.tickets import similar
from helpdesk.tickets.reference import reference_of
from helpdesk.words import relevant_words

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

TICKET = "HD Ticket"
TICKET_FIELDS = ["name", "subject", "status", "description", "resolution_details", "agent_group"]
MOST_TICKETS = 5
MOST_ARTICLES = 3
LONGEST = 1_500
LONGEST_ARTICLE = 4_000
NUMBER = re.compile(r"\d{1,12}")


class Link(TypedDict):
    """Where a sentence comes from, and how it is marked in the answer."""

    mark: str
    kind: Literal["ticket", "article"]
    name: str
    title: str


@dataclass(frozen=True)
class Source:
    """A text to answer from."""

    kind: Literal["ticket", "article"]
    name: str
    title: str
    text: str


def found(ticket: "HDTicket", question: str, *, public_only: bool) -> list[Source]:
    """Return what may help: published articles and, unless `public_only`, tickets that the caller may read."""
    about = f"{question} {ticket.subject}"
    return [*_articles(about), *([] if public_only else _tickets(ticket, question))]


def as_material(sources: list[Source]) -> str:
    """Return the sources as a model reads them, each with its mark."""
    return "\n\n".join(
        f"[S{number}] {source.kind}: {source.title}\n{source.text}" for number, source in enumerate(sources, 1)
    )


def links(sources: list[Source]) -> dict[str, Link]:
    """Return `{mark: link}`."""
    return {
        f"S{number}": Link(mark=f"S{number}", kind=source.kind, name=source.name, title=source.title)
        for number, source in enumerate(sources, 1)
    }


def articles_about(text: str) -> dict[str, str]:
    """Return `{name: title}` of up to 3 published articles that answer a text."""
    hits = {hit["id"].partition("#")[0]: None for hit in finding.search(text)}
    rows = frappe.get_list(
        ARTICLE, filters={"name": ["in", [*hits, ""]], "status": PUBLISHED}, fields=["name", "title"], limit=len(hits)
    )
    titles = {row.name: row.title for row in rows}
    return {name: titles[name] for name in list(hits) if name in titles}


def _articles(about: str) -> list[Source]:
    titles = dict(list(articles_about(about).items())[:MOST_ARTICLES])
    rows = frappe.get_list(ARTICLE, filters={"name": ["in", [*titles, ""]]}, fields=["name", "content"])
    texts = {row.name: text_of(row.content)[:LONGEST_ARTICLE] for row in rows}
    return [Source("article", name, title, texts[name]) for name, title in titles.items() if name in texts]


def _tickets(ticket: "HDTicket", question: str) -> list[Source]:
    """Return similar tickets, and those whose number the question names, without those of teams that keep out."""
    named = NUMBER.findall(question)[:MOST_TICKETS]
    words = relevant_words(f"{question} {ticket.subject}")
    near = [row.name for row in similar.about(words, ticket.name)]
    wanted = [name for name in dict.fromkeys([*map(int, named), *map(int, near)]) if name != int(ticket.name)]
    kept_out = set(providers.teams_without())
    rows = frappe.get_list(TICKET, filters={"name": ["in", [*wanted, 0]]}, fields=TICKET_FIELDS)
    by_name = {int(row.name): row for row in rows if row.agent_group not in kept_out}
    return [_of_ticket(by_name[name]) for name in wanted if name in by_name][:MOST_TICKETS]


def _of_ticket(row: Any) -> Source:
    text = f"Status: {row.status}\n{text_of(row.description)[:LONGEST]}"
    if row.resolution_details:
        text += f"\nResolution: {text_of(row.resolution_details)[:LONGEST]}"
    return Source("ticket", str(row.name), f"{reference_of(row.name)} {row.subject}", text)
