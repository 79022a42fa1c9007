"""Lists as the desk shows them: rows, counts, statistics, export and deletion of several documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from frappe.api.list_query import MAX_ROWS, FieldGuard, checked_filters, checked_limit
from frappe.api.payload import json_argument, refuse, whole_number
from frappe.client import count_visible, list_query, run_list
from frappe.context import local
from frappe.handler import require_doctype
from frappe.utils.logger import get_logger
from frappe.whitelist import whitelist

Filters = str | dict[str, Any] | list[Any] | None

DELETE_NOW = 10
PROGRESS_FROM = 5
MAX_DELETE = 5_000
EXPORTED_NAME = "exported_name"
NAME_COLUMN = f"name as {EXPORTED_NAME}"
USER_COLUMNS = ("owner", "modified_by", "_assign")


# -- rows -------------------------------------------------------------------------------------------------------------


@whitelist()
def get() -> Any:
    """Return the rows of a list as `{keys, values, user_info}`; [] when there are none."""
    rows = _rows_of_request()
    return compress(rows)


@whitelist()
def get_list() -> list[Any]:
    """Return the rows of a list as plain objects."""
    return _rows_of_request()


@whitelist()
def get_count() -> int:
    """Return how many documents the list has for the caller, counted up to `limit` when that is given."""
    form = local.form_dict
    doctype = require_doctype(form.get("doctype"))
    limit = whole_number(form.get("limit"), "limit", maximum=MAX_ROWS)
    return count_visible(doctype, form.get("filters"), form.get("or_filters"), limit)


def _rows_of_request() -> list[Any]:
    form = local.form_dict
    doctype = require_doctype(form.get("doctype"))
    query = list_query(
        doctype,
        form.get("fields"),
        form.get("filters"),
        form.get("or_filters"),
        form.get("group_by"),
        form.get("order_by"),
        form.get("parent") or form.get("parent_doctype"),
    )
    query["limit_page_length"] = checked_limit(doctype, form.get("page_length") or form.get("limit_page_length"))
    query["limit_start"] = whole_number(form.get("start") or form.get("limit_start"), "start", default=0)
    if str(form.get("with_comment_count") or "").lower() in ("1", "true"):
        query["with_comment_count"] = True
    _save_user_settings(doctype)
    return run_list(query)


def _save_user_settings(doctype: str) -> None:
    form = local.form_dict
    if str(form.get("save_user_settings") or "").lower() not in ("1", "true"):
        return
    from frappe.model.utils.user_settings import update_user_settings

    settings = {"filters": json_argument(form.get("filters"), "filters", list, dict) or []}
    update_user_settings(doctype, json.dumps({"List": settings}), for_update=True)


def compress(rows: list[Any]) -> Any:
    """Return rows with their keys said once, and who the people in them are."""
    from frappe.utils.user import add_user_info

    if not rows:
        return []
    keys = list(rows[0])
    user_info: dict[str, Any] = {}
    add_user_info(sorted(_people_in(rows)), user_info)
    return {"keys": keys, "values": [[row.get(key) for key in keys] for row in rows], "user_info": user_info}


def _people_in(rows: Iterable[Any]) -> set[str]:
    people: set[str] = set()
    for row in rows:
        people.update(row[key] for key in ("owner", "modified_by") if row.get(key))
        if row.get("_assign"):
            people.update(json_argument(row["_assign"], "_assign", list) or [])
    return people


# -- deleting ---------------------------------------------------------------------------------------------------------


@whitelist(methods=["POST", "DELETE"])
def delete_items(items: str | list[Any] | None = None, doctype: str | None = None) -> None:
    """Delete documents by name: up to ten at once, more in a background job."""
    require_doctype(doctype)
    names = json_argument(items, "items", list) or []
    if len(names) > MAX_DELETE:
        refuse(f"Only {MAX_DELETE} documents can be deleted in one request.")
    ordered = sorted({_name(name) for name in names}, key=str, reverse=True)
    if len(ordered) > DELETE_NOW:
        import frappe

        frappe.enqueue("frappe.desk.reportview.delete_bulk", doctype=doctype, items=ordered)
    else:
        delete_bulk(str(doctype), ordered)


def _name(value: Any) -> str | int:
    if isinstance(value, bool) or not isinstance(value, str | int):
        refuse("The names of documents are text or numbers.")
    return value


def delete_bulk(doctype: str, items: list[Any]) -> None:
    """Delete documents one by one, each in its own transaction; what fails is tried once more, then reported."""
    remaining = list(items)
    for attempt in range(2):
        remaining = _delete_each(doctype, remaining, shows_progress=attempt == 0)
        if not remaining:
            return
    from frappe.messages import msgprint
    from frappe.translate import _
    from frappe.utils import escape_html

    local.message_log = []
    names = ", ".join(escape_html(str(name)) for name in remaining)
    text = _("Failed to delete {0} documents: {1}").format(len(remaining), names)
    msgprint(text, title=_("Deletion"), indicator="red", realtime=True)


def _delete_each(doctype: str, items: list[Any], shows_progress: bool) -> list[Any]:
    import frappe

    failed = []
    for index, name in enumerate(items, start=1):
        try:
            frappe.delete_doc(doctype, name)
            if shows_progress and len(items) >= PROGRESS_FROM:
                _show_progress(doctype, index, len(items), name)
            local.db.commit()
        except Exception:
            # Named in the report at the end; one document that cannot go must not keep the others.
            local.db.rollback()
            get_logger("frappe.web").warning("%s %s could not be deleted", doctype, name, exc_info=True)
            failed.append(name)
    return failed


def _show_progress(doctype: str, index: int, total: int, name: Any) -> None:
    from frappe.realtime import publish_progress
    from frappe.translate import _

    publish_progress(index * 100 / total, title=_("Deleting {0}").format(doctype), description=str(name))


# -- statistics -------------------------------------------------------------------------------------------------------


@whitelist()
def get_sidebar_stats(stats: str | list[Any], doctype: str, filters: Filters = None) -> dict[str, Any]:
    """Return `{"stats": {field: [[value, count]]}}` for the list's sidebar."""
    return {"stats": get_stats(stats, doctype, filters)}


@whitelist()
def get_stats(stats: str | list[Any], doctype: str, filters: Filters = None) -> dict[str, list[Any]]:
    """Return how often each value of some columns (tags among them) occurs in what the caller may see."""
    require_doctype(doctype)
    guard = FieldGuard(doctype)
    conditions = checked_filters(guard, filters) or []
    columns = json_argument(stats, "stats", list) or []
    result: dict[str, list[Any]] = {}
    for column in columns[:20]:
        if not isinstance(column, str):
            refuse("Parameter stats must be a list of fields.")
        guard.check(column)
        counted = count_by(doctype, column, conditions)
        result[column] = scrub_user_tags(counted) if column == "_user_tags" else counted
    return result


def count_by(doctype: str, column: str, filters: Any, limit: int = 500) -> list[list[Any]]:
    """Return `[[value, count]]` of a column over what the caller may see, the most frequent first."""
    import frappe

    rows = frappe.get_list(
        doctype,
        filters=filters or None,
        fields=[column, {"COUNT": "name", "as": "total"}],
        group_by=column,
        order_by="total desc",
        limit_page_length=limit,
    )
    return [[row.get(column.strip("`")), row.total] for row in rows]


def scrub_user_tags(counted: list[list[Any]]) -> list[list[Any]]:
    """Return the counts of single tags from counts of tag lists such as `,a,b`."""
    totals: dict[str, int] = {}
    for tags, count in counted:
        for tag in str(tags or "").split(","):
            if tag := tag.strip():
                totals[tag] = totals.get(tag, 0) + int(count)
    return sorted(([tag, count] for tag, count in totals.items()), key=lambda pair: (-pair[1], pair[0]))


# -- export -----------------------------------------------------------------------------------------------------------


@whitelist()
def export_query() -> None:
    """Answer with the rows of a list as a CSV or Excel file; needs the right to export."""
    import frappe

    form = local.form_dict
    doctype = require_doctype(form.get("doctype"))
    frappe.has_permission(doctype, "export", throw=True)
    kind = str(form.get("file_format_type") or "CSV")
    if kind.lower() not in ("csv", "excel"):
        refuse("Parameter file_format_type must be CSV or Excel.")
    table = export_table(doctype)
    _log_export(doctype, kind)
    title = str(form.get("title") or doctype)
    if kind.lower() == "csv":
        from frappe.utils.csvutils import build_csv_response

        build_csv_response(table, title)
    else:
        from frappe.utils.xlsxutils import build_xlsx_response

        build_xlsx_response(table, title)


def export_table(doctype: str) -> list[list[Any]]:
    """Return the rows the request asks for, with a heading line and a running number in front.

    With the parameter `with_child_tables` the rows of child tables stand to their right.
    """
    form = local.form_dict
    fields = json_argument(form.get("fields"), "fields", list, str)
    filters = json_argument(form.get("filters"), "filters", list, dict) or []
    if selected := json_argument(form.get("selected_items"), "selected_items", list):
        filters = [[doctype, "name", "in", [_name(name) for name in selected]]]
    query = list_query(doctype, fields, filters, form.get("or_filters"), form.get("group_by"), form.get("order_by"))
    with_children = str(form.get("with_child_tables") or "").lower() in ("1", "true")
    if with_children:
        if query["group_by"]:
            refuse("Grouped rows have no child tables: leave out with_child_tables or group_by.")
        query["fields"] = [*(query["fields"] or ["name"]), NAME_COLUMN]
    rows = run_list({**query, "limit_page_length": MAX_ROWS}, as_dict=True)
    names = [row.pop(EXPORTED_NAME) for row in rows] if with_children else []
    keys = list(rows[0]) if rows else [str(field) for field in query["fields"] or ["name"] if field != NAME_COLUMN]
    table = _numbered(doctype, keys, rows)
    if not with_children:
        return table
    from frappe.desk.child_export import with_child_tables

    return with_child_tables(doctype, table, names, _exported)


def _numbered(doctype: str, keys: list[str], rows: list[Any]) -> list[list[Any]]:
    return [
        ["Sr", *(_label(doctype, key) for key in keys)],
        *(
            [number, *(_exported(doctype, key, row.get(key)) for key in keys)]
            for number, row in enumerate(rows, start=1)
        ),
    ]


def _label(doctype: str, key: str) -> str:
    from frappe.model.meta import get_meta
    from frappe.translate import _

    name = key.rpartition(".")[2].strip("`")
    label = get_meta(doctype).get_label(name)
    return _(label) if label and label != "No Label" else name


def _exported(doctype: str, key: str, value: Any) -> Any:
    """Return a cell: durations as text. The writers of both formats keep text from running as a formula."""
    from frappe.model.meta import get_meta
    from frappe.utils import format_duration

    field = get_meta(doctype).get_field(key)
    if field is not None and field.fieldtype == "Duration" and value:
        return format_duration(value, bool(field.hide_days))
    return value


def _log_export(doctype: str, kind: str) -> None:
    """Keep who exported what, in the Access Log."""
    import frappe

    frappe.get_doc(
        {
            "doctype": "Access Log",
            "user": local.session.user,
            "export_from": doctype,
            "file_type": kind,
            "method": "Export",
            "filters": str(local.form_dict.get("filters") or "")[:1000],
        }
    ).insert(ignore_permissions=True)
    local.flags.commit = True


# -- conditions for SQL of an app --------------------------------------------------------------------------------------


def execute(doctype: str, *args: Any, **kwargs: Any) -> Any:
    """Return rows as `frappe.get_list` does."""
    from frappe.model.db_query import get_list as listed

    return listed(doctype, *args, **kwargs)


def build_match_conditions(doctype: str, user: str | None = None, as_condition: bool = True) -> Any:
    """Return the SQL of what a user may read, `%` doubled; without `as_condition` as a list with that one condition."""
    from frappe.permissions import build_match_conditions as of_permissions

    condition = of_permissions(doctype, user)
    return condition if as_condition else [condition] if condition else []


def get_match_cond(doctype: str, as_condition: bool = True) -> Any:
    """Return ` and …` with what the session user may read, to follow a `where` of the caller; "" for all rows."""
    condition = build_match_conditions(doctype, as_condition=as_condition)
    return (f" and ({condition})" if condition else "") if as_condition else condition


def get_filters_cond(
    doctype: str,
    filters: Filters,
    conditions: list[Any],
    ignore_permissions: bool | None = None,
    with_match_conditions: bool = False,
) -> str:
    """Return ` and …` for filters (a dict, a list or JSON), with their values written in and `%` doubled.

    `conditions` gets each part as well. Filters by joined tables have no place in a plain `where`.
    """
    import frappe
    from frappe.model.filters import Group, compile_group, parse
    from frappe.model.query_scope import Scope

    parts: list[str] = list(conditions)
    scope = Scope(doctype)
    for part in parse(filters).parts:
        fragment = compile_group(Group("and", [part]), scope, nulls_match=True)
        parts.append(local.db.mogrify(fragment.sql, fragment.values).replace("%", "%%"))
    if scope.joins:
        frappe.throw(frappe._("Only fields of {0} itself can be used here.").format(doctype))
    conditions[:] = parts
    matched = build_match_conditions(doctype) if with_match_conditions and not ignore_permissions else ""
    return "".join(f" and {part}" for part in [*parts, *([f"({matched})"] if matched else [])])


__all__ = ["build_match_conditions", "compress", "delete_bulk", "delete_items", "execute", "export_query", "get", "get_count", "get_filters_cond", "get_list", "get_match_cond", "get_sidebar_stats", "get_stats"]
