"""What a driver runs: SQL text with its placeholders found, and the kind of statement it is.

`compile_statement` is pure and cached per text; `bind` puts values in. Which rewriting happens in between is the
dialect's business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from frappe.database.tokens import PLACEHOLDER, Token, join, tokenize

LONG_LIST = 1_000
"""A longer list travels as one JSON value, because the number of placeholders is limited."""

Key = int | str
"""A placeholder's key: its position for `%s`, its name for `%(name)s`."""


class Kind(Enum):
    READ = "read"
    WRITE = "write"
    DDL = "ddl"
    CONTROL = "control"


_WRITES = ("insert", "update", "delete", "replace", "merge", "load")
_DDL = ("create", "alter", "drop", "truncate", "rename", "reindex", "vacuum")
_CONTROL = ("begin", "commit", "rollback", "savepoint", "release", "start", "end")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text cut at its placeholders: `pieces[0] key[0] pieces[1] key[1] … pieces[n]`."""

    pieces: tuple[str, ...]
    keys: tuple[Key, ...]
    kind: Kind
    locks: bool
    text: str
    touches_singles: bool
    guesses: tuple[int, ...] = ()
    """Positions of result columns that are expressions and may hold a date; negative ones count from the end."""


def kind_of(tokens: Sequence[Token]) -> Kind:
    """Tell reading, writing, schema and transaction statements apart by their leading word."""
    first = next((token for token in tokens if not token.is_operator("(")), None)
    if first is None or first.kind != "word":
        return Kind.READ
    leading = first.text.lower()
    if leading == "with":
        leading = _verb_after_with(tokens)
    if leading in _WRITES:
        return Kind.WRITE
    if leading in _DDL:
        return Kind.DDL
    if leading in _CONTROL:
        return Kind.CONTROL
    return Kind.READ


def _verb_after_with(tokens: Sequence[Token]) -> str:
    depth = 0
    for token in tokens:
        if token.is_operator("("):
            depth += 1
        elif token.is_operator(")"):
            depth -= 1
        elif not depth and token.is_word("select", *_WRITES):
            return token.text.lower()
    return "select"


def build(tokens: Sequence[Token], kind: Kind, locks: bool, guesses: tuple[int, ...] = ()) -> Statement:
    """Cut `tokens` at the placeholders."""
    pieces: list[str] = []
    keys: list[Key] = []
    part: list[Token] = []
    for token in tokens:
        if token.kind == PLACEHOLDER:
            pieces.append(join(part) if not pieces else _rest(part))
            pieces[-1] += " " if token.spaced else ""
            keys.append(_key(token.text, keys))
            part = []
        else:
            part.append(token)
    pieces.append(join(part) if not pieces else _rest(part))
    touches_singles = kind is not Kind.READ and any("tabSingles" in piece for piece in pieces)
    return Statement(tuple(pieces), tuple(keys), kind, locks, "?".join(pieces), touches_singles, guesses)


def _rest(tokens: Sequence[Token]) -> str:
    return "".join(" " + token.text if token.spaced else token.text for token in tokens)


def _key(text: str, keys: Sequence[Key]) -> Key:
    if text.startswith("%("):
        return text[2:-2]
    # a token made by rewriting carries its original position, see `number_placeholders`
    return int(text[2:]) if len(text) > 2 else len(keys)


def number_placeholders(tokens: Iterable[Token]) -> list[Token]:
    """Write the position into every `%s`, so that rewriting may move it around."""
    numbered: list[Token] = []
    position = 0
    for token in tokens:
        if token.kind == PLACEHOLDER and token.text == "%s":
            token = token._replace(text=f"%s{position}")
            position += 1
        numbered.append(token)
    return numbered


def parse(query: str, formatted: bool, backslashes: bool = False) -> list[Token]:
    """Tokenize `query`. When it is `formatted` (values are passed), `%%` stands for `%`, as in pyformat."""
    tokens = tokenize(query, backslashes)
    if not formatted:
        return [token._replace(kind="operator") if token.kind == PLACEHOLDER else token for token in tokens]
    plain = [
        token if token.kind == PLACEHOLDER else token._replace(text=token.text.replace("%%", "%")) for token in tokens
    ]
    return number_placeholders(plain)


def bind(
    statement: Statement, values: Sequence[Any] | Mapping[str, Any], adapt: Callable[[Any], Any]
) -> tuple[str, list[Any]]:
    """Return the SQL text with `?` and the list of adapted values; a list, tuple or set becomes `(?, ?, …)`.

    Raises ValueError or KeyError when values and placeholders do not fit.
    """
    check_values(statement, values)
    if not statement.keys:
        return statement.text, []
    flat: list[Any] = []
    expanded: list[str] | None = None
    for index, key in enumerate(statement.keys):
        value = _pick(values, key)
        if isinstance(value, (list, tuple, set, frozenset)):
            if expanded is None:
                expanded = ["?"] * len(statement.keys)
            if len(value) > LONG_LIST:
                flat.append(json.dumps([adapt(item) for item in value]))
                expanded[index] = "(select `value` from json_each(?))"
                continue
            flat.extend(map(adapt, value))
            expanded[index] = "(" + ", ".join("?" * len(value)) + ")" if value else "(NULL)"
        else:
            flat.append(adapt(value))
    if expanded is None:
        return statement.text, flat
    return _interleave(statement.pieces, expanded), flat


def check_values(statement: Statement, values: Sequence[Any] | Mapping[str, Any]) -> None:
    """Raise ValueError unless there is a value for every `%s`."""
    wanted = sum(isinstance(key, int) for key in statement.keys)
    if not isinstance(values, Mapping) and len(values) != wanted:
        raise ValueError(f"The statement has {wanted} placeholders, but {len(values)} values were given.")


def show(statement: Statement, values: Sequence[Any] | Mapping[str, Any], literal: Callable[[Any], str]) -> str:
    """Return the SQL with every value written in by `literal`."""
    shown = []
    for key in statement.keys:
        value = _pick(values, key)
        if isinstance(value, (list, tuple, set, frozenset)):
            shown.append("(" + (", ".join(map(literal, value)) or "NULL") + ")")
        else:
            shown.append(literal(value))
    return _interleave(statement.pieces, shown)


def _pick(values: Sequence[Any] | Mapping[str, Any], key: Key) -> Any:
    try:
        return values[key]  # type: ignore[index]
    except KeyError:
        raise KeyError(f"No value was given for the placeholder %({key})s.") from None
    except TypeError:
        raise ValueError(f"The placeholder %({key})s needs a dict of values.") from None


def _interleave(pieces: Sequence[str], marks: Sequence[str]) -> str:
    parts = [pieces[0]]
    for mark, piece in zip(marks, pieces[1:], strict=True):
        parts += (mark, piece)
    return "".join(parts)
