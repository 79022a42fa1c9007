"""Full-text search on a database server: MariaDB's FULLTEXT indexes.

InnoDB shows what was written to a full-text index once the transaction is committed. It leaves out short words and
some very common ones; those are compared with the texts of what the other words found. It also reads the whole list of
a word before anything else, so that in a large index every word that stands in many texts is compared, too. When only
such words are left, the texts of the few tickets in question are read, or of the newest entries of all.
"""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

import frappe

from helpdesk.search.backends import CANDIDATES, TABLE, TITLE_WEIGHT, Hit, Scope, marks, rows_to_hits
from helpdesk.search.entries import Entry
from helpdesk.search.query import Term, for_boolean_mode, is_indexed, like
from helpdesk.tickets.visibility import Newest, ids

DDL = f"""
create table if not exists `{TABLE}` (
    id bigint not null auto_increment primary key, doctype varchar(140) not null, name varchar(140) not null,
    ticket bigint, author varchar(140), title text, content mediumtext,
    unique key `document` (doctype, name), key `ticket_doctype` (ticket, doctype),
    fulltext key `title` (title), fulltext key `texts` (title, content)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_unicode_ci"""

INDEX_DDL = f"create index if not exists `ticket_doctype` on `{TABLE}` (ticket, doctype)"
OLD_INDEX_DDL = f"drop index if exists `ticket` on `{TABLE}`"
"""Tables made before had another index."""

PUT = f"""
insert into `{TABLE}` (doctype, name, ticket, author, title, content) values {{rows}}
on duplicate key update ticket = values(ticket), author = values(author), title = values(title),
    content = values(content)"""


COMMON = 0.1
"""A word that stands in this share of the newest entries is compared, not looked up."""
COMMON_AMONG = 0.02
"""The share from which on it is so where the tickets in question are known, so that few texts are compared."""
SAMPLE = 1000
SMALL = 50_000
"""In an index of up to so many entries every word is looked up."""
SIZE_KEY = "helpdesk:search_size"
AN_HOUR = 60 * 60
CHUNK = 500
"""So many tickets are read by one statement. Much longer lists MariaDB turns into a table of their own."""
READ = 50_000
"""So many of the newest entries are read for words that are not looked up; what is older is not found by them."""


class MariaDB:
    """Entries and their texts are rows of one table."""

    version = "2"
    tables = (TABLE,)

    def create(self) -> None:
        """Make the table if it is missing."""
        for statement in (DDL, INDEX_DDL, OLD_INDEX_DDL):
            frappe.db.sql_ddl(statement)

    def forget_old(self) -> None:
        """Nothing is left of older versions."""

    def drop(self) -> None:
        """Take the table away."""
        frappe.db.sql_ddl(f"drop table if exists `{TABLE}`")

    def put(self, entries: Sequence[Entry]) -> None:
        """Add entries, or replace those of the same documents."""
        if entries:
            values = [
                value
                for each in entries
                for value in (each.doctype, each.name, each.ticket, each.author, each.title, each.content)
            ]
            rows = ", ".join([f"({marks(6)})"] * len(entries))
            frappe.db.sql(PUT.format(rows=rows), values)

    def remove(self, condition: str, values: Sequence[Any]) -> None:
        """Remove the entries for which a condition holds."""
        frappe.db.sql(f"delete from `{TABLE}` where {condition}", values)

    def find(self, terms: tuple[Term, ...], scope: Scope, *, title_only: bool) -> list[Hit]:
        """Return the newest hits, the best first."""
        looked_up = self._worth_looking_up(terms, scope)
        ranks, values = _ranks(terms, looked_up)
        columns = f"entry.id, {ranks}, entry.doctype, entry.name, entry.ticket, entry.author"
        rows: list[Any] = []
        for sql, asked in _statements(columns, terms, looked_up, scope, title_only=title_only):
            newest = f"{sql} order by entry.id desc limit {CANDIDATES - len(rows)}"
            rows += frappe.db.sql(newest, (*values, *asked))
            if len(rows) >= CANDIDATES:
                break
        return rows_to_hits([(row[0], _score(row[1], row[2]), *row[3:]) for row in rows])

    def count(self, terms: tuple[Term, ...], scope: Scope, *, title_only: bool, most: int) -> int:
        """Return how many hits there are, at most `most`."""
        found = 0
        for sql, values in _statements("1", terms, self._worth_looking_up(terms, scope), scope, title_only=title_only):
            hits = f"{sql} limit {int(most) - found}"
            found += int(frappe.db.sql(f"select count(*) from ({hits}) as hits", values)[0][0])
            if found >= most:
                break
        return found

    def _worth_looking_up(self, terms: tuple[Term, ...], scope: Scope) -> tuple[Term, ...]:
        """Return the terms that the index has, and that it finds sooner than a reader would."""
        indexed = tuple(term for term in terms if is_indexed(term))
        if not indexed or _size() <= SMALL:
            return indexed
        newest = f"select title, content from `{TABLE}` order by id desc limit {SAMPLE}"
        shares = ", ".join(["avg(concat_ws(' ', title, content) like %s escape '!')"] * len(indexed))
        found = frappe.db.sql(f"select {shares} from ({newest}) as sample", tuple(like(term) for term in indexed))[0]
        common = COMMON if scope.tickets is None else COMMON_AMONG
        return tuple(term for term, share in zip(indexed, found, strict=True) if share < common)

    def add_texts(self, hits: Sequence[Hit]) -> None:
        """Fill in title and content."""
        if hits:
            sql = f"select id, title, content from `{TABLE}` where id in ({marks(len(hits))})"
            texts = {row[0]: row[1:] for row in frappe.db.sql(sql, tuple(hit.id for hit in hits))}
            for hit in hits:
                hit.title, hit.content = texts.get(hit.id, ("", ""))


def _statements(
    columns: str, terms: tuple[Term, ...], looked_up: tuple[Term, ...], scope: Scope, *, title_only: bool
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield statements with their values that have all hits together, those on the newest tickets first."""
    conditions, values = _conditions(terms, looked_up, title_only=title_only)
    for order, index, place in _places(looked_up, scope.tickets):
        where = " and ".join([*conditions, *place, scope.where])
        sql = f"select {order} {columns} from `{TABLE}` as entry {index} {scope.join} where {where}"
        yield sql, (*values, *scope.values)


def _places(looked_up: tuple[Term, ...], tickets: Newest | None) -> Iterator[tuple[str, str, list[str]]]:
    """Yield where texts are looked for: an order of tables, an index and a condition.

    What is looked up may be anywhere. What is compared is read ticket by ticket for people who do not see all of them.
    """
    if looked_up:
        yield "", "", []
    elif tickets is None:
        yield "straight_join", "", [f"entry.id > (select max(id) from `{TABLE}`) - {READ}"]
    else:
        for start in range(0, len(tickets.ids), CHUNK):
            chunk = ids(tickets.ids[start : start + CHUNK])
            yield "straight_join", "force index (`ticket_doctype`)", [f"entry.ticket in ({chunk})"]


def _size() -> int:
    """Return about how many entries there are; it is asked for once an hour."""
    size = frappe.cache.get_value(SIZE_KEY)
    if size is None:
        size = frappe.db.sql(f"select max(id) from `{TABLE}`")[0][0] or 0
        frappe.cache.set_value(SIZE_KEY, size, expires_in_sec=AN_HOUR)
    return int(size)


def _score(title_rank: float | None, rank: float | None) -> float:
    """Return one number for both ranks. While InnoDB still counts deleted rows, a rank may be no number at all."""
    title, whole = (value if value is not None and isfinite(value) else 0.0 for value in (title_rank, rank))
    return TITLE_WEIGHT * title + whole


def _ranks(terms: tuple[Term, ...], looked_up: tuple[Term, ...]) -> tuple[str, tuple[str, ...]]:
    """Return two columns, the rank of the title and that of the whole, and their values."""
    if looked_up:
        expression = for_boolean_mode(looked_up)
        rank = "match({}) against(%s in boolean mode)"
        return f"{rank.format('entry.title')}, {rank.format('entry.title, entry.content')}", (expression, expression)
    in_title = " + ".join(["(entry.title like %s escape '!')"] * len(terms))
    return f"{in_title}, 1", tuple(like(term) for term in terms)


def _conditions(
    terms: tuple[Term, ...], looked_up: tuple[Term, ...], *, title_only: bool
) -> tuple[list[str], list[str]]:
    columns = "entry.title" if title_only else "entry.title, entry.content"
    conditions, values = [], []
    if looked_up:
        conditions.append(f"match({columns}) against(%s in boolean mode)")
        values.append(for_boolean_mode(looked_up))
    for term in terms:
        if term not in looked_up:
            conditions.append(f"concat_ws(' ', {columns}) like %s escape '!'")
            values.append(like(term))
    return conditions, values
