"""What `bench build` makes of the catalogues, for versions of the framework that read no catalogue."""

import csv
import io
import json
import shutil
import subprocess

import pytest
from catalogue import APP, ROOT, read

SCRIPT = ROOT / "scripts" / "translations.cjs"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(not NODE, reason="needs Node")


def written(text: str) -> list[list[str]]:
    """Return the rows of the CSV that is made of a catalogue."""
    code = (
        f"const {{ csv }} = require({json.dumps(str(SCRIPT))});"
        "process.stdout.write(csv(require('node:fs').readFileSync(0, 'utf8')))"
    )
    made = subprocess.run([str(NODE), "-e", code], input=text, capture_output=True, text=True, check=True)
    return list(csv.reader(io.StringIO(made.stdout, newline="")))


@pytest.mark.parametrize("path", APP.translations(), ids=lambda path: path.stem)
def test_every_translation_is_in_the_table(path) -> None:  # type: ignore[no-untyped-def]
    expected = [[message.id, message.string] for message in read(path) if message.id and message.string]
    assert written(path.read_text(encoding="utf-8")) == expected


def test_long_texts_quotes_and_breaks_arrive_whole() -> None:
    text = r"""
msgid ""
msgstr ""
"Language: de\n"

#: x.py
msgid ""
"One, \"two\"\n"
"three"
msgstr "Eins"

msgid "Left"
msgstr ""
"""
    assert written(text) == [['One, "two"\nthree', "Eins"]]


def test_the_build_of_a_bench_makes_the_tables_and_the_desk() -> None:
    scripts = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["scripts"]
    assert "scripts/translations.cjs" in scripts["build"]
    assert "npm run build" in scripts["build"]
