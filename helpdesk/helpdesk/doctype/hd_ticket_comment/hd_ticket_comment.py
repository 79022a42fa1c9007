"""HD Ticket Comment: an internal note of an agent on a ticket, never shown to customers."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.access import access_ticket, agents_only
from helpdesk.compat import capture
from helpdesk.conversation import comments, mentions, reactions
from helpdesk.conversation.reactions import Group, Toggled
from helpdesk.realtime import events


class HDTicketComment(Document):
    """An internal note of an agent on a ticket, never shown to customers."""

    if TYPE_CHECKING:
        name: str
        reference_ticket: int | str
        commented_by: str
        is_pinned: int
        content: str | None
        reactions: list[Any]

    def before_validate(self) -> None:
        comments.refuse_foreign_author(self)

    def on_update(self) -> None:
        if not self.flags.only_reactions:
            mentions.notify(self)

    def after_insert(self) -> None:
        capture("comment_added")
        events.comments_changed(self.reference_ticket)

    def after_delete(self) -> None:
        capture("ticket_comment_deleted")
        events.comments_changed(self.reference_ticket)


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether `user` may do this with a comment."""
    return comments.may(doc, ptype, user or frappe.session.user)


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the comments that `user` may list."""
    return comments.list_condition(user or frappe.session.user)


def access_comment(name: str) -> HDTicketComment:
    """Return a comment on a ticket that the caller, an agent, may read and write."""
    comment = frappe.get_doc(comments.COMMENT, name)
    access_ticket(comment.reference_ticket, "write")
    return comment


@frappe.whitelist()
@agents_only
def toggle_reaction(comment: str, emoji: str) -> Toggled | None:
    """Add, remove or change the caller's reaction to a comment; nothing happens while reactions are off."""
    found = access_comment(comment)
    return reactions.toggle(found, emoji, frappe.session.user) if reactions.are_enabled() else None


@frappe.whitelist()
@agents_only
def get_reactions(comment: str) -> list[Group]:
    """Return the reactions to a comment, grouped by emoji."""
    found = access_comment(comment)
    return reactions.grouped(found, frappe.session.user) if reactions.are_enabled() else []


@frappe.whitelist()
def get_preset_emojis() -> list[str]:
    """Return the emoji one can react with."""
    return list(reactions.PRESETS)
