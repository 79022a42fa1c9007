"""Making one document out of another: an order out of a quotation, a ticket out of a mail."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import frappe
from frappe.exceptions import ValidationError
from frappe.model import default_fields, optional_fields, table_fields

_NEVER_MAPPED = frozenset({*default_fields, *optional_fields, "amended_from", "parent", "parentfield", "parenttype"})


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
    source.run_method("before_mapping", target, table_maps)
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
            if _is_wanted(row, rule):
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


def _is_wanted(row: Any, rule: Mapping[str, Any]) -> bool:
    if rule.get("condition") and not rule["condition"](row):
        return False
    return not (rule.get("filter") and rule["filter"](row))


def map_doc(source: Any, target: Any, table_map: Mapping[str, Any], source_parent: Any = None) -> None:
    """Copy the fields of one document to another as `table_map` says."""
    _validate(source, table_map.get("validation") or {})
    map_fields(source, target, table_map)
    if table_map.get("postprocess"):
        table_map["postprocess"](source, target, source_parent)


def _validate(source: Any, conditions: Mapping[str, Any]) -> None:
    for fieldname, (operator, wanted) in conditions.items():
        value = source.get(fieldname)
        if not (value == wanted if operator == "=" else value in wanted if operator == "in" else value != wanted):
            label = source.meta.get_label(fieldname)
            raise ValidationError(frappe._("{0} of {1} must be {2} {3}").format(label, source.name, operator, wanted))


def map_fields(source: Any, target: Any, table_map: Mapping[str, Any]) -> None:
    """Copy fields of the same name, then those that `field_map` names."""
    unmapped = set(table_map.get("field_no_map") or ())
    for df in target.meta.fields:
        fieldname = df.fieldname
        if not fieldname or df.fieldtype in table_fields or fieldname in _NEVER_MAPPED or fieldname in unmapped:
            continue
        other = source.meta.get_field(fieldname)
        if other is None or other.no_copy or df.no_copy:
            continue
        value = source.get(fieldname)
        if value not in (None, ""):
            target.set(fieldname, value)
    for source_field, target_field in dict(table_map.get("field_map") or {}).items():
        value = source.get(source_field)
        if value not in (None, ""):
            target.set(target_field, value)


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
