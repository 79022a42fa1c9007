"""Merging a duplicate into another ticket: everything said is copied over, and later mail follows."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.conversation import comments, messages, replies
from helpdesk.conversation.replies import Reply
from helpdesk.search import indexing
from helpdesk.tickets import statuses
from helpdesk.tickets.reference import reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

FILE = "File"
KEPT = ("creation", "modified", "owner", "modified_by")


def merge(source: "HDTicket", into: "HDTicket") -> None:
    """Copy the conversation of `source` to another ticket, and close `source` in its favor."""
    if str(source.name) == str(into.name):
        frappe.throw(_("A ticket cannot be merged into itself."))
    if source.is_merged:
        frappe.throw(_("Ticket {0} has already been merged.").format(reference_of(source.name)))
    copy_conversation(source.name, into.name)
    source.update({"status": statuses.CLOSED, "is_merged": 1, "merged_with": into.name})
    source.flags.without_feedback = True
    source.flags.written_by_helpdesk = True
    source.save(ignore_permissions=True)  # the caller may write both tickets
    replies.send(source, Reply(_told_requester(into)))
    comments.add(into.name, _told_agents(source))


def living(target: "HDTicket") -> "HDTicket":
    """Return the ticket to merge into: the one asked for, or the one it was merged into itself."""
    if not target.is_merged:
        return target
    found = target.get_merge_target()
    if found is None:
        text = _("Ticket {0} has been merged itself, into a ticket that cannot be found. Please choose another one.")
        frappe.throw(text.format(reference_of(target.name)))
    return found


def _told_requester(target: "HDTicket") -> str:
    link = f'<a href="/helpdesk/my-tickets/{target.name}">{reference_of(target.name)}</a>'
    return f"<p>{_('This ticket has been merged into ticket {0}. We will continue there.').format(link)}</p>"


def _told_agents(source: "HDTicket") -> str:
    link = f'<a href="/helpdesk/tickets/{source.name}">{reference_of(source.name)}</a>'
    return f"<p>{_('Ticket {0} has been merged into this one.').format(link)}</p>"


def copy_conversation(source: str | int, target: str | int) -> None:
    """Copy messages, comments and files of one ticket to another, with their times and authors.

    Nothing is announced: copies change no status and notify nobody.
    """
    for name in frappe.get_all(messages.MESSAGE, filters=messages.of_ticket(source), pluck="name", order_by="creation"):
        copy = _copy(messages.MESSAGE, name, reference_name=str(target), message_id=None)
        _copy_files(messages.MESSAGE, name, copy)
    for name in frappe.get_all(comments.COMMENT, filters={"reference_ticket": source}, pluck="name"):
        copy = _copy(comments.COMMENT, name, reference_ticket=target)
        _copy_files(comments.COMMENT, name, copy)
    _copy_files("HD Ticket", str(source), str(target))
    indexing.refresh_ticket(target)


def _copy(doctype: str, name: str, **changes: Any) -> str:
    original = frappe.get_doc(doctype, name)
    copy = frappe.copy_doc(original, ignore_no_copy=True)
    copy.update(changes)
    _insert_silently(copy, original)
    return copy.name


def _insert_silently(copy: Document, original: Document) -> None:
    """Write a copy without any hook, keeping who wrote the original and when."""
    copy.name = frappe.generate_hash(length=10)
    copy.update({field: original.get(field) for field in KEPT})
    for child in copy.get_all_children():
        child.update({field: original.get(field) for field in KEPT})
        child.update({"parent": copy.name, "name": None})
        child.set_new_name() if hasattr(child, "set_new_name") else None
    copy.db_insert()
    for child in copy.get_all_children():
        child.db_insert()


def _copy_files(doctype: str, source: str, target: str) -> None:
    filters = {"attached_to_doctype": doctype, "attached_to_name": source}
    rows = frappe.get_all(FILE, filters=filters, pluck="name", order_by="creation asc")
    known = set(
        frappe.get_all(FILE, filters={"attached_to_doctype": doctype, "attached_to_name": target}, pluck="file_url")
    )
    for name in rows:
        original = frappe.get_doc(FILE, name)
        if original.file_url in known:
            continue
        copy = frappe.copy_doc(original, ignore_no_copy=True)
        copy.attached_to_name = target
        _insert_silently(copy, original)
