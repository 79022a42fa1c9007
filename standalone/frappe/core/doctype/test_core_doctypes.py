"""Every DocType file of the runtime can be loaded: its fields are consistent and refer to what exists."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from frappe.apps import scrub
from frappe.model import data_field_options, default_fields, display_fieldtypes, table_fields

ROOT = Path(__file__).parents[2]
FILES = sorted(ROOT.glob("*/doctype/*/*.json"))
DOCTYPES: dict[str, dict[str, Any]] = {
    doc["name"]: doc for doc in (json.loads(path.read_text()) for path in FILES) if doc.get("doctype") == "DocType"
}
MODULES = (ROOT / "modules.txt").read_text().split()
FIELDTYPES = set(
    next(f for f in DOCTYPES["DocField"]["fields"] if f["fieldname"] == "fieldtype")["options"].split("\n")
)
RIGHTS = {
    field["fieldname"] for field in DOCTYPES["DocPerm"]["fields"] if field["fieldtype"] in ("Check", "Int", "Link")
}
EVERY = pytest.mark.parametrize("doc", DOCTYPES.values(), ids=DOCTYPES)


def values(doc: dict[str, Any]) -> list[dict[str, Any]]:
    return [field for field in doc["fields"] if field["fieldtype"] not in display_fieldtypes]


def names(doc: dict[str, Any]) -> list[str]:
    return [field["fieldname"] for field in doc["fields"]]


def test_all_core_doctypes_are_here() -> None:
    assert len(DOCTYPES) >= 87
    assert len(DOCTYPES) == len(FILES)


@EVERY
def test_a_doctype_stands_where_its_module_says(doc: dict[str, Any]) -> None:
    folder = ROOT / scrub(doc["module"]) / "doctype" / scrub(doc["name"])
    assert doc["module"] in MODULES
    assert (folder / f"{scrub(doc['name'])}.json").is_file()
    assert (folder / "__init__.py").is_file()


@EVERY
def test_a_controller_defines_the_class_of_its_doctype(doc: dict[str, Any]) -> None:
    stem = scrub(doc["name"])
    tree = ast.parse((ROOT / scrub(doc["module"]) / "doctype" / stem / f"{stem}.py").read_text())
    imported = {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    assert doc["name"].replace(" ", "").replace("-", "") in defined | imported


@EVERY
def test_fieldnames_are_unique_and_the_order_lists_them_all(doc: dict[str, Any]) -> None:
    assert len(set(names(doc))) == len(names(doc))
    assert doc["field_order"] == names(doc)
    reserved = set(default_fields) | {"parentfield", "parenttype"}
    assert not reserved & set(names(doc))


@EVERY
def test_fieldtypes_exist(doc: dict[str, Any]) -> None:
    assert {field["fieldtype"] for field in doc["fields"]} <= FIELDTYPES


@EVERY
def test_links_and_tables_refer_to_doctypes_that_exist(doc: dict[str, Any]) -> None:
    for field in values(doc):
        if field["fieldtype"] == "Link":
            assert field["options"] in DOCTYPES, field["fieldname"]
        elif field["fieldtype"] in table_fields:
            assert DOCTYPES[field["options"]].get("istable"), field["fieldname"]


@EVERY
def test_a_multi_select_table_has_a_link_to_select(doc: dict[str, Any]) -> None:
    for field in values(doc):
        if field["fieldtype"] == "Table MultiSelect":
            assert any(row["fieldtype"] == "Link" for row in DOCTYPES[field["options"]]["fields"]), field["fieldname"]


@EVERY
def test_dynamic_links_and_fetched_values_name_fields_of_the_doctype(doc: dict[str, Any]) -> None:
    fields = {field["fieldname"]: field for field in values(doc)}
    for field in fields.values():
        if field["fieldtype"] == "Dynamic Link":
            assert field["options"] in fields, field["fieldname"]
        if field.get("fetch_from"):
            link, _, source = field["fetch_from"].partition(".")
            target = fields[link]
            if target["fieldtype"] == "Link":
                assert source in {*names(DOCTYPES[target["options"]]), *default_fields}, field["fieldname"]


@EVERY
def test_options_and_defaults_fit_the_fieldtype(doc: dict[str, Any]) -> None:
    for field in values(doc):
        options = field.get("options")
        if field["fieldtype"] == "Select" and options and field.get("default"):
            assert field["default"] in options.split("\n"), field["fieldname"]
        if field["fieldtype"] == "Data" and options:
            assert options in data_field_options, field["fieldname"]
        if field["fieldtype"] == "Check":
            assert field.get("default", "0") in ("0", "1"), field["fieldname"]
        if field.get("unique"):
            assert field["fieldtype"] in ("Data", "Link", "Read Only", "Int"), field["fieldname"]


@EVERY
def test_keys_that_name_a_field_name_one_that_exists(doc: dict[str, Any]) -> None:
    known = {*names(doc), *default_fields}
    for key in ("title_field", "image_field", "subject_field", "sender_field", "timeline_field", "sort_field"):
        assert doc.get(key) is None or doc[key] in known, key
    for fieldname in (doc.get("search_fields") or "").split(","):
        assert not fieldname.strip() or fieldname.strip() in known
    autoname = doc.get("autoname") or ""
    if autoname.startswith("field:"):
        assert autoname.removeprefix("field:") in known


@EVERY
def test_permissions_use_rights_that_exist(doc: dict[str, Any]) -> None:
    seen = set()
    for rule in doc["permissions"]:
        assert set(rule) <= RIGHTS
        seen.add((rule["role"], rule.get("permlevel", 0), rule.get("if_owner", 0)))
    assert len(seen) == len(doc["permissions"])
    assert not (doc.get("istable") and doc["permissions"])


@EVERY
def test_a_doctype_has_something_to_hold(doc: dict[str, Any]) -> None:
    assert not (doc.get("issingle") and doc.get("istable"))
    assert values(doc)
