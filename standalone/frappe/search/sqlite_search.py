"""The base of an app's own search: say what to look through, and get an index that keeps in step.

An app derives from `SQLiteSearch`, names the class in the hook `sqlite_search`, and calls `search`. The index is a file
of the site. It follows documents after each commit; a scheduled job builds what is missing and catches up with what was
written past the documents.
"""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import frappe
from frappe import _
from frappe.search.expression import marked, match, plain, words_of
from frappe.search.index_file import SEEN_UNTIL, SIGNATURE, IndexFile
from frappe.types import _dict
from frappe.utils import add_to_date, cstr, get_datetime, now_datetime
from frappe.utils.global_search import only_readable

F = TypeVar("F", bound=Callable[..., float])

TOKENIZER = "unicode61 remove_diacritics 2"
CHUNK = 500
OVERLAP_MINUTES = 5
"""Documents modified shortly before the last look are looked at again: their transactions may have ended later."""
RECENT_DAYS = 30


class SQLiteSearchIndexMissingError(Exception):
    """Somebody searches before the index was built."""


class SQLiteSearch:
    """A search over some DocTypes.

    `INDEX_SCHEMA` has `text_fields` (looked through; the first weighs most), `metadata_fields` (kept, to filter by and
    to show) and `tokenizer`. `INDEXABLE_DOCTYPES` says per DocType its `fields`, as names or as
    `{"field of the index": "field of the DocType"}`, and `filters`.
    """

    INDEX_NAME: ClassVar[str] = ""
    INDEX_SCHEMA: ClassVar[dict[str, Any]] = {}
    INDEXABLE_DOCTYPES: ClassVar[dict[str, dict[str, Any]]] = {}
    MAX_SEARCH_RESULTS = 100
    MAX_CANDIDATES = 2_000
    """So many entries are looked at to find what the user may read."""

    def __init__(self) -> None:
        if not self.INDEX_NAME or Path(self.INDEX_NAME).name != self.INDEX_NAME:
            raise ValueError(f"{type(self).__name__}.INDEX_NAME must be the name of a file: {self.INDEX_NAME!r}")
        self.text_fields: list[str] = self.INDEX_SCHEMA.get("text_fields") or ["title", "content"]
        extra = self.INDEX_SCHEMA.get("metadata_fields") or []
        self.metadata_fields = [f for f in dict.fromkeys([*extra, "modified"]) if f not in ("doctype", "name")]
        self.tokenizer: str = self.INDEX_SCHEMA.get("tokenizer") or TOKENIZER
        self.sources = {doctype: self._source_fields(doctype) for doctype in self.INDEXABLE_DOCTYPES}
        path = Path(frappe.get_site_path("indexes", self.INDEX_NAME))
        self.file = IndexFile(path, self.text_fields, self.metadata_fields, self.tokenizer)

    def _source_fields(self, doctype: str) -> dict[str, str]:
        """Return `{field of the index: field of the DocType}`."""
        fields: dict[str, str] = {"name": "name", "modified": "modified"}
        for field in self.INDEXABLE_DOCTYPES[doctype].get("fields") or ():
            fields.update(field if isinstance(field, dict) else {field: field})
        return fields

    # -- what apps override -------------------------------------------------------------------------------------------

    def get_search_filters(self) -> dict[str, Any]:
        """Return filters by metadata that always hold, say to narrow the search to the user's own projects.

        What the user may not read is left out in any case.
        """
        return {}

    def prepare_document(self, doc: Any) -> dict[str, Any] | None:
        """Return the entry of a row `{doctype, name, <fields>}`; None keeps it out of the index."""
        entry: dict[str, Any] = {"doctype": doc.doctype, "name": cstr(doc.name)}
        for field in self.text_fields:
            entry[field] = plain(doc.get(field))
        for field in self.metadata_fields:
            value = doc.get(field)
            entry[field] = value if value is None or isinstance(value, int | float) else cstr(value)
        return entry

    def is_search_enabled(self) -> bool:
        """Tell whether there should be an index at all."""
        return True

    @staticmethod
    def scoring_function(function: F) -> F:
        """Decorate a method `(row, query, words) → factor`: every hit's score is multiplied by its answer."""
        function.__dict__["is_scoring_function"] = True
        return function

    def get_scoring_pipeline(self) -> list[Callable[..., float]]:
        """Return the functions whose answers make the score together."""
        own = [name for name in dir(type(self)) if getattr(getattr(type(self), name), "is_scoring_function", False)]
        return [self._relevance, self._freshness, *(getattr(self, name) for name in own)]

    def _relevance(self, row: Any, query: str, words: list[str]) -> float:
        return float(-row["bm25_score"])

    def _freshness(self, row: Any, query: str, words: list[str]) -> float:
        """Return up to 1.5 for what was changed just now, 1 for what is old."""
        if not row.get("modified"):
            return 1.0
        age = now_datetime() - get_datetime(row["modified"])
        return 1 + 0.5 * math.exp(-max(age.total_seconds(), 0) / (RECENT_DAYS * 86_400))

    # -- searching ----------------------------------------------------------------------------------------------------

    def search(self, query: str, title_only: bool = False, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return `{results, summary}`: what holds the words and the session user may read, the best first.

        A result has doctype, name, the texts as HTML with `<mark>` around the hits, the metadata and its `score`.
        Raises SQLiteSearchIndexMissingError.
        """
        started = time.perf_counter()
        self.raise_if_not_indexed()
        applied = self._checked({**(filters or {}), **self._own_filters(filters or {})})
        expression = match(cstr(query), only_in=self.text_fields[0] if title_only else None)
        found = self.file.find(expression, applied, self.MAX_CANDIDATES) if expression else []
        readable = only_readable([_dict(row) for row in found])
        results = self._scored(readable, cstr(query))[: self.MAX_SEARCH_RESULTS]
        summary = {
            "total_matches": len(readable),
            "filtered_matches": len(readable),
            "returned_matches": len(results),
            "corrected_words": None,
            "corrected_query": None,
            "duration": round(time.perf_counter() - started, 3),
            "title_only": title_only,
            "applied_filters": filters or {},
        }
        return {"results": results, "summary": summary}

    def _own_filters(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the filters of the class; a column that was asked for too must satisfy both."""
        own = dict(self.get_search_filters() or {})
        for column in own.keys() & asked.keys():
            allowed = {cstr(value) for value in _as_list(own[column])}
            own[column] = [value for value in _as_list(asked[column]) if cstr(value) in allowed]
        return own

    def _checked(self, filters: dict[str, Any]) -> dict[str, Any]:
        unknown = filters.keys() - {"doctype", "name", *self.metadata_fields}
        if unknown:
            frappe.throw(_("This search cannot be filtered by {0}.").format(", ".join(sorted(map(str, unknown)))))
        if any(isinstance(value, dict) for value in filters.values()):
            frappe.throw(_("A filter of this search is a value or a list of values."))
        return filters

    def _scored(self, rows: list[Any], query: str) -> list[Any]:
        pipeline, words = self.get_scoring_pipeline(), words_of(query)
        for rank, row in enumerate(rows, start=1):
            row["original_rank"] = rank
            row["score"] = math.prod(score(row, query, words) for score in pipeline)
        rows.sort(key=lambda row: -row["score"])
        for rank, row in enumerate(rows, start=1):
            row["modified_rank"] = rank
            row["id"] = f"{row['doctype']}:{row['name']}"
            row.update({field: marked(row[field]) for field in self.text_fields})
        return rows

    # -- the index ----------------------------------------------------------------------------------------------------

    def index_exists(self) -> bool:
        """Tell whether there is an index, made for the class as it is now."""
        return self.file.state(SIGNATURE) == self._signature()

    def raise_if_not_indexed(self) -> None:
        if not self.index_exists():
            raise SQLiteSearchIndexMissingError(f"The search index {self.INDEX_NAME} has not been built yet.")

    def drop_index(self) -> None:
        self.file.drop()

    def build_index(self) -> None:
        """Read all documents into a new index, which takes the place of the old one at the end."""
        began = now_datetime()
        with self.file.rebuilt(self._signature()) as new:
            for doctype in self.sources:
                for rows in self._chunks(doctype):
                    new.put(self._entries(rows))
            new.set_state(SEEN_UNTIL, cstr(began))
        self.catch_up()

    def catch_up(self) -> None:
        """Take documents into the index that were modified since the last time."""
        began = now_datetime()
        since = add_to_date(get_datetime(self.file.state(SEEN_UNTIL)), minutes=-OVERLAP_MINUTES)
        for doctype in self.sources:
            for rows in self._chunks(doctype, since):
                self.file.put(self._entries(rows))
        self.file.set_state(SEEN_UNTIL, cstr(began))

    def index_doc(self, doctype: str, docname: str | int) -> None:
        """Bring the entry of one document up to date; none is left when it is gone or filtered out."""
        self.raise_if_not_indexed()
        rows = self._rows(doctype, [["name", "=", docname]])
        entries = self._entries(rows)
        if entries:
            self.file.put(entries)
        else:
            self.file.remove(doctype, cstr(docname))

    def remove_doc(self, doctype: str, docname: str | int) -> None:
        """Take a document out of the index."""
        self.raise_if_not_indexed()
        self.file.remove(doctype, cstr(docname))

    def _signature(self) -> str:
        made_of = [self.text_fields, self.metadata_fields, self.tokenizer, self.INDEXABLE_DOCTYPES]
        return hashlib.sha256(json.dumps(made_of, sort_keys=True, default=str).encode()).hexdigest()

    def _entries(self, rows: list[Any]) -> list[dict[str, Any]]:
        return [entry for row in rows if (entry := self.prepare_document(row)) is not None]

    def _chunks(self, doctype: str, since: datetime | None = None) -> Iterator[list[Any]]:
        narrowed: list[list[Any]] = [["modified", ">=", since]] if since else []
        rows = self._rows(doctype, narrowed)
        while rows:
            yield rows
            rows = self._rows(doctype, [*narrowed, ["name", ">", rows[-1].name]]) if len(rows) == CHUNK else []

    def _rows(self, doctype: str, conditions: list[list[Any]]) -> list[Any]:
        """Return the next documents by name. They are read for everybody: a search leaves out what one may not."""
        fields = [source if source == field else f"{source} as {field}" for field, source in self._selected(doctype)]
        filters = [*_as_conditions(self.INDEXABLE_DOCTYPES[doctype].get("filters")), *conditions]
        rows: list[Any] = frappe.get_all(
            doctype,
            fields=fields,
            filters=[[doctype, *condition] for condition in filters],
            order_by="name",
            limit=CHUNK,
        )
        for row in rows:
            row.doctype = doctype
        return rows

    def _selected(self, doctype: str) -> list[tuple[str, str]]:
        return list(self.sources[doctype].items())


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _as_conditions(filters: Any) -> list[list[Any]]:
    if isinstance(filters, dict):
        return [[field, *v] if isinstance(v, list | tuple) else [field, "=", v] for field, v in filters.items()]
    return [list(condition) for condition in filters or ()]


# -- keeping in step ---------------------------------------------------------------------------------------------------


def get_search_classes() -> list[type[SQLiteSearch]]:
    """Return the classes that apps named in the hook `sqlite_search`."""
    return [frappe.get_attr(path) for path in frappe.get_hooks("sqlite_search")]


def update_doc_index(doc: Any, method: str | None = None, *args: Any) -> None:
    """Note a document whose entries are brought up to date when the transaction has been committed."""
    names = [doc.name, args[0]] if method == "after_rename" and args else [doc.name]
    for search_class in get_search_classes():
        if doc.doctype in search_class.INDEXABLE_DOCTYPES:
            _note([(doc.doctype, name) for name in names])
            return


delete_doc_index = update_doc_index


def _note(documents: list[tuple[str, Any]]) -> None:
    noted: dict[tuple[str, Any], None] = frappe.local.__dict__.setdefault("noted_for_search", {})
    if not noted:
        frappe.db.after_commit.add(_update_noted)
        frappe.db.after_rollback.add(noted.clear)
    noted.update(dict.fromkeys(documents))


def _update_noted() -> None:
    """Index the documents as the database has them now."""
    noted = frappe.local.__dict__.get("noted_for_search") or {}
    documents = list(noted)
    noted.clear()
    for search_class in get_search_classes():
        try:
            _update(search_class(), [each for each in documents if each[0] in search_class.INDEXABLE_DOCTYPES])
        except Exception:
            # The documents are saved: their request must not fail because an app's search does. The job catches up.
            frappe.logger("search").exception("Index %s was not brought up to date", search_class.INDEX_NAME)


def _update(search: SQLiteSearch, documents: list[tuple[str, Any]]) -> None:
    if documents and search.is_search_enabled() and search.index_exists():
        for doctype, name in documents:
            search.index_doc(doctype, name)


def build_index_if_not_exists() -> None:
    """Build the indexes that are missing or of an older version of their class, and let the others catch up."""
    for search_class in get_search_classes():
        search = search_class()
        if not search.is_search_enabled():
            continue
        if search.index_exists():
            search.catch_up()
        else:
            search.build_index()


def build_index_in_background() -> None:
    """Let a job build the indexes that are missing."""
    if get_search_classes():
        frappe.enqueue(build_index_if_not_exists, queue="long", job_id="sqlite_search_indexes", deduplicate=True)


def rebuild_indexes() -> list[str]:
    """Build all indexes anew and return their names."""
    enabled = [search for search in (found() for found in get_search_classes()) if search.is_search_enabled()]
    for search in enabled:
        search.build_index()
    return [search.INDEX_NAME for search in enabled]


__all__ = [
    "SQLiteSearch",
    "SQLiteSearchIndexMissingError",
    "build_index_if_not_exists",
    "build_index_in_background",
    "delete_doc_index",
    "get_search_classes",
    "rebuild_indexes",
    "update_doc_index",
]
