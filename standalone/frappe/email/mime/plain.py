"""HTML as plain text, for the alternative that people and machines without HTML read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {
        "p", "div", "br", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr",
        "section", "article", "header", "footer", "dl", "dt", "dd", "li",
    }
)  # fmt: skip
_SILENT = frozenset({"style", "script", "head", "title", "template"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent = 0
        self.link = ""
        self.link_start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.out.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            self.link, self.link_start = dict(attrs).get("href") or "", len(self.out)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "a" and self.link:
            shown = "".join(self.out[self.link_start :]).strip()
            if self.link.startswith(("http:", "https:", "{")) and self.link != shown:
                self.out.append(f" ({self.link})")
            self.link = ""
        elif tag in _BLOCKS and tag != "br":
            self.out.append("\n\n" if tag in ("p", "blockquote", "table") else "\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(re.sub(r"\s+", " ", data))


def html_to_text(html: str) -> str:
    """Return the readable text of HTML, links with their addresses behind them."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = [" ".join(line.split()) for line in "".join(parser.out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
