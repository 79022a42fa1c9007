"""Naming of documents against the database (section 3.8)."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.model.naming import (
    NamingSeries,
    append_number_if_name_exists,
    getseries,
    make_autoname,
    set_name_from_naming_options,
)
from frappe.model.testing import make_doctype

pytestmark = pytest.mark.usefixtures("site")

TITLE = {"fieldname": "title", "fieldtype": "Data", "label": "Title"}


def make(autoname: str | None, *fields: dict[str, Any], **values: Any) -> None:
    make_doctype("Test Named", [TITLE, *fields], autoname=autoname, **values)


def insert(**values: Any) -> Any:
    return frappe.get_doc({"doctype": "Test Named", **values}).insert()


@pytest.mark.parametrize("autoname", [None, "hash", "Hash", "By script"])
def test_without_another_rule_names_are_random(autoname: str | None) -> None:
    make(autoname)
    assert re.fullmatch(r"[0-9a-v]{10}", insert(name="mine").name)


def test_a_controller_may_name_by_any_autoname_text() -> None:
    make("hash")
    doc = frappe.get_doc(doctype="Test Named", title="Spring")
    for autoname, name in (
        ("field:title", "Spring"),
        ("format:{title}-{##}", "Spring-01"),
        ("A-.title.-.#", "A-Spring-1"),
    ):
        set_name_from_naming_options(autoname, doc)
        assert doc.name == name


def test_a_field_gives_the_name_and_keeps_it() -> None:
    make("field:title")
    doc = insert(title="  Spaced ")
    assert (doc.name, doc.title) == ("Spaced", "Spaced")
    doc.title = "other"
    doc.save()
    assert doc.title == "Spaced"
    with pytest.raises(frappe.ValidationError, match="Title"):
        insert()


def test_autoincrement_names_are_ints() -> None:
    make("autoincrement")
    first, second = insert(), insert()
    assert (type(first.name), second.name) == (int, first.name + 1)
    assert frappe.get_doc("Test Named", str(first.name)).name == first.name
    assert frappe.get_meta("Test Named").allow_rename == 0


def test_prompted_names_must_be_given() -> None:
    make("Prompt")
    assert insert(name="mine").name == "mine"
    assert insert(__newname="yours").name == "yours"
    with pytest.raises(frappe.ValidationError, match="name"):
        insert()


def test_uuid_names() -> None:
    make("UUID")
    assert uuid.UUID(insert().name).version == 7
    given = str(uuid.uuid4())
    assert insert(name=given).name == given
    with pytest.raises(frappe.NameError):
        insert(name="no uuid")


def test_an_expression_counts_by_prefix_and_gives_the_last_number_back() -> None:
    make("T-.{title}.-.###")
    assert insert(title="a").name == "T-a-001"
    second = insert(title="a")
    assert second.name == "T-a-002"
    assert insert(title="b").name == "T-b-001"
    second.delete()
    assert insert(title="a").name == "T-a-002"


def test_formats_share_the_counter_of_the_empty_prefix() -> None:
    make("format:VIEW-{title}-{###}")
    assert insert(title="x").name == "VIEW-x-001"
    assert getseries("", 4) == "0002"
    assert insert(title="y").name == "VIEW-y-003"


def test_a_naming_series_uses_its_field() -> None:
    series = {"fieldname": "naming_series", "fieldtype": "Select", "label": "Series", "options": "\nA-.YYYY.-\nB-.##"}
    make("naming_series:", series)
    assert re.fullmatch(r"A-\d{4}-00001", insert().name)
    assert insert(naming_series="B-.##").name == "B-01"


def test_the_controller_may_name(monkeypatch: pytest.MonkeyPatch) -> None:
    make("hash")

    class Named(Document):
        def autoname(self) -> None:
            self.name = f"by-{self.title}"

    frappe.local.cache["controller::Test Named"] = Named
    assert insert(title="me").name == "by-me"


def test_a_single_is_called_like_its_doctype() -> None:
    make(None, issingle=1)
    assert frappe.get_doc("Test Named").name == "Test Named"


@pytest.mark.parametrize("name", ["New Test Named 1", "Test Named", "<b>", "a>b"])
def test_names_that_would_confuse_are_refused(name: str) -> None:
    make("Prompt")
    with pytest.raises(frappe.NameError):
        insert(name=name)


def test_names_are_stripped() -> None:
    make("Prompt")
    assert insert(name=" x ").name == "x"


def test_rows_keep_their_given_names_out_of_the_way() -> None:
    make_doctype("Test Line", [TITLE], istable=1)
    make("field:title", {"fieldname": "lines", "fieldtype": "Table", "label": "Lines", "options": "Test Line"})
    doc = insert(title="p", lines=[{"title": "x"}, {"title": "y"}])
    assert len({row.name for row in doc.lines}) == 2


def test_make_autoname_and_the_series_object() -> None:
    assert make_autoname("Q-.##") == "Q-01"
    series = NamingSeries("Q-.##")
    assert (series.get_prefix(), series.get_current_value()) == ("Q-", 1)
    assert series.get_preview() == ["Q-02", "Q-03", "Q-04"]
    series.update_counter(41)
    assert make_autoname("Q-.##") == "Q-42"
    assert len(make_autoname("hash")) == 10


def test_taken_values_get_the_next_number() -> None:
    make("Prompt")
    assert append_number_if_name_exists("Test Named", "x") == "x"
    for name in ("x", "x-1", "x-7", "x-y"):
        insert(name=name)
    assert append_number_if_name_exists("Test Named", "x") == "x-8"
    assert append_number_if_name_exists("Test Named", "x", separator="_") == "x_1"


def test_a_counter_is_one_statement() -> None:
    getseries("Z-", 3)
    before = frappe.db.statement_count
    assert getseries("Z-", 3) == "002"
    assert frappe.db.statement_count - before == 1


def test_amended_documents_count_their_versions() -> None:
    make("field:title", {"fieldname": "amended_from", "fieldtype": "Link", "label": "A", "options": "Test Named"})
    insert(title="doc")
    amended = frappe.get_doc({"doctype": "Test Named", "title": "doc", "amended_from": "doc"}).insert()
    assert amended.name == "doc-1"
    again = frappe.get_doc({"doctype": "Test Named", "title": "doc", "amended_from": "doc-1"}).insert()
    assert again.name == "doc-2"
