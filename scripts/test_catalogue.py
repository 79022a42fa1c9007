"""The texts of Helpdesk are all in the catalogue, and found where people write them."""

from __future__ import annotations

import re
from pathlib import Path

import catalogue
import pytest

EACH = pytest.mark.parametrize("package", catalogue.PACKAGES, ids=lambda package: package.folder.name)


@EACH
def test_the_catalogue_has_every_text_of_today(package: catalogue.Package) -> None:
    assert catalogue.stale(package) == [], "run ./test translations"


@EACH
def test_translations_keep_the_placeholders_of_their_texts(package: catalogue.Package) -> None:
    assert catalogue.wrong_slots(package) == []


@EACH
def test_bringing_a_language_up_to_date_twice_changes_nothing(package: catalogue.Package) -> None:
    german = package.locale / "de.po"
    assert catalogue.written(catalogue.updated(package, german)) == german.read_bytes()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ __('Reply') }}", "Reply"),
        ('__("It\\u2019s {0}", name)', "It’s {0}"),
        ("__(\n  'Several lines',\n)", "Several lines"),
        ("__('Don\\'t')", "Don't"),
    ],
)
def test_texts_of_the_desk_are_found(tmp_path: Path, source: str, text: str) -> None:
    file = tmp_path / "One.vue"
    file.write_text(source, encoding="utf-8")
    assert list(catalogue.literals(catalogue._DESK_CALL, file)) == [text]


def test_pages_name_sides_by_reading_direction() -> None:
    """`ms-2`, not `ml-2`: in Arabic and Hebrew the start of a line is on the right."""
    sided = re.compile(
        r"(?<![\w-])-?(?:m[lr]|p[lr]|border-[lr]|rounded-[lr]|left|right|text-(?:left|right)|float-(?:left|right))"
        r"-(?:\d|\[|px|auto|full)|(?<![\w-])text-(?:left|right)(?![\w-])"
    )
    found = [
        f"{catalogue.name_of(path)}: {match[0]}"
        for path in catalogue.source_files(catalogue.DESK, ".vue")
        for match in sided.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
