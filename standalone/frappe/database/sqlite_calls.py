"""Calls of functions and intervals, whose names or arguments MySQL spells in ways SQLite does not know."""

from __future__ import annotations

from collections.abc import Callable

from frappe.database.tokens import (
    WORD,
    Token,
    closing,
    operand_end,
    operand_start,
    operator,
    split_arguments,
    string,
    top_level,
    word,
)

Tokens = list[Token]

UNITS = frozenset(
    [
        "microsecond",
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "second_microsecond",
        "minute_second",
        "hour_minute",
        "hour_second",
        "day_hour",
        "day_minute",
        "day_second",
        "year_month",
    ]
)

RENAMED = {
    "if": "iif",
    "left": "mysql_left",
    "right": "mysql_right",
    "insert": "mysql_insert",
    "format": "mysql_format",
    "isnull": "mysql_isnull",
    "any_value": "max",
}
"""Functions whose MySQL name SQLite's grammar does not accept, or that mean something else there."""

CAST_FUNCTIONS = {"date": "date", "datetime": "timestamp", "time": "time"}
CAST_TYPES = {"signed": "integer", "unsigned": "integer", "char": "text", "nchar": "text", "binary": "blob"}


def intervals(tokens: Tokens) -> Tokens:
    """`x - interval 7 day` → `mysql_date_sub(x, 7, 'day')`; as an argument `interval 7 day` → `7, 'day'`."""
    out: Tokens = []
    index = 0
    while index < len(tokens):
        if not tokens[index].is_word("interval") or not (found := _interval(tokens, index)):
            out.append(tokens[index])
            index += 1
            continue
        amount, unit, index = found
        if out and out[-1].is_operator("+", "-"):
            _fold_interval(out, intervals(amount), unit)
        else:
            out += [*intervals(amount), operator(","), string(unit, True)]
    return out


def _interval(tokens: Tokens, index: int) -> tuple[Tokens, str, int] | None:
    """Return (amount, unit, index after it) of the interval at `index`; None for a call of the function INTERVAL."""
    if index + 2 >= len(tokens):
        return None
    end = operand_end(tokens, index + 1)
    if end + 1 >= len(tokens) or tokens[end + 1].text.lower() not in UNITS:
        return None
    return tokens[index + 1 : end + 1], tokens[end + 1].text.lower(), end + 2


def _fold_interval(out: Tokens, amount: Tokens, unit: str) -> None:
    sign = out.pop()
    start = operand_start(out, len(out) - 1)
    operand = out[start:]
    del out[start:]
    first = operand[0]._replace(spaced=False)
    function = "mysql_date_add" if sign.text == "+" else "mysql_date_sub"
    out += [word(function, operand[0].spaced), operator("("), first, *operand[1:], operator(",")]
    out += [*amount, operator(","), string(unit, True), operator(")")]


def functions(tokens: Tokens) -> Tokens:
    """Rewrite the calls whose name or argument syntax SQLite does not know."""
    out: Tokens = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not _is_call(tokens, index):
            out.append(token)
            index += 1
            continue
        end = closing(tokens, index + 1)
        arguments = [functions(argument) for argument in split_arguments(tokens[index + 2 : end])]
        out += _translated(token, arguments)
        index = end + 1
    return out


def _is_call(tokens: Tokens, index: int) -> bool:
    if tokens[index].kind != WORD or index + 1 >= len(tokens) or not tokens[index + 1].is_operator("("):
        return False
    if index and (tokens[index - 1].is_word("into", "table", "exists", "join", "from", "update", "index")):
        return False
    name = tokens[index].text.lower()
    return name in RENAMED or name in _CALLS


def _translated(name: Token, arguments: list[Tokens]) -> Tokens:
    lower = name.text.lower()
    special = _CALLS.get(lower)
    if special:
        return special(name, arguments)
    return call(name._replace(text=RENAMED[lower]), arguments)


def call(name: Token, arguments: list[Tokens]) -> Tokens:
    """Return the tokens of `name(argument, …)`."""
    out = [name, operator("(")]
    for number, argument in enumerate(arguments):
        if number:
            out.append(operator(","))
        out += argument
    return [*out, operator(")")]


def _unit_first(name: Token, arguments: list[Tokens]) -> Tokens:
    """`timestampdiff(day, a, b)` → the unit becomes a string."""
    if arguments and len(arguments[0]) == 1 and arguments[0][0].kind == WORD:
        arguments = [[string(arguments[0][0].text.lower())], *arguments[1:]]
    return call(name, arguments)


def _extract(name: Token, arguments: list[Tokens]) -> Tokens:
    """`extract(year from x)` → `extract('year', x)`."""
    if len(arguments) == 1 and len(arguments[0]) > 2 and arguments[0][1].is_word("from"):
        unit, _, *rest = arguments[0]
        arguments = [[string(unit.text.lower())], rest]
    return call(name, arguments)


def _cast(name: Token, arguments: list[Tokens]) -> Tokens:
    """`cast(x as date)` → `date(x)`, `cast(x as char(5))` → `cast(x as text)`; also `convert(x, type)`."""
    if name.is_word("convert") and len(arguments) == 2:
        expression, target = arguments
    elif len(arguments) == 1 and (at := _last_as(arguments[0])) is not None:
        expression, target = arguments[0][:at], arguments[0][at + 1 :]
    else:
        return call(name, arguments)
    wanted = target[0].text.lower()
    if wanted in CAST_FUNCTIONS:
        return call(name._replace(text=CAST_FUNCTIONS[wanted]), [expression])
    target = [word(CAST_TYPES[wanted])] if wanted in CAST_TYPES else target
    target = [word("real")] if wanted in ("decimal", "float", "double") else target
    return [name._replace(text="cast"), operator("("), *expression, word("as"), *target, operator(")")]


def _last_as(tokens: Tokens) -> int | None:
    depth, found = 0, None
    for index, token in enumerate(tokens):
        if token.is_operator("("):
            depth += 1
        elif token.is_operator(")"):
            depth -= 1
        elif not depth and token.is_word("as"):
            found = index
    return found


def _group_concat(name: Token, arguments: list[Tokens]) -> Tokens:
    """`group_concat([distinct] x [order by y [desc]] [separator s])`, with `mysql_group_concat` for the hard forms."""
    tokens: Tokens = []
    for number, argument in enumerate(arguments):
        tokens += [operator(","), *argument] if number else argument
    distinct = bool(tokens) and tokens[0].is_word("distinct")
    tokens = tokens[1:] if distinct else tokens
    tokens, separator = _cut(tokens, "separator")
    tokens, order = _cut(tokens, "order")
    parts = split_arguments(tokens)
    if len(parts) == 2 and not separator:  # SQLite's own form: group_concat(x, separator)
        parts, separator = parts[:1], parts[1]
    value = parts[0] if len(parts) == 1 else call(word("concat"), parts)
    separator = separator or [string(",")]
    if not distinct and not order:
        return call(name, [value, separator])
    key = order[1:] if order and order[0].is_word("by") else order
    descending = bool(key) and key[-1].is_word("desc")
    key = key[:-1] if key and key[-1].is_word("asc", "desc") else key
    flags = ("d" if distinct else "") + ("r" if descending else "")
    return call(name._replace(text="mysql_group_concat"), [value, separator, key or [word("null")], [string(flags)]])


def _cut(tokens: Tokens, keyword: str) -> tuple[Tokens, Tokens]:
    at = top_level(tokens, keyword)
    return (tokens, []) if at is None else (tokens[:at], tokens[at + 1 :])


def _position(name: Token, arguments: list[Tokens]) -> Tokens:
    """`position(x in y)` → `locate(x, y)`."""
    if len(arguments) == 1 and (at := top_level(arguments[0], "in")) is not None:
        arguments = [arguments[0][:at], arguments[0][at + 1 :]]
    return call(name._replace(text="locate"), arguments)


def _count(name: Token, arguments: list[Tokens]) -> Tokens:
    """`count(distinct a, b)` counts distinct pairs."""
    if len(arguments) < 2 or not arguments[0] or not arguments[0][0].is_word("distinct"):
        return call(name, arguments)
    parts = [arguments[0][1:], *arguments[1:]]
    pair = call(word("json_array"), parts)
    missing = [token for part in parts for token in (*part, word("is"), word("null"), word("or"))][:-1]
    case = [word("case"), word("when"), *missing, word("then"), word("null"), word("else"), *pair, word("end")]
    return [name, operator("("), word("distinct"), *case, operator(")")]


_CALLS: dict[str, Callable[[Token, list[Tokens]], Tokens]] = {
    "timestampdiff": _unit_first,
    "timestampadd": _unit_first,
    "extract": _extract,
    "cast": _cast,
    "convert": _cast,
    "group_concat": _group_concat,
    "position": _position,
    "count": _count,
}
