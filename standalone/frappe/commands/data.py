"""Single documents and lists, to files and back."""

from __future__ import annotations

import json
from pathlib import Path

import click

import frappe
from frappe.commands import each_site, say


@click.command("export-fixtures")
@click.option("--app", help="Only this app's.")
@each_site
def export_fixtures(app: str | None) -> None:
    """Write the records that hook `fixtures` names into the apps."""
    from frappe.utils.fixtures import export_fixtures as export

    for path in export(app):
        say(path)


@click.command("export-json")
@click.argument("doctype")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", help="Only this document.")
@each_site
def export_json(doctype: str, path: Path, name: str | None) -> None:
    """Write documents of a DocType as a JSON list."""
    from frappe.utils.fixtures import exported

    names = [name] if name else frappe.get_all(doctype, pluck="name", limit=0)
    records = [exported(frappe.get_doc(doctype, each)) for each in names]
    path.write_text(json.dumps(records, indent=1, default=str) + "\n", encoding="utf-8")
    say(f"{len(records)} documents in {path}")


@click.command("export-doc")
@click.argument("doctype")
@click.argument("docname")
@each_site
def export_doc(doctype: str, docname: str) -> None:
    """Write a document into the folder of its module."""
    from frappe.modules.export_file import export_doc as export

    export(frappe.get_doc(doctype, docname))


@click.command("import-doc")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@each_site
def import_doc(path: Path) -> None:
    """Import a JSON file of documents, or all of a folder; existing ones are replaced."""
    from frappe.modules.import_file import import_doc as import_one
    from frappe.utils.files import get_file_json

    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        records = get_file_json(str(file))
        for record in records if isinstance(records, list) else [records]:
            import_one(record)
        say(f"Imported {file}")


@click.command("export-csv")
@click.argument("doctype")
@click.argument("path", type=click.Path(path_type=Path))
@each_site
def export_csv(doctype: str, path: Path) -> None:
    """Write the stored fields of all documents of a DocType as CSV."""
    import csv

    fields = list(dict.fromkeys(("name", *frappe.get_meta(doctype).get_valid_columns())))
    rows = frappe.get_all(doctype, fields=fields, as_list=True, limit=0)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(fields)
        writer.writerows(rows)
    say(f"{len(rows)} rows in {path}")


@click.command("data-import")
@click.option("--file", "path", required=True, type=click.Path(exists=True, path_type=Path), help="CSV or XLSX.")
@click.option("--doctype", required=True)
@click.option("--type", "kind", type=click.Choice(["Insert", "Update"], case_sensitive=False), default="Insert")
@click.option("--submit-after-import", is_flag=True)
@click.option("--mute-emails/--no-mute-emails", default=True, help="Whether the documents send mails.")
@each_site
def data_import(path: Path, doctype: str, kind: str, submit_after_import: bool, mute_emails: bool) -> None:
    """Insert or update documents from a table; the first row names the fields."""
    from frappe.core.doctype.data_import.data_import import import_file

    done = import_file(doctype, path.name, path.read_bytes(), kind, submit_after_import, mute_emails)
    say(f"{done['success']} of {done['total_records']} documents imported. {done['status']}")
    for text in done["failures"]:
        say(f"✗ {text}")
    if done["failures"]:
        raise SystemExit(1)


@click.command("bulk-rename")
@click.argument("doctype")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@each_site
def bulk_rename(doctype: str, path: Path) -> None:
    """Rename documents by a CSV file: old name, new name, and 1 to merge."""
    from frappe.model.rename_doc import bulk_rename as rename
    from frappe.utils.csvutils import read_csv_content

    rows = [[cell or "" for cell in row] for row in read_csv_content(path.read_bytes())]
    for text in rename(doctype, rows) or []:
        say(text)
