"""Files on tickets and messages."""

import re
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

FILE = "File"
MEDIA = re.compile(r"""<(?:img|video)\b[^>]*?\bsrc\s*=\s*["']([^"']+)["']""", re.IGNORECASE)


def media_urls(html: str | None) -> list[str]:
    """Return the addresses of the pictures and films in a text, without repeats."""
    return list(dict.fromkeys(MEDIA.findall(html or "")))


def own_files(names: list[str]) -> list[Any]:
    """Return the File rows with these names that the caller may use, in the given order.

    Own uploads and files of readable documents are usable. Raises DoesNotExistError and PermissionError.
    """
    files = [frappe.get_doc(FILE, name) for name in dict.fromkeys(names)]
    for file in files:
        if file.owner != frappe.session.user and not frappe.has_permission(FILE, "read", doc=file):
            frappe.throw(_("You may not use the file {0}.").format(frappe.bold(file.name)), frappe.PermissionError)
    return files


def attach(doctype: str, name: str | int, url: str) -> None:
    """Attach the file at `url` to a document as a row of its own, once."""
    target = {"attached_to_doctype": doctype, "attached_to_name": str(name), "file_url": url}
    if frappe.db.exists(FILE, target):
        return
    source = frappe.db.get_value(
        FILE, {"file_url": url}, ["file_name", "is_private"], as_dict=True, order_by="creation asc"
    )
    row = frappe.get_doc({"doctype": FILE, **target, **(source or {})})
    row.flags.is_known = True
    row.insert(ignore_permissions=True)


def attach_to_reply(ticket: "HDTicket", message: str, names: list[str]) -> list[str]:
    """Attach uploaded files to a message and its ticket, leaving the uploads where they are; return the addresses."""
    urls = [file.file_url for file in own_files(names)]
    for url in urls:
        attach("Communication", message, url)
        attach("HD Ticket", ticket.name, url)
    return urls


def move_to_message(ticket: "HDTicket", message: str, names: list[str]) -> None:
    """Hand the caller's uploads over to a message, and attach them to its ticket as well."""
    for file in own_files(names):
        if file.owner == frappe.session.user and not file.attached_to_name:
            frappe.db.set_value(FILE, file.name, {"attached_to_doctype": "Communication", "attached_to_name": message})
        else:
            attach("Communication", message, file.file_url)
        attach("HD Ticket", ticket.name, file.file_url)


def claim_inline_media(ticket: "HDTicket") -> None:
    """Attach the author's own loose files that the description shows."""
    urls = media_urls(ticket.description)
    if not urls:
        return
    loose = frappe.get_all(
        FILE,
        filters={"file_url": ["in", urls], "owner": frappe.session.user, "attached_to_name": ["is", "not set"]},
        pluck="name",
    )
    for name in loose:
        frappe.db.set_value(FILE, name, {"attached_to_doctype": "HD Ticket", "attached_to_name": str(ticket.name)})


def of_documents(names: dict[str, list[str]]) -> dict[tuple[str, str], list[Any]]:
    """Return `{(doctype, document): [{name, file_name, file_url}]}` for documents of several kinds, `{doctype: names}`.

    One query for all; the names of documents of different kinds may be the same.
    """
    wanted = sorted({str(name) for each in names.values() for name in each})
    if not wanted:
        return {}
    rows = frappe.get_all(
        FILE,
        filters={"attached_to_doctype": ["in", sorted(names)], "attached_to_name": ["in", wanted]},
        fields=["name", "file_name", "file_url", "attached_to_doctype", "attached_to_name"],
        order_by="creation asc",
    )
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        key = (row.pop("attached_to_doctype"), str(row.pop("attached_to_name")))
        found.setdefault(key, []).append(row)
    return found
