"""People named in a text: `<span class="mention" data-id="anna@example.org" data-is-group="false">`."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, escape_html, get_fullname

MAX_MENTIONS = 100


class _Mentions(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.users: list[str] = []
        self.groups: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("data-id")
        if not name or "mention" not in (values.get("class") or "").split():
            return
        is_group = (values.get("data-is-group") or "").lower() in ("true", "1")
        (self.groups if is_group else self.users).append(name)


def extract_mentions(text: Any) -> list[str]:
    """Return the users named in HTML, members of named groups included, each once, in their order."""
    if not isinstance(text, str) or "mention" not in text:
        return []
    parser = _Mentions()
    parser.feed(text)
    parser.close()
    users = parser.users[:MAX_MENTIONS]
    if parser.groups:
        filters = {"parent": ["in", parser.groups[:MAX_MENTIONS]], "parenttype": "User Group"}
        users += frappe.get_all("User Group Member", filters=filters, pluck="user")
    return list(dict.fromkeys(users))


def notify(doctype: str | None, name: Any, content: Any, author: str | None) -> None:
    """Give the people named in a text a Notification Log of type Mention."""
    users = extract_mentions(content)
    if not (users and doctype and name):
        return
    from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification

    emails = frappe.get_all("User", filters={"name": ["in", users], "enabled": 1}, pluck="email")
    enqueue_create_notification(
        emails,
        {
            "type": "Mention",
            "document_type": doctype,
            "document_name": cstr(name),
            "subject": _subject(doctype, cstr(name), author),
            "from_user": author or frappe.session.user,
            "email_content": content,
        },
    )


def _subject(doctype: str, name: str, author: str | None) -> str:
    title = _title_of(doctype, name)
    who, what = frappe.bold(escape_html(get_fullname(author))), frappe.bold(escape_html(title))
    return cstr(_("{0} mentioned you in {1} {2}").format(who, escape_html(_(doctype)), what))


def _title_of(doctype: str, name: str) -> str:
    meta = frappe.get_meta(doctype)
    field = meta.get_title_field()
    if field == "name" or cint(meta.issingle):
        return name
    return cstr(frappe.db.get_value(doctype, name, field)) or name
