"""The gate in front of list queries that come from the web.

Every field, filter, order and group of a request is checked against the DocType and what the caller may read, before
the query engine sees it. What is refused is named in the error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from frappe import exceptions
from frappe.api.payload import json_argument, refuse, whole_number
from frappe.context import local
from frappe.model import child_table_fields, default_fields, optional_fields

MAX_ROWS = 50_000
DEFAULT_LIMIT = 20

PLAIN = re.compile(r"`?(\w+)`?")
QUALIFIED = re.compile(r"`?tab([^`.]{1,140})`?\.`?(\w+|\*)`?")
DOTTED = re.compile(r"`?(\w+)`?\.`?(\w+)`?")
ALIAS = re.compile(r"\s+as\s+[`'\"]?(\w+)[`'\"]?$", re.IGNORECASE)
AGGREGATE = re.compile(r"(count|sum|avg|min|max)\(\s*(distinct\s+)?(.+?)\s*\)", re.IGNORECASE)
ORDER = re.compile(r"(.+?)(?:\s+(asc|desc))?", re.IGNORECASE)

DICT_FUNCTIONS = frozenset(
    [
        "COUNT",
        "SUM",
        "AVG",
        "MAX",
        "MIN",
        "ABS",
        "EXTRACT",
        "LOCATE",
        "TIMESTAMP",
        "IFNULL",
        "CONCAT",
        "NOW",
        "NULLIF",
        "MONTHNAME",
        "QUARTER",
        "MONTH",
        "YEAR",
        "ADD",
        "SUB",
        "MUL",
        "DIV",
    ]
)
OPERATORS = frozenset(
    {
        "=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "between", "is", "timespan", "previous",
        "next", "descendants of", "not descendants of", "ancestors of", "not ancestors of",
        "descendants of (inclusive)",
    }
)  # fmt: skip
LIST_OPERATORS = frozenset({"in", "not in", "between"})
FREE_TEXT_OPERATORS = frozenset({"like", "not like"})
NUMBERS = frozenset({"Int", "Long Int", "Float", "Currency", "Percent", "Check", "Duration", "Rating"})
DATES = frozenset({"Date", "Datetime"})
PREVIOUS_NEXT = frozenset({"1 week", "1 month", "3 months", "6 months", "1 year"})
STANDARD_TYPES = {"creation": "Datetime", "modified": "Datetime", "docstatus": "Int", "idx": "Int"}


def data_error(message: str) -> NoReturn:
    from frappe.messages import throw

    throw(message, exceptions.DataError)


def _escaped(text: Any) -> str:
    from frappe.utils import escape_html

    return str(escape_html(str(text)[:140]))


class FieldGuard:
    """Which columns a caller may name in a query on one DocType."""

    def __init__(self, doctype: str, parent_doctype: str | None = None):
        from frappe.model.meta import get_meta

        self.doctype = doctype
        self.meta = get_meta(doctype)
        self.permitted = permitted_columns(doctype, parent_doctype)
        self._others: dict[str, FieldGuard] = {}

    def check(self, column: str) -> str | None:
        """Return the fieldtype of a column reference (None when it has none); raises DataError unless permitted."""
        column = column.strip()
        if PLAIN.fullmatch(column):
            return self._plain(column.strip("`"))
        if match := QUALIFIED.fullmatch(column):
            return self._qualified(*match.groups())
        if match := DOTTED.fullmatch(column):
            return self._dotted(*match.groups())
        self._refuse(column)

    def _plain(self, name: str) -> str | None:
        if name in self.permitted:
            return self._fieldtype(name)
        for table in self.meta.get_table_fields():  # a field that only a child table has
            if table.fieldname not in self.permitted:
                continue
            child = self._other(table.options)
            if name in child.permitted and child.meta.get_field(name):
                return child._fieldtype(name)
        self._refuse(name)

    def _fieldtype(self, name: str) -> str | None:
        field = self.meta.get_field(name)
        return field.fieldtype if field else STANDARD_TYPES.get(name)

    def _qualified(self, doctype: str, name: str) -> str | None:
        if doctype == self.doctype:
            return None if name == "*" else self._plain(name)
        tables = {table.options for table in self.meta.get_table_fields() if table.fieldname in self.permitted}
        if doctype not in tables or name == "*":
            self._refuse(f"{doctype}.{name}")
        return self._other(doctype)._own(name)

    def _own(self, name: str) -> str | None:
        if name not in self.permitted:
            self._refuse(f"{self.doctype}.{name}")
        return self._fieldtype(name)

    def _dotted(self, fieldname: str, target: str) -> str | None:
        field = self.meta.get_field(fieldname)
        if field is None or fieldname not in self.permitted:
            self._refuse(f"{fieldname}.{target}")
        if field.fieldtype == "Link":
            return self._linked(field.options)._own(target)
        if field.fieldtype in ("Table", "Table MultiSelect"):
            return self._other(field.options)._own(target)
        self._refuse(f"{fieldname}.{target}")

    def _linked(self, doctype: str) -> FieldGuard:
        from frappe import has_permission

        if not (has_permission(doctype, "read") or has_permission(doctype, "select")):
            self._refuse(f"{doctype}.*")
        return self._guard(doctype, None)

    def _other(self, doctype: str) -> FieldGuard:
        return self._guard(doctype, self.doctype)

    def _guard(self, doctype: str, parent: str | None) -> FieldGuard:
        if doctype not in self._others:
            self._others[doctype] = FieldGuard(doctype, parent)
        return self._others[doctype]

    def child(self, fieldname: str) -> FieldGuard | None:
        """Return the guard of a table field the caller may read."""
        field = self.meta.get_field(fieldname)
        if field is None or field.fieldtype not in ("Table", "Table MultiSelect") or fieldname not in self.permitted:
            return None
        return self._other(field.options)

    def _refuse(self, column: str) -> NoReturn:
        from frappe.translate import _

        data_error(_("Field not permitted in query: {0}").format(_escaped(column)))


def permitted_columns(doctype: str, parent_doctype: str | None = None) -> frozenset[str]:
    """Return the columns of `doctype` the session user may read."""
    from frappe.model.meta import get_meta

    meta = get_meta(doctype)
    columns = {*default_fields, "_assign", *(child_table_fields if meta.istable else ())}
    if is_desk_user():
        columns.update(optional_fields)
    if local.session.user == "Administrator":
        columns.update(meta.get_valid_fields())
        columns.update(table.fieldname for table in meta.get_table_fields())
    else:
        readable = meta.get_permitted_fieldnames(parenttype=parent_doctype)
        columns.update(readable or meta.get_permitted_fieldnames(parenttype=parent_doctype, permission_type="select"))
        levels = set(meta.get_permlevel_access("read", parenttype=parent_doctype)) | {0}
        columns.update(table.fieldname for table in meta.get_table_fields() if (table.permlevel or 0) in levels)
    return frozenset(columns)


def is_desk_user() -> bool:
    """Tell whether the session user works at the desk. Others never see tags, likes and the texts of comments."""
    from frappe import get_roles

    return "Desk User" in get_roles() or local.session.user == "Administrator"


# -- fields -----------------------------------------------------------------------------------------------------------


def checked_fields(guard: FieldGuard, fields: Any) -> Any:
    """Return the `fields` of a request, each one checked; None when not given."""
    fields = json_argument(fields, "fields", list, str)
    if fields is None:
        return None
    if isinstance(fields, str):
        fields = [part.strip() for part in fields.split(",") if part.strip()]
    for field in fields:
        _check_field(guard, field)
    if "*" in fields and not is_desk_user():
        fields = [column for column in guard.meta.get_valid_columns() if column in guard.permitted] + [
            field for field in fields if field != "*"
        ]
    return list(fields)


def _check_field(guard: FieldGuard, field: Any) -> None:
    if isinstance(field, Mapping):
        _check_dict_field(guard, field)
    elif isinstance(field, str):
        _check_text_field(guard, field)
    else:
        refuse("Each of the fields must be the name of one.")


def _check_text_field(guard: FieldGuard, field: str) -> None:
    column = ALIAS.sub("", field.strip())
    if column == "*":
        return
    if match := AGGREGATE.fullmatch(column):
        column = match.group(3)
        if column == "*" and match.group(1).lower() == "count":
            return
    elif column.lower().startswith("distinct "):
        column = column[9:]
    guard.check(column)


def _check_dict_field(guard: FieldGuard, field: Mapping[str, Any]) -> None:
    """Check a function (`{"COUNT": "name", "as": "n"}`) or a child query (`{"table_field": ["a", "b"]}`)."""
    alias = field.get("as")
    names = [key for key in field if key != "as"]
    if (alias is not None and not re.fullmatch(r"\w+", str(alias))) or len(names) != 1:
        refuse("A field given as an object has one function, or one table field, and perhaps an alias.")
    name = str(names[0])
    if name.upper() in DICT_FUNCTIONS:
        _check_arguments(guard, field[names[0]], counts=name.upper() == "COUNT")
        return
    child = guard.child(name)
    if child is None or not isinstance(field[names[0]], list):
        data_error(f"Neither a function nor a table field that may be read: {_escaped(name)}")
    for inner in field[names[0]]:
        if not isinstance(inner, str) or (inner != "*" and not PLAIN.fullmatch(inner)):
            refuse(f"The fields of {_escaped(name)} must be names.")
        if inner != "*":
            child._own(inner)


def _check_arguments(guard: FieldGuard, arguments: Any, counts: bool = False) -> None:
    for argument in arguments if isinstance(arguments, list) else [arguments]:
        if isinstance(argument, Mapping):
            _check_dict_field(guard, argument)
        elif isinstance(argument, str) and not (counts and argument == "*") and not _is_literal(argument):
            guard.check(argument)


def _is_literal(argument: str) -> bool:
    return len(argument) >= 2 and argument[0] == argument[-1] == "'" and "'" not in argument[1:-1]


# -- filters ----------------------------------------------------------------------------------------------------------


def checked_filters(guard: FieldGuard, filters: Any, name: str = "filters") -> Any:
    """Return the filters of a request (object, list, JSON text, or a document's name), each one checked."""
    filters = json_argument(filters, name, dict, list, str, int)
    if filters is None:
        return None
    if isinstance(filters, str | int):
        return {"name": filters}
    if isinstance(filters, dict):
        for key, value in filters.items():
            _check_condition(guard, key, *_operator_and_value(value))
        return filters
    return [_checked_item(guard, item, name) for item in filters]


def _checked_item(guard: FieldGuard, item: Any, name: str) -> Any:
    if isinstance(item, dict):
        return checked_filters(guard, item, name)
    if isinstance(item, str) and item.lower() in ("and", "or"):
        return item
    if not isinstance(item, list) or not item:
        refuse(f"Each of the {name} must be [field, operator, value].")
    if isinstance(item[0], list | dict):
        return [_checked_item(guard, inner, name) for inner in item]
    _check_list_condition(guard, item, name)
    return item


def _check_list_condition(guard: FieldGuard, item: list[Any], name: str) -> None:
    if len(item) == 2:
        _check_condition(guard, item[0], *_operator_and_value(item[1]))
    elif len(item) == 3:
        _check_condition(guard, item[0], item[1], item[2])
    elif len(item) in (4, 5) and isinstance(item[0], str) and isinstance(item[1], str):
        _check_condition(guard, f"`tab{item[0]}`.`{item[1]}`", item[2], item[3])
    else:
        refuse(f"Each of the {name} must be [field, operator, value].")


def _operator_and_value(value: Any) -> tuple[Any, Any]:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and is_operator(value[0]):
        return value[0], value[1]
    return ("in", value) if isinstance(value, list) else ("=", value)


def is_operator(text: str) -> bool:
    return text.strip().lower() in OPERATORS or text.strip().lower() in _extra_operators()


def _extra_operators() -> Iterable[str]:
    from frappe.apps import get_attr, get_hooks

    names: set[str] = set()
    for dotted in get_hooks("filters_config"):
        names.update(get_attr(dotted)())
    return names


def _check_condition(guard: FieldGuard, column: Any, operator: Any, value: Any) -> None:
    if not isinstance(column, str) or not isinstance(operator, str):
        refuse("A filter has a field, an operator and a value.")
    fieldtype = guard.check(column)
    if not is_operator(operator):
        data_error(f"Not an operator of filters: {_escaped(operator)}")
    check_filter_value(column, fieldtype, operator.strip().lower(), value)


def check_filter_value(column: str, fieldtype: str | None, operator: str, value: Any) -> None:
    """Raise DataError for a value that cannot be compared with a column of this type."""
    if operator == "is":
        if str(value).strip().lower() not in ("set", "not set"):
            data_error(f'The filter "is" on {_escaped(column)} takes "set" or "not set".')
        return
    if operator in ("timespan", "previous", "next"):
        _check_span(column, operator, value)
        return
    if operator in LIST_OPERATORS:
        value = value.split(",") if isinstance(value, str) else value
        if not isinstance(value, list | tuple):
            data_error(f'The filter "{operator}" on {_escaped(column)} takes a list.')
        if operator == "between" and len(value) > 2:
            data_error(f'The filter "between" on {_escaped(column)} takes two values.')
    for single in value if isinstance(value, list | tuple) else [value]:
        if operator not in LIST_OPERATORS and isinstance(value, list | tuple):
            data_error(f'The filter "{_escaped(operator)}" on {_escaped(column)} takes one value, not a list.')
        _check_scalar(column, fieldtype, operator, single)


def _check_span(column: str, operator: str, value: Any) -> None:
    from frappe.utils import get_timespan_date_range

    text = str(value).strip().lower()
    known = text in PREVIOUS_NEXT if operator != "timespan" else bool(text) and bool(get_timespan_date_range(text))
    if not known:
        data_error(f"Not a span of time, in the filter on {_escaped(column)}: {_escaped(value)}")


def _check_scalar(column: str, fieldtype: str | None, operator: str, value: Any) -> None:
    if isinstance(value, Mapping | list):
        data_error(f"The filter on {_escaped(column)} compares with a structure instead of a value.")
    if value is None or value == "" or operator in FREE_TEXT_OPERATORS or isinstance(value, bool):
        return
    if fieldtype in NUMBERS and not isinstance(value, int | float):
        _require(_is_number(str(value)), column, value, "a number")
    elif fieldtype in DATES:
        _require(isinstance(value, str) and _is_date(value), column, value, "a date")


def _require(condition: bool, column: str, value: Any, what: str) -> None:
    if not condition:
        data_error(f"The filter on {_escaped(column)} compares with {_escaped(value)}, which is not {what}.")


def _is_number(text: str) -> bool:
    try:
        number = float(text)
    except ValueError:
        return False
    return number - number == 0


def _is_date(text: str) -> bool:
    from datetime import datetime

    try:
        datetime.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


# -- order, groups, limits --------------------------------------------------------------------------------------------


def checked_order_by(guard: FieldGuard, order_by: Any, aliases: Sequence[str] = ()) -> str | None:
    """Return `order_by` rewritten from its checked parts: columns or aliases, each ascending or descending."""
    if order_by in (None, ""):
        return None
    if not isinstance(order_by, str):
        refuse("Parameter order_by must be text.")
    parts = []
    for part in order_by.split(","):
        match = ORDER.fullmatch(part.strip())
        if match is None:
            data_error(f"Not an order: {_escaped(part)}")
        column, direction = match.group(1).strip(), (match.group(2) or "asc").lower()
        if column.strip("`") not in aliases:
            guard.check(column)
        parts.append(f"{column} {direction}")
    return ", ".join(parts)


def checked_group_by(guard: FieldGuard, group_by: Any, aliases: Sequence[str] = ()) -> str | None:
    """Return `group_by` when it names columns only."""
    if group_by in (None, ""):
        return None
    if not isinstance(group_by, str):
        refuse("Parameter group_by must be text.")
    for part in group_by.split(","):
        if part.strip().strip("`") not in aliases:
            guard.check(part)
    return group_by


def aliases_of(fields: Any) -> list[str]:
    """Return the names that `fields` give to their columns."""
    names = []
    for field in fields or ():
        if isinstance(field, Mapping) and field.get("as"):
            names.append(str(field["as"]))
        elif isinstance(field, str) and (match := ALIAS.search(field)):
            names.append(match.group(1))
    return names


def checked_limit(doctype: str, limit: Any, default: int = DEFAULT_LIMIT) -> int:
    """Return how many rows to read; 0 (all) is for callers with report permission and still has an end."""
    number = whole_number(limit, "limit", default=default)
    if number:
        return min(number, MAX_ROWS)
    from frappe import has_permission
    from frappe.translate import _

    if not has_permission(doctype, "report"):
        from frappe.messages import throw

        throw(
            _("Reading all rows at once needs the right to report on {0}.").format(doctype), exceptions.PermissionError
        )
    return MAX_ROWS
