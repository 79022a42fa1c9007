"""The columns and rows of lists that nobody has configured, and which fields the portal may show."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, TypeVar

import frappe


class Column(TypedDict, total=False):
    """One column of a list; `key` is the fieldname, `width` a CSS length."""

    label: str
    type: str
    key: str
    width: str
    options: str
    align: str


Described = TypeVar("Described", bound=Mapping[str, Any])


class ListDefaults(TypedDict):
    """What a list shows when nobody said so."""

    columns: list[Column]
    rows: list[str]


def column(key: str, label: str, kind: str, width: str, options: str | None = None) -> Column:
    """Return one column."""
    made = Column(label=label, type=kind, key=key, width=width)
    if options:
        made["options"] = options
    return made


NAME = column("name", "Name", "Data", "16rem")
MODIFIED = column("modified", "Last Modified", "Datetime", "8rem")

TICKET_ROWS = [
    "name",
    "subject",
    "status",
    "priority",
    "ticket_type",
    "agent_group",
    "contact",
    "agreement_status",
    "response_by",
    "resolution_by",
    "customer",
    "first_responded_on",
    "modified",
    "creation",
    "_assign",
    "resolution_date",
]

# What a ticket's cells are drawn from besides their own columns: who has read it, and where its promises stand.
TICKET_MARKS = (
    "_seen",
    "status_category",
    "response_by",
    "resolution_by",
    "first_responded_on",
    "resolution_date",
    "on_hold_since",
    "sla_warning_on",
)

AGENT_TICKETS = [
    column("name", "ID", "Int", "auto"),
    column("subject", "Subject", "Data", "25rem"),
    column("status", "Status", "Link", "8rem", "HD Ticket Status"),
    column("response_by", "First Response", "Datetime", "8rem"),
    column("resolution_by", "Resolution", "Datetime", "8rem"),
    column("_assign", "Assigned To", "MultipleAvatar", "8rem"),
    column("customer", "Customer", "Link", "8rem", "HD Customer"),
    column("priority", "Priority", "Link", "10rem", "HD Ticket Priority"),
    column("ticket_type", "Type", "Link", "11rem", "HD Ticket Type"),
    column("agent_group", "Team", "Link", "10rem", "HD Team"),
    column("contact", "Contact", "Link", "8rem", "Contact"),
    column("feedback_rating", "Rating", "Rating", "10rem"),
    column("creation", "Created", "Datetime", "8rem"),
]

PORTAL_TICKETS = [
    column("name", "ID", "Int", "5rem"),
    column("subject", "Subject", "Data", "22rem"),
    column("status", "Status", "Link", "11rem", "HD Ticket Status"),
    column("priority", "Priority", "Link", "10rem", "HD Ticket Priority"),
    column("response_by", "First Response", "Datetime", "8rem"),
    column("resolution_by", "Resolution", "Datetime", "8rem"),
    column("agent_group", "Team", "Link", "10rem", "HD Team"),
    column("creation", "Created", "Datetime", "8rem"),
]

PORTAL_FIELDS = ("name", "subject", "status", "priority", "response_by", "resolution_by", "creation")

CUSTOMERS = ListDefaults(
    columns=[
        column("name", "Name", "Data", "17rem"),
        column("customer_type", "Type", "Select", "10rem"),
        column("email_id", "Email", "Data", "17rem"),
        column("mobile_no", "Phone", "Data", "12rem"),
        column("creation", "Created", "Datetime", "8rem"),
    ],
    rows=["name", "customer_name", "customer_type", "email_id", "mobile_no", "creation", "image"],
)

ARTICLES = ListDefaults(
    columns=[
        column("title", "Title", "Data", "20rem"),
        column("status", "Status", "Select", "10rem"),
        column("author", "Author", "Link", "12rem", "User"),
        column("modified", "Last Modified", "Datetime", "8rem"),
    ],
    rows=["name", "title", "status", "author", "category", "modified"],
)

CONTACTS = ListDefaults(
    columns=[
        column("full_name", "Name", "Data", "17rem"),
        column("email_id", "Email", "Data", "17rem"),
        column("mobile_no", "Phone", "Data", "12rem"),
        column("creation", "Created", "Datetime", "8rem"),
    ],
    rows=["name", "full_name", "email_id", "mobile_no", "creation", "image"],
)

CALLS = ListDefaults(
    columns=[
        column("name", "ID", "Data", "10rem"),
        column("caller", "Caller", "Link", "9rem", "User"),
        column("receiver", "Receiver", "Link", "9rem", "User"),
        column("type", "Type", "Select", "9rem"),
        column("telephony_medium", "Medium", "Select", "9rem"),
        column("status", "Status", "Select", "9rem"),
        column("duration", "Duration", "Duration", "6rem"),
        column("from", "From", "Data", "9rem"),
        column("to", "To", "Data", "9rem"),
        column("creation", "Created", "Datetime", "8rem"),
    ],
    rows=["name", "caller", "receiver", "type", "telephony_medium", "status", "duration", "from", "to", "creation"],
)

BY_DOCTYPE = {"Contact": CONTACTS, "TP Call Log": CALLS}


def ticket_defaults(*, portal: bool) -> ListDefaults:
    """Return what a list of tickets shows."""
    return ListDefaults(columns=list(PORTAL_TICKETS if portal else AGENT_TICKETS), rows=list(TICKET_ROWS))


def visible_custom_fields() -> set[str]:
    """Return the custom ticket fields that the default template shows to customers."""
    template = frappe.get_cached_doc("HD Ticket Template", "Default")
    shown = [row.fieldname for row in template.get("fields") if not row.hide_from_customer]
    meta = frappe.get_meta("HD Ticket")
    return {field for field in shown if (df := meta.get_field(field)) and df.get("is_custom_field")}


def for_portal(fields: Iterable[Described], *more: str) -> list[Described]:
    """Return the fields that the portal may show; fields are told by `fieldname`, `value` or `key`."""
    allowed = {*PORTAL_FIELDS, *more, *visible_custom_fields()}
    return [each for each in fields if (each.get("fieldname") or each.get("value") or each.get("key")) in allowed]
