"""People named in comments."""

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import get_fullname, get_url

from helpdesk.conversation.rendering import text_of
from helpdesk.notifications import held, inapp, kinds, mail, notices, preferences
from helpdesk.settings import get_settings

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment import HDTicketComment


class _Mentions(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.users: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        user = values.get("data-id")
        if tag == "span" and values.get("data-type") == "mention" and user and user not in self.users:
            self.users.append(user)


def mentioned(html: str | None) -> list[str]:
    """Return the user ids mentioned in a text, without repeats."""
    parser = _Mentions()
    parser.feed(html or "")
    return parser.users


def notify(comment: "HDTicketComment") -> None:
    """Tell those a comment newly mentions, by notification and mail; never its author, and nobody twice."""
    before = comment.get_doc_before_save()
    old = set(mentioned(before.content)) if before is not None else set()
    users = [user for user in mentioned(comment.content) if user not in old and user != comment.owner]
    if not users:
        return
    told = _already_told(comment, users)
    known = frappe.get_all("User", filters={"name": ["in", users], "enabled": 1}, pluck="name")
    for user in users:
        if user in known and user not in told:
            inapp.notify(
                user,
                kinds.MENTION,
                ticket=comment.reference_ticket,
                comment=comment.name,
                message=comment.content,
            )
            _send_mail(comment, user)


def _already_told(comment: "HDTicketComment", users: list[str]) -> list[str]:
    filters = {
        "reference_comment": comment.name,
        "notification_type": kinds.MENTION,
        "user_to": ["in", users],
    }
    return frappe.get_all(inapp.NOTIFICATION, filters=filters, pluck="user_to")


def _send_mail(comment: "HDTicketComment", user: str) -> None:
    if get_settings().skip_email_workflow or not preferences.channels(user, kinds.MENTION).email:
        return
    title = _("{0} mentioned you in ticket #{1}").format(get_fullname(comment.owner), comment.reference_ticket)
    if held.hold_back(user, kinds.MENTION, comment.reference_ticket, title, text_of(comment.content)):
        return
    notices.send(
        recipients=[frappe.get_cached_value("User", user, "email")],
        subject=title,
        template="helpdesk_mention",
        args={
            "title": _("{0} mentioned you in a comment").format(frappe.utils.escape_html(get_fullname(comment.owner))),
            "comment": absolute_images(comment.content),
            "callback_url": f"{mail.agent_url(comment.reference_ticket)}#{comment.name}",
            "button_label": _("Open the comment"),
        },
    )


def absolute_images(html: str | None) -> str:
    """Give pictures of this site an address that works in a mail."""
    return (html or "").replace('src="/', f'src="{get_url("/")}')
