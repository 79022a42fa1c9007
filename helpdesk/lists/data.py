"""The rows of a list, with its columns, its total and its groups."""

import json
from dataclasses import dataclass, field
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.base_document import get_controller
from frappe.utils import getdate

from helpdesk.compat import count_visible, count_visible_by
from helpdesk.integrations.telephony import calls
from helpdesk.lists import columns as list_columns
from helpdesk.lists import fields as list_fields
from helpdesk.lists.columns import MODIFIED, NAME
from helpdesk.lists.tokens import ASSIGNED_ON, PSEUDO, TEXT, BadFilter, on_days, resolve_tokens
from helpdesk.search import tickets as found_tickets
from helpdesk.tickets import archiving

MOST_ROWS = 1000
ALWAYS = frozenset(
    {"name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"}
    | {"_user_tags", "_comments", "_assign", "_liked_by", "_seen"}
)


@dataclass
class Query:
    """What a list asks for. Rows, columns and filters come from the caller, else from a view, else from defaults."""

    doctype: str
    filters: list[list[Any]]
    order_by: str
    page_length: int
    columns: list[dict[str, Any]] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    default_filters: list[list[Any]] = field(default_factory=list)
    portal: bool = False
    view_type: str = "list"
    group_by: str | None = None
    label_doctype: str | None = None
    label_field: str | None = None
    with_total: bool = True


def bad(message: str) -> NoReturn:
    """Refuse a question about a list, naming what is wrong with it."""
    frappe.throw(message, frappe.ValidationError)


def parse(value: Any, kind: type | tuple[type, ...], label: str) -> Any:
    """Return a value that may have arrived as JSON text; refuse what is not of the kind. Empty means None."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if value.strip() else None
        except ValueError:
            bad(_("{0} is not valid JSON.").format(label))
    if value is None or isinstance(value, kind):
        return value
    bad(_("{0} has the wrong form.").format(label))


def parse_filters(value: Any, label: str = "filters") -> list[list[Any]]:
    """Return filters of either form as triples, with `@me` resolved."""
    try:
        return resolve_tokens(parse(value, (dict, list), label), frappe.session.user, getdate())
    except BadFilter as error:
        bad(str(error))


def require_field(doctype: str, fieldname: Any) -> None:
    """Refuse a field that the DocType does not have."""
    known = isinstance(fieldname, str) and (fieldname in ALWAYS or _column(doctype, fieldname) is not None)
    if not known:
        bad(_("{0} has no field {1}.").format(_(doctype), frappe.bold(frappe.utils.escape_html(str(fieldname)))))


def _column(doctype: str, fieldname: str) -> Any:
    df = frappe.get_meta(doctype).get_field(fieldname)
    return df if df is not None and df.fieldtype not in list_fields.LAYOUT_TYPES and not df.is_virtual else None


def parse_order(doctype: str, order_by: str) -> str:
    """Return an order that names only fields of the DocType and a direction."""
    parts = []
    for part in (order_by or "modified desc").split(","):
        words = part.replace("`", "").split()
        if not words or len(words) > 2 or (len(words) == 2 and words[1].lower() not in ("asc", "desc")):
            bad(_("Cannot sort by {0}.").format(frappe.bold(frappe.utils.escape_html(part.strip()))))
        fieldname = words[0].removeprefix(f"tab{doctype}.")
        require_field(doctype, fieldname)
        parts.append(f"`{fieldname}` {words[1].lower() if len(words) == 2 else 'asc'}")
    return ", ".join(parts)


def settle(query: Query) -> None:
    """Fill in columns and rows that the caller did not give."""
    if query.columns or query.rows:
        query.columns = query.columns or [dict(NAME), dict(MODIFIED)]
        query.rows = query.rows or ["name"]
    else:
        defaults = _default_view(query) or _built_in(query.doctype, portal=query.portal)
        query.columns, query.rows = defaults["columns"], defaults["rows"]
    _complete_rows(query)


def _built_in(doctype: str, *, portal: bool) -> dict[str, Any]:
    found = list_columns.BY_DOCTYPE.get(doctype)
    if found is None:
        controller = get_controller(doctype)
        if hasattr(controller, "default_list_data"):
            try:
                found = controller.default_list_data(show_customer_portal_fields=portal)
            except TypeError:
                found = controller.default_list_data()
    found = found or {"columns": [NAME, MODIFIED], "rows": ["name"]}
    return {"columns": [dict(each) for each in found["columns"]], "rows": list(found["rows"])}


def _default_view(query: Query) -> dict[str, Any] | None:
    view = frappe.db.get_value(
        "HD View",
        {
            "dt": query.doctype,
            "user": frappe.session.user,
            "is_default": 1,
            "is_customer_portal": int(query.portal),
        },
        ["columns", "rows"],
        as_dict=True,
        order_by="name asc",
    )
    if not view:
        return None
    built_in = _built_in(query.doctype, portal=query.portal)
    if query.default_filters and not query.filters:
        query.filters = query.default_filters
    return {
        "columns": parse(view.columns, list, "columns") or built_in["columns"],
        "rows": parse(view.rows, list, "rows") or built_in["rows"],
    }


def _complete_rows(query: Query) -> None:
    wanted = [*query.rows, *(column.get("key") for column in query.columns), "name"]
    if query.group_by:
        wanted.append(query.group_by)
    if query.doctype == "HD Ticket":
        wanted.extend(list_columns.TICKET_MARKS)
    if query.doctype == calls.CALL:
        wanted += calls.SHOWN
    query.rows = list(dict.fromkeys(each for each in wanted if each))
    for fieldname in query.rows:
        require_field(query.doctype, fieldname)
    if query.portal:
        allowed = {
            *list_columns.PORTAL_FIELDS,
            *list_columns.TICKET_ROWS,
            *list_columns.visible_custom_fields(),
            *list_columns.TICKET_MARKS,
        }
        query.rows = [each for each in query.rows if query.doctype != "HD Ticket" or each in allowed]


def resolve_assigned_on(doctype: str, filters: list[list[Any]]) -> list[list[Any]]:
    """Replace the pseudo field `__assigned_on` by the names of documents assigned to the reader at that time."""
    pseudo = [each for each in filters if each[-3] == ASSIGNED_ON]
    if not pseudo:
        return filters
    names = set.intersection(*(_assigned(doctype, each[-2], each[-1]) for each in pseudo))
    rest = [each for each in filters if each[-3] != ASSIGNED_ON]
    # No match must mean no row; an empty list of names means that nowhere.
    return [*rest, ["name", "in", sorted(names) or ["0"]]]


def _assigned(doctype: str, operator: str, value: Any) -> set[str]:
    """Return the names of the documents that were assigned to the reader at that time and still are."""
    own = [["reference_type", "=", doctype], ["allocated_to", "=", frappe.session.user], ["status", "=", "Open"]]
    times = [["creation", *each] for each in on_days(operator, value)]
    if operator == "!=":
        return set(frappe.get_all("ToDo", filters=own, or_filters=times, pluck="reference_name"))
    return set(frappe.get_all("ToDo", filters=[*own, *times], pluck="reference_name"))


def resolve_text(doctype: str, filters: list[list[Any]]) -> list[list[Any]]:
    """Replace the pseudo field `__text` by the names of the tickets that hold all those words."""
    texts = [str(each[-1]).strip("%") for each in filters if each[-3] == TEXT]
    if not texts:
        return filters
    if doctype != "HD Ticket" or any(each[-3] == TEXT and each[-2].lower() != "like" for each in filters):
        bad(_("Only tickets can be asked for words, and only which ones contain them."))
    names = set.intersection(*(found_tickets.named_or_about(text) for text in texts))
    rest = [each for each in filters if each[-3] != TEXT]
    return [*rest, ["name", "in", sorted(names) or [0]]]


def check_filters(doctype: str, filters: list[list[Any]]) -> None:
    """Refuse filters on fields that are not there."""
    for each in filters:
        owner = each[0] if len(each) == 4 else doctype
        if owner != doctype:
            bad(_("Filters must be about {0}.").format(_(doctype)))
        if each[-3] not in PSEUDO:
            require_field(doctype, each[-3])


def _resolved(doctype: str, filters: list[list[Any]]) -> list[list[Any]]:
    """Return filters as the database reads them."""
    return archiving.without_archived(doctype, resolve_text(doctype, resolve_assigned_on(doctype, filters)))


def run(query: Query) -> dict[str, Any]:
    """Return the page, the number of all matches, and what the list needs to draw itself."""
    check_filters(query.doctype, query.filters)
    filters = _resolved(query.doctype, query.filters)
    order_by = parse_order(query.doctype, query.order_by)
    rows = frappe.get_list(
        query.doctype, fields=query.rows, filters=filters, order_by=order_by, limit=query.page_length
    )
    if query.doctype == calls.CALL:
        calls.present(rows)
    found = list_fields.showable(query.doctype, portal=query.portal) if query.doctype == "HD Ticket" else []
    return {
        "data": rows,
        "columns": query.columns,
        "rows": list(dict.fromkeys([*query.rows, *(each["value"] for each in found)])),
        "fields": found,
        "total_count": _total(query, filters, len(rows)),
        "row_count": len(rows),
        "group_by_field": _grouping(query, rows),
        "view_type": query.view_type,
    }


def _total(query: Query, filters: list[list[Any]], found: int) -> int | None:
    """Return how many match; a page that is not full tells by itself. None when the caller counts later."""
    if found < query.page_length:
        return found
    return count_visible(query.doctype, filters) if query.with_total else None


def count(doctype: str, filters: list[list[Any]], at_most: int | None = None) -> int:
    """Return how many rows of a list the caller may see; from `at_most` on, that number."""
    check_filters(doctype, filters)
    resolved = _resolved(doctype, filters)
    if at_most is None:
        return count_visible(doctype, resolved)
    return len(frappe.get_list(doctype, filters=resolved, pluck="name", order_by=None, limit=at_most))


def count_groups(doctype: str, filters: list[list[Any]], group_by: str) -> dict[str, int]:
    """Return how many rows of a list the caller may see, by their value of a field."""
    check_filters(doctype, filters)
    require_field(doctype, group_by)
    return count_visible_by(doctype, _resolved(doctype, filters), group_by)


def names(doctype: str, filters: list[list[Any]], order_by: str) -> list[Any]:
    """Return the names of all rows of a list that the caller may see, in their order."""
    check_filters(doctype, filters)
    order = parse_order(doctype, order_by)
    return frappe.get_list(
        doctype, filters=_resolved(doctype, filters), pluck="name", order_by=order, limit_page_length=0
    )


def _grouping(query: Query, rows: list[Any]) -> dict[str, Any] | None:
    if query.view_type != "group_by" or not query.group_by:
        return None
    df = _column(query.doctype, query.group_by)
    options = _select_options(df) if df and df.fieldtype == "Select" else _linked_options(query, df, rows)
    return {
        "label": _(df.label) if df else query.group_by,
        "name": query.group_by,
        "type": df.fieldtype if df else "Data",
        "options": options,
    }


def _select_options(df: Any) -> list[dict[str, str]]:
    lines = [line for line in (df.options or "").split("\n") if line]
    return [{"label": _(line), "value": line} for line in lines]


def _linked_options(query: Query, df: Any, rows: list[Any]) -> list[dict[str, str]]:
    values = list(dict.fromkeys(row.get(query.group_by) or "" for row in rows))
    labels = _labels(query, df, [value for value in values if value])
    options = [{"label": labels.get(value) or str(value), "value": value} for value in values]
    descending = query.order_by.lower().strip().endswith(" desc")
    options.sort(key=lambda option: option["label"].casefold(), reverse=descending)
    # A stable sort: General first, the group without a value last.
    options.sort(key=lambda option: (option["value"] == "", option["label"] != "General"))
    return options


def _labels(query: Query, df: Any, values: list[Any]) -> dict[Any, str]:
    doctype = df.options if df is not None and df.fieldtype == "Link" else None
    if not doctype or not values:
        return {}
    if query.label_doctype and query.label_doctype != doctype:
        bad(_("The groups are {0}, not {1}.").format(_(doctype), query.label_doctype))
    label = query.label_field or frappe.get_meta(doctype).get_title_field()
    require_field(doctype, label)
    rows = frappe.get_list(doctype, filters={"name": ["in", values]}, fields=["name", label])
    return {row.name: row.get(label) for row in rows}
