"""The endpoints of file screens answer with what the caller may see."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

import frappe
from frappe.core.api import file as api
from frappe.testing.people import ANNA, make_user


def make_file(name: str, content: str | bytes = "text", **values: Any) -> Any:
    return frappe.get_doc({"doctype": "File", "file_name": name, "content": content, **values}).insert(
        ignore_permissions=True
    )


@pytest.fixture
def anna(site: Any) -> str:
    make_user(ANNA)
    return ANNA


def test_the_folder_endpoints_have_the_names_that_clients_call(site: Any) -> None:
    folder = api.create_new_folder("Plans", "Home")
    file = make_file("plan.txt")
    api.move_file([{"name": file.name}], folder.name, "Home")
    assert [row.name for row in api.get_files_in_folder(folder.name)["files"]] == [file.name]


def test_the_largest_upload_is_told_to_everybody(site: Any) -> None:
    frappe.conf.max_file_size = 1000
    assert api.get_max_file_size() == 1000


def test_files_are_found_by_a_part_of_their_name(site: Any) -> None:
    plan = make_file("plan of the house.txt")
    make_file("letter.txt", "other")
    assert [row["name"] for row in api.get_files_by_search_text("of the")] == [plan.name]
    assert api.get_files_by_search_text(" ") == []


def test_private_files_of_others_are_not_found(anna: str) -> None:
    make_file("secret plan.txt", is_private=1)
    frappe.set_user(anna)
    assert api.get_files_by_search_text("secret") == []


def test_pictures_are_listed_by_their_document(anna: str) -> None:
    for name in ("one.png", "notes.txt"):
        make_file(name, name, attached_to_doctype="User", attached_to_name=anna)
    assert api.get_attached_images("User", f'["{anna}"]') == {anna: ["/files/one.png"]}


def test_files_are_handed_out_as_one_archive(site: Any) -> None:
    one, two = make_file("a.txt", "one"), make_file("b.txt", "two")
    api.zip_files([{"name": one.name}, {"name": two.name}])
    with zipfile.ZipFile(io.BytesIO(frappe.local.response["filecontent"])) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.txt": b"one", "b.txt": b"two"}
    assert frappe.local.response["type"] == "download"


def test_an_archive_holds_nothing_that_the_caller_may_not_read(anna: str) -> None:
    secret = make_file("secret.txt", is_private=1)
    frappe.set_user(anna)
    with pytest.raises(frappe.PermissionError):
        api.zip_files([secret.name])


def test_an_archive_is_taken_apart(site: Any) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("inner.txt", "hello")
    zipped = make_file("all.zip", buffer.getvalue())
    assert [row["file_name"] for row in api.unzip_file(zipped.name)] == ["inner.txt"]
    assert not frappe.db.exists("File", zipped.name)
