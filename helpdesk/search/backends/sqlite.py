"""Full-text search in one file: SQLite's FTS5."""

import json
from collections.abc import Sequence
from typing import Any

import frappe

from helpdesk.search.backends import CANDIDATES, TABLE, TITLE_WEIGHT, Hit, Scope, marks, rows_to_hits
from helpdesk.search.entries import Entry
from helpdesk.search.query import Term, for_fts5

TEXTS = f"{TABLE}_words"
OLD_TEXTS = f"{TABLE}_text"
"""The texts of sites made before, without an index of prefixes; looked into until all are in the other table."""
TEXTS_KEY = "helpdesk:search_texts"
A_MINUTE = 60
TOKENIZER = "unicode61 remove_diacritics 2 tokenchars '-_'"

ENTRIES_DDL = f"""
create table if not exists {TABLE} (
    id integer primary key, doctype text not null, name text not null, ticket integer, author text,
    unique (doctype, name)
)"""
INDEX_DDL = f"create index if not exists {TABLE}_ticket_doctype on {TABLE} (ticket, doctype)"
OLD_INDEX_DDL = f"drop index if exists {TABLE}_ticket"
"""Sites made before have another index."""
TEXTS_DDL = f"""
create virtual table if not exists {TEXTS} using fts5(title, content, tokenize = "{TOKENIZER}", prefix = '2 3')"""
"""Without its list of prefixes, the beginning of a word costs as much as all words together that begin with it."""

MANY = 50_000
"""Up to so many hits are looked at one by one; of more, people who do not see all tickets get those on their newest."""

AMONG = f"""
    and +texts.rowid in (
        select entry.id from {TABLE} as entry where entry.ticket in (select value from json_each(%s))
    )"""
"""A hit belongs to one of these tickets, whose entries are read once and compared with every hit.

The plus keeps SQLite from looking up each of them in the full-text index by itself, which reads the whole list of a
common word each time. One value of JSON is read sooner than thousands of numbers in the statement.
"""

PRESENT = f"select name from sqlite_master where name in ('{OLD_TEXTS}', '{TEXTS}') order by name = '{TEXTS}'"
PUT_ENTRY = f"""
insert into {TABLE} (doctype, name, ticket, author) values (%s, %s, %s, %s)
on conflict (doctype, name) do update set ticket = excluded.ticket, author = excluded.author"""
PUT_TEXTS = f"""
insert or replace into {{texts}} (rowid, title, content)
select id, %s, %s from {TABLE} where doctype = %s and name = %s"""


class SQLite:
    """Entries are rows of a table; their texts are in an FTS5 table under the same number."""

    version = "3"
    tables = (TABLE, TEXTS)

    def create(self) -> None:
        """Make both tables if they are missing."""
        for statement in (ENTRIES_DDL, INDEX_DDL, OLD_INDEX_DDL, TEXTS_DDL):
            frappe.db.sql_ddl(statement)
        frappe.cache.delete_value(TEXTS_KEY)

    def forget_old(self) -> None:
        """Look into the new texts from now on, and take the old ones away."""
        frappe.cache.set_value(TEXTS_KEY, [TEXTS], expires_in_sec=A_MINUTE)
        frappe.db.sql_ddl(f"drop table if exists {OLD_TEXTS}")

    def drop(self) -> None:
        """Take all tables away."""
        for table in (TEXTS, OLD_TEXTS, TABLE):
            frappe.db.sql_ddl(f"drop table if exists {table}")
        frappe.cache.delete_value(TEXTS_KEY)

    def put(self, entries: Sequence[Entry]) -> None:
        """Add entries, or replace those of the same documents."""
        statements = [PUT_TEXTS.format(texts=texts) for texts in _all_texts()]
        for each in entries:
            frappe.db.sql(PUT_ENTRY, (each.doctype, each.name, each.ticket, each.author))
            for statement in statements:
                frappe.db.sql(statement, (each.title, each.content, each.doctype, each.name))

    def remove(self, condition: str, values: Sequence[Any]) -> None:
        """Remove the entries for which a condition holds."""
        for texts in _all_texts():
            frappe.db.sql(f"delete from {texts} where rowid in (select id from {TABLE} where {condition})", values)
        frappe.db.sql(f"delete from {TABLE} where {condition}", values)

    def find(self, terms: tuple[Term, ...], scope: Scope, *, title_only: bool) -> list[Hit]:
        """Return the newest hits, the best first."""
        rank = f"-bm25({_texts()}, {TITLE_WEIGHT}, 1.0)"
        columns = f"texts.rowid, {rank}, entry.doctype, entry.name, entry.ticket, entry.author"
        sql, values = self._matching(columns, terms, scope, title_only=title_only)
        return rows_to_hits(frappe.db.sql(f"{sql} order by texts.rowid desc limit {CANDIDATES}", values))

    def count(self, terms: tuple[Term, ...], scope: Scope, *, title_only: bool, most: int) -> int:
        """Return how many hits there are, at most `most`."""
        sql, values = self._matching("1", terms, scope, title_only=title_only)
        return int(frappe.db.sql(f"select count(*) from ({sql} limit {int(most)}) as hits", values)[0][0])

    def _matching(
        self, columns: str, terms: tuple[Term, ...], scope: Scope, *, title_only: bool
    ) -> tuple[str, tuple[Any, ...]]:
        """Return a query and its values. `cross join` keeps SQLite to this order of tables."""
        expression = for_fts5(terms, title_only=title_only)
        tickets = scope.tickets
        begins_with_tickets = tickets is not None and (tickets.are_all or self._is_common(expression))
        sql = f"""
            select {columns} from {_texts()} as texts cross join {TABLE} as entry on entry.id = texts.rowid {scope.join}
            where {_texts()} match %s {AMONG if begins_with_tickets else ""} and {scope.where}"""
        among = (json.dumps(tickets.ids),) if tickets is not None and begins_with_tickets else ()
        return sql, (expression, *among, *scope.values)

    def _is_common(self, expression: str) -> bool:
        """Tell whether there are so many hits that looking at each of them takes long."""
        hits = f"select 1 from {_texts()} where {_texts()} match %s limit {MANY + 1}"
        return int(frappe.db.sql(f"select count(*) from ({hits}) as hits", (expression,))[0][0]) > MANY

    def add_texts(self, hits: Sequence[Hit]) -> None:
        """Fill in title and content."""
        if hits:
            sql = f"select rowid, title, content from {_texts()} where rowid in ({marks(len(hits))})"
            texts = {row[0]: row[1:] for row in frappe.db.sql(sql, tuple(hit.id for hit in hits))}
            for hit in hits:
                hit.title, hit.content = texts.get(hit.id, ("", ""))


def _all_texts() -> list[str]:
    """Return the tables of texts that there are, that to look into first. What is written goes into all of them."""
    tables = frappe.cache.get_value(TEXTS_KEY)
    if tables is None:
        tables = frappe.db.sql(PRESENT, pluck=True)
        frappe.cache.set_value(TEXTS_KEY, tables, expires_in_sec=A_MINUTE)
    return [str(table) for table in tables]


def _texts() -> str:
    return _all_texts()[0]
