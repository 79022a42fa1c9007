"""Controller of the DocType Report. Script and query reports of apps can be run; others can only be kept."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.core.doctype.report import query
from frappe.model.document import Document
from frappe.utils import cint


class Report(Document):
    """A report. `execute_script_report` runs the `execute(filters)` that an app ships beside the record."""

    if TYPE_CHECKING:
        ref_doctype: str
        is_standard: str
        module: str | None
        report_type: str
        query: str | None

    def validate(self) -> None:
        if not self.module:
            self.module = frappe.db.get_value("DocType", self.ref_doctype, "module")
        in_setup = frappe.flags.in_install or frappe.flags.in_migrate or frappe.flags.in_patch or frappe.flags.in_test
        if self.is_standard == "Yes" and not (in_setup or cint(frappe.conf.developer_mode)):
            frappe.throw(_("Standard reports come with their app and can only be changed in developer mode."))

    def is_permitted(self) -> bool:
        """True when the session user holds one of the report's roles, or it names none."""
        roles = {row.role for row in self.get("roles")}
        return not roles or bool(roles & set(frappe.get_roles()))

    def execute_script_report(self, filters: dict[str, Any] | None = None) -> tuple[list[Any], list[Any]]:
        """Return `(columns, rows)` of a standard script report; the caller has checked the permission."""
        result = self.run_script(filters)
        return result[0], result[1]

    def execute_query_report(self, filters: dict[str, Any] | None = None) -> tuple[list[Any], list[Any]]:
        """Return `(columns, rows)` of a standard query report; the caller has checked the permission.

        The columns are the rows of the table `columns`, else the aliases: `label:Fieldtype/Options:width`.
        """
        aliases, rows = query.run(self.query or "", filters or {})
        columns = [
            {key: row.get(key) for key in ("fieldname", "label", "fieldtype", "options", "width") if row.get(key)}
            for row in self.get("columns")
        ]
        return columns or aliases, rows

    def run(self, filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
        """Return columns and rows of a report that an app ships, and what else it tells.

        Raises ValidationError for other reports. The caller has checked permissions.
        """
        if self.is_standard == "Yes" and self.report_type == "Query Report":
            return self.execute_query_report(filters)
        return self.run_script(filters)

    def run_script(self, filters: dict[str, Any] | None = None) -> tuple[Any, ...]:
        """Return what `execute(filters)` beside a standard script report returns; the caller has checked permissions.

        That is columns and rows, and optionally message, chart, summary and whether there is no total.
        """
        if self.report_type != "Script Report" or self.is_standard != "Yes":
            text = _("{0} is a {1} of this site. Only script and query reports that an app ships can be run here.")
            frappe.throw(text.format(frappe.bold(self.name), _(self.report_type)))
        folder = frappe.scrub(self.name)
        app = frappe.local.module_app[frappe.scrub(self.module)]
        execute = frappe.get_attr(f"{app}.{frappe.scrub(self.module)}.report.{folder}.{folder}.execute")
        result = execute(frappe._dict(filters or {}))
        if not isinstance(result, tuple | list) or len(result) < 2:
            frappe.throw(_("The report {0} returned neither columns nor rows.").format(frappe.bold(self.name)))
        return tuple(result)
