#!/usr/bin/env python3
"""Show which case of docs/cases.txt is covered by which test; exit 1 when one is not.

    scripts/cases.py            the table
    scripts/cases.py --open     only what no test covers

A test covers a case when the case's id is in the test's name (`test_h03_…`, `it('H03 …')`) or in its docstring. The
docstring or name of the class or `describe` block around it does not count: a promise is kept by one test that can
fail. Cases marked `desk` want a spec of the desk or a journey in e2e/.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "docs" / "cases.txt"
LINE = re.compile(r"(?P<id>[A-Z]\d\d)(?: (?P<place>desk))?  (?P<text>\S.*)")
ID = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]\d\d)(?![A-Za-z0-9])")
SPEC_TITLE = re.compile(
    r"""\b(?:it|test)(?:\.(?!skip|todo)\w+(?:\([^)]*\))?)?\(\s*(['"`])(?P<title>.*?)\1""", re.DOTALL
)


@dataclass(frozen=True)
class Case:
    """One promise."""

    id: str
    text: str
    in_desk: bool = False


@dataclass(frozen=True)
class Test:
    """One test and the ids it names; `path` is relative to the repository."""

    path: str
    name: str
    ids: frozenset[str]

    @property
    def is_of_desk(self) -> bool:
        """Tell whether the test exercises what people see in the browser."""
        return self.path.startswith(("desk/", "e2e/"))


def parse_cases(text: str) -> list[Case]:
    """Return the cases of a list; a line that is neither case, comment nor blank raises ValueError."""
    found: dict[str, Case] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise ValueError(f"line {number} is no case: {line!r}")
        if match["id"] in found:
            raise ValueError(f"line {number}: {match['id']} is there twice")
        found[match["id"]] = Case(match["id"], match["text"], in_desk=bool(match["place"]))
    return list(found.values())


def ids_in(*texts: str | None) -> frozenset[str]:
    """Return the ids that the texts name; underscores separate as blanks do."""
    return frozenset(each.upper() for text in texts if text for each in ID.findall(text.replace("_", " ")))


def python_tests(path: str, source: str) -> Iterator[Test]:
    """Yield the test functions of a Python file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            yield Test(path, node.name, ids_in(node.name, ast.get_docstring(node)))


def spec_tests(path: str, source: str) -> Iterator[Test]:
    """Yield the tests of a Vitest file."""
    for match in SPEC_TITLE.finditer(source):
        yield Test(path, match["title"], ids_in(match["title"]))


def all_tests(root: Path = ROOT) -> Iterator[Test]:
    """Yield every test of the repository."""
    for folder in ("helpdesk", "standalone", "e2e"):
        for file in sorted((root / folder).rglob("test_*.py")):
            yield from python_tests(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
    for file in sorted((root / "desk" / "src").rglob("*.spec.ts")):
        yield from spec_tests(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))


def covered(cases: Iterable[Case], tests: Iterable[Test]) -> dict[Case, list[Test]]:
    """Return for each case the tests that cover it."""
    by_id: dict[str, list[Test]] = {}
    for test in tests:
        for each in test.ids:
            by_id.setdefault(each, []).append(test)
    return {case: [test for test in by_id.get(case.id, []) if test.is_of_desk or not case.in_desk] for case in cases}


def lines(table: dict[Case, list[Test]], *, only_open: bool = False) -> Iterator[str]:
    """Yield the table, a line for each case."""
    for case, tests in table.items():
        if tests and only_open:
            continue
        more = f" (+{len(tests) - 1})" if len(tests) > 1 else ""
        where = f"{tests[0].path}: {tests[0].name}{more}" if tests else "— NOT COVERED —"
        yield f"{case.id}  {case.text[:70]:70}  {where}"


def main(arguments: list[str]) -> int:
    table = covered(parse_cases(CASES.read_text(encoding="utf-8")), all_tests())
    for line in lines(table, only_open="--open" in arguments):
        print(line)
    missing = [case.id for case, tests in table.items() if not tests]
    print(f"\n{len(table) - len(missing)} of {len(table)} cases are covered.")
    if missing:
        print(f"No test names {', '.join(missing)}.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
