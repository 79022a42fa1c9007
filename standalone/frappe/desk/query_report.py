"""Reports of apps over HTTP: run one, fetch its script, export it.

Script and query reports that an app ships can be run. Others can only be kept: running one says so.
"""

from __future__ import annotations

import os
import time
from typing import Any

import frappe
from frappe import _
from frappe.api.payload import json_argument
from frappe.desk.report_table import cells, columns_of, rows_of, total_row
from frappe.types import _dict
from frappe.utils import cint, escape_html

Filters = str | dict[str, Any] | None

PARTS = ("columns", "result", "message", "chart", "report_summary", "skip_total_row")
"""What `execute(filters)` of a report returns, in this order; the first two are a must."""


# -- endpoints --------------------------------------------------------------------------------------------------------


@frappe.whitelist()
def run(
    report_name: str,
    filters: Filters = None,
    user: str | None = None,
    ignore_prepared_report: bool = False,
    custom_columns: str | list[Any] | None = None,
    is_tree: bool = False,
    parent_field: str | None = None,
    are_default_filters: bool = True,
    js_filters: Any = None,
) -> dict[str, Any]:
    """Return `{columns, result, message, chart, report_summary, skip_total_row, add_total_row, execution_time, …}`.

    `result` are rows as dicts, with the total as last one where the report has it. `ignore_prepared_report` and the
    parameters after it are accepted and change nothing. Raises PermissionError for a caller without one of the report's
    roles or without the right to report on its DocType.
    """
    if user not in (None, frappe.session.user):
        frappe.throw(_("Reports run as the user who asks for them."), frappe.PermissionError)
    report = get_report_doc(report_name)
    return dict(generate_report_result(report, json_argument(filters, "filters", dict) or {}))


@frappe.whitelist()
def get_script(report_name: str) -> dict[str, Any]:
    """Return `{script, html_format, filters, execution_time}`: what an app ships beside the report for the browser."""
    report = get_report_doc(report_name)
    script = (
        _shipped(report, "js") or report.javascript or f"frappe.query_reports[{frappe.as_json(report.name)}] = {{}};"
    )
    return {
        "script": script,
        "html_format": _shipped(report, "html"),
        "filters": [row.as_dict() for row in report.get("filters") or ()],
        "execution_time": 0,
    }


@frappe.whitelist()
def export_query() -> None:
    """Answer with a report as a CSV or Excel file; needs the right to export its DocType.

    Parameters: `report_name`, `filters`, `file_format_type` (CSV or Excel), `visible_idx` (numbers of the rows wanted),
    `include_filters`.
    """
    form = frappe.local.form_dict
    report = get_report_doc(str(form.get("report_name") or ""))
    frappe.has_permission(report.ref_doctype, "export", throw=True)
    kind = str(form.get("file_format_type") or "CSV")
    if kind.lower() not in ("csv", "excel"):
        frappe.throw(_("Parameter file_format_type must be CSV or Excel."))
    filters = json_argument(form.get("filters"), "filters", dict) or {}
    table = _export_table(report, filters, json_argument(form.get("visible_idx"), "visible_idx", list))
    if cint(form.get("include_filters")):
        table = [[name, str(value)] for name, value in filters.items()] + [[]] + table
    _log_export(report, kind, filters)
    if kind.lower() == "csv":
        from frappe.utils.csvutils import build_csv_response

        build_csv_response(table, report.name)
    else:
        from frappe.utils.xlsxutils import build_xlsx_response

        build_xlsx_response(table, report.name)


# -- who may ----------------------------------------------------------------------------------------------------------


def get_report_doc(report_name: str) -> Any:
    """Return a report that the session user may run. Raises DoesNotExistError, PermissionError or ValidationError."""
    report = frappe.get_cached_doc("Report", report_name) if report_name else None
    if report is None:
        frappe.throw(_("Name the report: parameter report_name is missing."))
    if not report.is_permitted():
        text = _("You do not have one of the roles that the report {0} is for.")
        frappe.throw(text.format(escape_html(report.name)), frappe.PermissionError)
    for right in ("read", "report"):
        frappe.has_permission(report.ref_doctype, right, throw=True)
    if cint(report.disabled):
        frappe.throw(_("The report {0} is switched off.").format(escape_html(report.name)))
    return report


# -- running ----------------------------------------------------------------------------------------------------------


def generate_report_result(report: Any, filters: dict[str, Any] | None = None) -> _dict:
    """Run a report as the session user and return its parts in the shape of the API. Permissions are checked before."""
    started = time.perf_counter()
    found = _dict(dict.fromkeys(PARTS))
    found.update(zip(PARTS, report.run(filters), strict=False))
    columns = columns_of(found.columns)
    rows = visible_rows(columns, rows_of(found.result, columns), report.ref_doctype)
    adds_total = bool(cint(report.add_total_row) and rows and not found.skip_total_row)
    if adds_total:
        rows.append(total_row(columns, rows, _("Total")))
    return _dict(
        found,
        columns=columns,
        result=rows,
        skip_total_row=cint(found.skip_total_row),
        add_total_row=adds_total,
        status=None,
        execution_time=time.perf_counter() - started,
    )


def visible_rows(columns: list[_dict], rows: list[dict[str, Any]], ref_doctype: str) -> list[dict[str, Any]]:
    """Return the rows without those that link to documents which the user permissions of the session user exclude."""
    from frappe.permissions import get_allowed_docs_for_doctype, get_user_permissions

    permissions = get_user_permissions()
    limits = {
        column.fieldname: set(get_allowed_docs_for_doctype(permissions[column.options], ref_doctype))
        for column in columns
        if column.fieldtype == "Link" and column.options in permissions
    }
    limits = {fieldname: allowed for fieldname, allowed in limits.items() if allowed}
    return [row for row in rows if all(not row.get(name) or row[name] in allowed for name, allowed in limits.items())]


# -- export and script ------------------------------------------------------------------------------------------------


def _export_table(report: Any, filters: dict[str, Any], wanted: list[Any] | None) -> list[list[Any]]:
    found = generate_report_result(report, filters)
    rows = found.result
    if wanted:
        numbers = {cint(number) for number in wanted}
        total = rows[-1:] if found.add_total_row else []
        rows = [row for number, row in enumerate(rows[: len(rows) - len(total)]) if number in numbers] + total
    return cells(found.columns, rows)


def _log_export(report: Any, kind: str, filters: dict[str, Any]) -> None:
    """Keep who exported what, in the Access Log."""
    frappe.get_doc(
        {
            "doctype": "Access Log",
            "user": frappe.session.user,
            "export_from": report.ref_doctype,
            "report_name": report.name,
            "file_type": kind,
            "method": "Export",
            "filters": frappe.as_json(filters)[:1000],
        }
    ).insert(ignore_permissions=True)
    frappe.local.flags.commit = True


def _shipped(report: Any, ending: str) -> str | None:
    """Return the text of the file with this ending beside the record of a standard report, None if there is none."""
    if report.is_standard != "Yes" or not report.module:
        return None
    folder = frappe.get_module_path(report.module, "report", frappe.scrub(report.name))
    path = os.path.join(folder, f"{frappe.scrub(report.name)}.{ending}")
    if not os.path.isfile(path):
        return None
    with open(path, encoding="utf-8") as file:
        return file.read()
