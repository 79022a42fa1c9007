"""Trees in the database, secrets, memoised functions and stored files."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.model.testing import make_doctype
from frappe.utils import caching, file_manager, nestedset, password
from frappe.utils.csvutils import build_csv_response
from frappe.utils.xlsxutils import build_xlsx_response

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def places(site: Any) -> str:
    fields = [
        {"fieldname": "title", "fieldtype": "Data"},
        {"fieldname": "parent_place", "fieldtype": "Link", "options": "Place"},
        {"fieldname": "old_parent", "fieldtype": "Link", "options": "Place"},
        {"fieldname": "is_group", "fieldtype": "Check"},
        {"fieldname": "lft", "fieldtype": "Int"},
        {"fieldname": "rgt", "fieldtype": "Int"},
    ]
    make_doctype("Place", fields, is_tree=1, nsm_parent_field="parent_place", autoname="field:title")
    for title, parent in (("World", None), ("Europe", "World"), ("Asia", "World"), ("Berlin", "Europe")):
        frappe.get_doc(doctype="Place", title=title, parent_place=parent, is_group=int(title != "Berlin")).insert()
    return "Place"


def test_a_tree_knows_what_lies_above_and_below(places: str) -> None:
    assert nestedset.get_root_of(places) == "World"
    assert nestedset.get_ancestors_of(places, "Berlin") == ["Europe", "World"]
    assert set(nestedset.get_descendants_of(places, "World")) == {"Europe", "Asia", "Berlin"}
    assert frappe.db.get_descendants(places, "Europe") == ["Berlin"]
    assert frappe.get_all(places, {"name": ["descendants of", "Europe"]}, pluck="name") == ["Berlin"]
    assert isinstance(frappe.get_doc(places, "Berlin"), nestedset.NestedSet)


def test_a_tree_is_moved_rebuilt_and_guarded(places: str) -> None:
    berlin = frappe.get_doc(places, "Berlin")
    berlin.parent_place = "Asia"
    berlin.save()
    assert nestedset.get_ancestors_of(places, "Berlin") == ["Asia", "World"]
    nestedset.update_nsm(berlin)
    assert (berlin.lft, berlin.rgt) == frappe.db.get_value(places, "Berlin", ["lft", "rgt"])
    frappe.db.set_value(places, "Berlin", {"lft": 0, "rgt": 0})
    nestedset.rebuild_tree(places)
    assert nestedset.get_descendants_of(places, "Asia") == ["Berlin"]
    asia = frappe.get_doc(places, "Asia")
    asia.parent_place = "Berlin"
    with pytest.raises(nestedset.NestedSetRecursionError):
        asia.save()
    with pytest.raises(nestedset.NestedSetChildExistsError):
        frappe.delete_doc(places, "Asia")
    with pytest.raises(nestedset.NestedSetInvalidMergeError):
        frappe.rename_doc(places, "Berlin", "Europe", merge=True, force=True)
    assert issubclass(nestedset.NestedSetMultipleRootsError, frappe.ValidationError)


def test_secrets_are_stored_encrypted_and_read_back() -> None:
    assert password.get_encryption_key()
    assert password.decrypt(password.encrypt("secret")) == "secret"
    password.set_encrypted_password("User", "Guest", "secret", "api_secret")
    assert password.get_decrypted_password("User", "Guest", "api_secret") == "secret"
    password.remove_encrypted_password("User", "Guest", "api_secret")
    assert password.get_decrypted_password("User", "Guest", "api_secret", raise_exception=False) is None
    password.set_encrypted_password("User", "Guest", "secret", "api_secret")
    password.delete_all_passwords_for("User", "Guest")
    with pytest.raises(frappe.AuthenticationError):
        password.get_decrypted_password("User", "Guest", "api_secret")


@pytest.mark.parametrize(
    "decorator",
    [caching.redis_cache(ttl=60), caching.request_cache, caching.site_cache(ttl=60)],
    ids=["in the cache", "in the request", "in the process"],
)
def test_a_memoised_function_runs_once_for_equal_arguments(decorator: Any) -> None:
    calls: list[int] = []

    def twice(value: int) -> int:
        calls.append(value)
        return value * 2

    double: Any = decorator(twice)
    assert (double(2), double(2), double(3)) == (4, 4, 6)
    assert calls == [2, 3]
    double.clear_cache()
    assert double(2) == 4
    assert calls == [2, 3, 2]


def test_a_file_is_saved_found_and_removed() -> None:
    file = file_manager.save_file("note.txt", b"hello", "User", "Guest", is_private=1)
    assert file_manager.get_file(file.name)[1] in ("hello", b"hello")
    assert file.content_hash == file_manager.get_content_hash(b"hello")
    assert file_manager.get_file_url(file.name) == file.file_url
    file_manager.remove_file(file.name)
    assert not frappe.db.exists("File", file.name)


def test_tables_are_answered_as_downloads() -> None:
    build_csv_response([["a", "b"]], "table")
    assert "a" in frappe.response["result"]
    build_xlsx_response([["a", "b"]], "table")
    assert frappe.response["filecontent"][:2] == b"PK"
