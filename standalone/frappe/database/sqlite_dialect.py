"""Turn MySQL-flavoured SQL into the SQL that SQLite understands.

Every rule is a function from tokens to tokens; literals are single tokens, so no rule can look inside one. What SQLite
lacks as a function is provided by `sqlite_functions`; what differs in syntax is bridged here, and in calls of
functions by `sqlite_calls`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from frappe.database.sqlite_aggregates import AGGREGATES as DEVIATIONS
from frappe.database.sqlite_calls import call, functions, intervals
from frappe.database.sqlite_inspection import information_schema, inspection
from frappe.database.sqlite_result_columns import dated_columns
from frappe.database.statements import Kind, Statement, build, kind_of, parse
from frappe.database.tokens import (
    NAME,
    NUMBER,
    PLACEHOLDER,
    STRING,
    WORD,
    Token,
    closing,
    operand_end,
    operator,
    split_arguments,
    string,
    top_level,
    word,
)

Tokens = list[Token]

SET_OPERATORS = ("union", "intersect", "except")

CLOCK_WORDS = {
    "current_timestamp": "now",
    "localtimestamp": "now",
    "localtime": "now",
    "current_date": "curdate",
    "current_time": "curtime",
}
"""Words that MySQL takes with and without brackets; in SQLite they would be the time of Greenwich."""


@lru_cache(maxsize=4096)
def compile_statement(query: str, formatted: bool) -> Statement:
    """Return `query` ready for SQLite. `formatted` says that values come with it, so `%s` and `%%` have a meaning."""
    tokens = parse(query, formatted)
    tokens = _drop_trailing_semicolons(tokens)
    kind = kind_of(tokens)
    if kind is Kind.CONTROL:
        return build(tokens, kind, False)
    tokens, locks = drop_locking(tokens)
    for rule in RULES:
        tokens = rule(tokens)
    kind = Kind.WRITE if tokens and tokens[0].is_word("delete") and kind is Kind.DDL else kind
    return build(tokens, kind, locks, dated_columns(tokens) if kind is Kind.READ else ())


def _drop_trailing_semicolons(tokens: Tokens) -> Tokens:
    while tokens and tokens[-1].is_operator(";"):
        tokens = tokens[:-1]
    return tokens


# -- clauses ----------------------------------------------------------------------------------------------------------


def drop_locking(tokens: Tokens) -> tuple[Tokens, bool]:
    """Drop `for update [of …] [nowait | skip locked]` and `lock in share mode`; tell whether a write lock was asked."""
    out: Tokens = []
    locks = False
    index = 0
    while index < len(tokens):
        if _words_at(tokens, index, "for", "update") or _words_at(tokens, index, "for", "share"):
            locks = locks or tokens[index + 1].is_word("update")
            index = _skip_lock_options(tokens, index + 2)
        elif _words_at(tokens, index, "lock", "in", "share", "mode"):
            index += 4
        else:
            out.append(tokens[index])
            index += 1
    return out, locks


def _skip_lock_options(tokens: Tokens, index: int) -> int:
    while index < len(tokens) and not tokens[index].is_operator(")"):
        if tokens[index].is_word("union", "intersect", "except"):
            break
        index += 1
    return index


def _words_at(tokens: Tokens, index: int, *words: str) -> bool:
    return len(tokens) >= index + len(words) and all(
        tokens[index + offset].is_word(expected) for offset, expected in enumerate(words)
    )


def drop_hints(tokens: Tokens) -> Tokens:
    """Drop what only MySQL's optimizer reads: index hints, `sql_no_cache`, `straight_join`, `from dual`."""
    out: Tokens = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.is_word("use", "force", "ignore") and index + 2 < len(tokens) and _is_index_hint(tokens, index):
            index = closing(tokens, index + 2) + 1
        elif token.is_word("sql_no_cache", "sql_calc_found_rows"):
            index += 1
        elif _words_at(tokens, index, "from", "dual"):
            index += 2
        else:
            out.append(word("join") if token.is_word("straight_join") else token)
            index += 1
    return out


def _is_index_hint(tokens: Tokens, index: int) -> bool:
    return tokens[index + 1].is_word("index", "key") and tokens[index + 2].is_operator("(")


def unwrap_selects(tokens: Tokens) -> Tokens:
    """`(select …)` alone loses its parentheses; as a member of a union it becomes `select * from (select …)`."""
    if tokens and tokens[0].is_operator("(") and closing(tokens, 0) == len(tokens) - 1:
        return unwrap_selects(tokens[1:-1])
    out: Tokens = []
    for index, token in enumerate(tokens):
        if token.is_operator("(") and _is_member(tokens, index):
            out += [word("select"), operator("*", True), word("from")]
        out.append(token)
    return out


def _is_member(tokens: Tokens, index: int) -> bool:
    """Tell whether the parenthesis at `index` holds a query that a set operation combines with another."""
    if index + 1 >= len(tokens) or not tokens[index + 1].is_word("select", "("):
        return False
    if index and (tokens[index - 1].is_word(*SET_OPERATORS) or _words_before(tokens, index, "all", "distinct")):
        return True
    end = closing(tokens, index)
    if end + 1 >= len(tokens) or not tokens[end + 1].is_word(*SET_OPERATORS):
        return False
    return not index or tokens[index - 1].is_operator("(")


def _words_before(tokens: Tokens, index: int, *words: str) -> bool:
    return index > 1 and tokens[index - 1].is_word(*words) and tokens[index - 2].is_word(*SET_OPERATORS)


def swap_limit(tokens: Tokens) -> Tokens:
    """`limit skip, count` becomes `limit count offset skip`."""
    out = list(tokens)
    for index in range(len(out) - 3):
        if out[index].is_word("limit") and out[index + 2].is_operator(","):
            skip, count = out[index + 1], out[index + 3]
            out[index + 1 : index + 4] = [count._replace(spaced=True), word("offset"), skip._replace(spaced=True)]
            break
    return out


def insert_variants(tokens: Tokens) -> Tokens:
    """`insert ignore` → `insert or ignore`, `on duplicate key update` → `on conflict do update set`."""
    if not tokens or not tokens[0].is_word("insert", "replace", "update"):
        return tokens
    out = list(tokens)
    if len(out) > 1 and out[1].is_word("ignore"):
        out.insert(1, word("or"))
    for index in range(len(out) - 3):
        if _words_at(out, index, "on", "duplicate", "key", "update"):
            guard = [word("where"), word("true")] if _selects_without_where(out[:index]) else []
            words = [*guard, word("on"), word("conflict"), word("do"), word("update"), word("set")]
            return out[:index] + words + _excluded(out[index + 4 :])
    return out


def _selects_without_where(tokens: Tokens) -> bool:
    """Tell whether `insert … select` needs a `where true` to keep SQLite's parser from reading `on` as a join."""
    has_select = any(token.is_word("select") for token in tokens)
    return has_select and not any(token.is_word("where", "group", "limit") for token in tokens)


def _excluded(tokens: Tokens) -> Tokens:
    """`values(col)` → `excluded.col`."""
    out: Tokens = []
    index = 0
    while index < len(tokens):
        if tokens[index].is_word("values") and index + 3 < len(tokens) and tokens[index + 1].is_operator("("):
            out += [word("excluded", tokens[index].spaced), operator("."), tokens[index + 2]._replace(spaced=False)]
            index += 4
        else:
            out.append(tokens[index])
            index += 1
    return out


def unqualify_update(tokens: Tokens) -> Tokens:
    """`update t a set a.x = 1` → `update t as a set x = 1`; a joined table goes to a `from` clause."""
    if not tokens or not tokens[0].is_word("update"):
        return tokens
    set_at = top_level(tokens, "set")
    if set_at is None:
        return tokens
    head, tail = tokens[:set_at], tokens[set_at + 1 :]
    where_at = top_level(tail, "where")
    assignments, rest = (tail, []) if where_at is None else (tail[:where_at], tail[where_at + 1 :])
    head, joined, condition = _split_join(head)
    out = [*_alias_target(head), word("set"), *_strip_qualifiers(assignments)]
    if joined:
        out += [word("from"), *joined]
    conditions = [part for part in (condition, rest) if part]
    for number, part in enumerate(conditions):
        wrapped = [operator("(", True), *part, operator(")")] if len(conditions) > 1 else part
        out += [word("and" if number else "where"), *wrapped]
    return out


def _split_join(head: Tokens) -> tuple[Tokens, Tokens, Tokens]:
    """Return (target, joined tables, join condition) of the part of an update before `set`."""
    join_at = top_level(head, "join", "inner")
    if join_at is None:
        target, *others = split_arguments(head)
        return target, [token for other in others for token in (operator(","), *other)][1:], []
    joined = head[join_at + (2 if head[join_at].is_word("inner") else 1) :]
    on_at = top_level(joined, "on")
    if on_at is None:
        return head[:join_at], joined, []
    return head[:join_at], joined[:on_at], joined[on_at + 1 :]


def _alias_target(head: Tokens) -> Tokens:
    aliased = len(head) == 3 and head[1].kind in (NAME, WORD) and head[2].kind in (NAME, WORD)
    if aliased and not head[1].is_word("or"):
        return [head[0], head[1], word("as"), head[2]]
    return head


def _strip_qualifiers(assignments: Tokens) -> Tokens:
    stripped: Tokens = []
    for number, assignment in enumerate(split_arguments(assignments)):
        if len(assignment) > 2 and assignment[1].is_operator("."):
            assignment = [assignment[2]._replace(spaced=True), *assignment[3:]]
        stripped += [operator(","), *assignment] if number else assignment
    return stripped


def unname_delete(tokens: Tokens) -> Tokens:
    """`delete t from x t where …` → `delete from x as t where …`: SQLite deletes from one table and names no alias."""
    if len(tokens) < 4 or not tokens[0].is_word("delete") or not tokens[2].is_word("from"):
        return tokens
    if top_level(tokens, "join", "inner", "left") is not None:
        return tokens
    table, rest = tokens[3], tokens[4:]
    if rest and rest[0].is_word("as"):
        rest = rest[1:]
    if rest and rest[0].kind in (NAME, WORD) and rest[0].text.strip("`").lower() == tokens[1].text.strip("`").lower():
        rest = [word("as"), rest[0], *rest[1:]]
    return [tokens[0], tokens[2], table, *rest]


def joined_delete(tokens: Tokens) -> Tokens:
    """`delete t from x t join y on … where …` → `delete from x where rowid in (select t.rowid from x t join …)`."""
    if len(tokens) < 4 or not tokens[0].is_word("delete") or not tokens[2].is_word("from"):
        return tokens
    where_at = top_level(tokens, "where") or len(tokens)
    sources = tokens[3:where_at]
    if top_level(sources, "join", "inner", "left") is None and len(split_arguments(sources)) < 2:
        return tokens
    table = _table_called(tokens[1].text.strip("`").lower(), sources)
    if table is None:
        return tokens
    rowid = [tokens[1], operator("."), word("rowid", False)]
    chosen = [word("select"), *rowid, word("from"), *tokens[3:]]
    return [
        word("delete"),
        word("from"),
        table,
        word("where"),
        word("rowid"),
        word("in"),
        operator("(", True),
        *chosen,
        operator(")"),
    ]


def _table_called(alias: str, sources: Tokens) -> Token | None:
    """Return the table that has a name or an alias among the sources of a query."""
    for index, token in enumerate(sources):
        starts = index == 0 or sources[index - 1].is_operator(",") or sources[index - 1].is_word("join")
        if not starts or token.kind not in (NAME, WORD):
            continue
        after = sources[index + 1 : index + 3]
        if after and after[0].is_word("as"):
            after = after[1:]
        names = {token.text.strip("`").lower(), *(each.text.strip("`").lower() for each in after[:1])}
        if alias in names:
            return token
    return None


def full_text(tokens: Tokens) -> Tokens:
    """`match(a, b) against ('x' in boolean mode)` → `mysql_match('x', a, b)`."""
    out: Tokens = []
    index = 0
    while index < len(tokens):
        end = closing(tokens, index + 1) if _words_at(tokens, index, "match") else index
        if not _words_at(tokens, end + 1, "against"):
            out.append(tokens[index])
            index += 1
            continue
        last = closing(tokens, end + 2)
        wanted = tokens[end + 3 : last]
        wanted = wanted[: top_level(wanted, "in", "with")]
        out += call(word("mysql_match"), [wanted, *split_arguments(tokens[index + 2 : end])])
        index = last + 1
    return out


def schema_statements(tokens: Tokens) -> Tokens:
    """`truncate table t` → `delete from t`; `explain` → `explain query plan`."""
    if tokens and tokens[0].is_word("truncate"):
        rest = tokens[2:] if len(tokens) > 1 and tokens[1].is_word("table") else tokens[1:]
        return [word("delete"), word("from"), *rest]
    if tokens and tokens[0].is_word("explain") and len(tokens) > 1 and not tokens[1].is_word("query"):
        return [tokens[0], word("query"), word("plan"), *tokens[1:]]
    return tokens


AGGREGATES = frozenset({"avg", "count", "group_concat", "json_group_array", "max", "min", "sum", "total", *DEVIATIONS})


def having_alone(tokens: Tokens) -> Tokens:
    """`having` without groups and aggregates is one more condition, in which names of the result may stand."""
    at = top_level(tokens, "having")
    if at is None or top_level(tokens, "group", *SET_OPERATORS) is not None or _aggregates(tokens):
        return tokens
    end = top_level(tokens[at:], "order", "limit", "window")
    rest = [] if end is None else tokens[at + end :]
    condition = [operator("(", True), *tokens[at + 1 : at + end if end else None], operator(")")]
    where = top_level(tokens[:at], "where")
    if where is None:
        return [*tokens[:at], word("where"), *condition, *rest]
    former = [operator("(", True), *tokens[where + 1 : at], operator(")")]
    return [*tokens[: where + 1], *former, word("and"), *condition, *rest]


def _aggregates(tokens: Tokens) -> bool:
    """Tell whether the query itself, not one inside of it, works out one value of many rows."""
    depth: list[bool] = []
    for index, token in enumerate(tokens[:-1]):
        if token.is_operator("("):
            depth.append(tokens[index + 1].is_word("select"))
        elif token.is_operator(")") and depth:
            depth.pop()
        elif token.is_word(*AGGREGATES) and tokens[index + 1].is_operator("(") and not any(depth):
            return True
    return False


# -- operators --------------------------------------------------------------------------------------------------------


def operators(tokens: Tokens) -> Tokens:
    """Spell `<=>`, `&&`, `rlike`, `div` SQLite's way; `/` divides as MySQL does (5 / 2 is 2.5)."""
    out: Tokens = []
    for index, token in enumerate(tokens):
        if token.is_operator("<=>"):
            out.append(word("is"))
        elif token.is_operator("&&"):
            out.append(word("and"))
        elif token.is_word("rlike"):
            out.append(word("regexp"))
        elif token.is_word("div") and index and not tokens[index - 1].is_operator("."):
            out.append(operator("/", True))
        elif token.is_operator("/"):
            out += [operator("*", True), Token(NUMBER, "1.0"), operator("/", True)]
        elif token.kind == WORD and (clock := CLOCK_WORDS.get(token.text.lower())) and _is_clock(tokens, index):
            called = index + 1 < len(tokens) and tokens[index + 1].is_operator("(")
            out += [word(clock, token.spaced)] + ([] if called else [operator("("), operator(")")])
        else:
            out.append(token)
    return out


def binary_operands(tokens: Tokens) -> Tokens:
    """`binary x` compares byte by byte: `x collate binary`."""
    out: Tokens = []
    index = 0
    while index < len(tokens):
        if not _is_binary(tokens, index):
            out.append(tokens[index])
            index += 1
            continue
        end = operand_end(tokens, index + 1)
        out += [*tokens[index + 1 : end + 1], word("collate"), word("binary")]
        index = end + 1
    return out


def _is_binary(tokens: Tokens, index: int) -> bool:
    """Tell whether the word at `index` is the operator: not a type, a collation or a column."""
    if index < 1 or index + 1 >= len(tokens) or not tokens[index].is_word("binary"):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    begins = before.is_word("where", "and", "or", "on", "by", "select", "not", "having", "when", "like", "in")
    follows = after.kind in (WORD, NAME, STRING, PLACEHOLDER) or after.is_operator("(")
    return follows and (begins or before.is_operator("=", "<", ">", "<=", ">=", "<>", "!=", "<=>", "(", ","))


def _is_clock(tokens: Tokens, index: int) -> bool:
    """Tell whether the word is the time: not the default of a column, not the name of one after a dot."""
    return not index or not (tokens[index - 1].is_word("default", "as") or tokens[index - 1].is_operator("."))


def like_escapes(tokens: Tokens) -> Tokens:
    """Give `like` the escape character MySQL has by default, the backslash."""
    out: Tokens = []
    index = 0
    while index < len(tokens):
        out.append(tokens[index])
        if tokens[index].is_word("like") and index + 1 < len(tokens):
            end = operand_end(tokens, index + 1)
            out += tokens[index + 1 : end + 1]
            if _wants_escape(tokens, index + 1, end):
                out += [word("escape"), string("\\", True)]
            index = end
        index += 1
    return out


def _wants_escape(tokens: Tokens, start: int, end: int) -> bool:
    if end + 1 < len(tokens) and (tokens[end + 1].is_word("escape") or tokens[end + 1].is_operator("||", "(")):
        return False
    pattern = tokens[start]
    return pattern.kind == PLACEHOLDER or (pattern.kind == STRING and "\\" in pattern.text) or end > start


RULES: tuple[Callable[[Tokens], Tokens], ...] = (
    drop_hints,
    inspection,
    information_schema,
    schema_statements,
    unwrap_selects,
    having_alone,
    insert_variants,
    unqualify_update,
    joined_delete,
    unname_delete,
    full_text,
    swap_limit,
    binary_operands,
    operators,
    intervals,
    functions,
    like_escapes,
)
