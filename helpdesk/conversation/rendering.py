"""Turns what an agent wrote into what leaves the house."""

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


def text_of(html: str | None) -> str:
    """Return the readable text of a piece of HTML, with single blanks."""
    return " ".join(BeautifulSoup(html or "", "html.parser").get_text(" ").split())
