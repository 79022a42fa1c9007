"""Reading a package into the active site, which has the same apps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import cint
from frappe.utils.password import set_encrypted_password

from helpdesk.search import indexing
from helpdesk.site_transfer import package
from helpdesk.site_transfer.progress import Progress
from helpdesk.site_transfer.secrets import Wrapping, WrongPassphrase
from helpdesk.site_transfer.selection import FRAMEWORK

BATCH = 500
SCHEMA_FIRST = ("Module Def", "DocType", "DocField", "DocPerm", "DocType Action", "DocType Link", "DocType State")
CUSTOMIZATIONS = ("Custom Field", "Property Setter")
NEVER_NULL = ("Int", "Check", "Float", "Currency", "Percent")


def import_site(path: str, passphrase: str | None = None, quiet: bool = True) -> dict[str, Any]:
    """Put the content of a package into the active site; return `{counts: {doctype: [sent, found]}, files, warnings}`.

    Rows of apps are replaced altogether, those of the framework where their names are the same. A run that was
    interrupted is continued by the next one. Raises ValidationError, before anything changes, for a package that is
    damaged, was made by something else, needs apps that are not here, or cannot be opened with the passphrase.
    """
    try:
        source = package.Package(Path(path))
    except package.NotAPackage as error:
        frappe.throw(str(error))
    try:
        return Import(source, passphrase, quiet).run()
    finally:
        source.close()


class Import:
    """One run of an import."""

    def __init__(self, source: package.Package, passphrase: str | None, quiet: bool):
        self.source, self.manifest, self._progress = source, source.manifest, Progress(quiet)
        self.warnings: list[str] = []
        self._wrapping = self._open_secrets(passphrase)
        self._parts = self._fitting_parts()
        self._journal = Journal(Path(frappe.get_site_path("private", "site-import.json")), self.manifest["id"])

    def run(self) -> dict[str, Any]:
        in_import, frappe.flags.in_import = frappe.flags.in_import, True
        try:
            for name, step in self._progress.over("Reading documents", self._steps()):
                self._journal.once(name, step)
        finally:
            frappe.flags.in_import = in_import
        frappe.clear_cache()
        counts = {part["doctype"]: [part["rows"], self._found(part)] for part in self._parts}
        missing = [doctype for doctype, (sent, found) in counts.items() if sent != found]
        if missing:
            self._journal.forget()
            frappe.throw(f"Not everything arrived: {', '.join(missing)}. Run the import again.")
        self._journal.forget()
        return {"counts": counts, "files": len(self.source.files()), "warnings": self.warnings}

    # -- before anything changes --------------------------------------------------------------------------------------

    def _open_secrets(self, passphrase: str | None) -> Wrapping | None:
        description = self.manifest["secrets"]
        if not description:
            return None
        if not passphrase:
            frappe.throw("The package holds secrets: give the passphrase it was made with.")
        try:
            return Wrapping.from_description(description, passphrase)
        except WrongPassphrase as error:
            frappe.throw(str(error))

    def _fitting_parts(self) -> list[dict[str, Any]]:
        """Return the parts this site has a place for. Rows without one are named in the warnings."""
        absent = [app for app in self.manifest["apps"] if app not in (FRAMEWORK, *frappe.get_installed_apps())]
        if absent:
            frappe.throw(f"The package needs {', '.join(absent)}, which is not installed on {frappe.local.site}.")
        custom = {row["name"] for row in self.source.rows(package.member_of("DocType"))}
        fitting = []
        for part in self.manifest["parts"]:
            if part["doctype"] in custom or frappe.db.table_exists(part["doctype"]):
                fitting.append(part)
            elif part["mirrored"] and part["rows"]:
                frappe.throw(f"This site has no {part['doctype']}: bring it up to date with migrate first.")
            elif part["rows"]:
                self.warnings.append(f"{part['doctype']} is unknown here: {part['rows']} rows were left out.")
        return fitting

    # -- the steps ----------------------------------------------------------------------------------------------------

    def _steps(self) -> list[tuple[str, Callable[[], None]]]:
        parts = {part["doctype"]: part for part in self._parts}
        schema = [parts.pop(name) for name in SCHEMA_FIRST if name in parts]
        custom = [parts.pop(name) for name in CUSTOMIZATIONS if name in parts]
        documents = [part for part in parts.values() if not part["child"]]
        rows = [part for part in parts.values() if part["child"]]
        steps = [self._step(part) for part in schema]
        steps += [("custom DocTypes", self._make_custom_doctypes), *(self._step(part) for part in custom)]
        steps += [("custom fields", self._make_custom_fields), *(self._step(part) for part in documents)]
        steps += [("singles", self._singles), *(self._step(part) for part in rows)]
        steps += [("series", self._series), ("sequences", self._sequences), ("user settings", self._user_settings)]
        steps += [("passwords", self._passwords), ("secrets", self._secrets), ("files", self._files)]
        steps += [("search index", indexing.rebuild)]
        return steps

    def _step(self, part: dict[str, Any]) -> tuple[str, Callable[[], None]]:
        return part["doctype"], lambda: self._rows(part)

    def _rows(self, part: dict[str, Any]) -> None:
        doctype = part["doctype"]
        if part["mirrored"]:
            _delete_children(doctype, part["child"])
            frappe.db.delete(doctype)
        columns = set(frappe.db.get_table_columns(doctype))
        numbers = _never_null(doctype)
        unknown: set[str] = set()
        for batch in self.source.batches(package.member_of(doctype), BATCH):
            unknown |= {key for row in batch for key, value in row.items() if value is not None} - columns
            self._make_room(part, batch)
            fields = [key for key in batch[0] if key in columns]
            values = [[_value(row.get(field), field in numbers) for field in fields] for row in batch]
            frappe.db.bulk_insert(doctype, fields, values)
            frappe.db.commit()
        if unknown:
            self.warnings.append(f"{doctype} has no {', '.join(sorted(unknown))} here: those values were left out.")

    def _make_room(self, part: dict[str, Any], batch: list[package.Row]) -> None:
        doctype, names = part["doctype"], [row["name"] for row in batch]
        if doctype == "DefaultValue":
            for row in batch:
                frappe.db.delete(doctype, {"parent": row["parent"], "defkey": row["defkey"]})
        if not part["mirrored"]:
            frappe.db.delete(doctype, {"name": ("in", names)})
            _delete_children(doctype, part["child"], names)

    def _make_custom_doctypes(self) -> None:
        for row in self.source.rows(package.member_of("DocType")):
            frappe.clear_cache(doctype=row["name"])
            if not row["issingle"]:
                frappe.db.updatedb(row["name"])

    def _make_custom_fields(self) -> None:
        custom = (row["dt"] for row in self.source.rows(package.member_of("Custom Field")))
        changed = (row["doc_type"] for row in self.source.rows(package.member_of("Property Setter")))
        for doctype in sorted({*custom, *changed}):
            frappe.clear_cache(doctype=doctype)
            if frappe.db.exists("DocType", doctype) and not frappe.get_meta(doctype).issingle:
                frappe.db.updatedb(doctype)

    def _singles(self) -> None:
        stored: dict[str, list[package.Row]] = {}
        for row in self.source.rows("singles.jsonl"):
            stored.setdefault(row["doctype"], []).append(row)
        for doctype, rows in stored.items():
            if not frappe.db.exists("DocType", doctype):
                self.warnings.append(f"{doctype} is unknown here: its settings were left out.")
                continue
            frappe.db.delete("Singles", {"doctype": doctype})
            _delete_children(doctype, False)
            values = [[row["doctype"], row["field"], row["value"]] for row in rows]
            frappe.db.bulk_insert("Singles", ["doctype", "field", "value"], values)

    def _series(self) -> None:
        """Let counters go on where they were, or where this site is when that is further."""
        for row in self.source.rows("series.jsonl"):
            here = frappe.db.sql("select `current` from `tabSeries` where `name` = %s", (row["name"],))
            frappe.db.sql("delete from `tabSeries` where `name` = %s", (row["name"],))
            current = max(cint(row["current"]), cint(here[0][0]) if here else 0)
            frappe.db.sql("insert into `tabSeries` (`name`, `current`) values (%s, %s)", (row["name"], current))

    def _sequences(self) -> None:
        for row in self.source.rows("sequences.jsonl"):
            doctype = row["doctype"]
            if not frappe.db.table_exists(doctype) or frappe.get_meta(doctype).autoname != "autoincrement":
                continue
            highest = cint(frappe.db.sql(f"select max(`name`) from `tab{doctype}`")[0][0])
            frappe.db.set_next_sequence_val(doctype, max(cint(row["next"]), highest + 1), is_val_used=False)

    def _user_settings(self) -> None:
        for row in self.source.rows("user_settings.jsonl"):
            key = (row["user"], row["doctype"])
            frappe.db.sql("delete from `__UserSettings` where `user` = %s and `doctype` = %s", key)
            query = "insert into `__UserSettings` (`user`, `doctype`, `data`) values (%s, %s, %s)"
            frappe.db.sql(query, (*key, row["data"]))

    def _passwords(self) -> None:
        for row in self.source.rows("passwords.jsonl"):
            key = (row["doctype"], row["name"], row["fieldname"])
            frappe.db.sql("delete from `__Auth` where `doctype` = %s and `name` = %s and `fieldname` = %s", key)
            columns = "`doctype`, `name`, `fieldname`, `password`, `encrypted`"
            frappe.db.sql(f"insert into `__Auth` ({columns}) values (%s, %s, %s, %s, 0)", (*key, row["password"]))

    def _secrets(self) -> None:
        if self._wrapping is None:
            return
        for row in self.source.rows("secrets.jsonl"):
            clear = self._wrapping.unwrap(row["password"])
            set_encrypted_password(row["doctype"], row["name"], clear, row["fieldname"])

    def _files(self) -> None:
        root = Path(frappe.get_site_path())
        for member in self._progress.over("Unpacking files", self.source.files()):
            self.source.extract(member, root / member)

    # -- the proof ----------------------------------------------------------------------------------------------------

    def _found(self, part: dict[str, Any]) -> int:
        """Return how many of the package's rows of a DocType this site has now."""
        if part["mirrored"]:
            return int(frappe.db.count(part["doctype"]))
        query = f"select count(*) from `tab{part['doctype']}` where `name` in %s"
        batches = self.source.batches(package.member_of(part["doctype"]), BATCH)
        return sum(cint(frappe.db.sql(query, (tuple(row["name"] for row in batch),))[0][0]) for batch in batches)


class Journal:
    """Which steps of an import are done, in a file of the site: an interrupted import goes on after them."""

    def __init__(self, path: Path, package_id: str):
        self._path, self._id = path, package_id
        stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self._done: list[str] = stored["done"] if stored.get("package") == package_id else []

    def once(self, name: str, step: Callable[[], None]) -> None:
        """Run a step, commit and note it, unless an earlier run did."""
        if name in self._done:
            return
        try:
            step()
            frappe.db.commit()
        except BaseException:
            frappe.db.rollback()
            raise
        self._done.append(name)
        package.write_in_one_step(self._path, json.dumps({"package": self._id, "done": self._done}))

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


def _never_null(doctype: str) -> set[str]:
    return {field.fieldname for field in frappe.get_meta(doctype).fields if field.fieldtype in NEVER_NULL}


def _value(value: Any, is_number: bool) -> Any:
    return 0 if value is None and is_number else value


def _delete_children(doctype: str, is_child: bool, names: list[Any] | None = None) -> None:
    """Delete the rows in the tables of all (or the named) documents of a DocType."""
    for field in () if is_child else frappe.get_meta(doctype).get_table_fields():
        if frappe.db.table_exists(field.options):
            of_names = {} if names is None else {"parent": ("in", [str(name) for name in names])}
            frappe.db.delete(field.options, {"parenttype": doctype, **of_names})
