"""The first steps of a new help desk, and which have been taken: read from the records, so that all devices agree."""

from typing import Any

import frappe

from helpdesk.knowledge_base.articles import PUBLISHED
from helpdesk.setup.data import WELCOME_ADDRESS, WELCOME_SUBJECT

TICKET = "HD Ticket"


def progress(user: str) -> dict[str, bool]:
    """Return each step and whether it is done: set-up by anybody, first work by `user`."""
    own = {"owner": user}
    return {
        "mail": _any("Email Account", enable_incoming=1),
        "agents": frappe.db.count("HD Agent") > 1,
        "sla": frappe.db.count("HD Service Level Agreement") > 1,
        "ticket": _any(TICKET, subject=["!=", WELCOME_SUBJECT]),
        "assign": _any("ToDo", reference_type=TICKET, assigned_by=user),
        "reply": _any("Communication", reference_doctype=TICKET, sent_or_received="Sent", **own),
        "comment": _any("HD Ticket Comment", commented_by=user),
        "article": _any("HD Article", status=PUBLISHED, **own),
        "contact": _any("Contact", email_id=["not in", ["", WELCOME_ADDRESS]], **own),
    }


def _any(doctype: str, **filters: Any) -> bool:
    return bool(frappe.db.exists(doctype, filters))
