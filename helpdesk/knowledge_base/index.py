"""An index over the passages of articles; values in, values out.

A passage is the part of an article under one heading. Words are found exactly and in their other forms, by their
beginning when they are short, and with one letter wrong when they are long.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from helpdesk.words import WORD, relevant_words, stem

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LONG_WORD = 3
FORM, CLOSE = 0.75, 0.5
"""What another form of a word counts, and a word that is only close to it."""
ACCENTS = re.compile(r"[\u0300-\u036f]")
BETWEEN_WORDS = re.compile(r"[\W_]+")
SNIPPET = 160


@dataclass(frozen=True)
class Passage:
    """A part of an article; `name` is `article#anchor`."""

    name: str
    subject: str
    headings: str
    text: str


@dataclass(frozen=True)
class Weights:
    """How much a word counts by where it stands."""

    name: int = 1
    subject: int = 6
    description: int = 5
    headings: int = 8


def slug(heading: str) -> str:
    """Return the anchor of a heading, as the desk makes it: without accents, words joined by hyphens."""
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", heading.lower()))
    return BETWEEN_WORDS.sub("-", plain).strip("-")


class _Splitter(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[list[str], list[str]]] = [([], [])]
        self.in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HEADINGS:
            self.parts.append(([], []))
            self.in_heading = True

    def handle_endtag(self, tag: str) -> None:
        if tag in HEADINGS:
            self.in_heading = False

    def handle_data(self, data: str) -> None:
        self.parts[-1][0 if self.in_heading else 1].append(data)


def split(article: str, title: str, html: str | None) -> list[Passage]:
    """Return the passages of an article; the part before the first heading has no anchor."""
    splitter = _Splitter()
    splitter.feed(html or "")
    found = []
    for number, (heading_parts, text_parts) in enumerate(splitter.parts):
        heading, text = " ".join("".join(heading_parts).split()), " ".join(" ".join(text_parts).split())
        if number and not heading and not text:
            continue
        name = f"{article}#{slug(heading)}" if heading else article
        found.append(Passage(name, title, heading, text))
    return found


def differs_by_one(one: str, other: str) -> bool:
    """Tell whether one letter was changed, added, left out, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    changed = one[1:] == other[1:]
    missing = one[1:] == other or one == other[1:]
    swapped = len(one) > 1 and one[:2] == other[1::-1] and one[2:] == other[2:]
    return changed or missing or swapped


class Index:
    """Passages by their words."""

    def __init__(self, passages: Iterable[Passage], weights: Weights) -> None:
        self.passages = list(passages)
        self.postings: dict[str, dict[int, int]] = {}
        self.forms: dict[str, set[str]] = {}
        for number, passage in enumerate(self.passages):
            self._add(number, passage.name.split("#")[0], weights.name)
            self._add(number, passage.subject, weights.subject)
            self._add(number, passage.headings, weights.headings)
            self._add(number, passage.text, weights.description)

    def _add(self, number: int, text: str, weight: int) -> None:
        for word in set(WORD.findall(text.casefold())):
            self.forms.setdefault(stem(word), set()).add(word)
            found = self.postings.setdefault(word, {})
            found[number] = found.get(number, 0) + weight

    def matches(self, word: str, synonyms: Mapping[str, frozenset[str]]) -> dict[int, float]:
        """Return `{passage: score}` for one word of a question."""
        exact = self._of({word, *synonyms.get(word, ())})
        other_forms = _weighed(self._of(self.forms_of(word)), FORM)
        if exact or other_forms or word in synonyms:
            return {**other_forms, **exact}
        if len(word) > LONG_WORD:
            close = {each for each in self.postings if each.startswith(word) or differs_by_one(each, word)}
        else:
            close = {each for each in self.postings if each.startswith(word)}
        return _weighed(self._of(close), CLOSE)

    def forms_of(self, word: str) -> set[str]:
        """Return the words of the passages that are forms of `word`."""
        return self.forms.get(stem(word), set())

    def _of(self, words: Iterable[str]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for word in words:
            for number, weight in self.postings.get(word, {}).items():
                scores[number] = max(scores.get(number, 0), weight)
        return scores

    def search(
        self, words: list[str], synonyms: Mapping[str, frozenset[str]], limit: int
    ) -> list[tuple[Passage, float]]:
        """Return the passages with all words, then those with some, best first."""
        found = [self.matches(word, synonyms) for word in words]
        numbers = set().union(*found) if found else set()
        ranked = sorted(
            numbers,
            key=lambda number: (-sum(number in each for each in found), -sum(each.get(number, 0) for each in found)),
        )
        scored = [(self.passages[number], sum(each.get(number, 0) for each in found)) for number in ranked]
        return scored[:limit]


def _weighed(scores: Mapping[int, float], weight: float) -> dict[int, float]:
    return {number: score * weight for number, score in scores.items()}


def question(text: str, stop_words: frozenset[str]) -> list[str]:
    """Return the words of a question that say what it is about."""
    return [word for word in relevant_words(text) if word not in stop_words]


def snippet(text: str, words: list[str]) -> str:
    """Return the part of a text around the first of the words, as HTML with the words marked."""
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)", re.I)
    first = pattern.search(text)
    start = max((first.start() if first else 0) - SNIPPET // 3, 0)
    part = text[start : start + SNIPPET]
    pieces, position = [], 0
    for match in pattern.finditer(part):
        pieces += [_escape(part[position : match.start()]), f"<mark>{_escape(match.group())}</mark>"]
        position = match.end()
    return "".join([*pieces, _escape(part[position:])])


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
