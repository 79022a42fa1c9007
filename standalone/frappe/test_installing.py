"""An app comes with everything it ships, is brought up to date, and goes without a trace."""

import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.installer import install_app, interrupted_installation, remove_app
from frappe.migrate import SiteMigration
from frappe.migration_plan import plan_migration
from frappe.modules.patch_handler import executed_patches
from frappe.sites import SitePlan, drop_site, reinstall
from frappe.testing.sites import TestBench

pytestmark = pytest.mark.slow

HOOKS = """
app_name = "orchard"
before_install = "orchard.setup.before_install"
after_install = "orchard.setup.after_install"
after_sync = "orchard.setup.after_sync"
before_uninstall = "orchard.setup.before_uninstall"
after_uninstall = "orchard.setup.after_uninstall"
after_migrate = ["orchard.setup.after_migrate"]
scheduler_events = {"daily": ["orchard.setup.pick"]}
fixtures = [{"dt": "Role", "filters": [["role_name", "like", "Orchard%"]]}]
"""

SETUP = """
import frappe

called = []


def __getattr__(name):
    def note():
        called.append(name)
        if name == "after_install":
            called.append(("fixtures are there", bool(frappe.db.exists("Role", "Orchard Keeper"))))
    return note
"""

PATCH = """
import frappe


def execute():
    for name in frappe.get_all("Apple", pluck="name"):
        frappe.db.set_value("Apple", name, "taste", "sweet")
"""


def apple(**extra: Any) -> dict[str, Any]:
    fields = [{"fieldname": "variety", "fieldtype": "Data"}, *extra.pop("more", [])]
    permissions = [{"role": "Orchard Keeper", "read": 1, "write": 1, "create": 1}]
    named = {"doctype": "DocType", "name": "Apple", "module": "Orchard", "autoname": "field:variety"}
    return {**named, "fields": fields, "permissions": permissions, "modified": "2026-01-01 00:00:00", **extra}


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(textwrap.dedent(text), encoding="utf-8")


@pytest.fixture
def orchard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package of a small app."""
    root = tmp_path / "apps" / "orchard" / "orchard"
    for package in ("", "orchard", "orchard/doctype", "orchard/doctype/apple", "patches"):
        write(root / package / "__init__.py", "")
    write(root / "hooks.py", HOOKS)
    write(root / "setup.py", SETUP)
    write(root / "modules.txt", "Orchard\n")
    write(root / "patches.txt", "[pre_model_sync]\n\n[post_model_sync]\norchard.patches.old\n")
    write(root / "orchard/doctype/apple/apple.json", apple())
    controller = "from frappe.model.document import Document\n\n\nclass Apple(Document):\n    pass\n"
    write(root / "orchard/doctype/apple/apple.py", controller)
    write(root / "fixtures/role.json", [{"doctype": "Role", "name": "Orchard Keeper", "role_name": "Orchard Keeper"}])
    field = {"doctype": "Custom Field", "name": "ToDo-basket", "dt": "ToDo", "fieldname": "basket"}
    custom = {"doctype": "ToDo", "custom_fields": [{**field, "fieldtype": "Data", "label": "Basket"}]}
    write(root / "orchard/custom/todo.json", custom)
    monkeypatch.syspath_prepend(str(root.parent))
    yield root
    for name in [name for name in sys.modules if name.partition(".")[0] == "orchard"]:
        del sys.modules[name]


@pytest.fixture
def bench(frappe_bench: TestBench, orchard: Path, request: pytest.FixtureRequest) -> Iterator[TestBench]:
    """A bench of its own whose `apps.txt` lists the app."""
    copy = TestBench(orchard.parents[2] / "bench", frappe_bench.apps)
    copy.prepare(request.config.cache.mkdir("frappe-sites"))
    write(Path(copy.sites_path, "apps.txt"), "frappe\norchard\n")
    copy.connect()
    yield copy
    copy.disconnect()


def calls() -> list[Any]:
    return list(frappe.get_module("orchard.setup").called)


def test_installing_brings_doctypes_records_patches_and_jobs(bench: TestBench) -> None:
    install_app("orchard")
    assert frappe.get_installed_apps() == ["frappe", "orchard"]
    frappe.get_doc({"doctype": "Apple", "variety": "Boskoop"}).insert()
    assert frappe.db.get_value("Module Def", "Orchard", "app_name") == "orchard"
    assert frappe.db.exists("Role", "Orchard Keeper")
    assert frappe.get_meta("ToDo").has_field("basket")
    assert "orchard.patches.old" in executed_patches()
    assert frappe.db.exists("Scheduled Job Type", {"method": "orchard.setup.pick"})
    assert [name for name in calls() if isinstance(name, str)] == ["before_install", "after_install", "after_sync"]


def test_installing_twice_says_so_and_changes_nothing(bench: TestBench, capsys: pytest.CaptureFixture[str]) -> None:
    install_app("orchard")
    install_app("orchard")
    assert "already installed" in capsys.readouterr().out
    assert calls().count("after_install") == 1


def test_a_before_install_function_can_stop_it(bench: TestBench, orchard: Path) -> None:
    write(orchard / "setup.py", SETUP + "\n\ndef before_install():\n    return False\n")
    install_app("orchard")
    assert frappe.get_installed_apps() == ["frappe"]
    assert not frappe.db.exists("DocType", "Apple")


def test_an_app_that_is_not_on_the_bench_is_named(bench: TestBench) -> None:
    with pytest.raises(frappe.ValidationError, match="pear"):
        install_app("pear")


def test_a_required_app_that_is_missing_is_named(bench: TestBench, orchard: Path) -> None:
    write(orchard / "hooks.py", HOOKS + '\nrequired_apps = ["garden/beehive"]\n')
    with pytest.raises(frappe.IncompatibleApp, match="beehive"):
        install_app("orchard")


def test_migrating_adds_columns_then_runs_new_patches_once(bench: TestBench, orchard: Path) -> None:
    install_app("orchard")
    frappe.get_doc({"doctype": "Apple", "variety": "Boskoop"}).insert()
    frappe.db.commit()
    changed = apple(more=[{"fieldname": "taste", "fieldtype": "Data"}], modified="2026-02-01 00:00:00")
    write(orchard / "orchard/doctype/apple/apple.json", changed)
    write(orchard / "patches/sweeten.py", PATCH)
    patches = "[pre_model_sync]\n\n[post_model_sync]\norchard.patches.old\norchard.patches.sweeten\n"
    write(orchard / "patches.txt", patches)
    SiteMigration().run()
    assert frappe.db.get_value("Apple", "Boskoop", "taste") == "sweet"
    frappe.db.set_value("Apple", "Boskoop", "taste", "sour")
    SiteMigration().run()
    assert frappe.db.get_value("Apple", "Boskoop", "taste") == "sour"
    assert calls().count("after_migrate") == 2


def test_an_installation_that_fails_can_be_tried_again(bench: TestBench, orchard: Path) -> None:
    broken = "def before_install(): pass\n\n\ndef after_install():\n    raise ValueError('rotten')\n"
    good = (orchard / "setup.py").read_text()
    write(orchard / "setup.py", broken)
    sys.modules.pop("orchard.setup", None)
    with pytest.raises(ValueError, match="rotten"):
        install_app("orchard")
    assert "orchard" not in frappe.get_installed_apps()
    write(orchard / "setup.py", good)
    sys.modules.pop("orchard.setup", None)
    install_app("orchard")
    assert "orchard" in frappe.get_installed_apps()
    assert interrupted_installation() is None


def test_an_installation_that_was_killed_is_completed_by_the_next(
    bench: TestBench, orchard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("frappe.installer._fill_singles", kill)
    with pytest.raises(KeyboardInterrupt):
        install_app("orchard")
    frappe.db.rollback()
    assert interrupted_installation() == "orchard"
    monkeypatch.undo()
    install_app("orchard")
    assert interrupted_installation() is None
    assert "after_install" in calls()


def test_a_plan_names_what_a_migration_would_do_and_does_none_of_it(bench: TestBench, orchard: Path) -> None:
    install_app("orchard")
    assert plan_migration().sentences() == ["Nothing to migrate."]
    frappe.get_doc({"doctype": "Apple", "variety": "Boskoop"}).insert()
    changed = apple(more=[{"fieldname": "taste", "fieldtype": "Data"}], modified="2026-02-01 00:00:00")
    write(orchard / "orchard/doctype/apple/apple.json", changed)
    write(orchard / "patches/sweeten.py", PATCH)
    write(orchard / "patches.txt", "[pre_model_sync]\norchard.patches.sweeten\n\n[post_model_sync]\n")
    frappe.db.commit()
    expected = [
        "would run patch orchard.patches.sweeten",
        "would import DocType Apple",
        "would add column taste varchar(140) to tabApple",
    ]
    assert plan_migration().sentences() == expected
    assert not frappe.db.has_column("Apple", "taste")
    assert "orchard.patches.sweeten" not in executed_patches()
    assert plan_migration().sentences() == expected


def test_a_plan_keeps_what_people_changed_on_a_doctype(bench: TestBench, orchard: Path) -> None:
    install_app("orchard")
    setter = {"doctype": "Apple", "fieldname": "variety", "property": "length", "value": "300", "property_type": "Int"}
    frappe.make_property_setter(setter)
    frappe.db.updatedb("Apple")
    write(orchard / "orchard/doctype/apple/apple.json", apple(modified="2026-02-01 00:00:00", description="fruit"))
    assert plan_migration().sentences() == ["would import DocType Apple"]


def test_a_failing_patch_stops_the_migration_unless_told_to_go_on(bench: TestBench, orchard: Path) -> None:
    install_app("orchard")
    write(orchard / "patches/broken.py", "def execute():\n    raise ValueError('rotten')\n")
    write(
        orchard / "patches.txt", "[pre_model_sync]\norchard.patches.broken\n\n[post_model_sync]\norchard.patches.old\n"
    )
    with pytest.raises(ValueError, match="rotten"):
        SiteMigration().run()
    SiteMigration(skip_failing=True).run()
    assert frappe.db.exists("Patch Log", {"patch": "orchard.patches.broken", "skipped": 1})


def test_a_doctype_whose_file_is_gone_goes_with_the_next_migration(bench: TestBench, orchard: Path) -> None:
    install_app("orchard")
    (orchard / "orchard/doctype/apple/apple.json").unlink()
    SiteMigration().run()
    assert not frappe.db.exists("DocType", "Apple")


def test_uninstalling_leaves_nothing(bench: TestBench) -> None:
    install_app("orchard")
    assert remove_app("orchard", dry_run=True) == ["Apple"]
    assert frappe.db.exists("DocType", "Apple")
    remove_app("orchard", no_backup=True)
    assert frappe.get_installed_apps() == ["frappe"]
    assert not frappe.db.exists("DocType", "Apple")
    assert "tabApple" not in frappe.db.get_tables(cached=False)
    assert not frappe.db.exists("Module Def", "Orchard")
    assert not frappe.db.exists("Scheduled Job Type", {"method": "orchard.setup.pick"})
    assert calls()[-2:] == ["before_uninstall", "after_uninstall"]


def test_the_framework_cannot_be_uninstalled(bench: TestBench) -> None:
    with pytest.raises(frappe.ValidationError, match="drop-site"):
        remove_app("frappe")


def test_reinstalling_empties_the_site_and_keeps_its_apps(bench: TestBench) -> None:
    install_app("orchard")
    frappe.get_doc({"doctype": "Apple", "variety": "Boskoop"}).insert()
    frappe.db.commit()
    bench.disconnect()
    reinstall(SitePlan(bench.site, bench.sites_path, admin_password="Kite-umbrella-42"))
    bench.connect()
    assert frappe.get_installed_apps() == ["frappe", "orchard"]
    assert frappe.db.count("Apple") == 0


def test_a_dropped_site_is_kept_in_the_archive(bench: TestBench) -> None:
    bench.disconnect()
    place = drop_site(bench.site, bench.sites_path)
    assert not Path(bench.sites_path, bench.site).exists()
    assert list((place / "private" / "backups").glob("*-database.*"))
