"""Turns what an agent wrote into what leaves the house."""

import re

from bs4 import BeautifulSoup, Comment


def for_mail(html: str) -> str:
    """Drop HTML comments, and mark pictures and films so that the framework sends them along with the mail."""
    tree = BeautifulSoup(html or "", "html.parser")
    for comment in tree.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for media in tree.find_all(["img", "video"]):
        if media.get("src"):
            media["embed"] = media["src"]
    return str(tree)


BLOCKS = re.compile(r"^(p|div|h[1-6]|li|br|hr|tr|td|th|blockquote|pre|table|ul|ol|section|article)$")
"""What stands on a line of its own; words within a line, as `<b>`, are not torn apart."""


def text_of(html: str | None) -> str:
    """Return the readable text of a piece of HTML, with single blanks."""
    soup = BeautifulSoup(html or "", "html.parser")
    for block in soup.find_all(BLOCKS):
        block.insert_before(" ")
        block.append(" ")
    return " ".join(soup.get_text().split())
