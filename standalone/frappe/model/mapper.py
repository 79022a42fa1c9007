"""Making one document out of another: an order out of a quotation, a ticket out of a mail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import frappe
from frappe.exceptions import ValidationError
from frappe.model import default_fields, optional_fields, table_fields
from frappe.model.utils import get_fetch_values
from frappe.types import _dict
from frappe.whitelist import is_whitelisted, overridden

_NEVER_MAPPED = frozenset({*default_fields, *optional_fields, "amended_from", "parent", "parentfield", "parenttype"})


@frappe.whitelist()
def make_mapped_doc(
    method: str,
    source_name: str | int,
    selected_children: str | dict[str, Any] | None = None,
    args: str | dict[str, Any] | None = None,
) -> Any:
    """Return what a whitelisted function that maps makes of a document.

    Of tables in `selected_children` (`{table field: [row names]}`) only those rows are taken; `args` is for the
    function, as `frappe.flags.args`.
    """
    make = _whitelisted(method)
    frappe.flags.selected_children = frappe.parse_json(selected_children) or None
    frappe.flags.args = _dict(frappe.parse_json(args)) if args else None
    return make(source_name)


@frappe.whitelist()
def map_docs(
    method: str,
    source_names: str | list[Any],
    target_doc: str | dict[str, Any] | None = None,
    args: str | dict[str, Any] | None = None,
) -> Any:
    """Map several documents into one target, one after the other, and return it."""
    make = _whitelisted(method)
    more = (frappe.parse_json(args),) if args else ()
    target: Any = frappe.as_json(target_doc) if isinstance(target_doc, dict) else target_doc
    for name in frappe.parse_json(source_names):
        target = make(name, target, *more)
    return target


def _whitelisted(method: str) -> Callable[..., Any]:
    function: Callable[..., Any] = frappe.get_attr(overridden(method))
    is_whitelisted(function)
    return function


def get_mapped_doc(
    from_doctype: str,
    from_docname: Any,
    table_maps: Mapping[str, Mapping[str, Any]],
    target_doc: Any = None,
    postprocess: Callable[[Any, Any], None] | None = None,
    ignore_permissions: bool = False,
    ignore_child_tables: bool = False,
    cached: bool = False,
) -> Any:
    """Return an unsaved document made from another one as `table_maps` says.

    `table_maps[source DocType]` has `doctype` (the target), and may have `field_map` (`{source field: target field}`),
    `field_no_map`, `validation` (`{source field: [operator, value]}`), `condition(row)`, `filter(row)`,
    `add_if_empty`, `ignore` and `postprocess(source, target, source_parent)`.
    Events on the target: before_mapping and after_mapping.
    """
    source = frappe.get_cached_doc(from_doctype, from_docname) if cached else frappe.get_doc(from_doctype, from_docname)
    rule = table_maps[from_doctype]
    target = _target(rule, target_doc, ignore_permissions)
    if not ignore_permissions and not source.has_permission("read"):
        source.raise_no_permission_to("read")
    target.run_method("before_mapping", source, table_maps)
    map_doc(source, target, rule)
    if not ignore_child_tables:
        _map_tables(source, target, table_maps)
    if postprocess:
        postprocess(source, target)
    target.run_method("after_mapping", source)
    target.set_onload("load_after_mapping", True)
    return target


def _target(rule: Mapping[str, Any], given: Any, ignore_permissions: bool) -> Any:
    if not given:
        target = frappe.new_doc(rule["doctype"])
    else:
        target = frappe.get_doc(json.loads(given)) if isinstance(given, str) else given
    if not ignore_permissions and not target.has_permission("create"):
        target.raise_no_permission_to("create")
    return target


def _map_tables(source: Any, target: Any, table_maps: Mapping[str, Mapping[str, Any]]) -> None:
    for df in source.meta.get_table_fields():
        rule = table_maps.get(df.options)
        if rule is None:
            rule = _rule_for_alike_table(df, target)
        if rule is None or rule.get("ignore"):
            continue
        table = _target_table(df, rule["doctype"], target)
        if table is None:
            continue
        if rule.get("reset_value"):
            target.set(table, [])
        if rule.get("add_if_empty") and target.get(table):
            continue
        for row in source.get(df.fieldname) or ():
            if _is_selected(row) and _is_wanted(row, rule):
                map_child_doc(row, target, rule, source, table)


def _rule_for_alike_table(df: Any, target: Any) -> dict[str, Any] | None:
    """A table of the same name and DocType on both sides is copied without being told."""
    other = target.meta.get_field(df.fieldname)
    if (
        other is None
        or other.fieldtype not in table_fields
        or other.options != df.options
        or df.no_copy
        or other.no_copy
    ):
        return None
    return {"doctype": df.options}


def _target_table(df: Any, doctype: str, target: Any) -> str | None:
    tables = [t for t in target.meta.get_table_fields() if t.options == doctype]
    same_name = next((t for t in tables if t.fieldname == df.fieldname), None)
    chosen = same_name or (tables[0] if tables else None)
    return chosen.fieldname if chosen is not None else None


def _is_selected(row: Any) -> bool:
    """Tell whether the caller of `make_mapped_doc` wants this row; tables that it did not name go whole."""
    names = (frappe.flags.selected_children or {}).get(row.parentfield)
    return names is None or row.name in names


def _is_wanted(row: Any, rule: Mapping[str, Any]) -> bool:
    if rule.get("condition") and not rule["condition"](row):
        return False
    return not (rule.get("filter") and rule["filter"](row))


def map_doc(source: Any, target: Any, table_map: Mapping[str, Any], source_parent: Any = None) -> None:
    """Copy the fields of one document to another as `table_map` says."""
    _validate(source, table_map.get("validation") or {})
    map_fields(source, target, table_map, source_parent)
    if table_map.get("postprocess"):
        table_map["postprocess"](source, target, source_parent)


def _validate(source: Any, conditions: Mapping[str, Any]) -> None:
    for fieldname, (operator, wanted) in conditions.items():
        value = source.get(fieldname)
        if not (value == wanted if operator == "=" else value in wanted if operator == "in" else value != wanted):
            label = source.meta.get_label(fieldname)
            raise ValidationError(frappe._("{0} of {1} must be {2} {3}").format(label, source.name, operator, wanted))


def map_fields(source: Any, target: Any, table_map: Mapping[str, Any], source_parent: Any = None) -> None:
    """Copy fields of the same name, then those that `field_map` names; then fetch what the links show.

    A Link of the target to the DocType of the source, or of its parent, is set to that document unless it has a value.
    """
    unmapped = set(table_map.get("field_no_map") or ())
    copied = [df for df in target.meta.fields if _is_copied(df, source) and df.fieldname not in unmapped]
    for df in copied:
        value = source.get(df.fieldname)
        if value in (None, "") and df.fieldtype == "Link" and not target.get(df.fieldname):
            value = _name_for_link(df.options, (source, source_parent))
        if value not in (None, ""):
            target.set(df.fieldname, value)
    for source_field, target_field in dict(table_map.get("field_map") or {}).items():
        value = source.get(source_field)
        if value not in (None, ""):
            target.set(target_field, value)
    _fetch(target, {df.fieldname for df in copied})


def _is_copied(df: Any, source: Any) -> bool:
    if not df.fieldname or df.no_copy or df.fieldtype in table_fields or df.fieldname in _NEVER_MAPPED:
        return False
    other = source.meta.get_field(df.fieldname)
    return other is None or not (other.no_copy or other.fieldtype in table_fields)


def _name_for_link(doctype: str, candidates: Iterable[Any]) -> Any:
    return next((doc.name for doc in candidates if doc is not None and doc.doctype == doctype), None)


def _fetch(target: Any, wanted: set[str]) -> None:
    """Fill read-only fields that show something of a linked document and are empty."""
    for link in target.meta.get("fields", {"fieldtype": "Link"}):
        if not target.get(link.fieldname):
            continue
        fetched = {df.fieldname: df for df in target.meta.get_fields_to_fetch(link.fieldname)}
        empty = {
            fieldname
            for fieldname, df in fetched.items()
            if fieldname in wanted and (df.fieldtype == "Read Only" or (df.read_only and not target.get(fieldname)))
        }
        if empty:
            values = get_fetch_values(target.doctype, link.fieldname, target.get(link.fieldname))
            target.update({fieldname: values[fieldname] for fieldname in empty if values.get(fieldname)})


def map_child_doc(
    source: Any,
    target_parent: Any,
    table_map: Mapping[str, Any],
    source_parent: Any = None,
    target_table: str | None = None,
) -> Any:
    """Append a row to the target that is made from a row of the source; return it."""
    doctype = table_map["doctype"]
    table = target_table or next(
        (df.fieldname for df in target_parent.meta.get_table_fields() if df.options == doctype), None
    )
    if table is None:
        raise ValidationError(f"{target_parent.doctype} has no table of {doctype}")
    row = target_parent.append(table, frappe.new_doc(doctype, as_dict=True))
    row.idx = len(target_parent.get(table))
    map_doc(source, row, table_map, source_parent)
    return row
