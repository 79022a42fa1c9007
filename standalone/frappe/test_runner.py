"""`frappe run-tests`: the tests of apps on a site, by unittest. pytest is the better way where it is installed."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import unittest
from collections.abc import Iterator
from contextlib import contextmanager
from cProfile import Profile
from dataclasses import dataclass
from pathlib import Path
from pdb import post_mortem
from pstats import Stats
from typing import Any
from xml.etree import ElementTree

import frappe
from frappe.apps import get_app_path, get_attr, scrub
from frappe.context import set_in_test
from frappe.exceptions import ValidationError
from frappe.tests.records import get_test_records, make_test_objects, make_test_records

__test__ = False  # the name is Frappe's; there are no tests in here

__all__ = ["get_test_records", "make_test_objects", "make_test_records"]


@dataclass(frozen=True)
class Selection:
    """Which tests to run, and how."""

    app: str | None = None
    doctype: str | None = None
    module: str | None = None
    module_def: str | None = None
    case: str | None = None
    tests: tuple[str, ...] = ()
    failfast: bool = False
    junit: str | None = None
    skip_test_records: bool = False
    skip_before_tests: bool = False
    coverage: bool = False
    profile: bool = False
    pdb: bool = False

    @classmethod
    def of(cls, options: dict[str, Any]) -> Selection:
        """Read the options of the command line."""
        return cls(**options)


def run(site: str, selection: Selection) -> bool:
    """Run the tests and return whether all passed. Raises ValidationError on a site that does not allow tests."""
    frappe.init(site, force=True)
    if not (frappe.conf.allow_tests or os.environ.get("CI")):
        raise ValidationError(
            f"Tests write into the site, so {site} must allow them: frappe --site {site} set-config allow_tests true"
        )
    set_in_test(True)
    frappe.connect()
    try:
        _prepare(selection)
        with measured_coverage(selection), measured_time(selection):
            suite = collect(selection)
            result = _runner(selection).run(suite)
        if selection.junit:
            write_junit(result, suite.countTestCases(), selection.junit)
        return result.wasSuccessful() and result.testsRun > 0
    finally:
        frappe.destroy()
        set_in_test(False)


def _prepare(selection: Selection) -> None:
    frappe.flags.skip_test_records = selection.skip_test_records
    frappe.clear_cache()
    if selection.skip_before_tests:
        return
    for path in frappe.get_hooks("before_tests", app_name=selection.app):
        get_attr(path)()
    frappe.db.commit()


def _runner(selection: Selection) -> unittest.TextTestRunner:
    kind: Any = Inspected if selection.pdb else unittest.TextTestResult
    return unittest.TextTestRunner(verbosity=2, failfast=selection.failfast, stream=sys.stderr, resultclass=kind)


class Inspected(unittest.TextTestResult):
    """Opens the debugger where a test failed."""

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        super().addError(test, err)
        post_mortem(err[2])

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addFailure(test, err)
        post_mortem(err[2])


@contextmanager
def measured_coverage(selection: Selection) -> Iterator[None]:
    """Note which lines of the app run, if that was asked for; the report is `coverage.xml` beside the sites."""
    if not selection.coverage:
        yield
        return
    if importlib.util.find_spec("coverage") is None:
        raise ValidationError("--coverage needs a package that is not installed: pip install coverage")
    coverage = importlib.import_module("coverage")
    apps = [selection.app] if selection.app else [app for app in frappe.get_installed_apps() if app != "frappe"]
    measuring = coverage.Coverage(source=[get_app_path(app) for app in apps], omit=["*/test_*.py", "*/node_modules/*"])
    measuring.start()
    try:
        yield
    finally:
        measuring.stop()
        measuring.save()
    measuring.xml_report(outfile=os.path.join(frappe.local.sites_path, "coverage.xml"))


@contextmanager
def measured_time(selection: Selection) -> Iterator[None]:
    """Print where the time went, if that was asked for."""
    if not selection.profile:
        yield
        return
    with Profile() as profile:
        yield
    Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(40)


def collect(selection: Selection) -> unittest.TestSuite:
    """Return the tests that were asked for. Raises ValidationError when there are none."""
    suite = unittest.TestSuite()
    for module in _modules(selection):
        found = unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(module))
        suite.addTests(_chosen(found, selection))
    if not suite.countTestCases():
        raise ValidationError("There are no such tests.")
    return suite


def _chosen(suite: unittest.TestSuite, selection: Selection) -> Iterator[unittest.TestCase]:
    for test in _flat(suite):
        name = test.id().rpartition(".")[2]
        if selection.case and type(test).__name__ != selection.case:
            continue
        if not selection.tests or name in selection.tests:
            yield test


def _flat(suite: Any) -> Iterator[unittest.TestCase]:
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from _flat(item)
        else:
            yield item


def _modules(selection: Selection) -> list[str]:
    if selection.module:
        return [selection.module]
    if selection.doctype:
        return [_module_of_doctype(selection.doctype)]
    if selection.module_def:
        names = frappe.get_all("DocType", filters={"module": selection.module_def}, pluck="name", limit=0)
        return [name for name in map(_module_of_doctype, names) if importlib.util.find_spec(name)]
    apps = [selection.app] if selection.app else [app for app in frappe.get_installed_apps() if app != "frappe"]
    return [module for app in apps for module in modules_with_tests(app)]


def _module_of_doctype(doctype: str) -> str:
    module = frappe.db.get_value("DocType", doctype, "module")
    if not module:
        raise ValidationError(f"There is no DocType {doctype}.")
    app = frappe.local.module_app[scrub(module)]
    name = scrub(doctype)
    return f"{app}.{scrub(module)}.doctype.{name}.test_{name}"


def modules_with_tests(app: str) -> list[str]:
    """Return the dotted names of the modules `test_*.py` of an app."""
    root = Path(get_app_path(app))
    paths = sorted(path for path in root.rglob("test_*.py") if "node_modules" not in path.parts)
    skipped = {root / "test_utils.py"}
    return [".".join([app, *path.relative_to(root).with_suffix("").parts]) for path in paths if path not in skipped]


def write_junit(result: unittest.TestResult, count: int, path: str) -> None:
    """Write the outcome as JUnit XML."""
    bad = {"failure": result.failures, "error": result.errors}
    attributes = {"tests": str(count), "failures": str(len(result.failures)), "errors": str(len(result.errors))}
    root = ElementTree.Element("testsuite", {"name": "frappe", **attributes})
    for kind, entries in bad.items():
        for test, trace in entries:
            case = ElementTree.SubElement(root, "testcase", name=test.id(), classname=type(test).__name__)
            ElementTree.SubElement(case, kind).text = trace
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
