"""The readable part of a mail: which alternative to show, and how plain text becomes HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

_QUOTE = re.compile(r"^((?:>[ ]?)+)(.*)$")
_CITE = '<blockquote type="cite">'  # as mail programs mark what they quote, apart from a block that somebody set off
MAX_QUOTE_DEPTH = 10


class Piece(NamedTuple):
    """One stretch of the body in the forms it came in."""

    html: str = ""
    text: str = ""


def join_html(pieces: Iterable[Piece]) -> str:
    """Return the whole body as HTML; plain stretches are escaped and their quotes nested."""
    return "<br>".join(filter(None, (piece.html or text_to_html(piece.text) for piece in pieces)))


def join_text(pieces: Iterable[Piece]) -> str:
    """Return the whole body as plain text, "" for stretches that came as HTML only."""
    return "\n".join(filter(None, (piece.text for piece in pieces)))


def text_to_html(text: str) -> str:
    """Return plain text as HTML: escaped, line ends as <br>, and `>` quotes as nested block quotes (all kept)."""
    out: list[str] = []
    depth = 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n"):
        level, content = _quote_level(line)
        if level != depth:
            out.append(_CITE * (level - depth) if level > depth else "</blockquote>" * (depth - level))
            depth = level
        elif out:
            out.append("<br>")
        out.append(_keep_blanks(html.escape(content)))
    out.append("</blockquote>" * depth)
    return "".join(out) if text.strip() else ""


def _quote_level(line: str) -> tuple[int, str]:
    match = _QUOTE.match(line)
    if match is None:
        return 0, line
    return min(match[1].count(">"), MAX_QUOTE_DEPTH), match[2]


def _keep_blanks(line: str) -> str:
    stripped = line.lstrip(" ")
    return "&nbsp;" * min(len(line) - len(stripped), 40) + stripped


def replace_cids(content: str, urls: dict[str, str]) -> str:
    """Return HTML with every `cid:` link of a known part replaced by its address."""

    def address(match: re.Match[str]) -> str:
        return urls.get(html.unescape(match[1]).strip("<>"), match[0])

    return re.sub(r"cid:([^\s\"'<>)]{1,300})", address, content) if urls else content
