"""Uploads and downloads: sections 11.6 and 11.8 of the runtime contract, 15 and 16 of the hostile inputs."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frappe
import pytest

AsUser = Callable[[str], Any]


def upload(client: Any, content: bytes = b"hello", name: str = "a.txt", **form: Any) -> Any:
    return client.post("/api/method/upload_file", data={"file": (io.BytesIO(content), name), **form})


def test_11_6_an_upload_becomes_a_file(as_user: AsUser, letters: str) -> None:
    answer = upload(as_user("anna"), doctype="Letter", docname="Alpha", is_private="1")
    file = answer.json["message"]
    assert answer.status_code == 200
    assert file["file_name"] == "a.txt"
    assert file["is_private"] == 1
    assert file["file_url"].startswith("/private/files/")
    assert frappe.get_doc("File", file["name"]).attached_to_name == "Alpha"


def test_11_3_version_2_uploads_as_well(as_user: AsUser, letters: str) -> None:
    form = {"file": (io.BytesIO(b"hello"), "v2.txt"), "is_private": "1"}
    assert as_user("anna").post("/api/v2/method/upload_file", data=form).json["data"]["file_name"] == "v2.txt"


def test_11_6_guests_may_upload_only_where_the_site_says_so(as_user: AsUser, letters: str) -> None:
    assert upload(as_user("Guest")).status_code == 403
    frappe.db.set_single_value("System Settings", "allow_guests_to_upload_files", 1)
    frappe.clear_cache()
    frappe.db.commit()
    assert upload(as_user("Guest")).status_code == 200
    assert upload(as_user("Guest"), doctype="Letter", docname="Alpha").status_code == 403


@pytest.mark.parametrize(
    ("name", "status"), [("a.pdf", 200), ("a.svg", 417), ("a.html", 417), ("a.exe", 417), ("a", 417)]
)
def test_11_6_customers_may_upload_documents_and_pictures_only(
    as_user: AsUser, people: Any, name: str, status: int
) -> None:
    assert upload(as_user("cleo"), name=name, is_private="1").status_code == status


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\x.txt",
        "/abs/x.txt",
        "x\x00.txt",
        "x.txt. . .",
        "\u202etxt.exe",
        "con.txt",
        ".htaccess",
        "a" * 400 + ".txt",
    ],
)
def test_15_an_upload_cannot_leave_its_folder(as_user: AsUser, site: Any, people: Any, name: str) -> None:
    answer = upload(as_user("anna"), name=name, is_private="1")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    url = answer.json["message"]["file_url"]
    path = Path(frappe.get_site_path("private", "files"), url.removeprefix("/private/files/"))
    assert path.resolve().parent == Path(frappe.get_site_path("private", "files")).resolve()
    assert path.exists()


def test_11_6_too_large_a_file_is_refused(as_user: AsUser, people: Any) -> None:
    from frappe.installer import update_site_config

    frappe.db.set_single_value("System Settings", "max_file_size", 0)
    frappe.clear_cache()
    frappe.db.commit()
    update_site_config("max_file_size", 1000)
    try:
        answer = upload(as_user("anna"), b"x" * 1001)
        assert (answer.status_code, answer.json["exc_type"]) == (417, "MaxFileSizeReachedError")
    finally:
        update_site_config("max_file_size", None)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"file_url": ""},
        {"file_url": "/private/files/../../site_config.json"},
        {"file_url": "/private/files/not-mine.txt"},
        {"file_url": "file:///etc/passwd"},
        {"file_url": "/etc/passwd"},
        {"library_file_name": "nothing"},
        {"method": "frappe.utils.now", "file_url": "https://example.com/x.png"},
    ],
)
def test_11_6_an_upload_without_a_usable_file_is_refused(as_user: AsUser, people: Any, form: dict[str, str]) -> None:
    answer = as_user("anna").post("/api/method/upload_file", data=form)
    assert 400 <= answer.status_code < 500, answer.get_data(as_text=True)


def test_11_6_a_large_file_comes_in_pieces(as_user: AsUser, people: Any) -> None:
    client = as_user("anna")
    pieces = [b"a" * 1000, b"b" * 1000, b"c" * 10]
    offset = 0
    for index, piece in enumerate(pieces):
        form = {"chunk_index": index, "total_chunk_count": 3, "chunk_byte_offset": offset, "is_private": "1"}
        answer = upload(client, piece, "big.txt", **form)
        offset += len(piece)
    file = frappe.get_doc("File", answer.json["message"]["name"])
    assert file.file_size == offset
    assert client.get(file.file_url).get_data() == b"".join(pieces)


def test_11_6_pieces_out_of_order_are_refused(as_user: AsUser, people: Any) -> None:
    form = {"chunk_index": 1, "total_chunk_count": 3, "chunk_byte_offset": 500}
    assert upload(as_user("anna"), b"x", "big.txt", **form).status_code == 417
    assert upload(as_user("anna"), b"x", "b.txt", chunk_index=5, total_chunk_count=3).status_code == 417
    assert upload(as_user("anna"), b"x", "b.txt", chunk_index="x", total_chunk_count=3).status_code == 417


# -- downloads --------------------------------------------------------------------------------------------------------


@pytest.fixture
def secret(as_user: AsUser, letters: str) -> str:
    """The address of a private file attached to a letter."""
    answer = upload(as_user("anna"), b"top secret", "plan.txt", doctype="Letter", docname="Alpha", is_private="1")
    return str(answer.json["message"]["file_url"])


def test_16_a_private_file_follows_the_rights_on_its_document(as_user: AsUser, secret: str) -> None:
    statuses = {
        person: as_user(person).get(secret).status_code for person in ("Guest", "xenia", "cleo", "anna", "mona")
    }
    assert statuses == {"Guest": 403, "xenia": 403, "cleo": 200, "anna": 200, "mona": 200}


def test_16_a_private_file_is_not_kept_by_caches_and_never_runs(as_user: AsUser, secret: str) -> None:
    headers = as_user("anna").get(secret).headers
    assert headers["Cache-Control"].startswith("private")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/private/files/../../site_config.json",
        "/private/files/%2e%2e/%2e%2e/site_config.json",
        "/private/files//etc/passwd",
        "/private/files/..%2f..%2fsite_config.json",
        "/private/files/x%00.txt",
        "/private/files/",
        "/private/site_config.json",
        "/files/../../site_config.json",
        "/files/%2e%2e/%2e%2e/site_config.json",
        "/files/..%5c..%5csite_config.json",
        "/assets/frappe/../hooks.py",
        "/assets/../sites/apps.txt",
        "/assets/frappe/%2e%2e/hooks.py",
        "/backups/../site_config.json",
        "/backups/../../site_config.json",
    ],
)
def test_15_no_path_leads_out_of_the_public_and_private_folders(as_user: AsUser, people: Any, path: str) -> None:
    for person in ("Guest", "anna", "Administrator"):
        answer = as_user(person).get(path)
        assert answer.status_code in (301, 302, 400, 403, 404), (person, answer.status_code)
        assert b"db_name" not in answer.get_data()


def test_11_8_a_missing_private_file_is_404_for_those_who_may_and_403_for_others(as_user: AsUser, secret: str) -> None:
    Path(frappe.get_site_path(secret.lstrip("/"))).unlink()
    assert as_user("anna").get(secret).status_code == 404
    assert as_user("xenia").get(secret).status_code == 403
    assert as_user("anna").get("/private/files/never-there.txt").status_code == 403


def test_11_8_the_file_id_narrows_whose_rights_count(as_user: AsUser, secret: str) -> None:
    name = frappe.db.get_value("File", {"file_url": secret}, "name")
    assert as_user("anna").get(f"{secret}?fid={name}").status_code == 200
    assert as_user("anna").get(f"{secret}?fid=other").status_code == 403


def test_11_8_public_files_need_no_account_and_active_ones_are_downloads(as_user: AsUser, people: Any) -> None:
    url = upload(as_user("anna"), b"<svg onload='alert(1)'/>", "logo.svg").json["message"]["file_url"]
    answer = as_user("Guest").get(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert as_user("Guest").get("/files/nothing.png").status_code == 404


def test_11_8_backups_are_for_system_managers(as_user: AsUser, people: Any) -> None:
    folder = Path(frappe.get_site_path("private", "backups"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "b.sql.gz").write_bytes(b"x")
    statuses = {p: as_user(p).get("/backups/b.sql.gz").status_code for p in ("Guest", "cleo", "anna", "mona")}
    assert statuses == {"Guest": 403, "cleo": 403, "anna": 403, "mona": 200}
