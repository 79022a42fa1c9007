"""The texts of Helpdesk and their translations.

    ./test translations            write helpdesk/locale/main.pot anew and bring every .po up to date
    ./test translations --check    say what is stale or untranslated, and change nothing

Texts are found in the app's Python (`_`, `_lt`), its templates and page titles, and in the desk (`__`). A language that
is declared complete must translate every one of them.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
APP, DESK = ROOT / "helpdesk", ROOT / "desk" / "src"
LOCALE = APP / "locale"
TEMPLATE = LOCALE / "main.pot"
COMPLETE = ("de",)
KEYWORDS = {"_": None, "_lt": None}

_DESK_CALL = re.compile(r"(?<![\w$.])__\(\s*('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*[,)]", re.DOTALL)
_TEMPLATE_CALL = re.compile(r"(?<![\w.])_\(\s*('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*[,)]", re.DOTALL)
_DYNAMIC = re.compile(r"(?<![\w$.])__\(\s*[`\w]")
_ESCAPE = re.compile(r"\\(u\{?[0-9a-fA-F]{4,6}\}?|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t"}
_SLOT = re.compile(r"\{\d*\}")

Found = tuple[str, str]
"""A text, and the file it is in."""


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        faults = [*stale(), *untranslated(), *wrong_slots()]
        print("\n".join(faults) or "All texts are in the catalogue, and complete languages are complete.")
        return 1 if faults else 0
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(written(template()))
    for path in translations():
        path.write_bytes(written(updated(path)))
    print(f"{len(template())} texts in {TEMPLATE.relative_to(ROOT)}")
    print("\n".join([*untranslated(), *wrong_slots()]))
    return 0


# -- finding ----------------------------------------------------------------------------------------------------------


def texts() -> Iterator[Found]:
    """Yield every text a person may read, with its file, in a stable order."""
    for path in source_files(APP, ".py"):
        with path.open("rb") as file:
            for _line, text, _comments, _context in extract("python", file, KEYWORDS):
                yield (text if isinstance(text, str) else text[0]), name_of(path)
    for path in source_files(APP, ".html"):
        for text in literals(_TEMPLATE_CALL, path):
            yield text, name_of(path)
    for path in [*source_files(DESK, ".ts"), *source_files(DESK, ".vue")]:
        for text in literals(_DESK_CALL, path):
            yield text, name_of(path)
    yield from words_of_records()


def words_of_records() -> Iterator[Found]:
    """Yield the labels and choices that the desk shows translated: those of tickets and of what belongs to them."""
    import json

    for doctype in ("hd_ticket", "hd_article", "hd_customer"):
        path = APP / "helpdesk" / "doctype" / doctype / f"{doctype}.json"
        for field in json.loads(path.read_text(encoding="utf-8"))["fields"]:
            if field.get("label") and not field.get("hidden") and not field["fieldtype"].endswith("Break"):
                yield field["label"], name_of(path)


def source_files(folder: Path, ending: str) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob(f"*{ending}"))
        if not path.name.startswith("test_") and ".spec." not in path.name and "public" not in path.parts
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def literals(call: re.Pattern[str], path: Path) -> Iterator[str]:
    """Yield the first argument of each call in a file."""
    for match in call.finditer(path.read_text(encoding="utf-8")):
        yield _ESCAPE.sub(_unescaped, match[1][1:-1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] == "u" and len(code) > 1:
        return chr(int(code.strip("u{}"), 16))
    return _PLAIN.get(code, code)


# -- catalogues -------------------------------------------------------------------------------------------------------


def template() -> Catalog:
    """Return the catalogue of all texts, as it should be."""
    catalog = Catalog(project="Helpdesk", charset="utf-8", fuzzy=False)
    catalog.header_comment = "# Texts of Helpdesk. Written by ./test translations."
    places: dict[str, list[str]] = {}
    for text, place in texts():
        if text.strip():
            places.setdefault(text.strip(), []).append(place)
    for text in sorted(places):
        catalog.add(text, locations=[(place, 0) for place in sorted(set(places[text]))])
    return catalog


def translations() -> list[Path]:
    return sorted(LOCALE.glob("*.po"))


def updated(path: Path) -> Catalog:
    """Return a language's catalogue with the texts of today; the translations of texts that remain are kept."""
    old = read(path)
    new = template()
    new.locale = path.stem
    new.header_comment = f"# {new.locale.english_name if new.locale else path.stem} texts of Helpdesk."
    for message in new:
        known = old.get(message.id) if message.id else None
        if known:
            message.string = known.string
    return new


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=None if path == TEMPLATE else path.stem)


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as text: no line numbers and no dates, so that only texts make a difference."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, include_lineno=False, omit_header=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Generated-By', '"Language-Team')
    return "".join(line for line in lines if not line.startswith(dated)).encode()


# -- judging ----------------------------------------------------------------------------------------------------------


def ids(catalog: Iterable[object]) -> set[str]:
    return {str(message.id) for message in catalog if message.id}  # type: ignore[attr-defined]


def stale() -> list[str]:
    """Say which texts the catalogue lacks or has too much."""
    kept, found = (ids(read(TEMPLATE)) if TEMPLATE.exists() else set()), ids(template())
    return [
        *(f"not in the catalogue: {text!r}" for text in sorted(found - kept)),
        *(f"in the catalogue, but nowhere else: {text!r}" for text in sorted(kept - found)),
    ]


def untranslated() -> list[str]:
    """Say which texts a complete language lacks."""
    return [
        f"{language}: {text!r}"
        for language in COMPLETE
        for text in sorted(ids(template()) - translated(LOCALE / f"{language}.po"))
    ]


def translated(path: Path) -> set[str]:
    return {str(message.id) for message in read(path) if message.id and message.string} if path.exists() else set()


def wrong_slots() -> list[str]:
    """Say which translations have other placeholders than their texts."""
    return [
        f"{path.stem}: other placeholders in {message.string!r}"
        for path in translations()
        for message in read(path)
        if message.id
        and message.string
        and sorted(_SLOT.findall(str(message.id))) != sorted(_SLOT.findall(str(message.string)))
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
