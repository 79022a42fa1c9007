"""Which columns of a result may be dates, where SQLite gives texts."""

from __future__ import annotations

from frappe.database.tokens import Token, split_arguments, top_level

Tokens = list[Token]

MAY_BE_DATED = frozenset(
    [
        "max",
        "min",
        "coalesce",
        "ifnull",
        "nullif",
        "greatest",
        "least",
        "iif",
        "any_value",
        "case",
        "date",
        "timestamp",
        "now",
        "sysdate",
        "curdate",
        "current_date",
        "mysql_date_add",
        "mysql_date_sub",
        "date_add",
        "adddate",
        "date_sub",
        "subdate",
        "timestampadd",
        "last_day",
        "str_to_date",
        "from_unixtime",
        "utc_timestamp",
        "makedate",
        "from_days",
        "convert_tz",
    ]
)
"""Functions whose value is, or may be, a date. SQLite declares no type for the result of an expression."""


def dated_columns(tokens: Tokens) -> tuple[int, ...]:
    """Return the positions of the result columns whose value may be a date; see `Statement.guesses`."""
    start = top_level(tokens, "select")
    if start is None:
        return ()
    rest = tokens[start + 1 :]
    end = top_level(rest, "from")
    items = split_arguments(rest if end is None else rest[:end])
    stars = [position for position, item in enumerate(items) if item and item[-1].is_operator("*")]
    found = [position for position, item in enumerate(items) if _may_be_dated(item)]
    if not stars:
        return tuple(found)
    before = tuple(position for position in found if position < stars[0])
    return before + tuple(position - len(items) for position in found if position > stars[-1])


def _may_be_dated(item: Tokens) -> bool:
    item = item[1:] if item and item[0].is_word("distinct", "all") else item
    if len(item) < 2:
        return False
    is_subquery = item[0].is_operator("(") and item[1].is_word("select")
    return is_subquery or (
        item[0].text.lower() in MAY_BE_DATED and (item[1].is_operator("(") or item[0].is_word("case"))
    )
