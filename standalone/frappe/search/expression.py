"""What somebody typed, as an expression that FTS5 understands; and what it found, as safe HTML."""

from __future__ import annotations

import re
from html import escape, unescape

from frappe.search.index_file import HIT_ENDS, HIT_STARTS
from frappe.utils import strip_html

PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
WORD = re.compile(r"[^\W_]+(?:[-_]+[^\W_]+)*", re.UNICODE)
MOST_WORDS = 16
LONGEST_TEXT = 100_000


def words_of(text: str) -> list[str]:
    """Return the words somebody typed, without signs that mean something to the engine."""
    return WORD.findall(text)[:MOST_WORDS]


def match(text: str, *, only_in: str | None = None) -> str:
    """Return an expression for documents that hold every word; the last may be the beginning of a word.

    Words in double quotes stand next to each other. Empty when there is no word in `text`.
    """
    terms = [" ".join(words_of(quoted or plain)) for quoted, plain in PIECE.findall(text)]
    terms = [term for term in terms if term][:MOST_WORDS]
    if not terms:
        return ""
    is_open = not text.rstrip().endswith('"')
    expression = " AND ".join(f'"{term}"' for term in terms) + (" *" if is_open else "")
    return f"{{{only_in}}} : ({expression})" if only_in else expression


def plain(value: object) -> str:
    """Return a text or some HTML as text in one line."""
    spaced = str(value or "").replace("<", " <")
    text = unescape(strip_html(spaced)).replace("\0", " ").replace(HIT_STARTS, " ").replace(HIT_ENDS, " ")
    return " ".join(text.split())[:LONGEST_TEXT]


def marked(text: str) -> str:
    """Return a found text as HTML with `<mark>` around the hits."""
    return escape(text).replace(HIT_STARTS, "<mark>").replace(HIT_ENDS, "</mark>")
