"""Plain text as HTML: what is quoted is told from what is said, for any text."""

from __future__ import annotations

import re
import time
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from frappe.email.mime.bodies import MAX_QUOTE_DEPTH, text_to_html

WORDS = st.text(alphabet="ab <&\"'é-", max_size=8).map(str.strip)
LINES = st.lists(st.tuples(st.integers(0, 4), WORDS), min_size=1, max_size=12)
ANY = st.text(alphabet=st.one_of(st.sampled_from("> \r\n<&\"'\t\xa0\0a"), st.characters(codec="utf-8")), max_size=200)


class _Read(HTMLParser):
    """Reads the result back: `lines` are pairs of how deep a line is quoted and what it says."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.depth, self.deepest = 0, 0
        self.lines: list[list[object]] = [[0, ""]]
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._line(1 if tag == "blockquote" else 0)

    def handle_endtag(self, tag: str) -> None:
        self._line(-1)
        assert self.depth >= 0

    def _line(self, step: int) -> None:
        self.depth += step
        self.deepest = max(self.deepest, self.depth)
        self.lines.append([self.depth, ""])

    def handle_data(self, data: str) -> None:
        self.lines[-1][1] = f"{self.lines[-1][1]}{data}"

    def said(self) -> list[tuple[object, str]]:
        return [(depth, str(text).replace("\xa0", " ").strip()) for depth, text in self.lines if str(text).strip()]


@given(LINES, st.sampled_from([">", "> "]))
def test_each_line_stays_at_the_depth_it_was_quoted_at(lines: list[tuple[int, str]], mark: str) -> None:
    text = "\n".join(mark * depth + words for depth, words in lines)
    read = _Read(text_to_html(text))
    assert read.said() == [(depth, words) for depth, words in lines if words]
    assert read.depth == 0


@given(ANY)
def test_any_text_becomes_balanced_harmless_html_that_says_the_same(text: str) -> None:
    html = text_to_html(text)
    read = _Read(html)
    assert read.tags <= {"br", "blockquote"}
    assert read.depth == 0 and read.deepest <= MAX_QUOTE_DEPTH
    shown = unescape(re.sub(r"<[^>]*>", "", html)).replace("\xa0", "").replace(" ", "")
    said = re.sub(r"(?m)^(?:> ?)+", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert shown == re.sub(r"[ \n\xa0]", "", said) or not text.strip()


def test_a_wall_of_quote_marks_is_read_at_once() -> None:
    began = time.process_time()
    text_to_html("> " * 200_000 + "x\n" + ">" * 200_000 + "\n> \n" * 50_000)
    assert time.process_time() - began < 5
