"""One table in which the texts of documents marked "in global search" can be searched together: `__global_search`.

Only fields with `in_global_search` (and names, where the DocType says so) are in it. People find what they may read.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.types import _dict
from frappe.utils import cint, cstr, strip_html_tags

MAX_CONTENT = 100_000
SEPARATOR = " ||| "


def update_global_search(doc: Any) -> None:
    """Bring the entry of a document up to date after it was saved, if anything in it has changed."""
    meta = doc.meta
    if meta.istable or meta.issingle or not _is_searchable(meta):
        return
    before = doc.get_doc_before_save()
    fields = meta.get_global_search_fields()
    if before is not None and not any(doc.has_value_changed(df.fieldname) for df in fields):
        return
    _write(meta, doc)


def _is_searchable(meta: Any) -> bool:
    return bool(meta.get_global_search_fields() or cint(meta.show_name_in_global_search))


def _write(meta: Any, doc: Any) -> None:
    values = {
        "doctype": meta.name,
        "name": cstr(doc.name),
        "title": cstr(doc.get(meta.get_title_field()) or doc.name)[:140],
        "content": content_of(meta, doc)[:MAX_CONTENT],
        "route": cstr(doc.get("route"))[:140],
        "published": cint(doc.get(meta.is_published_field)) if meta.is_published_field else 0,
    }
    columns = ", ".join(f"`{column}`" for column in values)
    marks = ", ".join(f"%({column})s" for column in values)
    insert = f"insert into `__global_search` ({columns}) values ({marks})"
    changes = ("title", "content", "route", "published")
    frappe.db.multisql(
        {
            "sqlite": f"{insert} on conflict (`doctype`, `name`) do update set "
            + ", ".join(f"`{column}` = excluded.`{column}`" for column in changes),
            "mariadb": f"{insert} on duplicate key update "
            + ", ".join(f"`{column}` = values(`{column}`)" for column in changes),
        },
        values,
    )


def content_of(meta: Any, doc: Any) -> str:
    """Return the text by which a document is found: `label : value` of every searched field."""
    parts = [
        f"{df.label or df.fieldname} : {_plain(df, doc.get(df.fieldname))}" for df in meta.get_global_search_fields()
    ]
    if cint(meta.show_name_in_global_search):
        parts.append(f"{frappe._('Name')} : {doc.name}")
    return SEPARATOR.join(part for part in parts if not part.endswith(" : "))


def _plain(df: Any, value: Any) -> str:
    text = cstr(value)
    return " ".join(strip_html_tags(text).split()) if df.fieldtype in ("Text Editor", "HTML Editor") else text


def delete_for_document(doc: Any) -> None:
    """Take a document out of the search."""
    frappe.db.sql("delete from `__global_search` where `doctype` = %s and `name` = %s", (doc.doctype, cstr(doc.name)))


def rebuild_for_doctype(doctype: str) -> int:
    """Write the entries of all documents of a DocType anew; return how many there are."""
    meta = frappe.get_meta(doctype)
    frappe.db.sql("delete from `__global_search` where `doctype` = %s", (doctype,))
    if meta.istable or meta.issingle or meta.is_virtual or not _is_searchable(meta):
        return 0
    rows = frappe.db.sql(f"select * from `tab{doctype}`", as_dict=True)
    for row in rows:
        _write(meta, row)
    return len(rows)


def rebuild() -> int:
    """Write the entries of all DocTypes anew; return how many there are."""
    doctypes = frappe.get_all("DocType", filters={"istable": 0, "issingle": 0}, pluck="name", limit=0)
    return sum(rebuild_for_doctype(doctype) for doctype in doctypes)


@frappe.whitelist()
def search(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list[_dict]:
    """Return the entries that hold every word of `text` and that the session user may read, titles first."""
    words = [word for word in cstr(text).split() if word][:10]
    if not words:
        return []
    conditions = [f"`content` like %(word{index})s" for index in range(len(words))]
    values: dict[str, Any] = {f"word{index}": f"%{word}%" for index, word in enumerate(words)}
    if doctype:
        conditions.append("`doctype` = %(doctype)s")
        values["doctype"] = doctype
    found = frappe.db.sql(
        "select `doctype`, `name`, `title`, `content` from `__global_search`"
        f" where {' and '.join(conditions)} order by `title` like %(word0)s desc, `title`",
        values,
        as_dict=True,
    )
    readable = only_readable(found)
    return readable[cint(start) : cint(start) + min(cint(limit) or 20, 100)]


def only_readable(rows: list[_dict]) -> list[_dict]:
    """Leave out what the session user may not read; one list query per DocType decides."""
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row.doctype, []).append(row.name)
    allowed: set[tuple[str, str]] = set()
    for doctype, of_doctype in names.items():
        if frappe.has_permission(doctype):
            listed = frappe.get_list(doctype, filters={"name": ("in", of_doctype)}, pluck="name")
            allowed.update((doctype, cstr(name)) for name in listed)
    return [row for row in rows if (row.doctype, row.name) in allowed]
