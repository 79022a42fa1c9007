"""Controller of the DocType Data Import: documents from a table, each in a transaction of its own."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.core.doctype.data_import.table import Column, Fields, Record, columns_of, records_of
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document
from frappe.utils import cint, cstr, strip_html

INSERT, UPDATE = "Insert New Records", "Update Existing Records"
PREVIEW_ROWS = 10
RUN = "frappe.core.doctype.data_import.data_import.start_import"


class DataImport(Document):
    """One table and how its import went."""

    if TYPE_CHECKING:
        reference_doctype: str
        import_type: str
        import_file: str | None
        google_sheets_url: str | None
        custom_delimiters: int
        status: str
        payload_count: int
        mute_emails: int
        submit_after_import: int

    def validate(self) -> None:
        if self.google_sheets_url:
            frappe.throw(_("Tables on the web cannot be read here. Download the sheet and attach it."))
        frappe.has_permission(self.reference_doctype, "import", throw=True)
        if self.import_file and self.has_value_changed("import_file"):
            self.payload_count = len(self.records()[0])

    def records(self) -> tuple[list[Record], list[str]]:
        """Return the documents of the table, and the headers that name no field."""
        headers, rows = self.rows()
        columns, unknown = columns_of(headers, fields_of(self.reference_doctype))
        return list(records_of(rows, columns)), unknown

    def rows(self) -> tuple[list[Any], list[list[Any]]]:
        """Return the header and the rows of the table."""
        if not self.import_file:
            frappe.throw(_("Attach the table to import."))
        table = read_table(str(self.import_file), use_sniffer=bool(cint(self.custom_delimiters)))
        if len(table) < 2:
            frappe.throw(_("The table needs a header and at least one row."))
        return table[0], table[1:]

    def start_import(self) -> bool:
        """Start the import in the background after the commit; False when it runs already."""
        from frappe.utils.background_jobs import is_job_enqueued

        job_id = f"data_import::{self.name}"
        if is_job_enqueued(job_id):
            return False
        now = bool(frappe.flags.in_test)
        frappe.enqueue(RUN, queue="long", job_id=job_id, data_import=self.name, now=now, enqueue_after_commit=not now)
        return True

    def run(self) -> None:
        """Import every document that is not imported yet, and note how it went."""
        done = {row for log in _logs(self.name) if log.success for row in frappe.parse_json(log.row_indexes)}
        records, _unknown = self.records()
        frappe.db.delete("Data Import Log", {"data_import": self.name, "success": 0})
        failed = 0
        for number, record in enumerate(records):
            if not done.intersection(record.rows):
                failed += not self._import_one(number, record)
        status = "Success" if not failed else "Error" if failed == len(records) else "Partial Success"
        self.db_set("status", status)
        frappe.db.commit()
        frappe.publish_realtime("data_import_refresh", {"data_import": self.name}, user=frappe.session.user)

    def _import_one(self, number: int, record: Record) -> bool:
        """Import one document in a transaction of its own; a failure is noted and the rest goes on."""
        frappe.clear_messages()
        try:
            name = self._write(record.values)
            self._note(number, record, docname=name)
            frappe.db.commit()
            return True
        except Exception:  # whatever is wrong with one row must not stop the others
            messages = frappe.as_json(frappe.get_message_log())
            frappe.db.rollback()
            self._note(number, record, exception=frappe.get_traceback(), messages=messages)
            frappe.db.commit()
            return False

    def _write(self, values: dict[str, Any]) -> str:
        if self.import_type == UPDATE:
            doc = frappe.get_doc(self.reference_doctype, values.get("name") or "")
            doc.update({key: value for key, value in values.items() if key != "name"})
            doc.flags.via_data_import = self.name
            return str(doc.save().name)
        doc = frappe.new_doc(self.reference_doctype)
        doc.update({key: value for key, value in values.items() if key != "name"})
        doc.flags.via_data_import = self.name
        doc.insert(set_name=values.get("name"))
        if cint(self.submit_after_import) and doc.meta.is_submittable:
            doc.submit()
        return str(doc.name)

    def _note(self, number: int, record: Record, **values: Any) -> None:
        log = frappe.get_doc(
            {
                "doctype": "Data Import Log",
                "data_import": self.name,
                "log_index": number,
                "row_indexes": frappe.as_json(list(record.rows)),
                "success": cint("docname" in values),
                **values,
            }
        )
        log.flags.ignore_links = True
        log.insert(ignore_permissions=True)


def read_table(file_url: str, use_sniffer: bool = False) -> list[list[Any]]:
    """Return the rows of an uploaded CSV or Excel file that the session user may read."""
    file = frappe.get_doc("File", {"file_url": file_url})
    file.check_permission("read")
    content = file.get_content()
    if file_url.lower().endswith((".xlsx", ".xlsm")):
        from frappe.utils.xlsxutils import read_xlsx_file_from_attached_file

        return [list(row) for row in read_xlsx_file_from_attached_file(fcontent=content) or []]
    from frappe.utils.csvutils import read_csv_content

    return [list(row) for row in read_csv_content(content, use_sniffer)]


def fields_of(doctype: str) -> Fields:
    """Return how a header may name the fields of a DocType and of its tables."""
    meta = frappe.get_meta(doctype)
    tables = {
        key: (field.fieldname, _names(frappe.get_meta(field.options)))
        for field in meta.fields
        if field.fieldtype in table_fields
        for key in _keys(field)
    }
    return Fields(_names(meta), tables)


def _names(meta: Any) -> dict[str, str]:
    return {
        key: field.fieldname
        for field in reversed(meta.fields)
        if field.fieldtype not in no_value_fields
        for key in _keys(field)
    }


def _keys(field: Any) -> tuple[str, ...]:
    return (field.fieldname.lower(), (field.label or "").lower())


# -- endpoints --------------------------------------------------------------------------------------------------------


@frappe.whitelist()
def get_preview_from_template(
    data_import: str, import_file: str | None = None, google_sheets_url: str | None = None
) -> dict[str, Any]:
    """Return `{columns, data, warnings, total_number_of_rows, max_rows_in_preview}` of the first rows."""
    doc = _readable(data_import)
    doc.import_file = import_file or doc.import_file
    headers, rows = doc.rows()
    columns, unknown = columns_of(headers, fields_of(doc.reference_doctype))
    return {
        "columns": [_shown(column) for column in columns],
        "data": rows[:PREVIEW_ROWS],
        "warnings": [
            {"message": _("No field is called {0}; the column is left out.").format(name)} for name in unknown
        ],
        "total_number_of_rows": len(rows),
        "max_rows_in_preview": PREVIEW_ROWS,
        "max_rows_exceeded": len(rows) > PREVIEW_ROWS,
        "import_log": [],
    }


def _shown(column: Column) -> dict[str, Any]:
    return {"header_title": column.header, "fieldname": column.fieldname, "table": column.table, "index": column.index}


@frappe.whitelist(methods=["POST"])
def form_start_import(data_import: str) -> bool:
    """Start an import in the background; True when it was started, False when it runs already."""
    doc = _readable(data_import)
    doc.check_permission("write")
    frappe.has_permission(doc.reference_doctype, "import", throw=True)
    return bool(doc.start_import())


def start_import(data_import: str) -> None:
    """Run an import; the job behind `form_start_import`."""
    doc = frappe.get_doc("Data Import", data_import)
    frappe.flags.mute_emails = bool(cint(doc.mute_emails))
    try:
        doc.run()
    finally:
        frappe.flags.mute_emails = False


def import_file(
    doctype: str, file_name: str, content: bytes, kind: str, submit_after_import: bool = False, mute_emails: bool = True
) -> dict[str, Any]:
    """Import a table at once; `kind` is Insert or Update.

    Returns what `get_import_status` does, and `failures`: texts that begin with the numbers of the rows.
    """
    importing = "Update Existing Records" if kind.lower() == "update" else "Insert New Records"
    flags = {"submit_after_import": int(submit_after_import), "mute_emails": int(mute_emails)}
    doc = frappe.get_doc({"doctype": "Data Import", "reference_doctype": doctype, "import_type": importing, **flags})
    doc.insert()
    file = {"doctype": "File", "file_name": file_name, "content": content, "is_private": 1}
    attached = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
    doc.import_file = frappe.get_doc({**file, **attached}).insert().file_url
    doc.save()
    start_import(doc.name)
    failures = [_failure(log) for log in _logs(doc.name) if not log.success]
    return {**get_import_status(doc.name), "failures": failures}


def _failure(log: Any) -> str:
    rows = ", ".join(map(str, frappe.parse_json(log.row_indexes or "[]")))
    said = [strip_html(cstr(message.get("message"))) for message in frappe.parse_json(log.messages or "[]")]
    lines = cstr(log.exception).strip().splitlines()
    return f"{rows}: {'; '.join(filter(None, said)) or (lines[-1] if lines else '')}"


@frappe.whitelist()
def get_import_status(data_import_name: str) -> dict[str, Any]:
    """Return `{status, success, failed, total_records}`."""
    doc = _readable(data_import_name)
    counts = {row.success: row.count for row in _counts(doc.name)}
    return {
        "status": doc.status,
        "success": counts.get(1, 0),
        "failed": counts.get(0, 0),
        "total_records": cint(doc.payload_count),
    }


def _counts(data_import: str) -> list[Any]:
    from frappe.query_builder.functions import Count

    log = frappe.qb.DocType("Data Import Log")
    query = (
        frappe.qb.from_(log)
        .select(log.success, Count(log.name).as_("count"))
        .where(log.data_import == data_import)
        .groupby(log.success)
    )
    rows: list[Any] = query.run(as_dict=True)
    return rows


@frappe.whitelist()
def get_import_logs(data_import: str) -> list[Any]:
    """Return how each document went, in the order of the table."""
    return _logs(_readable(data_import).name)


def _logs(data_import: str | None) -> list[Any]:
    rows: list[Any] = frappe.get_all(
        "Data Import Log",
        filters={"data_import": data_import},
        fields=["success", "docname", "messages", "exception", "row_indexes"],
        order_by="log_index asc",
        limit=5000,
    )
    return rows


@frappe.whitelist()
def download_template(
    doctype: str,
    export_fields: str | dict[str, Any] | None = None,
    export_records: str | None = None,
    export_filters: str | dict[str, Any] | list[Any] | None = None,
    file_type: str = "CSV",
) -> None:
    """Answer with a table that can be filled in: the header, and up to five documents or those of the filters."""
    frappe.has_permission(doctype, "export" if export_records != "blank_template" else "read", throw=True)
    meta = frappe.get_meta(doctype)
    wanted = (frappe.parse_json(export_fields) or {}).get(doctype) if export_fields else None
    fields = [f for f in meta.fields if f.fieldtype not in no_value_fields and (not wanted or f.fieldname in wanted)]
    names = ["name", *(field.fieldname for field in fields)]
    rows: list[Any] = [["ID", *(field.label or field.fieldname for field in fields)]]
    if export_records != "blank_template":
        filters = frappe.parse_json(export_filters) if export_filters else None
        limit = 5 if export_records == "5_records" else None
        rows += frappe.get_list(doctype, fields=names, filters=filters, limit=limit, as_list=True)
    _answer(rows, doctype, file_type)


@frappe.whitelist()
def download_errored_template(data_import_name: str) -> None:
    """Answer with the rows that could not be imported, to be mended and imported again."""
    doc = _readable(data_import_name)
    headers, rows = doc.rows()
    failed = {
        number for log in _logs(doc.name) if not log.success for number in frappe.parse_json(log.row_indexes or "[]")
    }
    _answer([headers, *(row for number, row in enumerate(rows, start=2) if number in failed)], doc.name, "CSV")


def _answer(rows: list[Any], name: str, file_type: str) -> None:
    if file_type == "Excel":
        from frappe.utils.xlsxutils import build_xlsx_response

        build_xlsx_response(rows, name)
    else:
        from frappe.utils.csvutils import build_csv_response

        build_csv_response(rows, name)


def _readable(name: str) -> Any:
    doc = frappe.get_doc("Data Import", name)
    doc.check_permission("read")
    return doc
