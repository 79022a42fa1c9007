"""Where the files of a document are, and the Python modules that belong to a DocType."""

from __future__ import annotations

import importlib
import os
from types import ModuleType

import frappe
from frappe.apps import get_module_path as get_module_path
from frappe.apps import scrub as scrub
from frappe.context import current_state
from frappe.model.controllers import controller_module


def scrub_dt_dn(dt: str, dn: str) -> tuple[str, str]:
    """Return DocType and name as the names of their folders."""
    return scrub(dt), scrub(dn)


def get_doc_path(module: str, doctype: str, name: str) -> str:
    """Return the folder that holds the JSON file of a document."""
    return os.path.join(get_module_path(module), *scrub_dt_dn(doctype, name))


def get_module_app(module: str) -> str:
    """Return the app a module belongs to. Raises DoesNotExistError for an unknown module."""
    app = current_state().module_app.get(scrub(module))
    if app is None:
        raise frappe.DoesNotExistError(frappe._("Module {0} not found").format(module))
    return app


def get_doctype_module(doctype: str) -> str:
    return str(frappe.get_meta(doctype).module)


def get_scrubbed_module(doctype: str) -> str:
    return scrub(get_doctype_module(doctype))


def load_doctype_module(
    doctype: str, module: str | None = None, prefix: str = "", suffix: str = "", *, missing_ok: bool = False
) -> ModuleType | None:
    """Import the Python module beside a DocType's JSON file, `<name><suffix>.py`.

    Raises ImportError when it is missing, unless `missing_ok`: then None.
    """
    name = controller_module(doctype, module or get_doctype_module(doctype), suffix)
    if prefix:
        package, _, last = name.rpartition(".")
        name = f"{package}.{prefix}{last}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if missing_ok and error.name and name.startswith(error.name):
            return None
        raise


def reload_doc(
    module: str, dt: str | None = None, dn: str | None = None, force: bool = False, reset_permissions: bool = False
) -> bool:
    """Import one document of an app from its file again."""
    from frappe.modules.import_file import import_file

    if not (dt and dn):
        raise frappe.ValidationError("reload_doc needs a module, a DocType and a name")
    return import_file(module, dt, dn, force=force, reset_permissions=reset_permissions)


def reload_doctype(doctype: str, force: bool = False, reset_permissions: bool = False) -> bool:
    """Import a DocType from its file again."""
    return reload_doc(
        get_scrubbed_module(doctype), "doctype", scrub(doctype), force=force, reset_permissions=reset_permissions
    )


def export_doc(doctype: str, name: str, module: str | None = None) -> str:
    """Write a document to its file in the app; return the path."""
    from frappe.modules.export_file import write_document_file

    return write_document_file(frappe.get_doc(doctype, name), module)
