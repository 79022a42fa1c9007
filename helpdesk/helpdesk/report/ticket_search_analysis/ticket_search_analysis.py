"""What the knowledge base would have answered to the latest tickets."""

from typing import Any

import frappe
from frappe import _

from helpdesk.access import staff_only
from helpdesk.analytics.reports import Result
from helpdesk.knowledge_base import finding

SAMPLE = 100


@staff_only
def execute(filters: dict[str, Any] | None = None) -> Result:
    """Return the latest readable tickets with the best passage for their subject and its score."""
    columns = [
        {"fieldname": "ticket", "label": _("Ticket"), "fieldtype": "Link", "options": "HD Ticket", "width": 100},
        {"fieldname": "subject", "label": _("Subject"), "fieldtype": "Data", "width": 300},
        {"fieldname": "article", "label": _("Article"), "fieldtype": "Data", "width": 300},
        {"fieldname": "headings", "label": _("Heading"), "fieldtype": "Data", "width": 200},
        {"fieldname": "score", "label": _("Score"), "fieldtype": "Float", "width": 100},
    ]
    tickets = frappe.get_list("HD Ticket", fields=["name", "subject"], order_by="creation desc", limit=SAMPLE)
    return columns, [_row(ticket) for ticket in tickets], None, None


def _row(ticket: Any) -> dict[str, Any]:
    hits = finding.search(ticket.subject)
    best = hits[0] if hits else {}
    return {
        "ticket": ticket.name,
        "subject": ticket.subject,
        "article": best.get("subject"),
        "headings": best.get("headings"),
        "score": best.get("score", 0),
    }
