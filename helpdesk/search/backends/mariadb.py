"""Full-text search on a database server: MariaDB's FULLTEXT indexes.

InnoDB shows what was written to a full-text index once the transaction is committed. It leaves out short and very
common words; those are compared with the texts of what the other words found.
"""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import frappe

from helpdesk.search.backends import CANDIDATES, TABLE, TITLE_WEIGHT, Hit, Scope, marks, rows_to_hits
from helpdesk.search.entries import Entry
from helpdesk.search.query import Term, for_boolean_mode, is_indexed, like

DDL = f"""
create table if not exists `{TABLE}` (
    id bigint not null auto_increment primary key, doctype varchar(140) not null, name varchar(140) not null,
    ticket bigint, author varchar(140), title text, content mediumtext,
    unique key `document` (doctype, name), key `ticket` (ticket),
    fulltext key `title` (title), fulltext key `texts` (title, content)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_unicode_ci"""

PUT = f"""
insert into `{TABLE}` (doctype, name, ticket, author, title, content) values {{rows}}
on duplicate key update ticket = values(ticket), author = values(author), title = values(title),
    content = values(content)"""


class MariaDB:
    """Entries and their texts are rows of one table."""

    def create(self) -> None:
        """Make the table if it is missing."""
        frappe.db.sql_ddl(DDL)

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
        expression = for_boolean_mode(terms)
        rank = "match({}) against(%s in boolean mode)"
        ranks = f"{rank.format('entry.title')}, {rank.format('entry.title, entry.content')}"
        columns = f"entry.id, {ranks}, entry.doctype, entry.name, entry.ticket, entry.author"
        sql, values = self._matching(columns, terms, scope, title_only=title_only)
        rows = frappe.db.sql(f"{sql} order by entry.id desc limit {CANDIDATES}", (expression, expression, *values))
        return rows_to_hits([(row[0], _score(row[1], row[2]), *row[3:]) for row in rows])

    def count(self, terms: tuple[Term, ...], scope: Scope, *, title_only: bool, most: int) -> int:
        """Return how many hits there are, at most `most`."""
        sql, values = self._matching("1", terms, scope, title_only=title_only)
        return int(frappe.db.sql(f"select count(*) from ({sql} limit {int(most)}) as hits", values)[0][0])

    def _matching(
        self, columns: str, terms: tuple[Term, ...], scope: Scope, *, title_only: bool
    ) -> tuple[str, tuple[Any, ...]]:
        conditions, values = _conditions(terms, title_only=title_only)
        where = " and ".join([*conditions, scope.where])
        sql = f"select {columns} from `{TABLE}` as entry {scope.join} where {where}"
        return sql, (*values, *scope.values)

    def add_texts(self, hits: Sequence[Hit]) -> None:
        """Fill in title and content."""
        if hits:
            sql = f"select id, title, content from `{TABLE}` where id in ({marks(len(hits))})"
            texts = {row[0]: row[1:] for row in frappe.db.sql(sql, tuple(hit.id for hit in hits))}
            for hit in hits:
                hit.title, hit.content = texts.get(hit.id, ("", ""))


def _score(title_rank: float | None, rank: float | None) -> float:
    """Return one number for both ranks. While InnoDB still counts deleted rows, a rank may be no number at all."""
    title, whole = (value if value is not None and isfinite(value) else 0.0 for value in (title_rank, rank))
    return TITLE_WEIGHT * title + whole


def _conditions(terms: tuple[Term, ...], *, title_only: bool) -> tuple[list[str], list[str]]:
    columns = "entry.title" if title_only else "entry.title, entry.content"
    conditions, values = [], []
    if expression := for_boolean_mode(terms):
        conditions.append(f"match({columns}) against(%s in boolean mode)")
        values.append(expression)
    for term in terms:
        if not is_indexed(term):
            conditions.append(f"concat_ws(' ', {columns}) like %s escape '!'")
            values.append(like(term))
    return conditions, values
