"""`frappe run-tests`: which tests run, and what is measured meanwhile."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe import test_runner
from frappe.context import set_in_test
from frappe.exceptions import ValidationError
from frappe.test_runner import Selection

TESTS = """
import unittest


class TestPear(unittest.TestCase):
    def test_good(self):
        self.assertEqual(len("pear"), 4)

    def test_bad(self):
        self.fail("rotten")
"""


@pytest.fixture
def pear(site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A dotted module with one good and one bad test; the site allows tests."""
    (tmp_path / "test_pear.py").write_text(TESTS)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(site.sites_path)
    frappe.installer.update_site_config("allow_tests", 1)
    yield "test_pear"
    sys.modules.pop("test_pear", None)
    set_in_test(True)
    site.connect()
    frappe.installer.update_site_config("allow_tests", None)


def run(**options: Any) -> bool:
    return test_runner.run(frappe.local.site, Selection(**options))


def test_all_tests_or_chosen_ones_run(pear: str, capsys: pytest.CaptureFixture[str]) -> None:
    site = frappe.local.site
    assert not run(module=pear)
    assert "rotten" in capsys.readouterr().err
    assert test_runner.run(site, Selection(module=pear, tests=("test_good",)))
    assert test_runner.run(site, Selection(module=pear, case="TestPear", tests=("test_good",)))
    with pytest.raises(ValidationError, match="no such tests"):
        test_runner.run(site, Selection(module=pear, tests=("test_none",)))


def test_a_site_must_allow_tests(pear: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    frappe.installer.update_site_config("allow_tests", None)
    with pytest.raises(ValidationError, match="must allow them"):
        run(module=pear)


def test_the_outcome_is_written_for_machines(pear: str, tmp_path: Path) -> None:
    run(module=pear, junit=str(tmp_path / "out.xml"))
    text = (tmp_path / "out.xml").read_text(encoding="utf-8")
    assert 'tests="2"' in text and 'failures="1"' in text and "rotten" in text


def test_the_debugger_opens_where_a_test_fails(pear: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(test_runner, "post_mortem", lambda trace: opened.append(trace.tb_frame.f_code.co_filename))
    run(module=pear, pdb=True)
    assert len(opened) == 1


def test_the_time_is_measured(pear: str, tmp_path: Path) -> None:
    # In a process of its own: a profiler and the threads of other tests get into each other's way in CPython 3.11.
    frappe.db.commit()
    code = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from frappe import test_runner
test_runner.run({frappe.local.site!r}, test_runner.Selection(module={pear!r}, profile=True))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert "cumulative" in ran.stderr and "rotten" in ran.stderr


def test_coverage_is_measured_with_its_package(pear: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[Any] = []

    class Coverage:
        def __init__(self, source: list[str], omit: list[str]):
            calls.append(("source", [Path(folder).name for folder in source]))

        def __getattr__(self, name: str) -> Any:
            return lambda **values: calls.append((name, *(Path(value).name for value in values.values())))

    module = types.ModuleType("coverage")
    module.Coverage = Coverage  # type: ignore[attr-defined]
    module.__spec__ = types.SimpleNamespace(name="coverage")  # type: ignore[assignment]
    monkeypatch.setitem(sys.modules, "coverage", module)
    run(module=pear, app="frappe", coverage=True)
    assert calls == [("source", ["frappe"]), ("start",), ("stop",), ("save",), ("xml_report", "coverage.xml")]


def test_coverage_without_its_package_is_told(pear: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ValidationError, match="pip install coverage"):
        run(module=pear, coverage=True)
