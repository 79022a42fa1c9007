"""Internal comments: notes among agents that requesters never see."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.access import has_role, is_agent, refuse
from helpdesk.conversation import attachments
from helpdesk.tickets import visibility

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment import HDTicketComment

COMMENT = "HD Ticket Comment"
MAY_MODERATE = frozenset({"Administrator", "System Manager", "Agent Manager"})


def add(ticket: str | int, content: str, files: list[dict[str, Any]] | None = None) -> Document:
    """Add a comment by whoever is acting, with files given as `{"file_url": …}`."""
    comment = frappe.get_doc(
        {
            "doctype": COMMENT,
            "reference_ticket": ticket,
            "commented_by": frappe.session.user,
            "content": content,
        }
    ).insert(ignore_permissions=True)  # callers are agents who may read the ticket
    for file in files or []:
        _attach(comment, file)
    return comment


def _attach(comment: Document, file: dict[str, Any]) -> None:
    url = file.get("file_url")
    if not url:
        return
    rows = frappe.get_all("File", filters={"file_url": url}, pluck="name", order_by="creation asc", limit=1)
    attachments.own_files(rows)
    attachments.attach(COMMENT, comment.name, url)


def may(comment: "HDTicketComment", right: str, user: str) -> bool:
    """Tell whether `user` has a right on a comment: agents read those on their tickets, write their own, managers
    delete any.
    """
    if not is_agent(user):
        return user == "Administrator" or has_role(user, frozenset({"System Manager"}))
    if not visibility.may_see_ticket(comment.reference_ticket, user):
        return False
    if right in ("write", "delete", "cancel", "share") and comment.owner not in (None, user):
        return (right == "delete" and has_role(user, MAY_MODERATE)) or user == "Administrator"
    return True


def list_condition(user: str) -> str:
    """Return the SQL condition for the comments on tickets that `user` may see."""
    return visibility.list_condition_through("`tabHD Ticket Comment`.`reference_ticket`", user)


def refuse_foreign_author(comment: "HDTicketComment") -> None:
    """Keep an author from writing in another one's name. Own code and the framework's tools may."""
    if comment.is_new() and not comment.commented_by:
        comment.commented_by = frappe.session.user
    author = comment.commented_by
    if comment.is_new() and author != frappe.session.user and not has_role(None, MAY_MODERATE):
        refuse(_("You may not comment in the name of {0}.").format(author))


def delete_all(ticket: str | int) -> None:
    """Delete the comments of a ticket that goes away, with their reactions."""
    names = frappe.get_all(COMMENT, filters={"reference_ticket": ticket}, pluck="name")
    if names:
        frappe.db.delete("HD Comment Reaction", {"parenttype": COMMENT, "parent": ["in", names]})
        frappe.db.delete(COMMENT, {"name": ["in", names]})
