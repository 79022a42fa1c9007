"""The names under which apps know the writing of mails; the work is done in `layout`, `sending` and `mime.building`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from frappe.email.layout import get_footer, get_formatted_html, get_header, inline_style_in_html
from frappe.email.mime.building import Letter, build, dump, set_header
from frappe.email.mime.plain import html_to_text
from frappe.email.sending import get_message_id
from frappe.utils import cstr, split_emails


class EMail:
    """A message in the making, for code that sends it itself; `frappe.sendmail` queues and sends one."""

    def __init__(self, letter: Letter):
        self.letter = letter
        self.msg_root = build(letter)

    def set_header(self, key: str, value: object) -> None:
        set_header(self.msg_root, key, value)

    def as_string(self) -> str:
        """Return the message as it goes over the wire."""
        return dump(self.msg_root)


def get_email(
    recipients: str | Iterable[str],
    sender: str = "",
    msg: str = "",
    subject: str = "[No Subject]",
    text_content: str | None = None,
    footer: str | None = None,
    formatted: str | None = None,
    content: str | None = None,
    reply_to: str | None = None,
    cc: Iterable[str] = (),
    email_account: Any = None,
    header: Any = None,
    with_container: bool = False,
) -> EMail:
    """Return a message with the site's layout around `content`; `formatted` is a page that is ready."""
    to = split_emails(recipients) if isinstance(recipients, str) else [cstr(each) for each in recipients]
    page = formatted or get_formatted_html(
        subject, content or msg, footer, None, email_account, header, None, sender, with_container
    )
    letter = Letter(
        sender=sender,
        subject=subject,
        html=page,
        text=text_content or html_to_text(page),
        message_id=get_message_id(),
        to=to,
        cc=list(cc),
        reply_to=reply_to or "",
    )
    return EMail(letter)


__all__ = [
    "EMail",
    "get_email",
    "get_footer",
    "get_formatted_html",
    "get_header",
    "get_message_id",
    "inline_style_in_html",
]
