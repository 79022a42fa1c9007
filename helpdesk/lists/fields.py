"""Which fields of a DocType can be filtered, sorted and shown."""

from typing import Any, TypedDict

import frappe
from frappe import _

from helpdesk.access import is_agent
from helpdesk.lists.columns import for_portal
from helpdesk.lists.tokens import ASSIGNED_ON, TEXT
from helpdesk.settings import get_settings, is_team_restricted

FILTERABLE_TYPES = frozenset(
    {
        "Check",
        "Data",
        "Float",
        "Int",
        "Link",
        "Long Text",
        "Select",
        "Small Text",
        "Text Editor",
        "Text",
        "Rating",
        "Duration",
        "Date",
        "Datetime",
    }
)
LAYOUT_TYPES = frozenset(
    {
        "Section Break",
        "Column Break",
        "Tab Break",
        "HTML",
        "Button",
        "Image",
        "Fold",
        "Heading",
        "Table",
        "Table MultiSelect",
    }
)


class FilterField(TypedDict):
    """A field one can filter by; `name` repeats the fieldname for the desk's pickers."""

    fieldname: str
    fieldtype: str
    label: str
    name: str
    options: str | None


class Choice(TypedDict):
    """A label and the fieldname it stands for."""

    label: str
    value: str


def _field(fieldname: str, fieldtype: str, label: str, options: str | None = None) -> FilterField:
    return FilterField(fieldname=fieldname, fieldtype=fieldtype, label=label, name=fieldname, options=options)


def filterable(doctype: str, *, portal: bool, ignore_team_restrictions: bool) -> list[FilterField]:
    """Return the fields a list of `doctype` can be filtered by."""
    fields = [
        _field(df.fieldname, df.fieldtype, _(df.label), df.options)
        for df in _fields(doctype)
        if df.fieldtype in FILTERABLE_TYPES and not df.hidden and df.label and not df.is_virtual
    ]
    if portal:
        return for_portal([*fields, *_standard(doctype)], "customer")
    if doctype == "HD Ticket":
        fields = _of_tickets(fields, ignore_team_restrictions=ignore_team_restrictions)
    known = {each["fieldname"] for each in fields}
    fields += [each for each in _standard(doctype) if each["fieldname"] not in known]
    return [*fields, _field(ASSIGNED_ON, "Date", _("Assigned On"))]


def _fields(doctype: str) -> list[Any]:
    """Return the fields of a DocType; tickets have a category where the settings say so."""
    fields = frappe.get_meta(doctype).fields
    without = "category" if doctype == "HD Ticket" and not get_settings().use_categories else ""
    return [df for df in fields if df.fieldname != without]


def _of_tickets(fields: list[FilterField], *, ignore_team_restrictions: bool) -> list[FilterField]:
    if is_team_restricted() and not ignore_team_restrictions:
        fields = [each for each in fields if each["fieldname"] != "agent_group"]
    if is_agent():
        fields = [
            *fields,
            _field("_assign", "Link", _("Assigned to"), "HD Agent"),
            _field("_user_tags", "Link", _("Label"), "HD Ticket Label"),
            _field(TEXT, "Data", _("Text")),
        ]
    return fields


def _standard(doctype: str) -> list[FilterField]:
    return [
        _field("name", "Link", _("ID"), doctype),
        _field("owner", "Link", _("Created By"), "User"),
        _field("modified_by", "Link", _("Last Updated By"), "User"),
        _field("creation", "Datetime", _("Created On")),
        _field("modified", "Datetime", _("Last Updated On")),
    ]


def sortable(doctype: str, *, portal: bool) -> list[Choice]:
    """Return the fields a list of `doctype` can be sorted by."""
    found = [Choice(label=_(df.label), value=df.fieldname) for df in _with_value(doctype)]
    standard = [
        Choice(label=_("Name"), value="name"),
        Choice(label=_("Created On"), value="creation"),
        Choice(label=_("Last Modified"), value="modified"),
        Choice(label=_("Modified By"), value="modified_by"),
        Choice(label=_("Owner"), value="owner"),
    ]
    return [*(for_portal(found) if portal else found), *standard]


def _with_value(doctype: str) -> list[Any]:
    return [df for df in _fields(doctype) if df.fieldtype not in LAYOUT_TYPES and df.label and not df.is_virtual]


def showable(doctype: str, *, portal: bool) -> list[dict[str, Any]]:
    """Return the fields a list of `doctype` can show as columns."""
    found: list[dict[str, Any]] = [
        {"label": _(df.label), "type": df.fieldtype, "value": df.fieldname, "options": df.options}
        for df in _with_value(doctype)
    ]
    known = {each["value"] for each in found}
    standard = (
        ("Name", "Data", "name", None),
        ("Created On", "Datetime", "creation", None),
        ("Last Modified", "Datetime", "modified", None),
        ("Modified By", "Link", "modified_by", "User"),
        ("Assigned To", "Text", "_assign", None),
        ("Owner", "Link", "owner", "User"),
    )
    found += [
        {"label": _(label), "type": kind, "value": value, "options": options}
        for label, kind, value, options in standard
        if value not in known
    ]
    return for_portal(found) if portal else found


def quick_filters(doctype: str, *, portal: bool) -> list[dict[str, Any]]:
    """Return the filters that stand above a list of `doctype`."""
    fields = [] if doctype in ("Contact", "TP Call Log") else _quick_fields(doctype)
    if portal:
        fields = [each for each in fields if each["name"] not in ("customer", "category")]
    if doctype in ("HD Agent", "HD Customer", "HD Ticket", "Contact", "TP Call Log"):
        fields.insert(0, {"label": _("ID"), "name": "name", "type": "Data", "options": None})
    return fields


def _quick_fields(doctype: str) -> list[dict[str, Any]]:
    return [
        {"label": _(df.label), "name": df.fieldname, "type": df.fieldtype, "options": _options(df)}
        for df in _fields(doctype)
        if df.in_standard_filter
    ]


def _options(df: Any) -> Any:
    if df.fieldtype != "Select":
        return df.options
    lines = [line for line in (df.options or "").split("\n") if line]
    return [{"label": "", "value": ""}, *({"label": _(line), "value": line} for line in lines)]
