"""Turns what an agent wrote into what leaves the house."""

import re

from bs4 import BeautifulSoup, Comment
from frappe.utils.html_utils import sanitize_html


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


ON_PAPER = frozenset({"href", "src", "alt", "colspan", "rowspan"})
OUR_FILES = ("/files/", "/private/files/", "data:image/")


def for_paper(html: str | None) -> str:
    """Return a piece of HTML for a page that a program prints: nothing in it fetches anything but files of this site.

    What prints may run where the network of the operator is open to it.
    """
    tree = BeautifulSoup(sanitize_html(html or "", always_sanitize=True), "html.parser")
    for media in tree.find_all(["img", "video", "audio", "source", "iframe", "object", "embed", "link", "style"]):
        if media.name != "img" or not str(media.get("src") or "").startswith(OUR_FILES):
            media.decompose()
    for tag in tree.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in ON_PAPER}
        if tag.name != "img":
            tag.attrs.pop("src", None)
        if not str(tag.get("href") or "").startswith(("https://", "http://", "mailto:")):
            tag.attrs.pop("href", None)
    return str(tree)
