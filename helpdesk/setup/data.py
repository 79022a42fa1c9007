"""Records that every help desk starts with. Values only."""

import json
from collections.abc import Mapping
from typing import Any

from helpdesk.lists.columns import AGENT_TICKETS, TICKET_ROWS

MINUTE, HOUR = 60, 3600

CUSTOM_FIELDS: dict[str, list[dict[str, Any]]] = {
    "Assignment Rule": [
        {
            "fieldname": "assign_condition_json",
            "label": "Assign Condition JSON",
            "fieldtype": "Code",
            "insert_after": "assign_condition",
            "depends_on": "assign_condition_json",
        },
        {
            "fieldname": "unassign_condition_json",
            "label": "Unassign Condition JSON",
            "fieldtype": "Code",
            "insert_after": "unassign_condition",
            "depends_on": "unassign_condition_json",
        },
    ],
    "User Invitation": [
        {
            "fieldname": "contact",
            "label": "Contact",
            "fieldtype": "Link",
            "options": "Contact",
            "insert_after": "roles",
            "set_only_once": 1,
        },
        {
            "fieldname": "customer",
            "label": "Customer",
            "fieldtype": "Link",
            "options": "HD Customer",
            "insert_after": "contact",
            "set_only_once": 1,
        },
    ],
}

# (name, field or None for the DocType, property, value)
PROPERTY_SETTERS = (
    ("Contact", None, "search_fields", "email_id"),
    ("Assignment Rule", "assign_condition", "depends_on", "eval:!doc.assign_condition_json"),
    ("Assignment Rule", "unassign_condition", "depends_on", "eval:!doc.unassign_condition_json"),
)

STATUSES: tuple[dict[str, Any], ...] = (
    {"label_agent": "Open", "category": "Open", "color": "Red", "order": 1},
    {
        "label_agent": "Replied",
        "category": "Paused",
        "color": "Blue",
        "order": 2,
        "different_view": 1,
        "label_customer": "Awaiting Response",
    },
    {"label_agent": "Resolved", "category": "Resolved", "color": "Green", "order": 3},
    {"label_agent": "Closed", "category": "Resolved", "color": "Gray", "order": 4},
)

AGENT_STATUSES: tuple[dict[str, Any], ...] = (
    {"agent_status": "Active", "category": "Active", "color": "Green", "status_order": 10, "enable": 1},
    {"agent_status": "Away", "category": "Away", "color": "Amber", "status_order": 20, "enable": 1},
    {"agent_status": "Unavailable", "category": "Unavailable", "color": "Red", "status_order": 30, "enable": 1},
)

# (name, rank, first response, resolution)
PRIORITIES = (
    ("Urgent", 100, 30 * MINUTE, 2 * HOUR),
    ("High", 200, 1 * HOUR, 4 * HOUR),
    ("Medium", 300, 8 * HOUR, 24 * HOUR),
    ("Low", 400, 24 * HOUR, 72 * HOUR),
)
DEFAULT_PRIORITY = "Medium"
WORKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
OPENS, CLOSES = "10:00:00", "18:00:00"

TEAMS = ("Billing", "Product Experts")
TYPES = ("Question", "Bug", "Incident")
FALLBACK_TYPE = "Unspecified"

FEEDBACK_OPTIONS = (
    ("The answer did not help at all", 0.2),
    ("My problem is still there", 0.2),
    ("It took far too long", 0.4),
    ("I had to explain everything twice", 0.4),
    ("The explanation was clear", 0.6),
    ("The waiting time was acceptable", 0.6),
    ("Quick and to the point", 0.8),
    ("I learned something", 0.8),
    ("Excellent help", 1.0),
    ("Better than I hoped for", 1.0),
)

PORTAL_ROLES = ("HD Customer", "HD Customer Manager")
PORTAL_HOME = "/helpdesk"
AGENT_ROLE_SWITCHES = (
    "search_bar",
    "notifications",
    "list_sidebar",
    "bulk_actions",
    "view_switcher",
    "form_sidebar",
    "timeline",
    "dashboard",
)

READ = ("read",)
ALL_RIGHTS = ("read", "create", "write", "delete")

# role -> {DocType: rights}
CORE_PERMISSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "Agent": {"File": READ, "Contact": READ, "Email Account": READ, "Communication": READ},
    "Agent Manager": {
        "Email Account": ALL_RIGHTS,
        "File": ALL_RIGHTS,
        "Communication": ALL_RIGHTS,
        "Assignment Rule": ALL_RIGHTS,
        "Contact": (*ALL_RIGHTS, "select"),
        "User Invitation": ("read", "create", "write"),
        "Role": READ,
    },
    "System Manager": {"Website Settings": ALL_RIGHTS},
}

WELCOME_SUBJECT = "Welcome to Helpdesk"
WELCOME_CONTACT = "John Doe"
WELCOME_ADDRESS = "john@example.com"
WELCOME_TEXT = """
<p>Hello{{ " " + name if name else "" }},</p>
<p>this is a ticket. It looks like every request that will reach you from now on, by mail or through the portal.</p>
<ul>
<li>In the <b>activity</b> below you find everything that was said and done.</li>
<li>With <b>Reply</b> you answer the person who asked; they get a mail.</li>
<li>With <b>Comment</b> you leave a note that only your team can read.</li>
<li>The <b>sidebar</b> holds priority, type, team and customer.</li>
<li>Two <b>timers</b> show until when the first answer and the solution are due.</li>
</ul>
<p>Next: connect your support address, invite your team, and set your working hours.</p>
"""

ARTICLE_TITLE = "Introduction"
ARTICLE_TEXT = "<p>Write here what people ask most often, and publish it when it is ready.</p>"

VIEW_ROWS = [*TICKET_ROWS, "feedback_rating", "owner", "modified_by"]
FEEDBACK_ROWS = [
    "name",
    "owner",
    "_seen",
    "creation",
    "modified_by",
    "_assign",
    "modified",
    "subject",
    "response_by",
    "resolution_by",
    "feedback_rating",
    "feedback",
    "feedback_extra",
    "contact",
]
FEEDBACK_COLUMNS = [
    {"label": "ID", "type": "Int", "key": "name", "width": "auto"},
    {"label": "Subject", "type": "Data", "key": "subject", "width": "25rem"},
    {"label": "Rating", "type": "Rating", "key": "feedback_rating", "width": "10rem"},
    {"label": "Contact", "type": "Link", "key": "contact", "width": "8rem", "options": "Contact"},
    {"label": "Feedback", "type": "Link", "key": "feedback", "width": "14rem", "options": "HD Ticket Feedback Option"},
    {"label": "Comment", "type": "Long Text", "key": "feedback_extra", "width": "16rem"},
    {"label": "First Response", "type": "Datetime", "key": "response_by", "width": "8rem"},
    {"label": "Resolution", "type": "Datetime", "key": "resolution_by", "width": "8rem"},
]
MINE = ["LIKE", "%@me%"]
RECENT = ["timespan", "last 90 days"]

VIEWS: tuple[dict[str, Any], ...] = (
    {
        "name": "STD-VIEW-SLA-ALERTS",
        "label": "SLA Alerts",
        "icon": "clock-alert",
        "filters": {
            "sla": ["is", "set"],
            "agreement_status": ["in", "First Response Due,Resolution Due"],
            "status_category": "Open",
            "_assign": MINE,
            "creation": RECENT,
        },
        "order_by": "response_by asc",
        "columns": AGENT_TICKETS,
        "rows": VIEW_ROWS,
    },
    {
        "name": "STD-VIEW-RECENTLY-ASSIGNED-TICKETS",
        "label": "Recently Assigned Tickets",
        "icon": "user-check",
        "filters": {"__assigned_on": ["timespan", "last 7 days"], "status_category": "Open", "_assign": MINE},
        "order_by": "creation desc",
        "columns": AGENT_TICKETS,
        "rows": VIEW_ROWS,
    },
    {
        "name": "STD-VIEW-PENDING-TICKETS",
        "label": "Pending Tickets",
        "icon": "hourglass",
        "filters": {
            "_assign": MINE,
            "status_category": "Open",
            "last_customer_response": ["is", "set"],
            "creation": RECENT,
        },
        "order_by": "last_customer_response asc",
        "columns": AGENT_TICKETS,
        "rows": VIEW_ROWS,
    },
    {
        "name": "STD-VIEW-ALL-FEEDBACK",
        "label": "My Feedback",
        "icon": "star",
        "filters": {"_assign": MINE, "feedback_rating": ["is", "set"]},
        "order_by": "feedback_rating desc",
        "columns": FEEDBACK_COLUMNS,
        "rows": FEEDBACK_ROWS,
    },
)


OPEN = {"status_category": "Open"}
UNASSIGNED = {"_assign": ["is", "not set"]}

# Views for everybody that a site may change or delete, so they come once.
PRESETS: tuple[dict[str, Any], ...] = (
    {"label": "My Open Tickets", "icon": "user", "filters": {"_assign": MINE, "status_category": ["!=", "Resolved"]}},
    {"label": "Unassigned", "icon": "inbox", "filters": {**UNASSIGNED, **OPEN}},
    {"label": "Urgent Unassigned", "icon": "flame", "filters": {**UNASSIGNED, **OPEN, "priority": "Urgent"}},
    {
        "label": "SLA Breaching",
        "icon": "alarm-clock",
        "filters": {**OPEN, "sla_state": ["in", "Warning,Breached"]},
        "order_by": "resolution_by asc",
    },
    {
        "label": "Needs Response",
        "icon": "message-circle",
        "filters": {**OPEN, "needs_response": 1},
        "order_by": "last_customer_response asc",
    },
    {
        "label": "Due Today",
        "icon": "calendar-clock",
        "filters": {"due_date": ["timespan", "today"], "status_category": ["!=", "Resolved"]},
        "order_by": "due_date asc",
    },
    {"label": "Archived", "icon": "archive", "filters": {"is_archived": 1}},
)


def preset_record(preset: Mapping[str, Any]) -> dict[str, Any]:
    """Return a preset as the record it becomes."""
    shown = {"order_by": "modified desc", "columns": AGENT_TICKETS, "rows": VIEW_ROWS, **preset}
    return {**view_record({"name": f"VIEW-{preset['label'].upper().replace(' ', '-')}", **shown}), "is_standard": 0}


def view_record(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shipped view as the record it becomes."""
    return {
        "doctype": "HD View",
        "name": view["name"],
        "label": view["label"],
        "icon": view["icon"],
        "dt": "HD Ticket",
        "type": "list",
        "route_name": "TicketsAgent",
        "user": "Administrator",
        "is_standard": 1,
        "filters": json.dumps(view["filters"]),
        "order_by": view["order_by"],
        "columns": json.dumps(view["columns"]),
        "rows": json.dumps(view["rows"]),
    }
