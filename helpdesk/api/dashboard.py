"""The dashboard: agents see themselves, managers everybody."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from helpdesk.access import agents_only, is_manager, refuse
from helpdesk.analytics import dashboard

KINDS = {"number_card": dashboard.number_cards, "master": dashboard.shares, "trend": dashboard.trends}


@frappe.whitelist()
@agents_only
def get_dashboard_data(dashboard_type: str, filters: dict | None = None) -> list[dict[str, Any]]:
    """Return the cards or charts of one kind. Agents may only ask about themselves, and not about teams."""
    wanted = {key: value for key, value in (filters or {}).items() if value}
    if wanted.get("agent") == "@me":
        wanted["agent"] = frappe.session.user
    if not is_manager() and (wanted.get("agent") != frappe.session.user or wanted.get("team")):
        refuse(_("You may only see your own numbers."))
    if dashboard_type not in KINDS:
        frappe.throw(_("There is no dashboard {0}.").format(frappe.utils.escape_html(dashboard_type)))
    return KINDS[dashboard_type](dashboard.scope(wanted, getdate()))
