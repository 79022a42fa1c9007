"""Emoji under comments, at most one per user."""

from typing import TYPE_CHECKING, Any, TypedDict

import frappe
from frappe import _

from helpdesk.notifications import inapp, kinds
from helpdesk.realtime import events
from helpdesk.settings import get_settings

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment import HDTicketComment

REACTION = "HD Comment Reaction"
PRESETS = ("👍", "👎", "❤️", "🎉", "👀", "✅")


class Toggled(TypedDict):
    """What a click on an emoji did: `added`, `removed` or `changed`."""

    action: str
    emoji: str


class Person(TypedDict):
    """One user who reacted."""

    user: str
    full_name: str


class Group(TypedDict):
    """Everybody who chose the same emoji."""

    emoji: str
    users: list[Person]
    count: int
    current_user_reacted: bool


def are_enabled() -> bool:
    """Tell whether this site uses reactions."""
    return bool(get_settings().enable_comment_reactions)


def toggle(comment: "HDTicketComment", emoji: str, user: str) -> Toggled:
    """Add, remove or change the reaction of `user`, and tell the author. Raises ValidationError for other emoji."""
    if emoji not in PRESETS:
        frappe.throw(_("Please choose one of {0}.").format(" ".join(PRESETS)))
    action = _apply(comment, emoji, user)
    comment.flags.only_reactions = True
    comment.save(ignore_permissions=True)  # everybody who may write the ticket may react to any comment on it
    if action != "removed":
        _tell_author(comment, user)
    events.reaction_changed(comment.reference_ticket, comment.name)
    return Toggled(action=action, emoji=emoji)


def _apply(comment: "HDTicketComment", emoji: str, user: str) -> str:
    own = next((row for row in comment.reactions if row.user == user), None)
    if own is None:
        comment.append("reactions", {"emoji": emoji, "user": user})
        return "added"
    if own.emoji == emoji:
        comment.remove(own)
        return "removed"
    own.emoji = emoji
    return "changed"


def _tell_author(comment: "HDTicketComment", user: str) -> None:
    author = comment.commented_by
    if not author or author == user:
        return
    others = sum(1 for row in comment.reactions if row.user != author)
    text = _("1 person reacted to your comment") if others == 1 else _("{0} people reacted to your comment")
    text = text.format(others)
    filters = {"reference_comment": comment.name, "notification_type": kinds.REACTION, "user_to": author}
    existing = frappe.db.exists(inapp.NOTIFICATION, filters)
    if existing:
        frappe.db.set_value(inapp.NOTIFICATION, existing, {"message": text, "user_from": user, "read": 0})
    else:
        inapp.notify(author, kinds.REACTION, ticket=comment.reference_ticket, comment=comment.name, message=text)


def grouped(comment: "HDTicketComment", user: str) -> list[Group]:
    """Return the reactions by emoji, in the order of the presets."""
    return _groups(comment.reactions, full_names([row.user for row in comment.reactions]), user)


def of_comments(comments: list[str], user: str) -> dict[str, list[Group]]:
    """Return the reactions of many comments by comment; nothing while the site has none."""
    if not comments or not are_enabled():
        return {}
    rows = frappe.get_all(
        REACTION,
        filters={"parent": ["in", comments], "parenttype": "HD Ticket Comment"},
        fields=["parent", "emoji", "user"],
        order_by="idx asc",
    )
    names = full_names([row.user for row in rows])
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.parent, []).append(row)
    return {comment: _groups(chosen, names, user) for comment, chosen in found.items()}


def _groups(rows: list[Any], names: dict[str, str], user: str) -> list[Group]:
    groups: list[Group] = []
    for emoji in PRESETS:
        users = [row.user for row in rows if row.emoji == emoji]
        if users:
            people = [Person(user=each, full_name=names.get(each) or each) for each in users]
            groups.append(Group(emoji=emoji, users=people, count=len(users), current_user_reacted=user in users))
    return groups


def full_names(users: list[str]) -> dict[str, str]:
    """Return `{user: full name}` in one query."""
    if not users:
        return {}
    rows = frappe.get_all("User", filters={"name": ["in", users]}, fields=["name", "full_name"])
    return {row.name: row.full_name for row in rows}
