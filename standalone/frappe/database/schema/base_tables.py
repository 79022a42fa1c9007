"""Tables that every site has and that no DocType describes."""

from __future__ import annotations

from frappe.database.schema.model import Column, Index, Table

_NAME = "varchar(140)"

SINGLES = Table(
    "tabSingles",
    (Column("doctype", _NAME), Column("field", _NAME), Column("value", "longtext")),
    (Index("singles_doctype_field_index", ("doctype", "field")),),
)
SERIES = Table(
    "tabSeries", (Column("name", "varchar(100)", False, primary=True), Column("current", "int(10)", False, "0"))
)
SESSIONS = Table(
    "tabSessions",
    (
        Column("user", _NAME),
        Column("sid", _NAME),
        Column("sessiondata", "longtext"),
        Column("ipaddress", "varchar(16)"),
        Column("lastupdate", "datetime(6)"),
        Column("status", "varchar(20)"),
    ),
    (Index("tabSessions_sid_index", ("sid",)), Index("tabSessions_user_index", ("user",))),
)
AUTH = Table(
    "__Auth",
    (
        Column("doctype", _NAME, False, primary=True),
        Column("name", "varchar(255)", False, primary=True),
        Column("fieldname", _NAME, False, primary=True),
        Column("password", "text", False),
        Column("encrypted", "tinyint(4)", False, "0"),
    ),
)
USER_SETTINGS = Table(
    "__UserSettings",
    (Column("user", "varchar(180)", False), Column("doctype", "varchar(180)", False), Column("data", "text")),
    (Index("unique_user_doctype", ("user", "doctype"), True),),
)
GLOBAL_SEARCH = Table(
    "__global_search",
    (
        Column("doctype", "varchar(100)"),
        Column("name", _NAME),
        Column("title", _NAME),
        Column("content", "longtext"),
        Column("route", _NAME),
        Column("published", "int(1)", False, "0"),
    ),
    (Index("unique_doctype_name", ("doctype", "name"), True),),
)

BASE_TABLES = (SINGLES, SERIES, SESSIONS, AUTH, USER_SETTINGS, GLOBAL_SEARCH)
