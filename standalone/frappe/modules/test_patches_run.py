"""Patches of an app on a site: which run, in which order, what is kept of a failure, and that each runs once."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.modules import patch_handler
from frappe.modules.patch_handler import PatchType, executed, executed_patches, run_all, run_single

MODULES = {
    "first": "def execute():\n    note('first')\n",
    "second": "def execute():\n    note('second')\n",
    "broken": "def execute():\n    note('broken')\n    raise ValueError('rotten')\n",
    "flag": "def execute():\n    note(f'in_patch={frappe.flags.in_patch}')\n",
}
NOTE = """
import frappe


def note(text):
    frappe.get_doc({"doctype": "ToDo", "description": text}).insert()


"""


@pytest.fixture
def pear(site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package of an app whose patches leave a ToDo behind; returns its folder."""
    root = tmp_path / "pear"
    for package in (root, root / "patches"):
        package.mkdir()
        (package / "__init__.py").touch()
    for name, code in MODULES.items():
        (root / "patches" / f"{name}.py").write_text(NOTE + code)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(patch_handler, "get_installed_apps", lambda: ["pear"])
    monkeypatch.setattr(patch_handler, "get_app_path", lambda app: str(tmp_path / app))
    yield root
    for name in [name for name in sys.modules if name.partition(".")[0] == "pear"]:
        del sys.modules[name]


def write(pear: Path, *lines: str) -> None:
    (pear / "patches.txt").write_text("\n".join(lines) + "\n")


def notes() -> list[str]:
    return list(frappe.get_all("ToDo", pluck="description", order_by="creation asc", limit=0))


def test_each_section_runs_in_its_order_and_what_is_marked_finally_at_the_end(pear: Path) -> None:
    write(
        pear, "[pre_model_sync]", "finally:pear.patches.second", "pear.patches.first", "[post_model_sync]",
        "pear.patches.flag",
    )  # fmt: skip
    assert run_all(patch_type=PatchType.pre_model_sync) == ["pear.patches.first", "finally:pear.patches.second"]
    assert notes() == ["first", "second"]
    run_all(patch_type=PatchType.post_model_sync)
    assert notes()[2:] == ["in_patch=True"]
    assert not frappe.flags.in_patch


def test_a_patch_runs_once_and_again_when_its_tag_changes(pear: Path) -> None:
    write(pear, "pear.patches.first")
    assert run_all() == ["pear.patches.first"]
    assert run_all() == []
    write(pear, "pear.patches.first #2026-01-02")
    assert run_all() == ["pear.patches.first #2026-01-02"]
    assert run_all() == []
    assert notes() == ["first", "first"]
    assert {"pear.patches.first", "pear.patches.first #2026-01-02"} <= executed_patches()


def test_a_line_that_stands_twice_runs_once(pear: Path) -> None:
    write(pear, "pear.patches.first", "pear.patches.first")
    assert run_all() == ["pear.patches.first"]


def test_a_line_of_code_runs_with_frappe_at_hand(pear: Path) -> None:
    line = "execute:frappe.get_doc(doctype='ToDo', description='by line').insert() # 2026-01-02"
    write(pear, line)
    assert run_all() == [line]
    assert notes() == ["by line"]
    assert executed(line)


def test_a_failure_undoes_its_own_patch_only_and_the_next_run_begins_there(pear: Path) -> None:
    write(pear, "pear.patches.first", "pear.patches.broken", "pear.patches.second")
    with pytest.raises(ValueError, match="rotten"):
        run_all()
    assert notes() == ["first"]
    assert executed_patches() & {"pear.patches.first", "pear.patches.broken"} == {"pear.patches.first"}
    assert not frappe.flags.in_patch
    (pear / "patches" / "broken.py").write_text(NOTE + "def execute():\n    note('mended')\n")
    sys.modules.pop("pear.patches.broken")
    assert run_all() == ["pear.patches.broken", "pear.patches.second"]
    assert notes() == ["first", "mended", "second"]


def test_a_failure_that_is_skipped_is_on_record_and_tried_again_by_the_next_migration(pear: Path) -> None:
    write(pear, "pear.patches.broken", "pear.patches.second")
    run_all(skip_failing=True)
    assert notes() == ["second"]
    log = frappe.get_doc("Patch Log", {"patch": "pear.patches.broken"})
    assert log.skipped and "rotten" in log.traceback
    assert run_all(skip_failing=True) == ["pear.patches.broken"]


def test_a_patch_that_cannot_be_found_is_named(pear: Path) -> None:
    write(pear, "pear.patches.nowhere")
    with pytest.raises(ImportError, match=r"pear\.patches\.nowhere"):
        run_all()


def test_one_patch_is_run_by_hand_and_by_force_again(pear: Path) -> None:
    assert run_single("pear.patches.first")
    assert run_single("pear.patches.first")
    assert run_single("pear.patches.first", force=True)
    assert notes() == ["first", "first"]


def test_an_app_without_patches_has_none(pear: Path) -> None:
    assert run_all() == []
