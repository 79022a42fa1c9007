"""What of our documents is looked through: which fields make title and text of an entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any

import frappe
from frappe.query_builder import DocType
from frappe.utils import strip_html

TICKET, MESSAGE, COMMENT, ARTICLE = "HD Ticket", "Communication", "HD Ticket Comment", "HD Article"
BREAK = "\x1f"
"""Stands between a text and the keywords after it."""
LONGEST_TEXT = 100_000
"""Longer texts are looked through up to here."""


@dataclass(frozen=True)
class Entry:
    """A document in the index."""

    doctype: str
    name: str
    ticket: int | None
    author: str | None
    title: str
    content: str


@dataclass(frozen=True)
class Source:
    """A DocType that is looked through."""

    doctype: str
    content: str
    title: str | None = None
    ticket: str | None = None
    author: str = "owner"
    keywords: tuple[str, ...] = ()
    """Fields that people look for a document by, and that stand after its text."""

    @property
    def watched(self) -> tuple[str, ...]:
        """The fields whose change changes the entry."""
        return tuple(field for field in (self.title, self.content, self.ticket, self.author, *self.keywords) if field)

    def entry(self, row: Any) -> Entry | None:
        """Return the entry of a document or row; None when it does not belong into the index."""
        ticket = row.get(self.ticket) if self.ticket else None
        if self.doctype == MESSAGE and row.get("reference_doctype") != TICKET:
            return None
        if self.ticket and not str(ticket or "").isdecimal():
            return None
        return Entry(
            doctype=self.doctype,
            name=str(row.get("name")),
            ticket=int(ticket) if ticket else None,
            author=row.get(self.author),
            title=(row.get(self.title) or "") if self.title else "",
            content=self._text(row),
        )

    def _text(self, row: Any) -> str:
        text = plain(row.get(self.content))
        words = [f"#{row.get(field)}" if field == "name" else str(row.get(field) or "") for field in self.keywords]
        return f"{text}{BREAK}{' '.join(words).strip()}" if words else text


SOURCES = {
    source.doctype: source
    for source in (
        Source(TICKET, content="description", title="subject", ticket="name", keywords=("name", "raised_by")),
        Source(MESSAGE, content="content", ticket="reference_name", author="sender"),
        Source(COMMENT, content="content", ticket="reference_ticket", author="commented_by"),
        Source(ARTICLE, content="content", title="title", author="author"),
    )
}


def plain(html: str | None) -> str:
    """Return the text of some HTML in one line."""
    spaced = (html or "").replace("<", " <")
    return " ".join(unescape(strip_html(spaced)).replace("\0", "").split())[:LONGEST_TEXT]


def of_ticket(ticket: str | int) -> list[Entry]:
    """Return the entries of a ticket and of everything said on it, as the database has them."""
    found: list[Entry] = []
    for source in SOURCES.values():
        if source.ticket:
            value = ticket if source.doctype == TICKET else str(ticket)
            found += entries(source, DocType(source.doctype)[source.ticket] == value)
    return found


def after(source: Source, name: str | int | None, limit: int) -> tuple[list[Entry], str | int | None]:
    """Return the entries of the next `limit` documents by name, locked, and the last name; None at the end."""
    table = DocType(source.doctype)
    query = _rows(source).orderby(table.name).limit(limit).for_update()
    rows = (query.where(table.name > name) if name is not None else query).run(as_dict=True)
    return _made(source, rows), rows[-1].name if len(rows) == limit else None


def entries(source: Source, condition: Any) -> list[Entry]:
    """Return the entries of the documents for which a condition holds."""
    return _made(source, _rows(source).where(condition).run(as_dict=True))


def _rows(source: Source) -> Any:
    table = DocType(source.doctype)
    fields = {"name", *source.watched}
    query = frappe.qb.from_(table).select(*(table[field] for field in sorted(fields)))
    if source.doctype == MESSAGE:
        query = query.select(table.reference_doctype).where(table.reference_doctype == TICKET)
    return query


def _made(source: Source, rows: Iterable[Any]) -> list[Entry]:
    return [entry for row in rows if (entry := source.entry(row)) is not None]
