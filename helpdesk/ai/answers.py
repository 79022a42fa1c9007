"""What a model said, made harmless: text is text, a list is a list of what was offered. Standard library only."""

import json
import re
from typing import Any

TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
OPENING = re.compile(r"<+(?=[/!?a-zA-Z])")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
"""Control characters, and such as hide text or turn it around."""
CITATION = re.compile(r"\[(S\d{1,3})\]")
MARKED = re.compile(rf"[ \t]*{CITATION.pattern}")
"""The same with the blanks before it."""
LONGEST = 20_000


def plain(text: object, longest: int = LONGEST) -> str:
    """Return text without markup of HTML and without characters that cannot be seen."""
    found = UNSEEN.sub("", str(text or "").replace("\r\n", "\n"))
    for _time in range(2):
        found = TAG.sub("", found)  # what is left of a torn tag may be another one
    return OPENING.sub("", found).strip()[:longest]


def parsed(text: str) -> Any:
    """Return the JSON in an answer, whatever stands around it. Raises ValueError when there is none."""
    begin = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    if begin < 0:
        raise ValueError("no JSON")
    try:
        return json.JSONDecoder().raw_decode(text, begin)[0]
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def cited(text: str, known: list[str]) -> tuple[str, list[str]]:
    """Return the text without marks of sources that were not given, and the marks it has, in their order."""
    kept = MARKED.sub(lambda found: found[0] if found[1] in known else "", text)
    return kept, list(dict.fromkeys(CITATION.findall(kept)))


def uncited(text: str) -> str:
    """Return the text without marks of sources, which mean nothing to a customer."""
    return MARKED.sub("", text)
