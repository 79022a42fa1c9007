"""Controller of the DocType File: a name in a folder, and the bytes behind it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.core.doctype.file import access, removal, storage
from frappe.core.doctype.file.exceptions import (
    AttachmentLimitReached,
    FileTypeNotAllowed,
    FolderNotEmpty,
    MaxFileSizeReachedError,
)
from frappe.core.file_names import clean_file_name
from frappe.messages import throw
from frappe.model.document import Document
from frappe.utils import cint, cstr

exclude_from_linked_with = True

HOME, ATTACHMENTS = "Home", "Home/Attachments"
DEFAULT_MAX_BYTES = 25 * 1024 * 1024

__all__ = ["AttachmentLimitReached", "File", "FileTypeNotAllowed", "FolderNotEmpty", "MaxFileSizeReachedError"]


class File(Document):
    """A stored file or a folder; several records may share the bytes of one content."""

    if TYPE_CHECKING:
        file_name: str
        file_url: str | None
        folder: str | None
        is_private: int
        is_folder: int
        content_hash: str | None
        attached_to_doctype: str | None
        attached_to_name: str | int | None
        attached_to_field: str | None

    no_feed_on_delete = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content: Any = self.__dict__.get("content")
        self.decode: bool = bool(self.__dict__.get("decode"))

    # -- facts --------------------------------------------------------------------------------------------------------

    @property
    def is_remote_file(self) -> bool:
        return bool(self.file_url) and storage.is_remote(cstr(self.file_url))

    @property
    def unique_url(self) -> str | None:
        """The address that names this record, so that its own permissions count."""
        if self.is_private and self.file_url and not self.is_remote_file:
            return f"{self.file_url}?fid={self.name}"
        return self.file_url

    def get_extension(self) -> tuple[str, str]:
        """Return (stem, extension with its dot)."""
        return os.path.splitext(self.file_name or "")

    def is_downloadable(self) -> bool:
        """Tell whether the session user may read it."""
        return access.has_permission(self, "read")

    # -- lifecycle ----------------------------------------------------------------------------------------------------

    def autoname(self) -> None:
        if not self.is_folder:
            self.name = frappe.generate_hash(length=10)
            return
        self.file_name = clean_file_name(cstr(self.file_name)) if self.file_name else ""
        if not self.file_name:
            throw(_("A folder needs a name."), frappe.MandatoryError)
        self.name = f"{self.folder}/{self.file_name}" if self.folder and not self.is_home_folder else self.file_name

    def before_insert(self) -> None:
        self.file_url = unquote(self.file_url) if self.file_url else None
        if self.is_folder:
            self.is_private = cint(self.is_private)
            return
        self._choose_folder()
        self._decide_privacy()
        self._settle_name()
        self._check_attachment_limit()
        self._settle_type()
        if self.is_remote_file:
            return
        if self.content is not None:
            self.save_file(content=self.content, decode=self.decode)
        else:
            self._adopt_existing()

    def _choose_folder(self) -> None:
        if not self.folder:
            self.folder = ATTACHMENTS if self.attached_to_doctype else HOME

    def _decide_privacy(self) -> None:
        """An address says by itself whether it is private; otherwise the caller does, and public is the default."""
        if self.file_url and not self.is_remote_file:
            self.is_private = int(self.file_url.startswith(("/private", "private")))
        else:
            self.is_private = cint(self.is_private)

    def _settle_name(self) -> None:
        if not self.file_name and self.file_url:
            self.file_name = self.file_url.partition("?")[0].rpartition("/")[2] or self.file_url
        if not self.file_name:
            throw(_("A file needs a name or an address."), frappe.MandatoryError)
        self.file_name = clean_file_name(cstr(self.file_name))

    def _settle_type(self) -> None:
        self.file_type = self.get_extension()[1].lstrip(".").upper()[:140] or None
        allowed = cstr(frappe.get_system_settings("allowed_file_extensions")).split()
        if frappe.request and allowed and (self.file_type or "") not in {each.strip(".,").upper() for each in allowed}:
            throw(_("Files of the type {0} are not accepted here.").format(self.file_type or "?"), FileTypeNotAllowed)

    def _check_attachment_limit(self) -> None:
        if not (self.attached_to_doctype and self.attached_to_name):
            return
        limit = cint(frappe.get_meta(self.attached_to_doctype).max_attachments)
        if not limit:
            return
        filters = {"attached_to_doctype": self.attached_to_doctype, "attached_to_name": cstr(self.attached_to_name)}
        if frappe.db.count("File", filters) >= limit:
            target = f"{self.attached_to_doctype} {self.attached_to_name}"
            message = _("{0} takes {1} attachments at most.").format(frappe.bold(target), limit)
            throw(message, AttachmentLimitReached, title=_("Attachment Limit Reached"))

    def _adopt_existing(self) -> None:
        """Take size and hash from the file that is already there."""
        self.validate_file_url()
        self._refuse_borrowing()
        known = frappe.db.get_value("File", {"file_url": self.file_url}, ["content_hash", "file_size"])
        if known and known[0]:
            self.content_hash, self.file_size = known
        else:
            content = storage.path_of(cstr(self.file_url)).read_bytes()
            self.content_hash, self.file_size = storage.content_hash(content), len(content)

    def _refuse_borrowing(self) -> None:
        """A record opens the bytes it names, so one may only name private bytes one can already read."""
        if not self.is_private or self.flags.ignore_permissions or frappe.session.user == access.ADMINISTRATOR:
            return
        names = frappe.get_all("File", filters={"file_url": self.file_url}, pluck="name", limit=50)
        if not any(frappe.get_doc("File", name).is_downloadable() for name in names):
            throw(_("You may not use the file {0}.").format(frappe.bold(self.file_name)), frappe.PermissionError)

    def validate(self) -> None:
        if self.is_folder:
            return
        if not self.is_new() and self.has_value_changed("is_private"):
            self.handle_is_private_changed()
        self.validate_attachment_references()
        self.validate_file_url()

    def validate_attachment_references(self) -> None:
        """Refuse references that cannot be names of documents."""
        if not self.attached_to_doctype or self.attached_to_name is None:
            return
        if not isinstance(self.attached_to_name, str | int) or isinstance(self.attached_to_name, bool):
            throw(_("Attached To Name must be the name of a document."))

    def validate_file_url(self) -> None:
        """Refuse addresses that are neither remote nor those of a stored file."""
        url = cstr(self.file_url)
        if self.is_remote_file:
            return
        if not storage.is_local(url):
            shown = frappe.utils.escape_html(url[:200])
            throw(_("A file's address begins with /files/, /private/files/ or http, not: {0}").format(shown))
        if not storage.exists(url):
            shown = frappe.utils.escape_html(url[:200])
            throw(_("There is no file at {0}.").format(shown), FileNotFoundError)

    def after_insert(self) -> None:
        if not self.is_folder:
            self.create_attachment_record()

    def on_update(self) -> None:
        if self.is_folder:
            frappe.cache.delete_value("file_folders")

    def on_trash(self) -> None:
        if self.is_home_folder or self.is_attachments_folder:
            throw(_("The folders Home and Attachments cannot be deleted."))
        if self.is_folder:
            self._refuse_unless_empty()
            return
        if self.attached_to_name and frappe.db.exists(self.attached_to_doctype, self.attached_to_name):
            self.add_comment_in_reference_doc("Attachment Removed", frappe.utils.escape_html(cstr(self.file_name)))
        removal.remove_with_last_record(self)

    def _refuse_unless_empty(self) -> None:
        if frappe.db.exists("File", {"folder": self.name}):
            throw(_("Folder {0} is not empty.").format(frappe.bold(self.file_name)), FolderNotEmpty)

    # -- content ------------------------------------------------------------------------------------------------------

    def save_file(
        self,
        content: Any = None,
        decode: bool = False,
        ignore_existing_file_check: bool = False,
        overwrite: bool = False,
    ) -> Any:
        """Store `content` (text or bytes, base64 with `decode`) and note its address, size and hash on this record."""
        data = _decoded(content) if decode else storage.as_bytes(content)
        self.check_max_file_size(len(data))
        data = self._without_traces(data)
        self.file_size, self.content_hash = len(data), storage.content_hash(data)
        self.content = None
        if overwrite and self.file_url and storage.is_local(self.file_url):
            storage.overwrite(self.file_url, data)
            return self
        same = None if ignore_existing_file_check else self._find_same_content()
        self.file_url = same or self._write(data)
        return self

    def _without_traces(self, data: bytes) -> bytes:
        if not data.startswith(b"\xff\xd8\xff"):
            return data
        setting = frappe.get_system_settings("strip_exif_metadata_from_uploaded_images")
        if setting is not None and not cint(setting):
            return data
        from frappe.core.doctype.file.jpeg import without_metadata

        return without_metadata(data)

    def _find_same_content(self) -> str | None:
        """Return the address of a stored file of the same content and privacy."""
        filters = {"content_hash": self.content_hash, "is_private": cint(self.is_private), "is_folder": 0}
        urls = frappe.get_all("File", filters=filters, pluck="file_url", distinct=True, limit=5)
        return next((url for url in urls if url and storage.is_local(url) and storage.exists(url)), None)

    def _write(self, data: bytes) -> str:
        frappe.utils.call_hook_method("before_write_file", file_size=len(data))
        writers = frappe.get_hooks("write_file")
        if writers:
            self.content = data
            answer = frappe.get_attr(writers[-1])(self)
            self.content = None
            return cstr(answer["file_url"]) if isinstance(answer, dict) else cstr(self.file_url)
        url = storage.write(self.file_name, data, bool(self.is_private))
        frappe.db.after_rollback.add(lambda: storage.remove(url))
        return url

    def check_max_file_size(self, file_size: int) -> int:
        """Raise MaxFileSizeReachedError if a file of that size is not accepted; returns the size."""
        limit = get_max_file_size()
        if file_size > limit:
            megabytes = max(limit // (1024 * 1024), 1)
            throw(
                _("{0} is larger than the {1} MB that are accepted here.").format(
                    frappe.bold(self.file_name), megabytes
                ),
                MaxFileSizeReachedError,
                title=_("File Too Large"),
            )
        return file_size

    def get_full_path(self) -> str:
        """Return the path of the bytes on this machine."""
        url = cstr(self.file_url)
        if self.is_remote_file:
            return url
        try:
            return str(storage.path_of(url if url.startswith("/") else storage.url_of(url, bool(self.is_private))))
        except ValueError:
            throw(_("{0} is not a file of this site.").format(frappe.utils.escape_html(url[:200])))

    def get_content(self, encodings: Any = None) -> str | bytes:
        """Return the content: text if it is UTF-8 (or one of `encodings`), bytes otherwise."""
        data = self.get_bytes()
        for encoding in encodings or ("utf-8",):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
        return data

    def get_bytes(self) -> bytes:
        """Return the content as it is stored (or as it was given, before the record is inserted)."""
        if self.is_folder:
            throw(_("A folder has no content."))
        if self.content is not None:
            return _decoded(self.content) if self.decode else storage.as_bytes(self.content)
        if self.is_remote_file:
            throw(_("{0} is kept elsewhere; this site does not fetch it.").format(frappe.bold(self.file_name)))
        return self._read()

    def _read(self) -> bytes:
        path = self.get_full_path()
        try:
            with open(path, "rb") as file:
                return file.read()
        except FileNotFoundError:
            message = _("The content of file {0} is missing.").format(frappe.bold(self.file_name))
            throw(message, frappe.DoesNotExistError)

    def exists_on_disk(self) -> bool:
        """Tell whether the bytes are there."""
        return bool(self.file_url) and storage.exists(cstr(self.file_url))

    def handle_is_private_changed(self) -> None:
        """Move the bytes to the other folder, and everything that names them along."""
        if self.is_remote_file or not self.file_url:
            return
        old_url = cstr(self.file_url)
        if old_url.startswith(storage.PRIVATE) == bool(cint(self.is_private)):
            return
        new_url = storage.move(old_url, bool(cint(self.is_private)))
        frappe.db.after_rollback.add(lambda: _move_back(new_url, old_url))
        self.file_url = new_url
        removal.drop_thumbnail(self)
        self._update_other_records(old_url, new_url)

    def _update_other_records(self, old_url: str, new_url: str) -> None:
        fields = ["name", "attached_to_doctype", "attached_to_name", "attached_to_field"]
        for row in [
            self,
            *frappe.get_all("File", filters={"file_url": old_url, "name": ["!=", self.name]}, fields=fields),
        ]:
            if row is not self:
                frappe.db.set_value("File", row.name, {"file_url": new_url, "is_private": cint(self.is_private)})
            if row.attached_to_doctype and row.attached_to_name and row.attached_to_field:
                _replace_value(row.attached_to_doctype, row.attached_to_name, row.attached_to_field, old_url, new_url)

    # -- what else can be done ----------------------------------------------------------------------------------------

    def create_attachment_record(self) -> None:
        """Note on the document that the file was attached."""
        lock = ' <i class="fa fa-lock text-warning"></i>' if self.is_private else ""
        name = frappe.utils.escape_html(cstr(self.file_name))
        link = f'<a href="{frappe.utils.quoted(cstr(self.unique_url))}" target="_blank">{name}</a>{lock}'
        self.add_comment_in_reference_doc("Attachment", link if self.file_url else name)

    def add_comment_in_reference_doc(self, comment_type: str, text: str) -> None:
        from frappe.core.doctype.comment.comment import add_timeline_entry

        if self.attached_to_doctype and self.attached_to_name:
            add_timeline_entry(self.attached_to_doctype, cstr(self.attached_to_name), comment_type, text)

    @frappe.whitelist()
    def optimize_file(self) -> None:
        """Make a large picture smaller."""
        from frappe.utils.image import optimize_image

        if self.is_folder or not self.exists_on_disk():
            throw(_("Only stored pictures can be made smaller."))
        self.check_permission("write")
        self.save_file(content=optimize_image(self._read()), overwrite=True)
        self.save()

    def make_thumbnail(
        self,
        set_as_thumbnail: bool = True,
        width: int = 300,
        height: int = 300,
        suffix: str = "small",
        crop: bool = False,
    ) -> str | None:
        """Store a small version of a picture and return its address; None if it is no picture one can make small."""
        from frappe.core.doctype.file.pictures import thumbnail

        stem, extension = self.get_extension()
        data = thumbnail(self._read(), width, height, crop) if self.exists_on_disk() else None
        if data is None:
            return None
        url = storage.write(f"{stem}_{suffix}{extension}", data, bool(self.is_private))
        if set_as_thumbnail:
            self.db_set("thumbnail_url", url)
        return url

    @frappe.whitelist()
    def unzip(self) -> list[Document]:
        """Store the members of an archive beside it and remove the archive; returns the new records."""
        from frappe.core.doctype.file.archives import members

        self.check_permission("write")
        if not cstr(self.file_name).lower().endswith(".zip"):
            throw(_("{0} is no zip archive.").format(frappe.bold(self.file_name)))
        values = {
            "doctype": "File",
            "folder": self.folder,
            "is_private": self.is_private,
            "attached_to_doctype": self.attached_to_doctype,
            "attached_to_name": self.attached_to_name,
        }
        content = self._read()
        files = [
            frappe.get_doc({**values, "file_name": name, "content": data}).insert()
            for name, data in members(content, get_max_file_size())
        ]
        frappe.delete_doc("File", self.name)
        return files


def _decoded(content: Any) -> bytes:
    import base64
    import binascii

    data = storage.as_bytes(content)
    if data.startswith(b"data:") and b"," in data:
        data = data.split(b",", 1)[1]
    try:
        return base64.b64decode(data)
    except binascii.Error:
        throw(_("The content of the file is not valid base64."))


def _move_back(new_url: str, old_url: str) -> None:
    if storage.exists(new_url):
        os.replace(storage.path_of(new_url), storage.path_of(old_url))


def _replace_value(doctype: str, name: str, fieldname: str, old_url: str, new_url: str) -> None:
    meta = frappe.get_meta(doctype)
    if not meta.has_field(fieldname):
        return
    if meta.issingle:
        if frappe.db.get_single_value(doctype, fieldname) == old_url:
            frappe.db.set_single_value(doctype, fieldname, new_url)
    elif frappe.db.get_value(doctype, name, fieldname) == old_url:
        frappe.db.set_value(doctype, name, fieldname, new_url)


def get_max_file_size() -> int:
    """Return how many bytes a file may have on this site."""
    megabytes = cint(frappe.get_system_settings("max_file_size"))
    return megabytes * 1024 * 1024 if megabytes else (cint(frappe.conf.max_file_size) or DEFAULT_MAX_BYTES)


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
    return access.has_permission(doc, ptype, user, debug)


def get_permission_query_conditions(user: str | None = None) -> str:
    return access.get_permission_query_conditions(user)


def on_doctype_update() -> None:
    frappe.db.add_index("File", ["attached_to_doctype", "attached_to_name"])
    frappe.db.add_index("File", ["file_url(100)"])
    frappe.db.add_index("File", ["content_hash"])


def make_home_folder() -> None:
    """Make the folders that every site has."""
    for values in (
        {"name": HOME, "file_name": HOME, "is_home_folder": 1},
        {"name": ATTACHMENTS, "file_name": "Attachments", "folder": HOME, "is_attachments_folder": 1},
    ):
        if not frappe.db.exists("File", values["name"]):
            frappe.get_doc({"doctype": "File", "is_folder": 1, **values}).insert(ignore_permissions=True)


@frappe.whitelist(methods=["POST"])
def create_new_folder(file_name: str, folder: str) -> Any:
    """Make a folder inside of another one."""
    return frappe.get_doc({"doctype": "File", "file_name": file_name, "is_folder": 1, "folder": folder}).insert()


@frappe.whitelist(methods=["POST"])
def move_file(file_list: list[dict[str, Any]] | str, new_parent: str, old_parent: str) -> None:
    """Put files into another folder; the caller needs write permission on each."""
    for row in frappe.parse_json(file_list):
        file = frappe.get_doc("File", row.get("name"))
        file.check_permission("write")
        file.folder = new_parent
        file.save()


@frappe.whitelist()
def get_files_in_folder(folder: str, start: int = 0, page_length: int = 20) -> dict[str, Any]:
    """Return a page of a folder that the caller may see."""
    files = frappe.get_list(
        "File",
        filters={"folder": folder},
        fields=["name", "file_name", "file_url", "is_folder", "modified"],
        limit_start=cint(start),
        limit_page_length=cint(page_length) + 1,
    )
    return {"files": files[: cint(page_length)], "has_more": len(files) > cint(page_length)}
