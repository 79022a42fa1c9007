"""Which fields anywhere on the site point at documents of a DocType, and which documents do.

Deleting, cancelling and renaming ask this. Every question is one statement over all tables concerned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.cache import shared_cache
from frappe.utils import cstr

GRAPH_KEY = "link_graph"
_PARTS_PER_STATEMENT = 100


@dataclass(frozen=True, slots=True)
class LinkField:
    """A Link field that points at some DocType; for a Dynamic Link `selector` is the field that names it."""

    doctype: str
    fieldname: str
    issingle: bool
    istable: bool
    selector: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A stored document (or row) that points at another one."""

    link: LinkField
    name: Any
    parent: Any
    parenttype: str | None
    docstatus: int

    def top(self) -> tuple[str, Any]:
        """Return the document people know: of a row, its parent."""
        if self.link.istable and self.parenttype:
            return self.parenttype, self.parent
        return self.link.doctype, self.name


def link_fields_to(doctype: str) -> list[LinkField]:
    """Return the Link fields whose target is `doctype`, with Custom Fields and Property Setters considered."""
    return list(_graph()[0].get(doctype, ()))


def dynamic_link_fields() -> list[LinkField]:
    return list(_graph()[1])


def _graph() -> tuple[dict[str, list[LinkField]], list[LinkField]]:
    graph = shared_cache.get_value(GRAPH_KEY)
    if graph is None:
        graph = _read_graph()
        shared_cache.set_value(GRAPH_KEY, graph)
    return graph  # type: ignore[no-any-return]


def _read_graph() -> tuple[dict[str, list[LinkField]], list[LinkField]]:
    kinds = {
        row[0]: (bool(row[1]), bool(row[2]))
        for row in frappe.db.sql(
            "select `name`, `issingle`, `istable` from `tabDocType` where ifnull(`is_virtual`, 0) = 0"
        )
    }
    rows = frappe.db.sql(
        "select `parent`, `fieldname`, `fieldtype`, `options` from `tabDocField`"
        " where `fieldtype` in ('Link', 'Dynamic Link') and ifnull(`is_virtual`, 0) = 0"
        " union select `dt`, `fieldname`, `fieldtype`, `options` from `tabCustom Field`"
        " where `fieldtype` in ('Link', 'Dynamic Link') and ifnull(`is_virtual`, 0) = 0"
    )
    turned = {
        (doctype, fieldname): value
        for doctype, fieldname, value in frappe.db.sql(
            "select `doc_type`, `field_name`, `value` from `tabProperty Setter`"
            " where `property` = 'options' and ifnull(`field_name`, '') != ''"
        )
    }
    links: dict[str, list[LinkField]] = {}
    dynamic: list[LinkField] = []
    for parent, fieldname, fieldtype, options in rows:
        options = turned.get((parent, fieldname), options)
        if parent not in kinds or not options or options == "[Select]":
            continue
        issingle, istable = kinds[parent]
        if fieldtype == "Link":
            links.setdefault(options, []).append(LinkField(parent, fieldname, issingle, istable))
        else:
            dynamic.append(LinkField(parent, fieldname, issingle, istable, selector=options))
    return links, dynamic


def find_references(
    fields: Iterable[LinkField], doctype: str, name: Any, *, only_submitted: bool = False, with_cancelled: bool = True
) -> list[Reference]:
    """Return one reference per field that has any to the document, its own rows and itself left out."""
    found: list[Reference] = []
    stored = [field for field in fields if not field.issingle]
    for start in range(0, len(stored), _PARTS_PER_STATEMENT):
        found += _ask(stored[start : start + _PARTS_PER_STATEMENT], doctype, name, only_submitted, with_cancelled)
    return found


def _ask(
    fields: Sequence[LinkField], doctype: str, name: Any, only_submitted: bool, with_cancelled: bool
) -> list[Reference]:
    if not fields:
        return []
    status = " and `docstatus` = 1" if only_submitted else "" if with_cancelled else " and `docstatus` < 2"
    query = " union all ".join(
        f"select * from ({_part(index, field, doctype, status)}) as `part{index}`" for index, field in enumerate(fields)
    )
    rows = frappe.db.sql(query, {"doctype": doctype, "name": name, "text": cstr(name)})
    return [Reference(fields[int(i)], found, parent, parenttype, int(ds)) for i, found, parent, parenttype, ds in rows]


def _part(index: int, field: LinkField, doctype: str, status: str) -> str:
    condition = f"`{field.fieldname}` = %(text)s"
    if field.selector:
        condition += f" and `{field.selector}` = %(doctype)s"
    if field.istable:
        condition += " and not (`parent` = %(text)s and `parenttype` = %(doctype)s)"
        columns = "`parent`, `parenttype`"
    else:
        columns = "null as `parent`, null as `parenttype`"
        if field.doctype == doctype:
            condition += " and `name` != %(name)s"
    selected = f"{index} as `part`, `name`, {columns}, `docstatus`"
    return f"select {selected} from `tab{field.doctype}` where {condition}{status} limit 1"


def single_references(fields: Iterable[LinkField], doctype: str, name: Any) -> list[LinkField]:
    """Return those fields of Singles that hold the document's name."""
    singles = [field for field in fields if field.issingle]
    if not singles:
        return []
    rows = frappe.db.sql(
        "select `doctype`, `field`, `value` from `tabSingles` where `doctype` in %s",
        (tuple({field.doctype for field in singles}),),
    )
    values = {(d, f): cstr(v) for d, f, v in rows}
    return [
        field
        for field in singles
        if values.get((field.doctype, field.fieldname)) == cstr(name)
        and (field.selector is None or values.get((field.doctype, field.selector)) == doctype)
    ]


def forget_graph() -> None:
    frappe.cache.delete_value(GRAPH_KEY)
