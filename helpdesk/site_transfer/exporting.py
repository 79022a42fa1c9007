"""Writing the active site into a package."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import cint, now
from frappe.utils.password import decrypt

from helpdesk.site_transfer import package, selection
from helpdesk.site_transfer.progress import Progress
from helpdesk.site_transfer.secrets import Wrapping

BATCH = 1000
MAX_PASSES = 6


class SiteIsChanging(frappe.ValidationError):
    """The site changes faster than it can be written down."""


def export_site(path: str, passphrase: str | None = None, quiet: bool = True) -> dict[str, Any]:
    """Write the active site to `path` and return `{counts, files, warnings, path}`.

    Stored secrets (passwords of mail accounts, API secrets) go along under `passphrase`, and stay without one.
    A run that was interrupted is continued by the next one with the same path; what has changed since is written again.
    """
    target = Path(path)
    if target.exists():
        frappe.throw(f"{target.name} exists already. Remove it, or choose another name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = package.Draft(target)
    found = selection.parts()
    counts = _write_documents(draft, found, Progress(quiet))
    warnings, extras, wrapping = _write_the_rest(draft, passphrase)
    files = list(site_files())
    draft.close(
        {
            "format": package.FORMAT,
            "version": package.FORMAT_VERSION,
            "id": str(uuid.uuid4()),
            "site": frappe.local.site,
            "made_at": now(),
            "framework": frappe.__version__,
            "apps": frappe.get_installed_apps(),
            "parts": [
                {
                    "doctype": part.doctype,
                    "child": part.is_child,
                    "mirrored": part.mirrored,
                    "rows": counts[part.doctype],
                }
                for part in found
            ],
            "extras": extras,
            "files": len(files),
            "secrets": wrapping.described() if wrapping else None,
            "members": [*(package.member_of(part.doctype) for part in found), *(f"{name}.jsonl" for name in extras)],
        },
        Progress(quiet).over("Packing files", files),
    )
    return {"path": str(target), "counts": counts, "files": len(files), "warnings": warnings}


def _write_documents(draft: package.Draft, found: list[selection.Part], progress: Progress) -> dict[str, int]:
    """Write every DocType, and those again that changed meanwhile, until a whole pass finds nothing new."""
    state: dict[str, Any] = draft.state()
    for number in range(MAX_PASSES):
        prints = {part.doctype: fingerprint(part) for part in found}
        stale = [part for part in found if state.get(part.doctype) != prints[part.doctype]]
        if not stale:
            return {part.doctype: state[part.doctype][0] for part in found}
        for part in progress.over("Writing documents" if number == 0 else "Writing what changed", stale):
            count = draft.write(package.member_of(part.doctype), rows_of(part))
            state[part.doctype] = [count, prints[part.doctype][1]]
            draft.note(state)
        frappe.db.rollback()  # the next pass shall see what others wrote
    raise SiteIsChanging("The site changes while it is exported. Switch on maintenance mode and run this again.")


def fingerprint(part: selection.Part) -> list[Any]:
    """Return `[rows, last change]` of what travels of a DocType."""
    query = f"select count(*), max(`modified`) from `tab{part.doctype}` where {part.condition}"
    rows, changed = frappe.db.sql(query, part.values)[0]
    return [cint(rows), str(changed or "")]


def rows_of(part: selection.Part) -> Iterator[package.Row]:
    """Yield the rows of a DocType as the table has them, in the order of their names."""
    last: tuple[Any, ...] = ()
    while True:
        after = " and `name` > %s" if last else ""
        query = f"select * from `tab{part.doctype}` where {part.condition}{after} order by `name` limit {BATCH}"
        batch = frappe.db.sql(query, (*part.values, *last), as_dict=True)
        yield from batch
        if len(batch) < BATCH:
            return
        last = (batch[-1]["name"],)


def _write_the_rest(draft: package.Draft, passphrase: str | None) -> tuple[list[str], dict[str, int], Wrapping | None]:
    wrapping = Wrapping(passphrase) if passphrase else None
    warnings: list[str] = []
    names = selection.singles()
    singles = frappe.db.sql(
        "select `doctype`, `field`, `value` from `tabSingles` where `doctype` in %s", (tuple(names),), as_dict=True
    )
    series = frappe.db.sql("select `name`, `current` from `tabSeries`", as_dict=True)
    user_settings = frappe.db.sql("select `user`, `doctype`, `data` from `__UserSettings`", as_dict=True)
    members: dict[str, Any] = {
        "singles": singles,
        "series": series,
        "sequences": _sequences(),
        "user_settings": user_settings,
        "passwords": _passwords(),
        "secrets": _secrets(wrapping, warnings),
    }
    return warnings, {name: draft.write(f"{name}.jsonl", rows) for name, rows in members.items()}, wrapping


def _sequences() -> list[package.Row]:
    """Return the next number of each sequence; asking uses it up where sequences are no part of a transaction."""
    rows = [{"doctype": name, "next": cint(frappe.db.get_next_sequence_val(name))} for name in selection.numbered()]
    frappe.db.rollback()
    return rows


def _passwords() -> list[package.Row]:
    """Return the hashes of login passwords: no home can turn them back, and both can check them."""
    query = "select `doctype`, `name`, `fieldname`, `password` from `__Auth` where `encrypted` = 0"
    rows: list[package.Row] = frappe.db.sql(query, as_dict=True)
    return rows


def _secrets(wrapping: Wrapping | None, warnings: list[str]) -> Iterator[package.Row]:
    query = "select `doctype`, `name`, `fieldname`, `password` from `__Auth` where `encrypted` = 1"
    for row in frappe.db.sql(query, as_dict=True):
        what = f"the {row.fieldname} of {row.doctype} {row.name}"
        if wrapping is None:
            warnings.append(f"Without a passphrase {what} stays behind.")
            continue
        try:
            clear = decrypt(row.password)
        except frappe.ValidationError:
            frappe.clear_messages()
            warnings.append(f"Not readable with the site's encryption_key, so left out: {what}.")
            continue
        yield {**row, "password": wrapping.wrap(clear)}


def site_files() -> Iterator[tuple[str, Path]]:
    """Yield the site's files with their names in a package."""
    for folder in package.FOLDERS:
        root = Path(frappe.get_site_path(*folder.split("/")))
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"{folder}/{path.relative_to(root).as_posix()}", path
