"""The texts of Helpdesk and their translations.

    ./test translations            write every main.pot anew and bring every .po up to date
    ./test translations --check    say what is stale or untranslated, and change nothing

There are two catalogues, each in the `locale/` of its package: that of the app, which travels to every bench, and that
of the runtime. Texts are found in Python (`_`, `_lt`), in templates, in the desk (`__`), and in DocTypes. A language
that is declared complete must translate every one of them.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
DESK = ROOT / "desk" / "src"
COMPLETE = ("de",)
APART = {"public", "testing", "tests"}
"""Folders without texts for people."""

_DESK_CALL = re.compile(r"(?<![\w$.])__\(\s*('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*[,)]", re.DOTALL)
_TEMPLATE_CALL = re.compile(r"(?<![\w.])_\(\s*('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*[,)]", re.DOTALL)
_LABEL = re.compile(r"\bcolumn\(\"\w+\", (\"[^\"]*\")|\"label\": (\"[^\"]*\"),\s+\"(?:type|icon)\"")
_DYNAMIC = re.compile(r"(?<![\w$.])__\(\s*[`\w]")
_ESCAPE = re.compile(r"\\(u\{?[0-9a-fA-F]{4,6}\}?|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t"}
_SLOT = re.compile(r"\{\d*\}")

Found = tuple[str, str]
"""A text, and the file it is in."""


@dataclass(frozen=True)
class Package:
    """A Python package with a catalogue of its own."""

    title: str
    folder: Path
    desk: Path | None = None
    """Where the texts of its pages are, for those written in TypeScript."""
    shown: tuple[str, ...] = ()
    """The DocTypes whose labels are shown translated."""
    calls: tuple[str, ...] = ("_", "_lt")
    """The functions whose first argument is a text."""
    labels: tuple[str, ...] = ()
    """Modules of data whose labels the desk shows translated: columns of lists, and views that come with the app."""

    @property
    def locale(self) -> Path:
        return self.folder / "locale"

    @property
    def template(self) -> Path:
        return self.locale / "main.pot"

    def translations(self) -> list[Path]:
        return sorted(self.locale.glob("*.po"))


APP = Package(
    "Helpdesk",
    ROOT / "helpdesk",
    DESK,
    ("hd_ticket", "hd_article", "hd_customer"),
    labels=("lists/columns.py", "setup/data.py"),
)
RUNTIME = Package(
    "Helpdesk's runtime",
    ROOT / "standalone" / "frappe",
    shown=("contact",),
    calls=("_", "_lt", "_forbid", "_refuse", "fail"),
)
PACKAGES = (APP, RUNTIME)


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        faults = [fault for package in PACKAGES for fault in [*stale(package), *lacking(package)]]
        print("\n".join(faults) or "All texts are in their catalogue, and complete languages are complete.")
        return 1 if faults else 0
    for package in PACKAGES:
        package.locale.mkdir(exist_ok=True)
        package.template.write_bytes(written(template(package)))
        for path in package.translations():
            path.write_bytes(written(updated(package, path)))
        print("\n".join([f"{len(template(package))} texts in {name_of(package.template)}", *lacking(package)]))
    return 0


# -- finding ----------------------------------------------------------------------------------------------------------


def texts(package: Package) -> Iterator[Found]:
    """Yield every text a person may read, with its file, in a stable order."""
    for path in source_files(package.folder, ".py"):
        with path.open("rb") as file:
            for _line, text, _comments, _context in extract("python", file, dict.fromkeys(package.calls)):
                yield (text if isinstance(text, str) else text[0]), name_of(path)
    for path in source_files(package.folder, ".html"):
        for text in literals(_TEMPLATE_CALL, path):
            yield text, name_of(path)
    if package.desk:
        for path in [*source_files(package.desk, ".ts"), *source_files(package.desk, ".vue")]:
            for text in literals(_DESK_CALL, path):
                yield text, name_of(path)
    for module in package.labels:
        path = package.folder / module
        for one, other in _LABEL.findall(path.read_text(encoding="utf-8")):
            yield json.loads(one or other), name_of(path)
    yield from words_of_records(package)


def words_of_records(package: Package) -> Iterator[Found]:
    """Yield the names and labels of DocTypes that people see, as messages and the desk show them translated."""
    for path in source_files(package.folder, ".json"):
        if path.parts[-3:-2] != ("doctype",) or path.stem != path.parent.name:
            continue
        doctype = json.loads(path.read_text(encoding="utf-8"))
        if not doctype.get("istable"):
            yield doctype["name"], name_of(path)
        if path.stem in package.shown:
            yield from ((field["label"], name_of(path)) for field in doctype["fields"] if is_shown(field))


def is_shown(field: dict[str, object]) -> bool:
    return bool(field.get("label") and not field.get("hidden")) and not str(field["fieldtype"]).endswith("Break")


def source_files(folder: Path, ending: str) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob(f"*{ending}"))
        if not path.name.startswith("test_") and ".spec." not in path.name and not APART.intersection(path.parts)
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


def template(package: Package) -> Catalog:
    """Return the catalogue of all texts, as it should be."""
    catalog = Catalog(project="Helpdesk", charset="utf-8", fuzzy=False)
    catalog.header_comment = f"# Texts of {package.title}. Written by ./test translations."
    places: dict[str, list[str]] = {}
    for text, place in texts(package):
        if text.strip():
            places.setdefault(text.strip(), []).append(place)
    for text in sorted(places):
        catalog.add(text, locations=[(place, 0) for place in sorted(set(places[text]))])
    return catalog


def updated(package: Package, path: Path) -> Catalog:
    """Return a language's catalogue with the texts of today; the translations of texts that remain are kept."""
    old = read(path)
    new = template(package)
    new.locale = path.stem
    new.header_comment = f"# {new.locale.english_name if new.locale else path.stem} texts of {package.title}."
    for message in new:
        known = old.get(message.id) if message.id else None
        if known:
            message.string = known.string
    return new


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=None if path.suffix == ".pot" else path.stem)


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


def stale(package: Package) -> list[str]:
    """Say which texts the catalogue lacks or has too much."""
    kept, found = (ids(read(package.template)) if package.template.exists() else set()), ids(template(package))
    return [
        *(f"not in the catalogue: {text!r}" for text in sorted(found - kept)),
        *(f"in the catalogue, but nowhere else: {text!r}" for text in sorted(kept - found)),
    ]


def lacking(package: Package) -> list[str]:
    """Say what a complete language does not translate, and what any language translates wrongly."""
    return [*untranslated(package), *wrong_slots(package)]


def untranslated(package: Package) -> list[str]:
    """Say which texts a complete language lacks."""
    return [
        f"{language}: {text!r}"
        for language in COMPLETE
        for text in sorted(ids(template(package)) - translated(package.locale / f"{language}.po"))
    ]


def translated(path: Path) -> set[str]:
    return {str(message.id) for message in read(path) if message.id and message.string} if path.exists() else set()


def wrong_slots(package: Package) -> list[str]:
    """Say which translations have other placeholders than their texts."""
    return [
        f"{path.stem}: other placeholders in {message.string!r}"
        for path in package.translations()
        for message in read(path)
        if message.id
        and message.string
        and sorted(_SLOT.findall(str(message.id))) != sorted(_SLOT.findall(str(message.string)))
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
