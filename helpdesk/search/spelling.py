"""What somebody may have meant who found nothing: words as the titles of what they may read spell them.

Pure, standard library only.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from helpdesk.search.query import LONGEST_WORD, MOST_TERMS, PARTS

LIKENESS = 0.8
"""As `difflib` measures it: one wrong letter in five, two letters changed round in eight."""
SHORTEST = 4
"""Shorter words are too much like each other."""


def fixes(text: str, titles: Iterable[str]) -> dict[str, str]:
    """Return `{word: word as written in the titles}` for the words of `text` with which no word there begins."""
    known = sorted({part.casefold() for title in titles for part in PARTS.findall(title)})
    found = {}
    for word in PARTS.findall(text.casefold())[:MOST_TERMS]:
        if not SHORTEST <= len(word) <= LONGEST_WORD or word.isdigit() or any(one.startswith(word) for one in known):
            continue
        if alike := get_close_matches(word, known, n=1, cutoff=LIKENESS):
            found[word] = alike[0]
    return found


def applied(text: str, found: dict[str, str]) -> str:
    """Return the text with its words put right; everything between them stays."""
    return PARTS.sub(lambda part: found.get(part[0].casefold(), part[0]), text)
