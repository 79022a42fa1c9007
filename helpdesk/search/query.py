"""What somebody typed, as an expression that a full-text engine understands; standard library only.

All words must be there; the last one may be the beginning of a word, because people are still typing it. Words in
double quotes stand next to each other. Nothing that is typed can be an operator of the engine.
"""

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W_][\w-]*", re.UNICODE)
PIECE = re.compile(r'"([^"]*)"?|([^"]+)')
PARTS = re.compile(r"[^\W_]+", re.UNICODE)
MOST_TERMS = 16
LONGEST_WORD = 80
SHORTEST_INDEXED = 3
"""MariaDB does not index shorter words."""

# The words that MariaDB leaves out of its index.
NOT_INDEXED = frozenset(
    WORD.findall(
        "about are com de en for from how in is it la of on or that the this to was what when where who will with"
        " und www"
    )
)


@dataclass(frozen=True)
class Term:
    """Words that stand next to each other; `is_open` says that the last one may go on."""

    words: tuple[str, ...]
    is_open: bool = False


def parse(text: str) -> tuple[Term, ...]:
    """Return the terms of a query; none when it has no letter or digit."""
    terms: list[Term] = []
    for quoted, plain in PIECE.findall(text):
        if quoted:
            terms += _phrase(quoted)
        else:
            terms += [Term((word,)) for word in _words(plain)]
    terms = list(dict.fromkeys(terms))[:MOST_TERMS]
    if terms and len(terms[-1].words) == 1 and not text.rstrip().endswith('"'):
        terms[-1] = Term(terms[-1].words, is_open=True)
    return tuple(terms)


def _words(text: str) -> list[str]:
    return [word.rstrip("-_")[:LONGEST_WORD] for word in WORD.findall(text)]


def _phrase(text: str) -> list[Term]:
    words = tuple(_words(text)[:MOST_TERMS])
    return [Term(words)] if words else []


def for_fts5(terms: tuple[Term, ...], *, title_only: bool = False) -> str:
    """Return the terms as an expression of SQLite's FTS5."""
    parts = [f'"{" ".join(term.words)}"{" *" if term.is_open else ""}' for term in terms]
    expression = " AND ".join(parts)
    return f"title : ({expression})" if title_only else expression


def for_boolean_mode(terms: tuple[Term, ...]) -> str:
    """Return the terms that MariaDB indexes, as an expression of its boolean mode; empty when it indexes none."""
    return " ".join(part for term in terms if (part := _boolean(term)))


def _boolean(term: Term) -> str:
    if not is_indexed(term):
        return ""
    parts = _parts(term)
    if len(parts) == 1:
        return f"+{parts[0]}{'*' if term.is_open else ''}"
    return f'+"{" ".join(parts)}"'


def is_indexed(term: Term) -> bool:
    """Tell whether MariaDB can find the term through its index; the others are compared with the text itself."""
    return all(len(part) >= SHORTEST_INDEXED and part.casefold() not in NOT_INDEXED for part in _parts(term))


def _parts(term: Term) -> list[str]:
    return [part for word in term.words for part in PARTS.findall(word)]


def like(term: Term) -> str:
    """Return a term as a pattern for `like`, in which `!` takes the meaning from the next character."""
    text = " ".join(term.words)
    return "%" + re.sub(r"([!%_])", r"!\1", text) + "%"
