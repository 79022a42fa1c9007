"""Files: stored once and whole, named safely, seen by those who may."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.core.doctype.file import storage
from frappe.core.doctype.file.jpeg import without_metadata
from frappe.core.doctype.file.utils import extract_images_from_html, find_file_by_url


def make_file(name: str = "note.txt", content: Any = b"content", **values: Any) -> Any:
    return frappe.get_doc({"doctype": "File", "file_name": name, "content": content, **values}).insert()


def make_todo() -> Any:
    return frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()


def make_user(email: str, *roles: str) -> str:
    user = frappe.get_doc({"doctype": "User", "email": email, "first_name": "Anna", "send_welcome_email": 0})
    user.insert(ignore_permissions=True)
    user.add_roles(*roles)
    return str(user.name)


def test_a_file_is_public_unless_said_otherwise_and_lies_in_home(site: Any) -> None:
    file = make_file()
    assert (file.is_private, file.folder, file.file_url, file.file_type) == (0, "Home", "/files/note.txt", "TXT")
    assert (file.file_size, file.content_hash) == (7, storage.content_hash("content"))
    assert Path(file.get_full_path()).read_bytes() == b"content"
    assert file.get_content() == "content"
    private = make_file(is_private=1)
    assert private.file_url == "/private/files/note.txt"
    assert private.unique_url == f"/private/files/note.txt?fid={private.name}"


def test_equal_content_is_stored_once_and_a_taken_name_gets_a_suffix(site: Any) -> None:
    first, same = make_file(), make_file("other.txt")
    assert same.file_url == first.file_url
    different = make_file(content=b"different")
    assert different.file_url == f"/files/note{different.content_hash[-6:]}.txt"
    private = make_file(is_private=1)
    assert private.file_url != first.file_url


def test_bytes_go_with_their_last_record_after_the_commit(site: Any) -> None:
    first, second = make_file(content=b"shared"), make_file(content=b"shared")
    frappe.db.commit()
    first.delete()
    frappe.db.commit()
    assert second.exists_on_disk()
    second.delete()
    assert second.exists_on_disk()
    frappe.db.commit()
    assert not second.exists_on_disk()


def test_a_rollback_takes_the_bytes_along(site: Any) -> None:
    path = make_file().get_full_path()
    assert os.path.exists(path)
    frappe.db.rollback()
    assert not os.path.exists(path)
    assert [name for name in os.listdir(os.path.dirname(path)) if name.startswith(".incoming")] == []


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "C:\\boot.ini", "a\x00b.txt", ".htaccess", "\u200b.htaccess", "con",
     "x" * 400 + ".txt", "\u202egpj.exe", "a%2f..%2fb", "a?b#c.txt", "..", " "],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(site: Any, name: str) -> None:
    file = make_file(name, content=name.encode())
    folder = Path(frappe.utils.get_files_path()).resolve()
    path = Path(file.get_full_path())
    assert path.parent == folder and path.is_file()
    assert not path.name.startswith(".") and len(path.name.encode()) <= 200


@pytest.mark.parametrize(
    "url",
    ["/files/../../site_config.json", "/files/..%2f..%2fsite_config.json", "/private/files/../backups/x", "file:///etc/passwd",
     "/etc/passwd", "/files/missing.txt", "javascript:alert(1)", "/files/\x00"],
)  # fmt: skip
def test_addresses_outside_of_the_folders_are_refused(site: Any, url: str) -> None:
    with pytest.raises((frappe.ValidationError, FileNotFoundError)):
        frappe.get_doc({"doctype": "File", "file_url": url}).insert()


def test_base64_and_broken_base64(site: Any) -> None:
    assert make_file(content="aGVsbG8=", decode=True).get_content() == "hello"
    assert make_file(content="data:text/plain;base64,aGVsbG8h", decode=True).get_content() == "hello!"
    with pytest.raises(frappe.ValidationError, match="base64"):
        make_file(content="a", decode=True)


def test_limits_on_size_number_and_type(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(frappe.local.conf, "max_file_size", 10)
    with pytest.raises(frappe.MaxFileSizeReachedError):
        make_file(content=b"x" * 11)
    monkeypatch.setattr(frappe.get_meta("ToDo"), "max_attachments", 1)
    todo = make_todo()
    make_file(attached_to_doctype="ToDo", attached_to_name=todo.name)
    with pytest.raises(frappe.AttachmentLimitReached):
        make_file(attached_to_doctype="ToDo", attached_to_name=todo.name)


def test_neither_name_nor_address_is_no_file(site: Any) -> None:
    with pytest.raises(frappe.MandatoryError):
        frappe.get_doc({"doctype": "File", "content": b"x"}).insert()


def test_attaching_is_written_into_the_timeline(site: Any) -> None:
    todo = make_todo()
    file = make_file("<b>.txt", attached_to_doctype="ToDo", attached_to_name=todo.name)
    assert file.folder == "Home/Attachments"
    (text,) = frappe.get_all("Comment", {"reference_name": todo.name, "comment_type": "Attachment"}, pluck="content")
    assert "<b>" not in text
    file.delete()
    assert frappe.db.exists("Comment", {"reference_name": todo.name, "comment_type": "Attachment Removed"})


def test_changing_privacy_moves_the_bytes_and_everything_that_names_them(site: Any) -> None:
    file, same = make_file(), make_file()
    old_path = file.get_full_path()
    file.is_private = 1
    file.save()
    assert file.file_url == "/private/files/note.txt" and file.exists_on_disk() and not os.path.exists(old_path)
    assert frappe.db.get_value("File", same.name, ["file_url", "is_private"]) == ("/private/files/note.txt", 1)
    frappe.db.rollback()


def test_folders_keep_what_is_in_them(site: Any) -> None:
    folder = frappe.get_doc({"doctype": "File", "file_name": "Work", "is_folder": 1, "folder": "Home"}).insert()
    assert folder.name == "Home/Work"
    make_file(folder=folder.name)
    with pytest.raises(frappe.ValidationError, match="not empty"):
        folder.delete()
    with pytest.raises(frappe.ValidationError):
        frappe.delete_doc("File", "Home")


def test_files_of_documents_are_seen_by_those_who_may_see_the_document(site: Any) -> None:
    anna, arne = make_user("anna@example.org", "System Manager"), make_user("arne@example.org")
    frappe.set_user(anna)
    todo = make_todo()
    file = make_file(is_private=1, attached_to_doctype="ToDo", attached_to_name=todo.name)
    loose = make_file("own.txt", b"own", is_private=1)
    frappe.set_user(arne)
    assert not file.is_downloadable() and not loose.is_downloadable()
    assert find_file_by_url(file.file_url) is None
    assert frappe.get_list("File", filters={"is_folder": 0}, pluck="name") == []
    with pytest.raises(frappe.PermissionError):
        frappe.get_doc({"doctype": "File", "file_url": file.file_url}).insert()
    with pytest.raises(frappe.PermissionError):
        make_file("x.txt", b"x", is_private=1, attached_to_doctype="ToDo", attached_to_name=todo.name)
    frappe.set_user(anna)
    assert file.is_downloadable() and loose.is_downloadable()


def test_a_file_of_a_document_that_is_gone_is_its_owners_alone(site: Any) -> None:
    anna, arne = make_user("anna@example.org", "System Manager"), make_user("arne@example.org", "System Manager")
    file = make_file(is_private=1, attached_to_doctype="ToDo", attached_to_name="gone")
    file.db_set("owner", anna)
    frappe.set_user(arne)
    assert not file.is_downloadable()
    frappe.set_user(anna)
    assert file.is_downloadable()


# -- pictures ---------------------------------------------------------------------------------------------------------


def jpeg(orientation: int = 6) -> bytes:
    from PIL import Image

    picture = Image.new("RGB", (4, 2))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Secret Camera"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_loses_its_metadata_and_keeps_its_orientation(site: Any) -> None:
    from PIL import Image

    stored = make_file("photo.jpg", jpeg()).get_bytes()
    assert b"Secret Camera" in jpeg() and b"Secret Camera" not in stored
    assert Image.open(io.BytesIO(stored)).getexif()[0x0112] == 6


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xff", jpeg()[:40], b"\xff\xd8\xff\xe1\x00\x00"]
)
def test_broken_pictures_are_stored_as_they_are(content: bytes) -> None:
    assert without_metadata(content) == content


def test_a_picture_bomb_is_stored_without_being_decoded(site: Any) -> None:
    import struct
    import zlib

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    file = make_file("bomb.png", bomb)
    assert file.get_bytes() == bomb
    assert file.make_thumbnail() is None


def test_a_small_version_of_a_picture_is_stored_beside_it(site: Any) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (600, 300)).save(out, "PNG")
    file = make_file("big.png", out.getvalue())
    url = file.make_thumbnail()
    assert url == "/files/big_small.png"
    with Image.open(storage.path_of(url)) as small:
        assert small.size == (300, 150)


def test_pictures_inside_of_rich_text_become_private_files(site: Any) -> None:
    todo = make_todo()
    html = '<p><img alt="x" src="data:image/png;filename=dot.png;base64,iVBORw0KGgo="></p>'
    changed = extract_images_from_html(todo, html, is_private=True)
    file = frappe.get_last_doc("File", {"is_folder": 0})
    assert f'src="{file.unique_url}"' in changed and "data:" not in changed
    assert (file.file_name, file.attached_to_name, file.is_private) == ("dot.png", todo.name, 1)
    for hostile in ("data:image/svg+xml;base64,PHN2Zz4=", "data:text/html;base64,PGI+", "data:image/png,plain"):
        html = f'<img src="{hostile}">'
        assert extract_images_from_html(todo, html) == html


# -- archives ---------------------------------------------------------------------------------------------------------


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def test_an_archive_is_taken_apart_with_clean_names(site: Any) -> None:
    file = make_file("a.zip", archive(**{"../../evil.txt": b"1", "dir/b.txt": b"2"}))
    assert sorted(each.file_name for each in file.unzip()) == ["b.txt", "evil.txt"]
    assert not frappe.db.exists("File", file.name)


def test_an_archive_that_blows_up_is_refused(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(frappe.local.conf, "max_file_size", 100_000)
    file = make_file("a.zip", archive(zeros=b"\0" * 5_000_000))
    with pytest.raises(frappe.MaxFileSizeReachedError):
        file.unzip()
    with pytest.raises(frappe.ValidationError, match="cannot be read"):
        make_file("b.zip", b"no archive").unzip()


def test_attach_fields_get_their_records(site: Any) -> None:
    make_file("logo.png", b"logo")
    settings = frappe.get_doc("Website Settings")
    settings.app_logo = "/files/logo.png"
    settings.save()
    filters = {"attached_to_doctype": "Website Settings", "attached_to_field": "app_logo"}
    assert frappe.db.count("File", filters) == 1
    settings.save()
    assert frappe.db.count("File", filters) == 1
