"""Split SQL text into tokens, so that rewriting can never reach into a string literal.

The lexer knows the MySQL flavour that apps write: backtick identifiers, `"text"` as a string, `#` comments and the
pyformat placeholders `%s` and `%(name)s`. Strings follow the SQLite convention (a quote is doubled, a backslash is an
ordinary character), the same one `Database.escape` uses on SQLite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

WORD, NAME, STRING, NUMBER, PLACEHOLDER, OPERATOR = "word", "name", "string", "number", "placeholder", "operator"

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|--[^\n]*|\#[^\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^']|'')*')
    | (?P<text>"(?:[^"]|"")*")
    | (?P<name>`(?:[^`]|``)*`)
    | (?P<placeholder>%s|%\([^)]*\)s)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w]))
    | (?P<word>[\w$@]+)
    | (?P<operator><=>|<>|!=|>=|<=|:=|\|\||&&|->>|->|%%|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One piece of SQL; `spaced` remembers whether white space (or a comment) stood before it."""

    kind: str
    text: str
    spaced: bool = True

    def is_word(self, *words: str) -> bool:
        return self.kind == WORD and self.text.lower() in words

    def is_operator(self, *operators: str) -> bool:
        return self.kind == OPERATOR and self.text in operators


_BACKSLASH_TOKEN = re.compile(
    _TOKEN.pattern.replace("(?:[^']|'')*", r"(?:[^'\\]|''|\\.)*").replace('(?:[^"]|"")*', r'(?:[^"\\]|""|\\.)*'),
    re.VERBOSE | re.DOTALL,
)


def tokenize(query: str, backslashes: bool = False) -> list[Token]:
    """Return the tokens of `query`; comments are dropped and `"text"` becomes an ordinary string literal.

    With `backslashes` a backslash escapes the next character of a string, as on MariaDB, and strings stay as they are.
    """
    tokens: list[Token] = []
    spaced = False
    for match in (_BACKSLASH_TOKEN if backslashes else _TOKEN).finditer(query):
        kind, text = match.lastgroup or OPERATOR, match.group()
        if kind == "space":
            spaced = True
            continue
        if kind == "text":
            kind, text = STRING, text if backslashes else _as_single_quoted(text)
        tokens.append(Token(kind, text, spaced))
        spaced = False
    return tokens


def join(tokens: Iterable[Token]) -> str:
    """Put tokens together again."""
    return "".join(" " + token.text if token.spaced else token.text for token in tokens).lstrip()


def _as_single_quoted(text: str) -> str:
    inner = text[1:-1].replace('""', '"')
    return "'" + inner.replace("'", "''") + "'"


def word(text: str, spaced: bool = True) -> Token:
    return Token(WORD, text, spaced)


def operator(text: str, spaced: bool = False) -> Token:
    return Token(OPERATOR, text, spaced)


def string(text: str, spaced: bool = False) -> Token:
    return Token(STRING, "'" + text.replace("'", "''") + "'", spaced)


def closing(tokens: list[Token], opening: int) -> int:
    """Return the index of the parenthesis that closes the one at `opening` (the last token if there is none)."""
    depth = 0
    for index in range(opening, len(tokens)):
        if tokens[index].is_operator("("):
            depth += 1
        elif tokens[index].is_operator(")"):
            depth -= 1
            if not depth:
                return index
    return len(tokens) - 1


def opening(tokens: list[Token], closing_index: int) -> int:
    """Return the index of the parenthesis that opens the one closed at `closing_index`."""
    depth = 0
    for index in range(closing_index, -1, -1):
        if tokens[index].is_operator(")"):
            depth += 1
        elif tokens[index].is_operator("("):
            depth -= 1
            if not depth:
                return index
    return 0


def operand_start(tokens: list[Token], end: int) -> int:
    """Return where the operand that ends at index `end` begins: a literal, a (qualified) name, a call or `( … )`."""
    start = end
    if tokens[end].is_operator(")"):
        start = opening(tokens, end)
        if start and tokens[start - 1].kind in (WORD, NAME) and not tokens[start - 1].is_word(*_NOT_FUNCTIONS):
            start -= 1
    while start >= 2 and tokens[start - 1].is_operator(".") and tokens[start - 2].kind in (WORD, NAME):
        start -= 2
    return start


def operand_end(tokens: list[Token], start: int) -> int:
    """Return the index of the last token of the operand that begins at `start`."""
    end = start
    if tokens[end].is_operator("-", "+") and end + 1 < len(tokens):
        end += 1
    if tokens[end].is_operator("("):
        return closing(tokens, end)
    while end + 2 < len(tokens) and tokens[end + 1].is_operator("."):
        end += 2
    if end + 1 < len(tokens) and tokens[end + 1].is_operator("(") and tokens[end].kind in (WORD, NAME):
        return closing(tokens, end + 1)
    return end


def split_arguments(tokens: list[Token]) -> list[list[Token]]:
    """Split the tokens between the parentheses of a call at its own commas."""
    arguments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.is_operator("("):
            depth += 1
        elif token.is_operator(")"):
            depth -= 1
        if not depth and token.is_operator(","):
            arguments.append([])
        else:
            arguments[-1].append(token)
    return arguments if arguments != [[]] else []


_NOT_FUNCTIONS = ("and", "or", "not", "in", "on", "where", "when", "then", "else", "select", "having", "by", "between")


def top_level(tokens: list[Token], *words: str) -> int | None:
    """Return where one of the words stands outside of parentheses; None if it does not."""
    depth = 0
    for index, token in enumerate(tokens):
        if token.is_operator("("):
            depth += 1
        elif token.is_operator(")"):
            depth -= 1
        elif not depth and token.is_word(*words):
            return index
    return None
