"""The field list, grouping and order of a list query: from text or dicts to SQL that names known columns only.

A field is a column (`subject`, `customer.email as mail`), a star, an allowed function (`count(name) as n`,
`{"COUNT": "name", "as": "n"}`), a term of the query builder, or a child query (`{"items": ["qty"]}`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frappe.database.tokens import NAME, NUMBER, STRING, WORD, Token, closing, split_arguments, tokenize
from frappe.exceptions import DataError
from frappe.model import table_fields
from frappe.model.query_scope import Scope, UnknownField

ARGUMENTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("count", "sum", "avg", "min", "max", "group_concat", "abs", "lower", "upper", "length"), (1, 1)),
    **dict.fromkeys(("date", "time", "year", "quarter", "month", "monthname", "week", "day", "dayofmonth"), (1, 1)),
    **dict.fromkeys(("dayofweek", "dayname", "weekday", "hour", "minute", "char_length", "extract"), (1, 1)),
    **dict.fromkeys(("now", "curdate"), (0, 0)),
    **dict.fromkeys(("locate", "datediff", "date_format"), (2, 2)),
    **dict.fromkeys(("round", "timestamp"), (1, 2)),
    "timestampdiff": (3, 3),
}
"""Functions a field given as text may call, with the least and greatest number of arguments. None of them reads
anything but its arguments or takes long."""

DICT_ARGUMENTS: dict[str, tuple[int, int]] = {
    **ARGUMENTS,
    "extract": (2, 2),
    "ifnull": (2, 2),
    "nullif": (2, 2),
    "coalesce": (2, 20),
    "concat": (1, 20),
}
DICT_FUNCTIONS = frozenset(name.upper() for name in DICT_ARGUMENTS)
DICT_OPERATORS = {"ADD": "+", "SUB": "-", "MUL": "*", "DIV": "/"}
AGGREGATES = frozenset({"count", "sum", "avg", "min", "max", "group_concat"})
UNIT_FUNCTIONS = frozenset({"timestampdiff", "extract"})
UNITS = frozenset({"microsecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"})

MAX_FIELDS = 500
MAX_NESTING = 10
MAX_ORDERED_VALUES = 100

_ALIAS = re.compile(
    r"^(?P<field>.+?)\s+as\s+(?P<alias>`[^`]+`|'[^'`]+'|\"[^\"`]+\"|[^\W\d]\w*)\s*\Z", re.IGNORECASE | re.DOTALL
)
_ALIAS_NAME = re.compile(r"[^`\0%\[\]\\;]{1,64}\Z")
_DISTINCT = re.compile(r"^distinct\s+", re.IGNORECASE)
_SAFE_TEXT = re.compile(r"'[^'\\%\0]*'\Z")
_ORDER = re.compile(r"^(?P<field>.+?)(?:\s+(?P<direction>asc|desc))?\Z", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Selected:
    """One entry of a select list."""

    sql: str
    alias: str | None
    values: tuple[Any, ...] = ()
    is_aggregate: bool = False
    star_of: str | None = None

    @property
    def full_sql(self) -> str:
        return f"{self.sql} as `{self.alias}`" if self.alias else self.sql


@dataclass(frozen=True, slots=True)
class ChildQuery:
    """Rows of a table field that are fetched beside each document."""

    fieldname: str
    fields: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    fields: tuple[Selected, ...]
    children: tuple[ChildQuery, ...] = ()
    distinct: bool = False


def parse_fields(fields: Any) -> list[Any]:
    """Return the entries of a field list in any of its forms: a list, a comma-separated text, one dict."""
    if fields is None or (isinstance(fields, str) and not fields):
        return ["name"]
    if isinstance(fields, str):
        return [part for part in (_text_of(tokens) for tokens in split_arguments(tokenize(fields))) if part]
    if isinstance(fields, Mapping) or hasattr(fields, "get_sql"):
        return [fields]
    if isinstance(fields, Iterable):
        entries = list(fields)
        if len(entries) == 1 and isinstance(entries[0], str) and "," in entries[0]:
            return parse_fields(entries[0])
        return entries or ["name"]
    raise DataError(f"Fields are given as a list, not as {type(fields).__name__}.")


def _text_of(tokens: Sequence[Token]) -> str:
    return "".join(" " + token.text if token.spaced else token.text for token in tokens).strip()


def select(fields: Any, scope: Scope) -> Selection:
    """Return the select list for `fields`. Raises DataError or PermissionError naming what is not allowed."""
    chosen: list[Selected] = []
    children: list[ChildQuery] = []
    distinct = False
    entries = parse_fields(fields)
    if len(entries) > MAX_FIELDS:
        raise DataError(f"A list has at most {MAX_FIELDS} fields, not {len(entries)}.")
    for entry in entries:
        if isinstance(entry, str) and _DISTINCT.match(entry.strip()):
            entry, distinct = _DISTINCT.sub("", entry.strip()), True
        child = _child_query(entry, scope)
        if child:
            children.append(child)
        else:
            chosen.append(field_sql(entry, scope))
    return Selection(tuple(chosen), tuple(children), distinct)


def _child_query(entry: Any, scope: Scope) -> ChildQuery | None:
    if not isinstance(entry, Mapping) or len(entry) != 1:
        return None
    ((name, fields),) = entry.items()
    if not isinstance(name, str) or name.upper() in DICT_FUNCTIONS or name.upper() in DICT_OPERATORS:
        return None
    df = scope.meta.get_field(name)
    if df is None or df.fieldtype not in table_fields:
        raise UnknownField(f"Field not permitted in query: {scope.doctype} has no table {name}.")
    return ChildQuery(name, tuple(fields) if isinstance(fields, (list, tuple)) else (fields,))


def field_sql(entry: Any, scope: Scope) -> Selected:
    """Return one entry of the select list."""
    if isinstance(entry, Mapping):
        return _from_dict(entry, scope)
    if hasattr(entry, "get_sql"):
        return _from_term(entry)
    if not isinstance(entry, str):
        raise DataError(f"{entry!r:.100} is not a field.")
    return _from_text(entry.strip(), scope)


def _from_text(text: str, scope: Scope) -> Selected:
    body, alias = split_alias(text)
    if body == "*" or body.endswith(".*"):
        return _star(body, alias, scope)
    if is_literal(text):
        return _literal(body, alias)
    if "(" not in body:
        column = scope.column(body)
        return Selected(column.sql, alias or column.field)
    parser = _Expression(scope)
    sql = parser.parse(tokenize(body))
    return Selected(sql, alias or body.replace("`", ""), tuple(parser.values), parser.aggregates)


def is_literal(text: str) -> bool:
    """Tell whether a field is a named value: `'Issue' as kind`, `0 as indent`."""
    body, alias = split_alias(text)
    tokens = tokenize(body) if alias else []
    return len(tokens) == 1 and tokens[0].kind in (STRING, NUMBER)


def _literal(body: str, alias: str | None) -> Selected:
    (token,) = tokenize(body)
    if token.kind == NUMBER:
        return Selected(token.text, alias)
    return Selected("%s", alias, (_text_in(token),))


def _text_in(token: Token) -> str:
    return token.text[1:-1].replace("''", "'")


def split_alias(text: str) -> tuple[str, str | None]:
    """Split `field as alias`. Raises DataError for an alias that could not be a column's name."""
    match = _ALIAS.match(text)
    if not match:
        return text, None
    return match["field"].strip(), checked_alias(match["alias"].strip("`'\""))


def checked_alias(alias: Any) -> str:
    if not isinstance(alias, str) or not _ALIAS_NAME.match(alias):
        raise DataError(f"{alias!r:.80} cannot be the name of a column.")
    return alias


def _star(body: str, alias: str | None, scope: Scope) -> Selected:
    if alias:
        raise DataError("All fields together cannot have one name.")
    if body == "*":
        return Selected(f"{scope.main}.*", None, star_of=scope.doctype)
    doctype = body[:-2].strip("`").removeprefix("tab")
    table = scope.main if doctype == scope.doctype else scope.child_alias(doctype)
    return Selected(f"{table}.*", None, star_of=doctype)


def _from_term(term: Any) -> Selected:
    from frappe.query_builder.rendering import render

    alias = getattr(term, "alias", None)
    sql, values = render(term)
    return Selected(sql, alias, values, bool(getattr(term, "is_aggregate", False)))


# -- functions in text ------------------------------------------------------------------------------------------------


class _Expression:
    """Reads `count(distinct name)` and the like token by token; anything that is not allowed is named and refused."""

    def __init__(self, scope: Scope):
        self.scope = scope
        self.values: list[Any] = []
        self.aggregates = False
        self.depth = 0

    def parse(self, tokens: list[Token]) -> str:
        if not tokens:
            raise DataError("A function in a field list lacks an argument.")
        if _is_call(tokens):
            return self._call(tokens[0].text.lower(), tokens[2:-1])
        if len(tokens) == 1 and tokens[0].kind in (NUMBER, STRING):
            return self._literal(tokens[0])
        if all(token.kind in (WORD, NAME) or token.is_operator(".") for token in tokens):
            return self.scope.column(_text_of(tokens)).sql
        raise DataError(f"{_text_of(tokens)[:100]!r} is not allowed in a field list. Use frappe.qb for expressions.")

    def _call(self, name: str, inside: list[Token]) -> str:
        if name not in ARGUMENTS:
            raise DataError(f"The function {name} is not allowed in a field list.")
        self._enter(name)
        if name == "count" and len(inside) == 1 and inside[0].is_operator("*"):
            return "count(*)"
        distinct = bool(inside) and inside[0].is_word("distinct")
        arguments = split_arguments(inside[1:] if distinct else inside)
        _check_arguments(name, len(arguments), ARGUMENTS, distinct)
        parts = [self._argument(name, index, argument) for index, argument in enumerate(arguments)]
        return f"{name}({'distinct ' if distinct else ''}{', '.join(parts)})"

    def _argument(self, name: str, index: int, tokens: list[Token]) -> str:
        if name in UNIT_FUNCTIONS and index == 0:
            return self._with_unit(name, tokens)
        return self.parse(tokens)

    def _with_unit(self, name: str, tokens: list[Token]) -> str:
        if name == "timestampdiff" and len(tokens) == 1:
            return _unit(tokens[0].text)
        if name == "extract" and len(tokens) > 2 and tokens[1].is_word("from"):
            return f"{_unit(tokens[0].text)} from {self.parse(tokens[2:])}"
        raise DataError(f"{_text_of(tokens)[:60]!r} is not what {name} takes first.")

    def _enter(self, name: str) -> None:
        _enter(self, name)

    def _literal(self, token: Token) -> str:
        if token.kind == NUMBER:
            return token.text
        self.values.append(_text_in(token))
        return "%s"


def _is_call(tokens: list[Token]) -> bool:
    opens = len(tokens) > 2 and tokens[0].kind == WORD and tokens[1].is_operator("(")
    return opens and tokens[-1].is_operator(")") and closing(tokens, 1) == len(tokens) - 1


def _check_arguments(name: str, number: int, known: Mapping[str, tuple[int, int]], distinct: bool = False) -> None:
    least, most = known[name]
    if not least <= number <= most or (distinct and name not in AGGREGATES):
        wanted = str(least) if least == most else f"{least} to {most}"
        raise DataError(f"The function {name} takes {wanted} arguments in a field list, not {number}.")


def _enter(expression: _Expression | _DictExpression, name: str) -> None:
    """Note that a function begins; aggregates within aggregates and very deep nesting are refused."""
    expression.depth += 1
    if name in AGGREGATES:
        if expression.aggregates:
            raise DataError(f"{name} cannot stand beside or inside another aggregate in one field.")
        expression.aggregates = True
    if expression.depth > MAX_NESTING:
        raise DataError("The functions in a field list are nested too deeply.")


def _unit(text: str) -> str:
    if text.lower() not in UNITS:
        raise DataError(f"{text[:40]!r} is not a unit of time.")
    return text.lower()


# -- functions in dicts -----------------------------------------------------------------------------------------------


def _from_dict(entry: Mapping[Any, Any], scope: Scope) -> Selected:
    rest = {key: value for key, value in entry.items() if str(key).lower() != "as"}
    alias = next((value for key, value in entry.items() if str(key).lower() == "as"), None)
    if len(rest) != 1:
        raise DataError(f"A function in a field list is a dict with one function and 'as': {dict(entry)!r:.100}")
    ((name, arguments),) = rest.items()
    builder = _DictExpression(scope)
    sql = builder.build(name, arguments)
    shown = checked_alias(alias) if alias else builder.label(name, arguments)
    return Selected(sql, shown, tuple(builder.values), builder.aggregates)


class _DictExpression:
    def __init__(self, scope: Scope):
        self.scope = scope
        self.values: list[Any] = []
        self.aggregates = False
        self.depth = 0

    def build(self, name: Any, arguments: Any) -> str:
        upper = str(name).upper()
        listed = list(arguments) if isinstance(arguments, (list, tuple)) else [] if arguments is None else [arguments]
        if upper in DICT_OPERATORS:
            if not 2 <= len(listed) <= 20:
                raise DataError(f"{upper} needs two values.")
            self.depth += 1
            return "(" + f" {DICT_OPERATORS[upper]} ".join(self._argument(item) for item in listed) + ")"
        if upper not in DICT_FUNCTIONS:
            raise DataError(f"The function {name!s:.60} is not allowed in a field list.")
        self._count_in(upper.lower())
        if upper == "COUNT" and listed == ["*"]:
            return "count(*)"
        _check_arguments(upper.lower(), len(listed), DICT_ARGUMENTS)
        if upper == "EXTRACT":
            return f"extract({_unit(str(listed[0]))} from {self._argument(listed[1])})"
        parts = [
            _unit(str(item)) if upper == "TIMESTAMPDIFF" and not index else self._argument(item)
            for index, item in enumerate(listed)
        ]
        return f"{upper.lower()}({', '.join(parts)})"

    def _argument(self, item: Any) -> str:
        if isinstance(item, Mapping):
            if len(item) != 1:
                raise DataError(f"A nested function is a dict with one key: {dict(item)!r:.100}")
            ((name, arguments),) = item.items()
            if str(name).upper() == "DISTINCT" and self.aggregates:
                return f"distinct {self._argument(arguments)}"
            return self.build(name, arguments)
        if isinstance(item, str):
            if len(item) > 1 and item[0] == item[-1] and item[0] in "'\"":
                return self._value(item[1:-1])
            return self.scope.column(item).sql
        if item is None or isinstance(item, (int, float)):
            return self._value(item)
        raise DataError(f"{item!r:.80} cannot be an argument of a function in a field list.")

    def _count_in(self, name: str) -> None:
        self.depth += 1
        self.aggregates = self.aggregates or name in AGGREGATES
        if self.depth > 5 * MAX_NESTING:
            raise DataError("The functions in a field list are nested too deeply.")

    def _value(self, value: Any) -> str:
        self.values.append(value)
        return "%s"

    def label(self, name: Any, arguments: Any) -> str:
        """Return the column name of a function without `as`: `COUNT(*)`."""
        listed = arguments if isinstance(arguments, (list, tuple)) else [] if arguments is None else [arguments]
        shown = ", ".join(str(item) for item in listed)
        return re.sub(r"[`\0%\[\]\\;]", "", f"{str(name).upper()}({shown})")[:64]


# -- grouping and order -----------------------------------------------------------------------------------------------


def group_by_sql(group_by: Any, scope: Scope, aliases: Mapping[str, str]) -> str:
    """Return the columns to group by, "" for none. Only fields and names given in the field list are allowed."""
    entries = _entries(group_by)
    return ", ".join(_named(entry, scope, aliases) for entry in entries)


def order_by_sql(order_by: Any, scope: Scope, aliases: Mapping[str, str], default_direction: str = "asc") -> str:
    """Return the order: fields or names given in the field list, each with `asc` or `desc`."""
    parts = []
    for entry in _entries(order_by):
        if hasattr(entry, "get_sql"):
            parts.append(_from_term(entry).sql)
            continue
        match = _ORDER.match(entry)
        if not match:
            raise DataError(f"{entry[:100]!r} is not an order.")
        direction = (match["direction"] or default_direction).lower()
        parts.append(f"{_named(match['field'].strip(), scope, aliases, True)} {direction}")
    return ", ".join(parts)


def _entries(given: Any) -> list[Any]:
    if given is None or (isinstance(given, str) and not given):
        return []
    if hasattr(given, "get_sql"):
        return [given]
    if isinstance(given, str):
        return [text for text in (_text_of(tokens) for tokens in split_arguments(tokenize(given))) if text]
    if isinstance(given, (list, tuple)):
        return [
            entry for item in given for entry in (_pair(item) if isinstance(item, (list, tuple)) else _entries(item))
        ]
    raise DataError(f"{given!r:.100} is not a list of fields.")


def _pair(item: Sequence[Any]) -> list[str]:
    """`("creation", "desc")`, as some callers write it."""
    if len(item) != 2 or not all(isinstance(part, str) for part in item):
        raise DataError(f"{list(item)!r:.100} is not a field with a direction.")
    return [f"{item[0]} {item[1]}"]


def _named(entry: Any, scope: Scope, aliases: Mapping[str, str], for_order: bool = False) -> str:
    if hasattr(entry, "get_sql"):
        return _from_term(entry).sql
    bare = entry.strip().strip("`")
    if bare in aliases and not _is_own_column(bare, scope):
        return f"`{bare}`"
    if "(" in entry:
        return _selected_function(entry, scope, for_order)
    return scope.column(entry.strip()).sql


def _is_own_column(name: str, scope: Scope) -> bool:
    return name.isidentifier() and scope.has_column(scope.doctype, name)


def _selected_function(entry: str, scope: Scope, for_order: bool) -> str:
    """A function may be ordered or grouped by when it is one of the allowed ones and has no values of its own."""
    tokens = tokenize(entry)
    if for_order and tokens[0].is_word("field") and _is_call(tokens):
        return _position_in_values(tokens[2:-1], scope)
    parser = _Expression(scope)
    sql = parser.parse(tokens)
    if parser.aggregates and not for_order:
        raise DataError(f"{entry[:100]!r} cannot be grouped by.")
    if parser.values or any(clock in sql for clock in ("now(", "curdate(")):
        raise DataError(f"{entry[:100]!r} cannot be used to order or group.")
    return sql


def _position_in_values(inside: list[Token], scope: Scope) -> str:
    """Return `field(column, value, …)`: the order of the values as they are listed, others first."""
    column, *values = split_arguments(inside) or [[]]
    if not 1 <= len(values) <= MAX_ORDERED_VALUES:
        raise DataError(f"The function field takes a field and 1 to {MAX_ORDERED_VALUES} values.")
    for value in values:
        literal = len(value) == 1 and (value[0].kind == NUMBER or _SAFE_TEXT.match(value[0].text))
        if not literal:
            raise DataError(f"{_text_of(value)[:60]!r} cannot be a value of the function field.")
    texts = [value[0].text for value in values]
    return f"field({scope.column(_text_of(column)).sql}, {', '.join(texts)})"
