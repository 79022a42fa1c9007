"""The texts of ticket mail: written by the site in HD Settings, else the ones shipped in `defaults/`."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import frappe
from markupsafe import escape

from helpdesk.settings import get_settings
from helpdesk.tickets.reference import reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


class Kind(NamedTuple):
    """The two fields of HD Settings that belong to one kind of mail."""

    enabled: str
    content: str


KINDS = {
    "share_feedback": Kind("enable_email_ticket_feedback", "feedback_email_content"),
    "acknowledgement": Kind("send_acknowledgement_email", "acknowledgement_email_content"),
    "reply_to_agents": Kind("enable_reply_email_to_agent", "reply_email_to_agent_content"),
    "reply_via_agent": Kind("enable_reply_email_via_agent", "reply_via_agent_email_content"),
}

# Their content is HTML already, cleaned when it was stored. Everything else is plain text, and gets escaped.
HTML_FIELDS = frozenset({"description", "resolution_details", "summary"})


@cache
def default_text(kind: str) -> str:
    """Return the text that is shipped for a kind of mail."""
    return (Path(__file__).parent / "defaults" / f"{kind}.html").read_text(encoding="utf-8")


def is_enabled(kind: str) -> bool:
    """Tell whether this site sends mails of the kind. Without mail workflow none are sent."""
    settings = get_settings()
    return bool(settings.get(KINDS[kind].enabled)) and not settings.skip_email_workflow


def text_of(kind: str, mailbox: str | None = None) -> str:
    """Return the text for a kind of mail: the mailbox's own, else the site's, else the shipped one."""
    return mailbox_text(kind, mailbox) or (get_settings().get(KINDS[kind].content) or "").strip() or default_text(kind)


def mailbox_text(kind: str, mailbox: str | None) -> str | None:
    """Return the text that a mailbox has of its own for a kind of mail."""
    rows = get_settings().get("mailbox_texts") if mailbox else []
    return next((row.content for row in rows if (row.email_account, row.notification) == (mailbox, kind)), None)


def render(kind: str, ticket: "HDTicket", **values: Any) -> str:
    """Fill in the text of a mail about a ticket."""
    known = {"doc": for_html(ticket), "reference": reference_of(ticket.name), **values}
    return frappe.render_template(text_of(kind, ticket.email_account), known, is_path=False)


def for_html(ticket: "HDTicket") -> dict[str, Any]:
    """Return the ticket's fields, with plain text made safe to stand in HTML."""
    return {
        field: escape(value) if isinstance(value, str) and field not in HTML_FIELDS else value
        for field, value in ticket.as_dict().items()
    }
