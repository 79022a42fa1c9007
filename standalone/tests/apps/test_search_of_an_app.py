"""An app's own full-text search: what is found, by whom, and how the index keeps in step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.search.sqlite_search import (
    SQLiteSearch,
    SQLiteSearchIndexMissingError,
    build_index_if_not_exists,
    build_index_in_background,
    delete_doc_index,
    get_search_classes,
    rebuild_indexes,
    update_doc_index,
)

from .conftest import GRETA, GUS, WARDEN


@pytest.fixture
def search(site: Any) -> Iterator[SQLiteSearch]:
    found = get_search_classes()[0]()
    yield found
    found.drop_index()


def harvest(crop: str, weather: str = "", **values: Any) -> Any:
    return frappe.get_doc({"doctype": "Harvest", "plot": "PLOT-1", "crop": crop, "weather": weather, **values}).insert()


def post(title: str, content: str = "", published: int = 1) -> Any:
    return frappe.get_doc(doctype="Garden Post", title=title, content=content, published=published).insert()


def titles(search: SQLiteSearch, query: str, **options: Any) -> list[str]:
    return [
        row.title.replace("<mark>", "").replace("</mark>", "") for row in search.search(query, **options)["results"]
    ]


def test_searching_before_the_index_was_built_is_said(search: SQLiteSearch) -> None:
    assert not search.index_exists()
    with pytest.raises(SQLiteSearchIndexMissingError, match=r"garden\.db"):
        search.search("peas")


def test_documents_are_found_by_their_words(search: SQLiteSearch) -> None:
    harvest("Sugar peas", "<p>Rain &amp; <b>hail</b></p>")
    harvest("Leeks", "Sun")
    search.build_index()
    assert titles(search, "hail") == ["Sugar peas"]
    assert titles(search, "PEA") == ["Sugar peas"], "the last word may be a beginning"
    assert titles(search, '"pea"') == [], "a quoted one may not"
    assert titles(search, "peas sun") == [], "every word must be there"
    assert titles(search, '"hail rain"') == []
    assert titles(search, "hail", title_only=True) == []
    assert titles(search, "") == titles(search, '" * ) OR') == []


def test_a_hit_is_safe_html_with_marks_metadata_and_a_summary(search: SQLiteSearch) -> None:
    doc = harvest("Beans &lt;script&gt;", "drizzle")
    search.build_index()
    answer = search.search("beans")
    row = answer["results"][0]
    assert row.title == "<mark>Beans</mark> &lt;script&gt;"
    assert (row.doctype, row.name, row.plot, row.id) == ("Harvest", doc.name, "PLOT-1", f"Harvest:{doc.name}")
    assert row.score > 0
    assert (answer["summary"]["total_matches"], answer["summary"]["returned_matches"]) == (1, 1)


def test_people_find_only_what_they_may_read(search: SQLiteSearch) -> None:
    frappe.set_user(GRETA)
    harvest("Gretas peas")
    frappe.set_user("Administrator")
    search.build_index()
    for user, expected in ((GRETA, ["Gretas peas"]), (WARDEN, ["Gretas peas"]), (GUS, []), ("Guest", [])):
        frappe.set_user(user)
        answer = search.search("peas")
        assert [row.name for row in answer["results"]] == frappe.get_all("Harvest", pluck="name")[: len(expected)]
        assert answer["summary"]["total_matches"] == len(expected)


def test_a_search_is_narrowed_by_metadata(search: SQLiteSearch) -> None:
    harvest("Red peas")
    harvest("Blue peas", plot="PLOT-2")
    search.build_index()
    assert titles(search, "peas", filters={"plot": "PLOT-2"}) == ["Blue peas"]
    assert sorted(titles(search, "peas", filters={"plot": ["PLOT-1", "PLOT-2"]})) == ["Blue peas", "Red peas"]
    assert titles(search, "peas", filters={"plot": []}) == []
    with pytest.raises(frappe.ValidationError, match="crop"):
        search.search("peas", filters={"crop": "x"})


def test_filters_of_the_class_cannot_be_widened(search: SQLiteSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    harvest("Red peas")
    harvest("Blue peas", plot="PLOT-2")
    search.build_index()
    assert search.get_search_filters() == {}
    monkeypatch.setattr(search, "get_search_filters", lambda: {"plot": ["PLOT-1"]})
    assert titles(search, "peas") == ["Red peas"]
    assert titles(search, "peas", filters={"plot": "PLOT-2"}) == []


def test_filters_and_the_class_decide_what_is_in_the_index(search: SQLiteSearch) -> None:
    post("news", "About peas")
    post("draft", "About peas", published=0)
    harvest("Secret peas")
    search.build_index()
    assert titles(search, "peas") == ["news"]
    assert search.prepare_document(frappe._dict(doctype="Harvest", name="x", title="Secret")) is None


def test_the_class_can_put_documents_first(search: SQLiteSearch) -> None:
    harvest("Peas", "peas peas peas")
    post("The year of vegetables", "Many words about this and that, and once about peas.")
    search.build_index()
    rows = search.search("peas")["results"]
    assert [row.doctype for row in rows] == ["Garden Post", "Harvest"]
    assert [row.original_rank for row in rows] == [2, 1]
    assert [row.modified_rank for row in rows] == [1, 2]
    last = SQLiteSearch.scoring_function(lambda self, row, query, words: 0.001 if row["doctype"] != "Harvest" else 1)
    other = type("HarvestsFirst", (type(search),), {"harvests_first": last})()
    assert [row.doctype for row in other.search("peas")["results"]] == ["Harvest", "Garden Post"]


def test_the_index_follows_documents_after_the_commit(search: SQLiteSearch) -> None:
    search.build_index()
    doc = post("leeks")
    assert titles(search, "leeks") == []
    frappe.db.commit()
    assert titles(search, "leeks") == ["leeks"]
    doc.title = "carrots"
    doc.save()
    frappe.db.rollback()
    harvest("Beans")
    frappe.db.commit()
    assert titles(search, "carrots") == []
    doc.reload()
    doc.db_set("content", "With potatoes")
    frappe.db.commit()
    assert titles(search, "potatoes") == ["leeks"]
    doc.db_set("published", 0)
    frappe.db.commit()
    assert titles(search, "potatoes") == []


def test_renamed_and_deleted_documents_leave_no_old_entry(search: SQLiteSearch) -> None:
    person = frappe.get_doc(doctype="Gardener", full_name="Rosa Reed").insert()
    search.build_index()
    frappe.rename_doc("Gardener", person.name, "Rosa")
    frappe.db.commit()
    assert [row.name for row in search.search("reed")["results"]] == ["Rosa"]
    assert search.file.count() == 1
    frappe.delete_doc("Gardener", "Rosa")
    frappe.db.commit()
    assert search.file.count() == 0


def test_what_was_written_past_the_documents_can_be_noted(search: SQLiteSearch) -> None:
    doc = harvest("Peas")
    search.build_index()
    frappe.db.sql("update `tabHarvest` set crop = 'Leeks'")
    update_doc_index(doc)
    frappe.db.commit()
    assert titles(search, "leeks") == ["Leeks"]
    frappe.db.sql("delete from `tabHarvest`")
    delete_doc_index(doc)
    frappe.db.commit()
    assert search.file.count() == 0
    assert len(search.get_scoring_pipeline()) == 3


def test_a_broken_index_does_not_keep_documents_from_being_saved(
    search: SQLiteSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.build_index()

    def fail(*_: Any) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("frappe.search.index_file.IndexFile.put", fail)
    harvest("Peas")
    frappe.db.commit()
    assert frappe.db.exists("Harvest", {"crop": "Peas"})


def test_the_job_builds_what_is_missing_and_catches_up(search: SQLiteSearch) -> None:
    doc = harvest("Peas")
    frappe.db.commit()
    build_index_if_not_exists()
    assert titles(search, "peas") == ["Peas"]
    frappe.db.set_value("Harvest", doc.name, "crop", "Leeks")
    frappe.db.commit()
    build_index_if_not_exists()
    assert titles(search, "leeks") == ["Leeks"]
    search.catch_up()
    assert search.file.count() == 1


def test_an_index_of_another_version_of_the_class_is_built_anew(search: SQLiteSearch) -> None:
    harvest("Peas")
    search.build_index()
    changed = type("Changed", (type(search),), {"INDEX_SCHEMA": {"text_fields": ["title"]}})()
    assert not changed.index_exists()
    changed.build_index()
    assert changed.index_exists()
    assert titles(changed, "peas") == ["Peas"]
    assert not search.index_exists()


def test_a_damaged_file_is_no_index_and_is_replaced(search: SQLiteSearch) -> None:
    search.file.path.parent.mkdir(exist_ok=True)
    search.file.path.write_text("This is no database, whatever its name says. " * 100)
    assert not search.index_exists()
    search.build_index()
    assert search.index_exists()


def test_single_documents_are_put_in_and_taken_out(search: SQLiteSearch) -> None:
    doc = harvest("Peas")
    with pytest.raises(SQLiteSearchIndexMissingError):
        search.index_doc("Harvest", doc.name)
    assert search.is_search_enabled()
    search.build_index()
    search.raise_if_not_indexed()
    search.remove_doc("Harvest", doc.name)
    assert search.search("peas")["results"] == []
    search.index_doc("Harvest", doc.name)
    assert titles(search, "peas") == ["Peas"]


def test_more_documents_than_a_chunk_are_indexed(search: SQLiteSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frappe.search.sqlite_search.CHUNK", 2)
    for number in range(5):
        harvest(f"Peas {number}")
    assert rebuild_indexes() == ["garden.db"]
    assert len(titles(search, "peas")) == 5


def test_the_index_is_a_file_of_the_site_and_needs_a_plain_name(search: SQLiteSearch) -> None:
    search.build_index()
    assert Path(frappe.get_site_path("indexes", "garden.db")).exists()
    with pytest.raises(ValueError, match="INDEX_NAME"):
        type("Outside", (SQLiteSearch,), {"INDEX_NAME": "../outside.db"})()


def test_a_job_is_queued_once_for_missing_indexes(site: Any) -> None:
    build_index_in_background()
    build_index_in_background()
    frappe.db.commit()
    waiting = frappe.db.sql("select method from `__jobs` where method like %s", "%build_index_if_not_exists")
    assert len(waiting) == 1
