"""Who may do what with which document over the API that every DocType has. Read by `test_rest.py`.

The scene and the order of people are those of `role_table.py`.
"""

from typing import Any, NamedTuple

LETTERS = "lrwcd"
"""Find in a list, read, write, create, delete. Of a DocType that is a single record: read and write."""


class Row(NamedTuple):
    """A DocType, a record of the scene, a change to it, a new record, and who may what: a word for each of `PEOPLE`."""

    doctype: str
    name: str
    change: tuple[str, Any]
    new: dict[str, Any]
    may: str = "- - - - - - - -"
    letters: str = LETTERS


ROWS = (
    Row(
        "HD Ticket",
        "{ticket}",
        ("subject", "Other"),
        {"subject": "New"},
        "----- lrwc- ---c- lrwc- lrwcd ---c- ---c- lrwcd",
    ),
    Row(
        "HD Ticket Status",
        "Replied",
        ("order", 9),
        {"label_agent": "New", "category": "Open"},
        "----- lr--- lr--- lr--- lr--- lr--- lrwcd lrwcd",
    ),
    Row(
        "HD Ticket Priority",
        "High",
        ("description", "x"),
        {"name": "New", "level": "Low"},
        "----- lr--- lr--- lr--- lrwc- lrwc- lrwcd lrwcd",
    ),
    Row(
        "HD Ticket Type",
        "{type}",
        ("description", "x"),
        {"name": "New"},
        "----- lr--- lr--- lr--- lrwcd lrwcd lrwcd lrwcd",
    ),
    Row(
        "HD Ticket Category",
        "Billing",
        ("description", "x"),
        {"name": "New"},
        "----- lr--- lr--- lr--- lr--- lr--- lrwcd lrwcd",
    ),
    Row(
        "HD Ticket Label",
        "{label}",
        ("color", "Red"),
        {"label": "New"},
        "----- ----- ----- ----- lr--- lr--- lrwcd lrwcd",
    ),
    Row(
        "HD Ticket Feedback Option",
        "{option}",
        ("disabled", 0),
        {"label": "New", "rating": 0.2},
        "----- lr--- lr--- lr--- lrwcd lrwcd lrwcd lrwcd",
    ),
    Row(
        "HD Ticket Template",
        "Default",
        ("about", "x"),
        {"template_name": "New"},
        "----- lr--- lr--- lr--- lrwc- lrwc- lrwc- lrwc-",
    ),
    Row(
        "HD Ticket Activity",
        "{activity}",
        ("action", "y"),
        {"ticket": "{ticket}", "action": "new"},
        "----- ----- ----- ----- lr-c- ----- ----- lrwcd",
    ),
    Row(
        "HD Ticket Comment",
        "{comment}",
        ("content", "y"),
        {"reference_ticket": "{ticket}", "content": "new"},
        "----- ----- ----- ----- lr-c- ----- ----- lrwcd",
    ),
    Row(
        "HD Notification",
        "{notification}",
        ("read", 1),
        {"user_from": "{agent}", "user_to": "{agent}", "notification_type": "Mention"},
        "----- ----- ----- ----- lrwc- ----- ----- -----",
    ),
    # people keep their own through helpdesk.api.notifications
    Row(
        "HD Notification Preference",
        "{preference}",
        ("in_app", 0),
        {"notification_type": "Reply", "in_app": 1},
        "----- ----- ----- ----- ----- ----- lrwcd lrwcd",
    ),
    Row(
        "HD Notification Rhythm",
        "{rhythm}",
        ("digest", "Daily"),
        {"user": "xenia@elsewhere.example"},
        "----- ----- ----- ----- ----- ----- lrwcd lrwcd",
    ),
    Row(
        "HD Held Notice",
        "{held}",
        ("title", "x"),
        {"user": "{agent}", "ticket": "{ticket}", "due_on": "2030-01-01 00:00:00"},
        "----- ----- ----- ----- ----- ----- ----- lr--d",
    ),
    Row(
        "HD Survey",
        "{survey}",
        ("opted_out", 1),
        {"ticket": "{ticket}", "recipient": "cleo@acme.example"},
        "----- ----- ----- ----- ----- ----- ----- lrw-d",
    ),
    Row(
        "HD Ticket Mute",
        "{mute}",
        ("user", "{agent}"),
        {"user": "{agent}", "ticket": "{ticket}"},
        "----- ----- ----- ----- ----- ----- ----- lr--d",
    ),
    Row(
        "HD Bulk Operation",
        "{operation}",
        ("status", "Done"),
        {"action": "tag"},
        "----- ----- ----- ----- lr--- ----- ----- lr--d",
    ),
    Row(
        "HD Email Feedback",
        "{mail_feedback}",
        ("feedback_extra", "x"),
        {"key": "{key}", "feedback_rating": 1},
        "----- ----- ----- ----- ----- ----- ----- lrwcd",
    ),
    Row(
        "HD Ticket Link",
        "{guest_link}",
        ("revoked", 1),
        {"ticket": "{ticket}", "recipient": "x@y.example", "token_hash": "new", "expires_on": "2030-01-01 00:00:00"},
        "----- ----- ----- ----- ----- ----- ----- lrw-d",
    ),
    Row(
        "HD Agent",
        "{agent}",
        ("is_active", 1),
        {"user": "xenia@elsewhere.example"},
        "----- ----- ----- ----- lrw-d lrw-d lrwcd lrwcd",
    ),
    Row(
        "HD Agent Status",
        "Away",
        ("color", "Red"),
        {"agent_status": "New", "category": "Away"},
        "----- ----- ----- ----- lr--- lr--- lrwcd lrwcd",
    ),
    Row(
        "HD Team",
        "{team}",
        ("ignore_restrictions", 1),
        {"team_name": "New", "users": [{"user": "{agent}"}]},
        "----- l---- l---- l---- lr--- lr--- lrwcd lrwcd",
    ),
    Row(
        "HD Customer",
        "{customer}",
        ("customer_type", "Individual"),
        {"customer_name": "New"},
        "----- lr--- ----- lrw-- lr--- lr--- lrwcd lrwcd",
    ),
    Row(
        "HD Service Level Agreement",
        "Default",
        ("description", "x"),
        {"service_level": "New"},
        "----- ----- ----- ----- ----- ----- lrwcd lrwcd",
    ),
    Row(
        "HD Service Holiday List",
        "Default",
        ("description", "x"),
        {"holiday_list_name": "New"},
        "----- ----- ----- ----- ----- ----- lrwcd lrwcd",
    ),
    Row(
        "HD Field Layout",
        "{layout}",
        ("layout", "[ ]"),
        {"type": "Landing Page", "layout": "[]"},
        "----- ----- ----- ----- ---c- ---c- ---c- lrwcd",
    ),
    Row(
        "HD View",
        "{view}",
        ("label", "y"),
        {"label": "New", "dt": "HD Ticket"},
        "----- ---c- ---c- ---c- lrwcd ---c- lrwcd lrwcd",
    ),
    Row(
        "HD Saved Reply",
        "{saved_reply}",
        ("message", "y"),
        {"title": "New", "message": "x", "scope": "Personal"},
        "----- ----- ----- ----- lrwcd lrwcd lrwcd lrwcd",
    ),
    Row(
        "HD Article Category",
        "{category}",
        ("description", "x"),
        {"category_name": "New"},
        "----- lr--- lr--- lr--- lrwcd lrwcd lrwcd lrwcd",
    ),
    Row("HD Article", "{draft}", ("title", "y"), {"title": "New"}, "----- ----- ----- ----- lrwcd lrwcd lrwcd lrwcd"),
    Row(
        "HD Article Feedback",
        "{vote}",
        ("feedback", "2"),
        {"article": "{article}", "feedback": "1"},
        "----- ---c- ---c- ---c- ----- ----- ----- lrwcd",
    ),
    Row(
        "HD Stopword", "{stopword}", ("enabled", 0), {"word": "new"}, "----- ----- ----- ----- ----- ----- ----- lrwcd"
    ),
    Row(
        "HD Synonyms",
        "{synonyms}",
        ("word", "other"),
        {"word": "new"},
        "----- ----- ----- ----- ----- ----- ----- lrwcd",
    ),
    Row(
        "HD Form Script",
        "{script}",
        ("script", "x"),
        {"name": "New", "dt": "HD Ticket"},
        "----- lr--- lr--- lr--- ----- ----- lrwcd lrwcd",
    ),
    Row("HD Settings", "HD Settings", ("brand_name", "x"), {}, "-- -- -- -- r- r- rw rw", letters="rw"),
    Row("HD AI Settings", "HD AI Settings", ("model", "x"), {}, "-- -- -- -- -- -- rw rw", letters="rw"),
    Row("ERPNext HD Settings", "ERPNext HD Settings", ("enabled", 0), {}, "-- -- -- -- -- -- rw rw", letters="rw"),
)
