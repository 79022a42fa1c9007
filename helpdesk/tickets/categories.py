"""Categories: what tickets are about. A site may do without them; then nothing asks for one or shows one."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max

from helpdesk.access import is_admin, is_agent
from helpdesk.exceptions import TicketCategoryRequired
from helpdesk.settings import get_settings

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket
    from helpdesk.helpdesk.doctype.hd_ticket_category.hd_ticket_category import HDTicketCategory

CATEGORY = "HD Ticket Category"
SHIPPED = (
    ("General", "Gray", "Questions about anything"),
    ("Billing", "Green", "Invoices, payments and prices"),
    ("Technical", "Blue", "Something does not work as it should"),
    ("Account", "Violet", "Signing in, people and their rights"),
    ("Feature Request", "Teal", "Something that is wished for"),
    ("Bug Report", "Red", "A mistake of ours, and how it is seen"),
    ("Other", "Amber", "What fits nowhere else"),
)
"""Name, color and description of the categories that a site begins with."""


def begin() -> None:
    """Add the categories a site begins with, unless it has any."""
    if frappe.db.count(CATEGORY):
        return
    for place, (name, color, description) in enumerate(SHIPPED, start=1):
        record = {"doctype": CATEGORY, "name": name, "color": color, "description": description, "order": place}
        # Whoever installs the help desk or may write its settings decides that there are categories.
        frappe.get_doc(record).insert(set_name=name, ignore_permissions=True)


def put_last(category: "HDTicketCategory") -> None:
    """Give a new category the place after all others unless it has one."""
    if not category.order:
        table = DocType(CATEGORY)
        category.order = (frappe.qb.from_(table).select(Max(table.order)).run()[0][0] or 0) + 1


def are_used() -> bool:
    """Tell whether tickets have categories here."""
    return bool(get_settings().use_categories)


def fill_in(ticket: "HDTicket") -> None:
    """Give a ticket without a team that of its category, when it is new or the category is."""
    if ticket.category and not ticket.agent_group and (ticket.is_new() or ticket.has_value_changed("category")):
        ticket.agent_group = frappe.get_cached_value(CATEGORY, ticket.category, "team")


def require(ticket: "HDTicket") -> None:
    """Refuse a form that was sent without a category where one is needed, and taking one away.

    Mails, guests and programs cannot choose; their tickets come without one. Raises TicketCategoryRequired.
    """
    if ticket.category or not (are_used() and get_settings().require_category):
        return
    before = ticket.get_doc_before_save()
    is_form = ticket.is_new() and ticket.via_customer_portal and not ticket.flags.written_by_helpdesk
    if is_form or (before is not None and before.category):
        frappe.throw(_("Please choose a category."), TicketCategoryRequired)


def refuse_hidden(ticket: "HDTicket") -> None:
    """Refuse a customer's new ticket in a category that is none of theirs to choose."""
    if ticket.category and not frappe.db.exists(CATEGORY, {"name": ticket.category, "enabled": 1, "for_customers": 1}):
        frappe.throw(_("There is no category {0}.").format(frappe.bold(frappe.utils.escape_html(ticket.category))))


def may_see(category: Any, user: str) -> bool:
    """Tell whether `user` may see the category: customers see what they may choose."""
    return _sees_all(user) or bool(category.enabled and category.for_customers)


def list_condition(user: str) -> str:
    """Return the same rule as SQL; empty when everything shows."""
    if _sees_all(user):
        return ""
    return f"(`tab{CATEGORY}`.`enabled` = 1 and `tab{CATEGORY}`.`for_customers` = 1)"


def _sees_all(user: str) -> bool:
    return is_agent(user) or is_admin(user)
