"""Which files people may put on tickets: how large, of what kind, and whether customers send any.

Mails are not judged: what has arrived is there. Nor is a further row for a file that is there already.
"""

import re
from pathlib import PurePosixPath
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from helpdesk.access import is_admin, is_agent
from helpdesk.exceptions import FileNotTaken
from helpdesk.settings import get_settings

ON_TICKETS = (None, "", "HD Ticket", "HD Ticket Comment", "Communication")
"""What files of tickets are attached to. Those of a message are not attached to anything before it is sent."""
ENDING = re.compile(r"[a-z0-9]{1,10}")
MEGABYTE = 1024 * 1024


def endings(text: str | None) -> list[str]:
    """Return the endings in a text, without dots; all files are taken where it names none."""
    return [part.lstrip(".").lower() for part in re.split(r"[\s,;]+", text or "") if part.strip(".")]


def check_settings(settings: Any) -> None:
    """Refuse what is no size or no ending, and write endings as they are compared."""
    found = list(dict.fromkeys(endings(settings.attachment_types)))
    for ending in found:
        if not ENDING.fullmatch(ending):
            frappe.throw(_("{0} is no ending of a file, such as pdf.").format(frappe.bold(ending)))
    settings.attachment_types = ", ".join(found) or None
    if cint(settings.max_attachment_mb) < 0:
        frappe.throw(_("The largest file has at least one megabyte."))


def check(file: Any) -> None:
    """Refuse a file that somebody uploads for a ticket and that the settings do not allow. Raises FileNotTaken."""
    is_upload = getattr(frappe.local, "request", None) and not file.flags.is_known
    is_staff = is_agent() or is_admin()
    if not is_upload or file.is_folder or not _is_for_ticket(file, is_staff):
        return
    settings = get_settings()
    if settings.forbid_customer_attachments and not is_staff:
        frappe.throw(_("Files cannot be sent here."), FileNotTaken)
    most = cint(settings.max_attachment_mb)
    if most and cint(file.file_size) > most * MEGABYTE:
        text = _("{0} is too large: files have {1} MB at most.")
        frappe.throw(text.format(_named(file), most), FileNotTaken)
    taken = endings(settings.attachment_types)
    if taken and PurePosixPath(str(file.file_name or "")).suffix[1:].lower() not in taken:
        text = _("{0} is not taken. Files may end in: {1}")
        frappe.throw(text.format(_named(file), ", ".join(taken)), FileNotTaken)


def _is_for_ticket(file: Any, is_staff: bool) -> bool:
    """Tell whether a file may end on a ticket. Public ones of the support team are pictures of articles, say."""
    if file.attached_to_doctype not in ON_TICKETS:
        return False
    return bool(file.attached_to_name or file.is_private or not is_staff)


def _named(file: Any) -> str:
    return frappe.utils.escape_html(str(file.file_name or "?"))
