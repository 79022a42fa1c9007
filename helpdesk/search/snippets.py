"""The part of a text around the words that were looked for, as safe HTML; standard library only."""

import re
import unicodedata
from html import escape

from helpdesk.search.query import Term

LENGTH = 200
BEFORE = 60
WORD = re.compile(r"[^\W_][\w-]*", re.UNICODE)
ELLIPSIS = "…"
MARK = "<mark>"


def fold(word: str) -> str:
    """Return a word as the engine compares it: without case and accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def snippet(text: str, terms: tuple[Term, ...], length: int = LENGTH) -> str:
    """Return up to `length` characters around the first hit, escaped, with `<mark>` around every hit."""
    hits = [(word.start(), word.end()) for word in WORD.finditer(text) if _is_hit(fold(word.group()), terms)]
    start = _word_start(text, max(hits[0][0] - BEFORE, 0)) if hits else 0
    end = min(start + length, len(text))
    pieces, position = [ELLIPSIS if start else ""], start
    for first, last in hits:
        if last > end:
            break
        pieces += [escape(text[position:first]), MARK, escape(text[first:last]), "</mark>"]
        position = last
    pieces += [escape(text[position:end]), ELLIPSIS if end < len(text) else ""]
    return "".join(pieces)


def _word_start(text: str, position: int) -> int:
    """Return the beginning of the first word that begins at or after `position`."""
    if position == 0 or text[position - 1].isspace():
        return position
    blank = text.find(" ", position, position + BEFORE)
    return position if blank < 0 else blank + 1


def _is_hit(word: str, terms: tuple[Term, ...]) -> bool:
    for term in terms:
        wanted = [fold(each) for each in term.words]
        if word in wanted or (term.is_open and word.startswith(wanted[-1])):
            return True
    return False
