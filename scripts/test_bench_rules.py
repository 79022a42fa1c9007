"""The app keeps to the rules of a bench, and each rule finds what it is there for."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import bench_rules
import pytest
import tomllib
from bench_rules import APP, ROOT, RULES
from frappe.utils.password_hashing import hash_password

DOCTYPE = {
    "doctype": "DocType",
    "name": "HD Thing",
    "engine": "InnoDB",
    "module": "Helpdesk",
    "sort_field": "creation",
    "field_order": ["title"],
    "fields": [{"fieldname": "title", "fieldtype": "Data"}],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_app_keeps_to_it(rule: Callable[[Path], list[str]]) -> None:
    assert rule(APP) == []


def test_the_list_of_names_holds_none_that_nobody_uses() -> None:
    assert set(bench_rules.known_names()) - set(bench_rules.names_used(APP)) == set()


def test_a_bench_can_check_the_passwords_that_come_from_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert hash_password("secret").startswith("$argon2")
    assert any(each.startswith("argon2-cffi") for each in project["dependencies"])


def made(folder: Path, files: dict[str, str]) -> Path:
    """Return an app with these files."""
    app = folder / "helpdesk"
    for name, text in {"hooks.py": "", **files}.items():
        path = app / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return app


@pytest.mark.parametrize(
    ("rule", "files", "said"),
    [
        (bench_rules.unknown_names, {"x.py": "import frappe\nfrappe.db.waiting('x')"}, "frappe.db.waiting"),
        (bench_rules.unknown_names, {"x.py": "from frappe.jobs import wake as w\nw()"}, "frappe.jobs.wake"),
        (
            bench_rules.names_without_a_guard,
            {"x.py": "from frappe.core.api.user_invitation import invite_by_email"},
            "x.py:1 imports what version 15 has not",
        ),
        (bench_rules.foreign_imports, {"test_x.py": "def test():\n    import pytest"}, "imports pytest"),
        (bench_rules.foreign_imports, {"test_x.py": "from hypothesis import given"}, "imports hypothesis"),
        (bench_rules.tests_in_the_root, {"test_x.py": "class T:\n    def test_it(self): ..."}, "test_x.py holds tests"),
        (
            bench_rules.functions_in_fields,
            {"x.py": "frappe.get_all('User', fields=['name', 'count(name) as n'])"},
            "'count(name) as n'",
        ),
        (
            bench_rules.orders_without_direction,
            {"x.py": "frappe.db.get_value('User', {}, 'name', order_by='creation')"},
            "order_by='creation'",
        ),
        (
            bench_rules.annotations_as_text,
            {"x.py": "from __future__ import annotations\n@frappe.whitelist()\ndef f(a: int) -> None: ..."},
            "types must not be text",
        ),
        (bench_rules.hooks_to_nowhere, {"hooks.py": "after_install = 'helpdesk.setup.gone'"}, "helpdesk.setup.gone"),
        (bench_rules.pages_in_a_page, {"www/a.html": "{{ page }}", "www/a.py": ""}, "www/a.html would be put"),
        (bench_rules.records_without_a_module, {"m/web_form/f/f.json": "{}"}, "no module with get_context"),
        (bench_rules.records_without_a_module, {"m/report/r/r.json": "{}", "m/report/r/r.py": ""}, "execute"),
    ],
)
def test_a_rule_finds_what_breaks_it(
    tmp_path: Path, rule: Callable[[Path], list[str]], files: dict[str, str], said: str
) -> None:
    (fault,) = rule(made(tmp_path, files))
    assert said in fault


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "HD Other"}, "are called hd_other"),
        ({"engine": "MyISAM"}, "engine or module is wrong"),
        ({"field_order": []}, "field_order and fields differ"),
        ({"sort_field": ""}, "without sort_field"),
        ({"fields": [{"fieldname": "title", "fieldtype": "Phone Number"}]}, "no fieldtype Phone Number"),
        ({"fields": [{"fieldname": "title", "fieldtype": "Link", "options": "Issue"}]}, "links to Issue"),
        ({"fields": [{"fieldname": "title", "fieldtype": "Table", "options": "HD Thing"}]}, "which is no table"),
    ],
)
def test_a_doctype_that_does_not_fit_is_named(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    folder = "helpdesk/doctype/hd_thing/hd_thing"
    app = made(tmp_path, {f"{folder}.json": json.dumps({**DOCTYPE, **changes}), f"{folder}.py": ""})
    (fault,) = bench_rules.doctypes_that_do_not_fit(app)
    assert said in fault


def test_a_doctype_has_a_controller(tmp_path: Path) -> None:
    app = made(tmp_path, {"helpdesk/doctype/hd_thing/hd_thing.json": json.dumps(DOCTYPE)})
    assert bench_rules.doctypes_that_do_not_fit(app) == ["doctype/hd_thing/hd_thing.json: there is no controller"]


def test_a_changed_record_gets_a_later_stamp_and_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_rules, "RECORDS", tmp_path / "records.txt")
    early, late = datetime(2026, 1, 1), datetime(2026, 5, 5)
    app = made(tmp_path, {"helpdesk/report/r/r.json": json.dumps({"modified": f"{early}.000000", "roles": []})})
    report = app / "helpdesk/report/r/r.json"
    bench_rules.stamp_records(app, late)
    assert bench_rules.records_that_stay_at_home(app) == []
    assert json.loads(report.read_text())["modified"] == f"{early}.000000"

    report.write_text(json.dumps({"modified": f"{early}.000000", "roles": [{"role": "Agent"}]}))
    (fault,) = bench_rules.records_that_stay_at_home(app)
    assert "report/r/r.json has changed" in fault
    bench_rules.stamp_records(app, late)
    assert bench_rules.records_that_stay_at_home(app) == []
    assert json.loads(report.read_text()) == {"modified": f"{late}.000000", "roles": [{"role": "Agent"}]}

    report.write_text(report.read_text().replace("Agent", "Agent Manager"))
    bench_rules.stamp_records(app, early)  # by a clock that goes wrong
    assert json.loads(report.read_text())["modified"] == f"{late.replace(second=1)}.000000"


def test_records_say_when_they_changed(tmp_path: Path) -> None:
    app = made(tmp_path, {"helpdesk/report/r/r.json": json.dumps({"modified": "2026-01-01 00:00:00.000000"})})
    (fault,) = bench_rules.records_that_stay_at_home(app)
    assert "run scripts/bench_rules.py --stamp" in fault
