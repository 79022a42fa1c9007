"""Filters of lists: from the many forms callers write to one tree of conditions, and from there to SQL.

Parsing is pure. Compiling needs a `Scope` for the names and returns SQL text with `%s` and the values; a value never
becomes part of the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from frappe.exceptions import DataError
from frappe.model import query_scope
from frappe.model.query_scope import Column, Scope, fieldtype_of, table_sql
from frappe.model.query_values import (
    Null,
    between_values,
    cast,
    compare_null,
    is_textual,
    past_or_coming,
    span,
)

COMPARISONS = ("=", "!=", ">", "<", ">=", "<=")
TREE = (
    "descendants of",
    "ancestors of",
    "not descendants of",
    "not ancestors of",
    "descendants of (inclusive)",
)
OPERATORS = frozenset(
    (
        *COMPARISONS,
        *TREE,
        "<>",
        "like",
        "not like",
        "in",
        "not in",
        "between",
        "is",
        "timespan",
        "previous",
        "next",
        "==",
    )
)
_SAME = {"<>": "!=", "==": "="}

MAX_CONDITIONS = 400
"""More conditions than this are refused: databases limit the depth of an expression."""

MAX_DEPTH = 20
MAX_PATTERN = 5_000

Joiner = Literal["and", "or"]


@dataclass(frozen=True, slots=True)
class Condition:
    field: str
    operator: str
    value: Any
    doctype: str | None = None


@dataclass(slots=True)
class Group:
    joiner: Joiner = "and"
    parts: list[Condition | Group | Term] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Term:
    """A criterion of the query builder among the filters."""

    criterion: Any


@dataclass(frozen=True, slots=True)
class Fragment:
    """SQL with `%s` and its values."""

    sql: str
    values: tuple[Any, ...] = ()


# -- parsing ----------------------------------------------------------------------------------------------------------


def parse(filters: Any, joiner: Joiner = "and") -> Group:
    """Return the conditions of `filters` in any of the accepted forms. Raises DataError for anything else."""
    group = _parse(filters, joiner)
    if _size(group) > MAX_CONDITIONS:
        raise DataError(f"There are more than {MAX_CONDITIONS} filters.")
    return group


def _size(group: Group) -> int:
    return sum(_size(part) if isinstance(part, Group) else 1 for part in group.parts)


def _parse(filters: Any, joiner: Joiner = "and", depth: int = 0) -> Group:
    if depth > MAX_DEPTH:
        raise DataError("The filters are nested too deeply.")
    group = Group(joiner)
    filters = _loaded(filters)
    if filters is None or (isinstance(filters, (dict, list, tuple, str)) and not filters):
        return group
    if isinstance(filters, Mapping):
        group.parts.extend(_from_mapping(filters))
    elif isinstance(filters, (str, int)):
        group.parts.append(Condition("name", "=", filters))
    elif isinstance(filters, (list, tuple, set, frozenset)):
        _parse_sequence(group, list(filters), depth)
    elif _is_criterion(filters):
        group.parts.append(Term(filters))
    else:
        raise DataError(f"Filters cannot be given as {type(filters).__name__}.")
    if len(group.parts) == 1 and isinstance(group.parts[0], Group):
        return group.parts[0]
    return group


def _loaded(filters: Any) -> Any:
    if isinstance(filters, str) and filters[:1] in "[{" and filters[-1:] in "]}" and len(filters) > 1:
        try:
            return json.loads(filters)
        except ValueError:
            return filters
        except RecursionError:
            raise DataError("The filters are nested too deeply.") from None
    return filters


def _parse_sequence(group: Group, items: list[Any], depth: int) -> None:
    if _is_condition(items):
        group.parts.append(_condition(items))
    elif all(isinstance(item, (str, int)) and not isinstance(item, bool) for item in items):
        if any(isinstance(item, str) and item.lower() in ("and", "or") for item in items):
            raise DataError("A filter names conditions between its 'and' and 'or'.")
        group.parts.append(Condition("name", "in", items))
    elif any(isinstance(item, str) for item in items):
        group.parts.append(_logical(items, depth))
    else:
        group.parts.extend(_part(item, depth) for item in items)


def _is_condition(items: Sequence[Any]) -> bool:
    """Tell a single condition such as `["status", "=", "Open"]` from a list of names or of conditions."""
    if len(items) == 3:
        return _is_name(items[0]) and _is_operator(items[1])
    return len(items) in (4, 5) and all(isinstance(item, str) for item in items[:2]) and _is_operator(items[2])


def _is_name(value: Any) -> bool:
    """Tell whether a filter can name its field like this: by text, or by a field of the query builder."""
    return isinstance(value, str) or _is_builder_field(value)


def _is_builder_field(value: Any) -> bool:
    return _is_criterion(value) and hasattr(value, "table") and isinstance(getattr(value, "name", None), str)


def _name(value: Any) -> Any:
    """Return the name of a field; one of the query builder brings its table along."""
    if isinstance(value, str) or not _is_builder_field(value):
        return value
    table = getattr(value.table, "_table_name", None)
    return f"`{table}`.`{value.name}`" if table else value.name


def _is_operator(value: Any) -> bool:
    return isinstance(value, str) and (value.lower() in OPERATORS or value.lower() in custom_operators())


def _is_criterion(value: Any) -> bool:
    return hasattr(value, "get_sql") and hasattr(value, "fields_")


def _part(item: Any, depth: int) -> Condition | Group | Term:
    if isinstance(item, Mapping):
        conditions = list(_from_mapping(item))
        return conditions[0] if len(conditions) == 1 else Group("and", list(conditions))
    if _is_criterion(item):
        return Term(item)
    if isinstance(item, (list, tuple)):
        if item and not _is_name(item[0]):
            return _parse(item, depth=depth + 1)
        return _condition(item)
    raise DataError(f"{item!r:.100} is not a filter.")


def _logical(items: list[Any], depth: int) -> Group:
    """`[a, "or", b, "and", c]`: conditions and words alternate, and apply from left to right."""
    if len(items) % 2 == 0 or any(isinstance(item, str) for item in items[::2]):
        raise DataError("Conditions and the words 'and'/'or' must alternate in a filter.")
    result: Condition | Group | Term = _operand(items[0], depth)
    for joining, item in zip(items[1::2], items[2::2], strict=True):
        result = Group(_joiner(joining), [result, _operand(item, depth)])
    return result if isinstance(result, Group) else Group("and", [result])


def _joiner(word: Any) -> Joiner:
    match word.lower() if isinstance(word, str) else None:
        case "and":
            return "and"
        case "or":
            return "or"
    raise DataError(f"{word!r:.100} cannot join two conditions: use 'and' or 'or'.")


def _operand(item: Any, depth: int) -> Condition | Group | Term:
    is_group = isinstance(item, (list, tuple)) and not _is_condition(item)
    return _parse(item, depth=depth + 1) if is_group else _part(item, depth)


def _from_mapping(filters: Mapping[Any, Any]) -> Iterable[Condition]:
    for name, value in filters.items():
        if not _is_name(name):
            raise DataError(f"A filter is named by a field, not by {name!r:.100}.")
        yield _with_value(_name(name), value)


def _with_value(name: str, value: Any, doctype: str | None = None) -> Condition:
    if isinstance(value, (list, tuple)) and value:
        if len(value) == 2 and isinstance(value[0], str) and _is_operator(value[0]):
            return Condition(name, _operator(value[0]), value[1], doctype)
        if len(value) == 2:
            raise DataError(f"{value[0]!r:.50} is not an operator of filters; for either of two values use 'in'.")
        return Condition(name, "in", list(value), doctype)
    if isinstance(value, (set, frozenset)):
        return Condition(name, "in", list(value), doctype)
    return Condition(name, "=", value, doctype)


def _condition(item: Sequence[Any]) -> Condition:
    match len(item):
        case 2:
            return _with_value(str(_name(item[0])), item[1])
        case 3:
            return Condition(_name(item[0]), _operator(item[1]), item[2])
        case 4 | 5:  # the fifth tells a list view that the filter is hidden
            return Condition(item[1], _operator(item[2]), item[3], item[0] or None)
    raise DataError(f"A filter has two to four parts: {list(item)!r:.100}")


def _operator(value: Any) -> str:
    if not isinstance(value, str):
        raise DataError(f"{value!r:.50} is not an operator of filters.")
    lowered = " ".join(value.lower().split())
    if lowered not in OPERATORS and lowered not in custom_operators():
        raise DataError(f"{value!r:.50} is not an operator of filters. Use one of: {', '.join(sorted(OPERATORS))}.")
    return _SAME.get(lowered, lowered)


def custom_operators() -> dict[str, Any]:
    """Return what the hook `filters_config` adds: `{operator: {"handler": dotted path, …}}`."""
    import frappe
    from frappe.context import is_active

    if not is_active() or not frappe.db:
        return {}
    known = frappe.local.request_cache.get("filters_config")
    if known is None:
        known = {}
        for dotted in frappe.get_hooks("filters_config"):
            known.update({name.lower(): config for name, config in frappe.get_attr(dotted)().items()})
        frappe.local.request_cache["filters_config"] = known
    return known  # type: ignore[no-any-return]


# -- compiling --------------------------------------------------------------------------------------------------------


def compile_group(group: Group, scope: Scope, *, nulls_match: bool) -> Fragment:
    """Return the SQL of a group, "" for an empty one.

    `nulls_match` treats a missing value like an empty one, as lists do: `!=`, `not in` and `<` then match NULL.
    """
    fragments = [_compile(part, scope, nulls_match) for part in group.parts]
    fragments = [fragment for fragment in fragments if fragment.sql]
    if len(fragments) == 1:
        return fragments[0]
    joined = f" {group.joiner} ".join(fragment.sql for fragment in fragments)
    values = tuple(value for fragment in fragments for value in fragment.values)
    return Fragment(f"({joined})" if joined else "", values)


def _compile(part: Condition | Group | Term, scope: Scope, nulls_match: bool) -> Fragment:
    if isinstance(part, Group):
        return compile_group(part, scope, nulls_match=nulls_match)
    if isinstance(part, Term):
        return _criterion(part.criterion)
    return compile_condition(part, scope, nulls_match=nulls_match)


def _criterion(criterion: Any) -> Fragment:
    from frappe.query_builder.rendering import render

    return Fragment(*render(criterion))


def compile_condition(condition: Condition, scope: Scope, *, nulls_match: bool) -> Fragment:
    """Return the SQL of one condition."""
    if condition.operator in custom_operators() and condition.operator not in OPERATORS:
        condition = _customised(condition)
    column = scope.column(condition.field, condition.doctype)
    operator, value = condition.operator, condition.value
    if _is_term(value):
        inner = _criterion(value)
        return Fragment(f"{column.sql} {operator} {inner.sql}", inner.values)
    if operator in TREE:
        return _tree(column, operator, value, nulls_match)
    if operator == "is":
        return _is_set(column, value)
    if operator in ("in", "not in"):
        return _membership(column, operator, value, nulls_match)
    if operator in ("timespan", "previous", "next", "between"):
        return _range(column, operator, value)
    if value is None:
        return _missing(column, operator, nulls_match)
    return _comparison(column, operator, value, nulls_match)


def _is_term(value: Any) -> bool:
    """Tell whether a value is a field, an expression or a query of the query builder."""
    return hasattr(value, "get_sql")


def _customised(condition: Condition) -> Condition:
    import frappe

    config = custom_operators()[condition.operator]
    changes = frappe.get_attr(config["handler"])(
        {
            "doctype": condition.doctype,
            "fieldname": condition.field,
            "operator": condition.operator,
            "value": condition.value,
        }
    )
    return Condition(
        changes.get("fieldname", condition.field),
        _operator(changes.get("operator", "=")),
        changes.get("value", condition.value),
        changes.get("doctype", condition.doctype),
    )


def _comparison(column: Column, operator: str, value: Any, nulls_match: bool) -> Fragment:
    if operator in ("like", "not like"):
        if isinstance(value, (list, tuple, dict, set)):
            raise DataError(f"{operator} needs a text for {column.field}, not {value!r:.80}.")
        if isinstance(value, str) and len(value) > MAX_PATTERN:
            raise DataError(f"The pattern for {column.field} is longer than {MAX_PATTERN} characters.")
        given: Any = str(value) if not isinstance(value, (datetime, date, time, timedelta)) else value
    else:
        given = cast(column, value)
    base = f"{column.sql} {operator} %s"
    if nulls_match and column.field != "name" and compare_null(fieldtype_of(column)[0], operator, given):
        return Fragment(f"({base} or {column.sql} is null)", (given,))
    return Fragment(base, (given,))


def _missing(column: Column, operator: str, nulls_match: bool) -> Fragment:
    """Compare with None: is there no value, or (in lists) no value or an empty one?"""
    if operator not in ("=", "!="):
        raise DataError(f"{column.field} {operator} nothing has no meaning; use the operator 'is'.")
    negated = operator == "!="
    if not nulls_match:
        return Fragment(f"{column.sql} is {'not ' if negated else ''}null")
    empty = Null.of(fieldtype_of(column)[0]).empty
    if empty is None:
        return Fragment(f"{column.sql} is {'not ' if negated else ''}null")
    if negated:
        return Fragment(f"({column.sql} is not null and {column.sql} != %s)", (empty,))
    return Fragment(f"({column.sql} is null or {column.sql} = %s)", (empty,))


def _is_set(column: Column, value: Any) -> Fragment:
    wanted = str(value).lower().strip()
    if wanted not in ("set", "not set"):
        raise DataError(f"'is' needs 'set' or 'not set' for {column.field}, not {value!r:.80}.")
    textual = is_textual(fieldtype_of(column)[0])
    if wanted == "set":
        return Fragment(
            f"({column.sql} is not null and {column.sql} != '')" if textual else f"{column.sql} is not null"
        )
    return Fragment(f"({column.sql} is null or {column.sql} = '')" if textual else f"{column.sql} is null")


def _membership(column: Column, operator: str, value: Any, nulls_match: bool) -> Fragment:
    values = _listed(value)
    given = [cast(column, item) for item in values if item is not None]
    negated = operator == "not in"
    with_null = None in values
    if nulls_match and column.field != "name":
        empty = Null.of(fieldtype_of(column)[0]).fallback
        null_passes = (with_null or _among(empty, given)) != negated
    else:
        null_passes = with_null and not negated
    if not given:
        if with_null:
            return Fragment(f"{column.sql} is not null" if negated else f"{column.sql} is null")
        return Fragment("1 = 1" if negated else "1 = 0")
    base = f"{column.sql} {operator} %s"
    return Fragment(f"({base} or {column.sql} is null)" if null_passes else base, (tuple(given),))


def _among(value: Any, candidates: Iterable[Any]) -> bool:
    return any(candidate == value for candidate in candidates)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")] if value else []
    if isinstance(value, Mapping):
        raise DataError(f"'in' needs a list, not {value!r:.80}.")
    if value is None:
        return []
    return list(value) if isinstance(value, Iterable) else [value]


def _range(column: Column, operator: str, value: Any) -> Fragment:
    fieldtype = fieldtype_of(column)[0]
    if operator == "timespan":
        value = span(value, column.field)
    elif operator in ("previous", "next"):
        value = past_or_coming(operator, value, column.field)
    low, high = between_values(column, fieldtype, value)
    return Fragment(f"{column.sql} between %s and %s", (low, high))


def _tree(column: Column, operator: str, value: Any, nulls_match: bool) -> Fragment:
    """Compare positions in the tree of the linked DocType; its columns `lft` and `rgt` hold them."""
    _, options = fieldtype_of(column)
    target = column.doctype if column.field == "name" else options
    if not target or not query_scope.meta_of(target).is_nested_set():
        raise DataError(f"{operator!r} needs a field that links to a tree; {column.field} does not.")
    inclusive = operator.endswith("(inclusive)")
    kind = operator.removeprefix("not ").split()[0]
    outer, inner = ("<", ">") if kind == "ancestors" else (">", "<")
    equal = "=" if inclusive else ""
    table = table_sql(target)
    query = (
        f"select `node`.`name` from {table} as `node` join {table} as `root` on `root`.`name` in %s"
        f" where `node`.`lft` {outer}{equal} `root`.`lft` and `node`.`rgt` {inner}{equal} `root`.`rgt`"
    )
    negated = operator.startswith("not ")
    base = f"{column.sql} {'not in' if negated else 'in'} ({query})"
    names = tuple(_listed(value)) or ("",)
    if negated and nulls_match and column.field != "name":
        base = f"({base} or {column.sql} is null)"
    return Fragment(base, (names,))
