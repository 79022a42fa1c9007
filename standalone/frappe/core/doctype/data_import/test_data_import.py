"""Importing tables: which row is which document, and one bad row does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.core.doctype.data_import import data_import as imports
from frappe.core.doctype.data_import.table import Fields, columns_of, records_of
from frappe.testing.people import CLEO, ERRAND, make_errands, make_user
from frappe.tests.helpers import set_user

FIELDS = Fields({"subject": "subject", "betreff": "subject"}, {"steps": ("steps", {"what": "what"})})


def test_headers_are_names_labels_or_rows_of_a_table() -> None:
    columns, unknown = columns_of(["ID", "Betreff", "Steps.What", "Colour", None], FIELDS)
    assert [(column.table, column.fieldname) for column in columns] == [
        (None, "name"),
        (None, "subject"),
        ("steps", "what"),
    ]
    assert unknown == ["Colour"]


def test_rows_without_values_of_their_own_continue_the_document_above() -> None:
    columns, _unknown = columns_of(["subject", "steps.what"], FIELDS)
    rows: list[list[Any]] = [["one", "look"], [None, "take"], [None, None], ["two"]]
    records = list(records_of(rows, columns))
    assert [record.values for record in records] == [
        {"subject": "one", "steps": [{"what": "look"}, {"what": "take"}]},
        {"subject": "two"},
    ]
    assert [record.rows for record in records] == [(2, 3), (5,)]


def test_rows_before_the_first_document_belong_to_nothing() -> None:
    columns, _unknown = columns_of(["subject", "steps.what"], FIELDS)
    assert list(records_of([[None, "lost"]], columns)) == []


@pytest.fixture
def errands(site: Any) -> Iterator[None]:
    make_errands()
    yield


def make_import(text: str, kind: str = imports.INSERT) -> Any:
    file = frappe.get_doc({"doctype": "File", "file_name": "errands.csv", "content": text, "is_private": 1}).insert()
    return frappe.get_doc(
        {
            "doctype": "Data Import",
            "reference_doctype": ERRAND,
            "import_type": kind,
            "import_file": file.file_url,
        }
    ).insert()


@pytest.mark.usefixtures("errands")
def test_good_rows_are_imported_and_bad_ones_told() -> None:
    doc = make_import("Subject,Status\none,Open\ntwo,Nonsense\nthree,Closed\n")
    assert doc.payload_count == 3
    assert imports.form_start_import(doc.name) is True
    assert sorted(frappe.get_all(ERRAND, pluck="subject")) == ["one", "three"]
    status = imports.get_import_status(doc.name)
    assert status == {"status": "Partial Success", "success": 2, "failed": 1, "total_records": 3}
    assert "Nonsense" in next(log.messages for log in imports.get_import_logs(doc.name) if not log.success)


@pytest.mark.usefixtures("errands")
def test_code_starts_an_import_through_the_document() -> None:
    assert make_import("Subject\none\n").start_import() is True
    assert frappe.get_all(ERRAND, pluck="subject") == ["one"]


@pytest.mark.usefixtures("errands")
def test_importing_again_leaves_what_is_imported_alone() -> None:
    doc = make_import("Subject\none\n")
    imports.form_start_import(doc.name)
    imports.form_start_import(doc.name)
    assert frappe.db.count(ERRAND) == 1


@pytest.mark.usefixtures("errands")
def test_documents_are_updated_by_their_name() -> None:
    name = frappe.new_doc(ERRAND, subject="before", status="Open").insert().name
    imports.form_start_import(make_import(f"ID,Subject\n{name},after\n", imports.UPDATE).name)
    assert frappe.db.get_value(ERRAND, name, "subject") == "after"


@pytest.mark.usefixtures("errands")
def test_the_preview_names_columns_that_are_no_fields() -> None:
    preview = imports.get_preview_from_template(make_import("Subject,Colour\none,red\n").name)
    assert [column["fieldname"] for column in preview["columns"]] == ["subject"]
    assert "Colour" in preview["warnings"][0]["message"]


@pytest.mark.usefixtures("errands")
def test_who_may_not_import_gets_neither_import_nor_template() -> None:
    doc = make_import("Subject\none\n")
    make_user(CLEO)
    with set_user(CLEO):
        for call in (imports.get_import_status, imports.form_start_import, imports.get_preview_from_template):
            with pytest.raises(frappe.PermissionError):
                call(doc.name)
        with pytest.raises(frappe.PermissionError):
            imports.download_template(ERRAND)
