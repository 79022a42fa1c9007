"""What `migrate` would do on the active site, worked out without doing any of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import frappe
from frappe.apps import get_installed_apps
from frappe.database.schema.model import Operation
from frappe.model import definitions
from frappe.model.meta import Meta
from frappe.model.sync import document_files
from frappe.modules.import_file import changed_documents
from frappe.modules.patch_handler import PatchType, executed_patches, get_all_patches


@dataclass
class MigrationPlan:
    """Patches, documents and schema changes, in the order in which they would come.

    Patches may change tables and data beyond what is listed here: they are code.
    """

    patches_before: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    patches_after: list[str] = field(default_factory=list)

    def is_empty(self) -> bool:
        return not (self.patches_before or self.documents or self.operations or self.patches_after)

    def sentences(self) -> list[str]:
        """Return one line for each thing that would happen, or that nothing would."""
        lines = [f"would run patch {patch}" for patch in self.patches_before]
        lines += [f"would import {document}" for document in self.documents]
        lines += [f"would {operation}" for operation in self.operations]
        lines += [f"would run patch {patch}" for patch in self.patches_after]
        return lines or ["Nothing to migrate."]


def plan_migration() -> MigrationPlan:
    """Return what `migrate` would do on the active site; nothing is written."""
    done = executed_patches()
    plan = MigrationPlan(
        patches_before=[line for line in get_all_patches(PatchType.pre_model_sync) if line not in done],
        patches_after=[line for line in get_all_patches(PatchType.post_model_sync) if line not in done],
    )
    for definition in _changed_documents():
        plan.documents.append(f"{definition['doctype']} {definition['name']}")
        if definition["doctype"] == "DocType":
            plan.operations += frappe.db.pending_operations(definition["name"], _future_meta(definition))
    return plan


def _changed_documents() -> Iterator[dict[str, object]]:
    for app in get_installed_apps():
        for path in document_files(app):
            for document, _stored, _digest in changed_documents(path):
                yield document


def _future_meta(definition: dict[str, object]) -> Meta:
    """Return the Meta a DocType will have: its file with what people changed on this site."""
    stored = definitions.load(str(definition["name"])) or {}
    customized = {key: stored.get(key, []) for key in definitions.CUSTOMISATIONS}
    return Meta({**definitions.from_file(definition), **customized})
