"""A request as its requester sees it by a secret link, and what they may do with it."""

from typing import TYPE_CHECKING, Any

import frappe
from bs4 import BeautifulSoup
from frappe import _
from frappe.utils import cint, formatdate, get_datetime, now_datetime
from frappe.utils.html_utils import sanitize_html

from helpdesk.conversation import attachments, contact_replies
from helpdesk.conversation.messages import AUTOMATED, MESSAGE, SENT, has_agent_replied, of_ticket
from helpdesk.guests import limits, requests, uploads
from helpdesk.guests.links import Holder
from helpdesk.settings import get_settings
from helpdesk.tickets import closing, guards, statuses
from helpdesk.tickets.reference import reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

REPLIES_PER_HOUR = 20
STARS = 5


def describe(holder: Holder, root: str) -> dict[str, Any]:
    """Return all that the page shows; `root` is its own path, under which its files are."""
    ticket = holder.ticket
    status = frappe.get_cached_doc(statuses.STATUS, ticket.status)
    is_done = statuses.category_of(ticket.status) == statuses.RESOLVED
    answered = has_agent_replied(ticket.name)
    return {
        "reference": reference_of(ticket.name),
        "subject": ticket.subject,
        "status": statuses.customer_label(status),
        "steps": steps(is_done=is_done, answered=answered),
        "promise": promise(ticket, is_done=is_done),
        "messages": messages(holder, root),
        "is_done": is_done,
        "closes_on": formatdate(closes_on) if (closes_on := closing.closes_on(ticket)) else "",
        "may_reply": may_reply(ticket),
        "may_close": not is_done,
        "must_rate": needs_rating(ticket, answered=answered),
        "may_rate": is_done and answered and not is_rated(ticket),
        "stars": range(1, STARS + 1),
    }


def steps(*, is_done: bool, answered: bool) -> list[tuple[str, bool]]:
    """Return the way of a request as pairs of a step and whether it was reached."""
    return [(_("Received"), True), (_("Answered"), answered or is_done), (_("Solved"), is_done)]


def promise(ticket: "HDTicket", *, is_done: bool) -> str:
    """Return when the requester may expect something; empty when nothing is promised, or it is late already."""
    now = now_datetime()
    if is_done:
        return ""
    if not ticket.first_responded_on and ticket.response_by and ticket.response_by > now:
        return _("We will answer by {0}.").format(said(ticket.response_by))
    if ticket.resolution_by and ticket.resolution_by > now:
        return _("We expect to solve this by {0}.").format(said(ticket.resolution_by))
    return ""


def said(moment: Any) -> str:
    """Return a moment as people say it, in the site's format for dates and without seconds."""
    return f"{formatdate(moment)}, {get_datetime(moment):%H:%M}"


# -- what was said ---------------------------------------------------------------------------------------------------


def messages(holder: Holder, root: str) -> list[dict[str, Any]]:
    """Return the messages between requester and support team, oldest first. Comments are no messages."""
    rows = frappe.get_all(
        MESSAGE,
        filters=of_ticket(holder.ticket.name, communication_type=["!=", AUTOMATED]),
        fields=["name", "content", "sender", "sender_full_name", "sent_or_received", "creation"],
        order_by="creation asc",
    )
    files = attachments.of_documents({MESSAGE: [row.name for row in rows]})
    return [_shown(row, files.get((MESSAGE, row.name), []), holder, root) for row in rows]


def _shown(row: Any, files: list[Any], holder: Holder, root: str) -> dict[str, Any]:
    is_own = row.sent_or_received != SENT and (row.sender or "").casefold() == holder.address
    paths = {file.file_url: f"{root}/files/{file.name}" for file in files}
    return {
        "author": _("You") if is_own else _name(row),
        "is_own": is_own,
        "on": said(row.creation),
        "content": _harmless(row.content, paths),
        "files": [{"name": file.file_name, "path": paths[file.file_url]} for file in files],
    }


def _name(row: Any) -> str:
    """Return what to call somebody else; an address is nobody's business."""
    name = row.sender_full_name or ""
    if name and "@" not in name:
        return str(name)
    return (get_settings().brand_name or _("Support")) if row.sent_or_received == SENT else _("Another person")


def _harmless(html: str | None, paths: dict[str, str]) -> str:
    """Return a message for the page: no active content, and its pictures under the secret link."""
    tree = BeautifulSoup(sanitize_html(html or "", always_sanitize=True), "html.parser")
    for media in tree.find_all(["img", "video", "source"]):
        source = str(media.get("src") or "")
        if source in paths:
            media["src"] = paths[source]
        elif not source.startswith("data:image/"):
            media.decompose()
    return str(tree)


def file(holder: Holder, name: str) -> Any:
    """Return a file of a message that the holder of a link sees. Raises DoesNotExistError for any other."""
    row = frappe.db.get_value("File", name, ["attached_to_doctype", "attached_to_name"], as_dict=True)
    shown = of_ticket(holder.ticket.name, communication_type=["!=", AUTOMATED])
    if (
        not row
        or row.attached_to_doctype != MESSAGE
        or not frappe.db.exists(MESSAGE, {**shown, "name": row.attached_to_name})
    ):
        frappe.throw(_("There is no such page."), frappe.DoesNotExistError)
    return frappe.get_doc("File", name)


# -- what the holder may do ------------------------------------------------------------------------------------------


def is_rated(ticket: "HDTicket") -> bool:
    return bool(ticket.feedback_rating)


def may_reply(ticket: "HDTicket") -> bool:
    """Tell whether an answer is taken; one to a solved ticket opens it again."""
    return not guards.is_over(ticket)


def needs_rating(ticket: "HDTicket", *, answered: bool) -> bool:
    """Tell whether the settings want a rating from who closes this ticket."""
    return bool(get_settings().is_feedback_mandatory) and answered and not is_rated(ticket)


def reply(holder: Holder, text: Any, files: list[Any]) -> None:
    """Add an answer of the holder. Raises ValidationError without a text, and PermissionError on a closed ticket."""
    limits.count("reply", f"{holder.ticket.name}:{holder.address}", REPLIES_PER_HOUR)
    written = str(text or "").replace("\x00", "").strip()
    if not written or len(written) > requests.LONGEST_TEXT:
        frappe.throw(_("Please write an answer of {0} characters at most.").format(requests.LONGEST_TEXT))
    if not may_reply(holder.ticket):
        frappe.throw(_("This request is closed. Please write a new one if you need more help."), frappe.PermissionError)
    contact_replies.reply(holder.ticket, requests.as_html(written), uploads.store(files), sender=holder.address)


def close(holder: Holder) -> None:
    """Close the ticket for its requester. Raises ValidationError when they have to rate it, which closes it too."""
    ticket = holder.ticket
    if needs_rating(ticket, answered=has_agent_replied(ticket.name)):
        frappe.throw(_("Please rate our help before you close the request."))
    ticket.status = statuses.CLOSED
    ticket.flags.update(written_by_helpdesk=True, without_feedback=True)
    ticket.save(ignore_permissions=True)  # whoever holds the link is the requester


def rate(holder: Holder, stars: Any, text: Any) -> None:
    """Rate the help and close the ticket, once. Raises ValidationError for anything but one to five stars."""
    count = cint(stars)
    if not 1 <= count <= STARS:
        frappe.throw(_("Please choose a number of stars."))
    if not has_agent_replied(holder.ticket.name):
        frappe.throw(_("You can rate our help once we have answered."))
    fields = {"key": holder.ticket.key, "feedback_rating": count / STARS, "feedback_extra": requests.line(text)}
    frappe.get_doc({"doctype": "HD Email Feedback", **fields}).insert(ignore_permissions=True)
