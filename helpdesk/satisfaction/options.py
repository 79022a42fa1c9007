"""The answers a requester can choose from, grouped by stars."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import flt

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket_feedback_option.hd_ticket_feedback_option import HDTicketFeedbackOption

OPTION = "HD Ticket Feedback Option"
RATINGS = (0.2, 0.4, 0.6, 0.8, 1.0)


def check(option: "HDTicketFeedbackOption") -> None:
    """Refuse half stars, and a change that leaves a star without an enabled answer."""
    if round(flt(option.rating), 3) not in RATINGS:
        frappe.throw(_("A rating must be one to five whole stars."))
    before = option.get_doc_before_save()
    if before is None:
        return
    if before.disabled and option.disabled:
        return
    others = frappe.db.count(OPTION, {"rating": before.rating, "disabled": 0, "name": ["!=", option.name]})
    if not others:
        stars = round(flt(before.rating) * 5)
        frappe.throw(_("There must be another enabled answer for {0} stars.").format(stars))
