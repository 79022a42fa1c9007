"""The query of a Query Report: checked to be one that only reads, then run with the filters as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe import _
from frappe.database.tokens import PLACEHOLDER, Token, tokenize

READING = ("select", "with")
FORBIDDEN = ("into", "insert", "update", "delete", "replace", "drop", "alter", "create", "truncate")
"""Words that are part of a statement which writes somewhere; a function may have such a name."""


def run(query: str, filters: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Return the column aliases and the rows. Raises ValidationError for other statements and for missing filters."""
    tokens = tokenize(query, backslashes=frappe.db.db_type != "sqlite")
    _check_reads(query, tokens)
    result = frappe.db.execute(query, _values(tokens, filters))
    return list(result.columns), [list(row) for row in result.rows]


def _check_reads(query: str, tokens: list[Token]) -> None:
    words = [token for token in tokens if not token.is_operator("(")]
    inner = words[:-1] if words and words[-1].is_operator(";") else words
    reads = bool(words) and words[0].is_word(*READING)
    several = any(token.is_operator(";") for token in inner)
    if not reads or several or "/*!" in query or _writes(tokens):
        frappe.throw(_("The query of a report must be one SELECT (or WITH … SELECT) that changes nothing."))


def _writes(tokens: list[Token]) -> bool:
    following = [*tokens[1:], Token("operator", "")]
    return any(
        token.is_word(*FORBIDDEN) and not after.is_operator("(") for token, after in zip(tokens, following, strict=True)
    )


def _values(tokens: Iterable[Token], filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the placeholders `%(name)s` that the query has."""
    values: dict[str, Any] = {}
    for token in tokens:
        if token.kind != PLACEHOLDER:
            continue
        name = token.text[2:-2]
        if name not in filters:
            frappe.throw(_("The report needs a value for the filter {0}.").format(frappe.bold(name or "%s")))
        if isinstance(filters[name], Mapping):
            frappe.throw(_("The filter {0} must be a value or a list of values.").format(frappe.bold(name)))
        values[name] = filters[name]
    return values
