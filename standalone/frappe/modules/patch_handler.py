"""Patches: code that brings the data of a site from an older version of an app to the current one.

`patches.txt` of an app names them, in two sections: `[pre_model_sync]` runs before the DocTypes are synchronised,
`[post_model_sync]` after. A file without sections is all "before". A line is a dotted module with a function
`execute()`, optionally followed by a blank and a tag, or `execute:` and Python code, or either behind `finally:`. The
whole line is the identity of the patch: it runs once for each text, and changing the tag runs it again.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Any

import frappe
from frappe.apps import get_app_path, get_attr, get_installed_apps
from frappe.utils.logger import get_logger

FINALLY = "finally:"
CODE = "execute:"


class PatchError(Exception):
    """A patch could not be found or failed; the text names it."""


class PatchType(StrEnum):
    pre_model_sync = "pre_model_sync"
    post_model_sync = "post_model_sync"


def parse_patches(text: str) -> dict[PatchType, list[str]]:
    """Return the lines of a `patches.txt` by section. Raises PatchError for an unknown or a missing section."""
    sections: dict[PatchType, list[str]] = {kind: [] for kind in PatchType}
    named: set[PatchType] = set()
    current = PatchType.pre_model_sync
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            current = _section(line[1:-1].strip())
            named.add(current)
        else:
            sections[current].append(line)
    if named and named != set(PatchType):
        missing = ", ".join(sorted(set(PatchType) - named))
        raise PatchError(f"patches.txt must have both sections or none; [{missing}] is missing.")
    return sections


def _section(name: str) -> PatchType:
    try:
        return PatchType(name)
    except ValueError:
        known = ", ".join(PatchType)
        raise PatchError(f"patches.txt has an unknown section [{name}]; known are {known}.") from None


def get_patches_from_app(app: str, patch_type: PatchType | None = None) -> list[str]:
    """Return the patch lines of an app, of one section or of all."""
    path = Path(get_app_path(app), "patches.txt")
    if not path.exists():
        return []
    sections = parse_patches(path.read_text(encoding="utf-8"))
    return sections[patch_type] if patch_type else [line for lines in sections.values() for line in lines]


def get_all_patches(patch_type: PatchType | None = None) -> list[str]:
    """Return the patch lines of all installed apps, those marked `finally:` last."""
    lines = [line for app in get_installed_apps() for line in get_patches_from_app(app, patch_type)]
    return sorted(lines, key=lambda line: line.startswith(FINALLY))


def run_all(skip_failing: bool = False, patch_type: PatchType | None = None) -> list[str]:
    """Run the patches that have not run yet; return them. A failure stops, unless `skip_failing` records it."""
    done = executed_patches()
    run: list[str] = []
    for patch in get_all_patches(patch_type):
        if patch in done:
            continue
        _run_or_skip(patch, skip_failing)
        done.add(patch)
        run.append(patch)
    return run


def _run_or_skip(patch: str, skip_failing: bool) -> None:
    try:
        run_single(patch)
    except Exception:  # --skip-failing: the operator wants to know of all that fail
        if not skip_failing:
            raise
        get_logger("migrate").exception("The patch %s failed and was skipped.", patch)
        update_patch_log(patch, skipped=True)
        frappe.db.commit()
        print(f"Patch failed and was skipped: {patch}")


def executed_patches() -> set[str]:
    """Return the lines that ran on this site (skipped ones did not)."""
    return set(frappe.get_all("Patch Log", filters={"skipped": 0}, pluck="patch", limit=0))


def executed(patchmodule: str) -> bool:
    """Tell whether this line ran on this site."""
    return bool(frappe.db.get_value("Patch Log", {"patch": patchmodule, "skipped": 0}, "name"))


def run_single(
    patchmodule: str | None = None,
    method: str | None = None,
    methodargs: dict[str, Any] | None = None,
    force: bool = False,
) -> bool:
    """Run one patch in its own transaction and record it, unless it ran before and `force` is not given."""
    frappe.local.conf.developer_mode = 0
    if not force and not method and patchmodule and executed(patchmodule):
        return True
    return execute_patch(patchmodule or "", method, methodargs)


def execute_patch(patchmodule: str, method: Any = None, methodargs: dict[str, Any] | None = None) -> bool:
    """Run a patch; commit and record it on success, roll back and raise on failure."""
    started = perf_counter()
    frappe.flags.in_patch = True
    if patchmodule:
        print(f"Running {patchmodule}", end="", flush=True)
    try:
        if method:
            (get_attr(method) if isinstance(method, str) else method)(**(methodargs or {}))
        else:
            _run_line(patchmodule)
        if patchmodule:
            update_patch_log(patchmodule)
        frappe.db.commit()
    except Exception:
        frappe.db.rollback()
        print(" … failed")
        raise
    finally:
        frappe.flags.in_patch = False
    print(f" … {perf_counter() - started:.2f} s")
    return True


def _run_line(line: str) -> None:
    body = line.removeprefix(FINALLY)
    if body.startswith(CODE):
        exec(body.removeprefix(CODE).strip(), {"frappe": frappe})  # apps write these lines, they are code of the app
        return
    module = body.split(maxsplit=1)[0]
    function = get_attr(f"{module}.execute")
    function()


def update_patch_log(patchmodule: str, skipped: bool = False) -> None:
    """Record that a line ran, or that it failed and was skipped."""
    values = {"doctype": "Patch Log", "patch": patchmodule, "skipped": int(skipped)}
    if skipped:
        values["traceback"] = frappe.get_traceback()
    frappe.get_doc(values).insert(ignore_permissions=True)


def record_as_done(app: str) -> None:
    """Record every patch of an app without running it: a fresh install has nothing to mend."""
    done = executed_patches()
    for patch in get_patches_from_app(app):
        if patch not in done:
            update_patch_log(patch)
            done.add(patch)
