"""A full-text index in a file of its own, kept by SQLite's FTS5 whatever database the site has.

Table `documents` knows which document an entry is of and its other columns, the virtual table `texts` the words.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from frappe.database.schema.model import quote

BUSY_SECONDS = 30
TITLE_WEIGHT = 5.0
HIT_STARTS, HIT_ENDS = "\x02", "\x03"
SNIPPET_WORDS = 40
SIGNATURE, SEEN_UNTIL = "signature", "seen_until"


class IndexFile:
    """One file with entries `{doctype, name, <texts>, <metadata>}`."""

    def __init__(self, path: Path, texts: Sequence[str], metadata: Sequence[str], tokenizer: str):
        self.path = path
        self.texts = tuple(texts)
        self.metadata = tuple(metadata)
        self.tokenizer = tokenizer

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction. Connections are not kept: another process may replace the content."""
        with closing(self._open()) as connection, connection:
            connection.row_factory = sqlite3.Row
            yield connection

    # -- the file -----------------------------------------------------------------------------------------------------

    def create(self, signature: str) -> None:
        """Make the empty tables."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        columns = ", ".join(["doctype text not null", "name text not null", *map(quote, self.metadata)])
        texts = ", ".join(map(quote, self.texts))
        tokenizer = self.tokenizer.replace('"', '""')
        with self._connection() as connection:
            connection.execute("create table state (key text primary key, value text)")
            connection.execute(f"create table documents (id integer primary key, {columns}, unique (doctype, name))")
            connection.execute(f'create virtual table texts using fts5({texts}, tokenize = "{tokenizer}")')
            connection.execute("insert into state values (?, ?)", (SIGNATURE, signature))

    def state(self, key: str) -> str | None:
        """Return something the index knows about itself; None also when there is no index."""
        if not self.path.exists():
            return None
        try:
            with self._connection() as connection:
                row = connection.execute("select value from state where key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:  # an empty or damaged file, or one that something else has made
            return None
        return str(row[0]) if row else None

    def set_state(self, key: str, value: str) -> None:
        with self._connection() as connection:
            connection.execute("insert or replace into state values (?, ?)", (key, value))

    @contextmanager
    def rebuilt(self, signature: str) -> Iterator[IndexFile]:
        """Give an empty index to fill, whose content takes the place of this one's when the block is done.

        People go on searching in the old content until then.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=self.path.stem, suffix=".building", dir=self.path.parent)
        os.close(handle)
        new = IndexFile(Path(name), self.texts, self.metadata, self.tokenizer)
        try:
            new.create(signature)
            yield new
            if self._is_damaged():
                self.drop()
            with closing(sqlite3.connect(new.path)) as source, closing(self._open()) as target:
                source.backup(target)
        finally:
            new.path.unlink()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=BUSY_SECONDS)

    def _is_damaged(self) -> bool:
        try:
            with closing(self._open()) as connection:
                connection.execute("pragma schema_version")
        except sqlite3.OperationalError:  # somebody is writing: it is a database
            return False
        except sqlite3.DatabaseError:
            return True
        return False

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)

    # -- entries ------------------------------------------------------------------------------------------------------

    def put(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Write entries; one of the same document goes."""
        columns = ("doctype", "name", *self.metadata)
        into = ", ".join(map(quote, columns))
        marks = ", ".join("?" * len(columns))
        texts = ", ".join(map(quote, self.texts))
        text_marks = ", ".join("?" * (len(self.texts) + 1))
        with self._connection() as connection:
            for entry in entries:
                _remove(connection, entry["doctype"], entry["name"])
                values = [entry.get(column) for column in columns]
                row = connection.execute(f"insert into documents ({into}) values ({marks})", values).lastrowid
                words = [entry.get(text) or "" for text in self.texts]
                connection.execute(f"insert into texts (rowid, {texts}) values ({text_marks})", [row, *words])

    def remove(self, doctype: str, name: str) -> None:
        with self._connection() as connection:
            _remove(connection, doctype, name)

    def count(self) -> int:
        with self._connection() as connection:
            return int(connection.execute("select count(*) from documents").fetchone()[0])

    def find(self, expression: str, filters: Mapping[str, Any], limit: int) -> list[dict[str, Any]]:
        """Return the entries that match an expression of FTS5, the best first, with `bm25_score` (lower is better).

        Texts are cut to the part around the words that were found, which stand between HIT_STARTS and HIT_ENDS.
        """
        weights = ", ".join(str(TITLE_WEIGHT if text == self.texts[0] else 1.0) for text in self.texts)
        shown = ", ".join(
            f"snippet(texts, {at}, '{HIT_STARTS}', '{HIT_ENDS}', '…', {SNIPPET_WORDS}) as {quote(text)}"
            for at, text in enumerate(self.texts)
        )
        condition, values = _conditions(filters)
        query = (
            f"select documents.*, {shown}, bm25(texts, {weights}) as bm25_score"
            " from texts join documents on documents.id = texts.rowid"
            f" where texts match ?{condition} order by bm25_score, documents.id limit ?"
        )
        with self._connection() as connection:
            rows = connection.execute(query, [expression, *values, limit]).fetchall()
        return [{key: row[key] for key in row.keys() if key != "id"} for row in rows]  # noqa: SIM118 - a Row is no dict


def _remove(connection: sqlite3.Connection, doctype: str, name: str) -> None:
    found = connection.execute("select id from documents where doctype = ? and name = ?", (doctype, name)).fetchone()
    if found:
        connection.execute("delete from texts where rowid = ?", (found[0],))
        connection.execute("delete from documents where id = ?", (found[0],))


def _conditions(filters: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Return `and …` for filters by column: a list means any of its values, everything else exactly this value."""
    parts: list[str] = []
    values: list[Any] = []
    for column, wanted in filters.items():
        options = list(wanted) if isinstance(wanted, list | tuple | set | frozenset) else [wanted]
        parts.append(f" and documents.{quote(column)} in ({', '.join('?' * len(options))})")
        values += [option if isinstance(option, int | float) else str(option) for option in options]
    return "".join(parts), values
