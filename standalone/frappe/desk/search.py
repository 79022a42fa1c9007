"""What link fields and mentions can point to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frappe import exceptions
from frappe.api.list_query import FieldGuard, checked_filters
from frappe.api.payload import whole_number
from frappe.handler import require_doctype
from frappe.types import _dict
from frappe.whitelist import MAX_PAGE_LENGTH, MAX_SEARCH_LENGTH, call, get_newargs, whitelist

Filters = str | dict[str, Any] | list[Any] | None

SEARCHABLE = frozenset(
    (
        "Autocomplete",
        "Color",
        "Data",
        "Dynamic Link",
        "Link",
        "Long Text",
        "Phone",
        "Read Only",
        "Select",
        "Small Text",
        "Text",
        "Text Editor",
    )
)


@whitelist()
def search_link(
    doctype: str,
    txt: str | int | None = None,
    query: str | None = None,
    filters: Filters = None,
    page_length: str | int | None = 10,
    searchfield: str | None = None,
    reference_doctype: str | None = None,
    ignore_user_permissions: bool = False,
) -> list[dict[str, Any]]:
    """Return `[{value, description, label?}]` of the documents a link may point to, the best matches first."""
    rows = search_widget(
        doctype,
        "" if txt is None else str(txt),
        query=query,
        searchfield=searchfield,
        page_length=page_length,
        filters=filters,
        as_dict=False,
        reference_doctype=reference_doctype,
        ignore_user_permissions=ignore_user_permissions,
    )
    return build_for_autosuggest(rows, doctype)


@whitelist()
def search_widget(
    doctype: str,
    txt: str | int | None = None,
    query: str | None = None,
    searchfield: str | None = None,
    start: str | int | None = 0,
    page_length: str | int | None = 10,
    filters: Filters = None,
    filter_fields: Any = None,
    as_dict: bool = False,
    reference_doctype: str | None = None,
    ignore_user_permissions: bool = False,
) -> Any:
    """Return rows: the name, then the other search fields; of a `query` function whatever it returns."""
    require_doctype(doctype)
    search = _dict(
        doctype=doctype,
        txt="" if txt is None else str(txt)[:MAX_SEARCH_LENGTH],
        searchfield=searchfield,
        start=whole_number(start, "start", default=0),
        page_len=whole_number(page_length, "page_length", default=10, maximum=MAX_PAGE_LENGTH),
        as_dict=as_dict,
        reference_doctype=reference_doctype,
        ignore_user_permissions=bool(ignore_user_permissions)
        and _link_ignores_user_permissions(reference_doctype, doctype),
    )
    search.filters = (
        checked_filters(FieldGuard(doctype), filters) if not (query or _standard_query(doctype)) else filters
    )
    if custom := query or _standard_query(doctype):
        return _run_custom(custom, search, trusted=not query)
    return find_documents(search)


def _standard_query(doctype: str) -> str | None:
    from frappe.apps import get_hooks

    paths = get_hooks("standard_queries", {}).get(doctype)
    return str(paths[-1]) if paths else None


def _run_custom(path: str, search: _dict, trusted: bool) -> Any:
    """Run a search function of an app; one that the caller names must be whitelisted."""
    from frappe.api.payload import json_argument
    from frappe.handler import get_attr
    from frappe.whitelist import is_whitelisted

    function = get_attr(path)
    if not trusted:
        is_whitelisted(function)
    filters = json_argument(search.filters, "filters", dict, list) or {}
    first = (search.doctype, search.txt, search.searchfield or "name", search.start, search.page_len, filters)
    options = {
        "as_dict": search.as_dict,
        "reference_doctype": search.reference_doctype,
        "ignore_user_permissions": search.ignore_user_permissions,
    }
    return call(function, *first, **get_newargs(function, options))


def _link_ignores_user_permissions(reference_doctype: str | None, doctype: str) -> bool:
    """Only a Link field that is declared so may look past user permissions."""
    from frappe.model.meta import get_meta

    if not reference_doctype:
        return False
    require_doctype(reference_doctype)
    links = get_meta(reference_doctype).get_link_fields()
    return any(field.options == doctype and field.ignore_user_permissions for field in links)


# -- the ordinary search ----------------------------------------------------------------------------------------------


def find_documents(search: _dict) -> list[Any]:
    """Return rows of documents whose search fields contain the text; those that begin with it first."""
    from frappe.model.meta import get_meta

    meta = get_meta(search.doctype)
    guard = FieldGuard(search.doctype)
    shown = [name for name in _shown_fields(meta) if name in guard.permitted]
    searched = [name for name in _searched_fields(meta, search.searchfield) if name in guard.permitted]
    rows = _ranked_rows(search, meta, shown, searched)
    return rows if search.as_dict else [tuple(row.get(name) for name in shown) for row in rows]


def _shown_fields(meta: Any) -> list[str]:
    names = ["name"]
    if meta.title_field:
        names.append(meta.title_field)
    return list(dict.fromkeys([*names, *meta.get_search_fields()]))


def _searched_fields(meta: Any, searchfield: str | None) -> list[str]:
    wanted = [searchfield] if searchfield else []
    names = dict.fromkeys(
        ["name", *wanted, *([meta.title_field] if meta.title_field else []), *meta.get_search_fields()]
    )
    return [name for name in names if name == "name" or _is_text(meta.get_field(name))]


def _is_text(field: Any) -> bool:
    return field is not None and field.fieldtype in SEARCHABLE


def _ranked_rows(search: _dict, meta: Any, shown: list[str], searched: Sequence[str]) -> list[Any]:
    if not search.txt:
        return _rows(search, meta, shown, None, search.start, search.page_len)
    wanted = search.start + search.page_len
    pattern = _like_pattern(search.txt)
    ranked = [f"{pattern}%", f"%{pattern}%"]
    rows: dict[Any, Any] = {}
    for like in ranked:
        if len(rows) >= wanted:
            break
        or_filters = [[meta.name, name, "like", like] for name in searched]
        for row in _rows(search, meta, shown, or_filters, 0, wanted):
            rows.setdefault(row.name, row)
    return list(rows.values())[search.start : wanted]


def _like_pattern(text: str) -> str:
    """Return `text` for LIKE; wildcards of the caller count as any one character, which finds what was meant."""
    return text.replace("\x00", "").replace("%", "_").replace("\\", "_")


def _rows(search: _dict, meta: Any, shown: list[str], or_filters: Any, start: int, length: int) -> list[Any]:
    import frappe

    arguments: dict[str, Any] = {
        "filters": [*_as_list(search.filters), *_implied_filters(meta, search.filters)],
        "or_filters": or_filters,
        "fields": shown,
        "order_by": f"`tab{meta.name}`.`idx` desc, {_default_order(meta)}",
        "limit_start": start,
        "limit_page_length": length,
        "reference_doctype": search.reference_doctype,
    }
    if search.ignore_user_permissions:
        arguments["ignore_user_permissions"] = True
    rows: list[Any] = frappe.get_list(search.doctype, **arguments)
    return rows


def _as_list(filters: Any) -> list[Any]:
    if isinstance(filters, dict):
        return [
            [key, *value]
            if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)
            else [key, "=", value]
            for key, value in filters.items()
        ]
    return list(filters or [])


def _implied_filters(meta: Any, filters: Any) -> list[list[Any]]:
    """Switched-off records cannot be chosen, unless the caller asks for them."""
    asked = {str(item[0]) for item in _as_list(filters) if isinstance(item, list) and item}
    implied: list[list[Any]] = []
    for name, operator in (("enabled", "="), ("disabled", "!=")):
        field = meta.get_field(name)
        if field is not None and field.fieldtype == "Check" and name not in asked:
            implied.append([meta.name, name, operator, 1])
    return implied


def _default_order(meta: Any) -> str:
    field = (meta.sort_field or "creation").split(",")[0].split()[0].strip("`")
    direction = "asc" if str(meta.sort_order or "desc").lower() == "asc" else "desc"
    if field not in meta.get_valid_columns():
        field = "creation"
    return f"`tab{meta.name}`.`{field}` {direction}"


def build_for_autosuggest(rows: Any, doctype: str) -> list[dict[str, Any]]:
    """Return `[{value, description, label?}]` of search rows.

    Where links show titles, the title is the label and the description begins with the name.
    """
    from frappe.model.meta import get_meta

    meta = get_meta(doctype)
    shows_title = bool(meta.title_field and meta.show_title_field_in_link)
    results = []
    for row in rows or ():
        if isinstance(row, dict):
            row = list(row.values())
        values = [value for value in row if value not in (None, "")]
        if not values:
            continue
        result: dict[str, Any] = {"value": values[0], "description": ""}
        rest = [value for value in values[1:] if value != values[0]]
        if shows_title and rest:
            result["label"] = rest[0]
            rest[0] = values[0]
        result["description"] = ", ".join(dict.fromkeys(str(value) for value in rest))
        results.append(result)
    return results


# -- mentions ---------------------------------------------------------------------------------------------------------


@whitelist()
def get_names_for_mentions(search_term: str = "") -> list[dict[str, Any]]:
    """Return `[{id, value, link, is_group?}]` of colleagues and groups that can be mentioned; for desk users."""
    from frappe.api.list_query import is_desk_user
    from frappe.messages import throw
    from frappe.translate import _
    from frappe.utils import get_url_to_form

    if not is_desk_user():
        throw(_("Only colleagues can be mentioned."), exceptions.PermissionError)
    term = search_term.strip().lower()[:MAX_SEARCH_LENGTH]
    people = [
        {"id": user.name, "value": user.full_name or user.name, "link": get_url_to_form("User", user.name)}
        for user in _mentionable_users()
    ]
    groups = [
        {"id": name, "value": name, "link": get_url_to_form("User Group", name), "is_group": True} for name in _groups()
    ]
    return [entry for entry in people + groups if term in f"{entry['value']} {entry['id']}".lower()]


def _mentionable_users() -> list[Any]:
    import frappe

    filters = {
        "name": ["not in", ["Administrator", "Guest"]],
        "allowed_in_mentions": 1,
        "user_type": "System User",
        "enabled": 1,
    }
    # The gate is get_names_for_mentions: colleagues know each other.
    rows: list[Any] = frappe.get_all("User", filters=filters, fields=["name", "full_name"], order_by="full_name asc")
    return rows


def _groups() -> list[str]:
    import frappe

    names: list[str] = frappe.get_all("User Group", pluck="name", order_by="name asc")
    return names


def get_std_fields_list(meta: Any, key: str | None = None) -> list[str]:
    """Return the columns a link search reads: the name, title and search fields of a DocType, and `key`."""
    return list(dict.fromkeys([*_shown_fields(meta), *([key] if key else [])]))

__all__ = ["get_names_for_mentions", "search_link", "search_widget"]
