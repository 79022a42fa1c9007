"""The two full-text engines behind one interface. Which one is used follows from the site's database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import frappe

from helpdesk.search.entries import Entry
from helpdesk.search.query import Term
from helpdesk.tickets.visibility import Newest

TABLE = "helpdesk_search"
TITLE_WEIGHT = 10.0
CANDIDATES = 1000
"""Of more hits, the newest so many are ranked."""


@dataclass(frozen=True)
class Scope:
    """Where to look: SQL conditions over the index (alias `entry`) and the table that is joined to it.

    Values stand as `%s` in the conditions and in `values`, in the same order. `tickets` has the ids of all tickets that
    the conditions leave, where it is better to begin with them than with the words, or the newest of them, where it is
    so only with common words. It may have some more; the conditions tell.
    """

    join: str
    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    tickets: Newest | None = None

    @property
    def where(self) -> str:
        """The conditions as one."""
        return " and ".join(f"({each})" for each in self.conditions) or "1 = 1"


@dataclass
class Hit:
    """An entry that was found."""

    id: int
    doctype: str
    name: str
    ticket: int | None
    author: str | None
    score: float
    title: str = field(default="")
    content: str = field(default="")


class Backend(Protocol):
    """A full-text index over our entries."""

    version: str
    """Another one makes every site on this engine build its index anew."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of all its tables."""
        ...

    def create(self) -> None:
        """Make the tables if they are missing. This is DDL, which commits."""

    def forget_old(self) -> None:
        """Take away what an older version looked into, once everything is in the tables. DDL, which commits."""

    def drop(self) -> None:
        """Take the tables away. This is DDL, which commits."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Add entries, or replace those of the same documents."""

    def remove(self, condition: str, values: Sequence[Any]) -> None:
        """Remove the entries for which an SQL condition over the index holds."""

    def find(self, terms: tuple[Term, ...], scope: Scope, *, title_only: bool) -> list[Hit]:
        """Return up to `CANDIDATES` hits, the best first, without their texts."""

    def count(self, terms: tuple[Term, ...], scope: Scope, *, title_only: bool, most: int) -> int:
        """Return how many hits there are; counting ends at `most`."""

    def add_texts(self, hits: Sequence[Hit]) -> None:
        """Fill in title and content of hits."""


def get_backend() -> Backend:
    """Return the engine of this site's database."""
    from helpdesk.search.backends.mariadb import MariaDB
    from helpdesk.search.backends.sqlite import SQLite

    backends: dict[str, type[SQLite | MariaDB]] = {"sqlite": SQLite, "mariadb": MariaDB}
    kind = str(frappe.db.db_type)
    if kind not in backends:
        frappe.throw(frappe._("There is no full-text search on {0}.").format(kind))
    return backends[kind]()


def marks(count: int) -> str:
    """Return as many placeholders."""
    return ", ".join(["%s"] * count)


def rows_to_hits(rows: Sequence[Any]) -> list[Hit]:
    """Return rows of (id, score, doctype, name, ticket, author) as hits, the best first, of equals the newest."""
    hits = [Hit(id=row[0], score=row[1], doctype=row[2], name=row[3], ticket=row[4], author=row[5]) for row in rows]
    return sorted(hits, key=lambda hit: (-hit.score, -hit.id))
