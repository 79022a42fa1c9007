"""Importing documents from files (26.4), and what a DocType brings along (3.9, 3.10)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.modules import load_doctype_module
from frappe.modules.export_file import exportable
from frappe.modules.import_file import import_doc, import_file_by_path

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(autouse=True)
def no_controller(monkeypatch: pytest.MonkeyPatch) -> None:
    """The DocTypes of these tests have no Python module."""
    monkeypatch.setattr("frappe.modules.utils.load_doctype_module", lambda *_args, **_kw: None)


def definition(**values: Any) -> dict[str, Any]:
    return {
        "doctype": "DocType",
        "name": "Test Imported",
        "module": "Core",
        "custom": 1,
        "modified": "2024-01-01 00:00:00.000000",
        "field_order": ["title", "rank"],
        "fields": [
            {"fieldname": "rank", "fieldtype": "Int", "label": "Rank"},
            {"fieldname": "title", "fieldtype": "Data", "label": "Title"},
        ],
        "permissions": [{"role": "Test Importer", "read": 1}],
        "row_format": "Dynamic",
        "some_key_of_the_future": 1,
        **values,
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "test_imported.json"
    path.write_text(json.dumps(definition()))
    return path


def test_a_doctype_comes_with_its_table_fields_rules_and_roles(file: Path) -> None:
    assert import_file_by_path(str(file))
    meta = frappe.get_meta("Test Imported")
    assert [f.fieldname for f in meta.fields] == ["title", "rank"]
    assert (meta.permissions[0].role, meta.permissions[0].read, meta.permissions[0].write) == ("Test Importer", 1, 0)
    assert frappe.db.exists("Role", "Test Importer")
    assert frappe.get_doc(doctype="Test Imported", title="x", rank=3).insert().name


def test_an_unchanged_file_is_not_imported_again(file: Path) -> None:
    import_file_by_path(str(file))
    assert not import_file_by_path(str(file))
    assert import_file_by_path(str(file), force=True)


def test_a_changed_file_replaces_the_description_and_keeps_the_data(file: Path) -> None:
    import_file_by_path(str(file))
    doc = frappe.get_doc(doctype="Test Imported", title="kept").insert()
    changed = definition()
    changed["fields"].append({"fieldname": "extra", "fieldtype": "Data", "label": "Extra"})
    changed["permissions"] = [{"role": "All", "read": 1}]
    file.write_text(json.dumps(changed))
    assert import_file_by_path(str(file))
    meta = frappe.get_meta("Test Imported")
    assert meta.has_field("extra")
    assert [rule.role for rule in meta.permissions] == ["All"]
    assert frappe.get_doc("Test Imported", doc.name).title == "kept"
    assert frappe.db.count("DocField", {"parent": "Test Imported"}) == 3


def test_rules_of_the_site_survive_unless_they_are_reset(file: Path) -> None:
    import_file_by_path(str(file))
    frappe.permissions.add_permission("Test Imported", "All")
    import_file_by_path(str(file), force=True)
    assert frappe.db.count("Custom DocPerm", {"parent": "Test Imported"}) == 2
    import_file_by_path(str(file), force=True, reset_permissions=True)
    assert frappe.db.count("Custom DocPerm", {"parent": "Test Imported"}) == 0


@pytest.mark.parametrize(
    ("content", "error"),
    [("{", "not valid JSON"), ("[1]", "no document"), ('{"doctype": "ToDo"}', "no document")],
)
def test_a_file_that_is_no_document_is_named(tmp_path: Path, content: str, error: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content)
    with pytest.raises(frappe.ValidationError, match=error):
        import_file_by_path(str(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(frappe.DoesNotExistError, match=r"nothing\.json"):
        import_file_by_path(str(tmp_path / "nothing.json"))


def test_a_doctype_with_two_fields_of_one_name_is_refused(tmp_path: Path) -> None:
    twice = [{"fieldname": "a", "fieldtype": "Data"}, {"fieldname": "a", "fieldtype": "Data"}]
    with pytest.raises(frappe.ValidationError, match="two fields"):
        import_doc(definition(fields=twice))


# ---------------------------------------------------------------------- other records


def template(**values: Any) -> dict[str, Any]:
    record = {"doctype": "Email Template", "name": "Test Template", "subject": "Hello", "response": "Hi"}
    return {**record, "modified": "2024-01-01 00:00:00.000000", **values}


def test_a_record_is_imported_when_its_file_is_newer(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(template()))
    assert import_file_by_path(str(path))
    assert not import_file_by_path(str(path))
    path.write_text(json.dumps(template(subject="Bye", modified="2024-02-01 00:00:00.000000")))
    assert import_file_by_path(str(path))
    stored = frappe.get_doc("Email Template", "Test Template")
    assert (stored.subject, str(stored.modified)[:10]) == ("Bye", "2024-02-01")


def test_imported_records_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    from frappe.email.doctype.email_template.email_template import EmailTemplate

    monkeypatch.setattr(EmailTemplate, "validate", lambda self: pytest.fail("validated"), raising=False)
    assert import_doc(template(subject=None)).name == "Test Template"


def test_several_records_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    path.write_text(json.dumps([template(), template(name="Second")]))
    assert import_file_by_path(str(path))
    assert frappe.db.exists("Email Template", "Second")


def test_what_is_exported_can_be_imported() -> None:
    import_doc(definition())
    exported = exportable(frappe.get_doc("DocType", "Test Imported"))
    assert exported["field_order"] == ["title", "rank"]
    assert "migration_hash" not in exported
    assert all("parent" not in row for row in exported["fields"])
    import_doc({**exported, "name": "Test Copied"})
    assert frappe.get_meta("Test Copied").has_field("rank")


def test_module_beside_a_doctype() -> None:
    module = load_doctype_module("User")
    assert module is not None
    assert hasattr(module, "User")
    assert load_doctype_module("User", suffix="_nothing", missing_ok=True) is None
    with pytest.raises(ImportError):
        load_doctype_module("User", suffix="_nothing")
