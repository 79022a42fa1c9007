"""Which class stands for a DocType: its controller, what an app put in its place, and mixins on top."""

from __future__ import annotations

import importlib
from typing import Any

import frappe
from frappe.apps import scrub
from frappe.context import current_state


def get_controller(doctype: str) -> type[Any]:
    """Return the class of a DocType's documents.

    Raises ImportError when the module or class is missing, or when an app's replacement does not extend the original.
    """
    mirror = current_state().cache
    key = f"controller::{doctype}"
    controller: type[Any] | None = mirror.get(key)
    if controller is None:
        controller = mirror[key] = _resolve(doctype)
    return controller


def _resolve(doctype: str) -> type[Any]:
    controller = _overridden(doctype, _standard_class(doctype))
    mixins = frappe.get_hooks("extend_doctype_class", {}).get(doctype, [])
    return _extended(controller, tuple(mixins)) if mixins else controller


def _standard_class(doctype: str) -> type[Any]:
    from frappe.model.document import Document

    meta = frappe.get_meta(doctype)
    if meta.custom:
        if meta.is_tree:
            from frappe.utils.nestedset import NestedSet

            return NestedSet
        return Document
    module_name = controller_module(doctype, meta.module)
    module = importlib.import_module(module_name)
    class_name = doctype.replace(" ", "").replace("-", "")
    controller = getattr(module, class_name, None)
    if controller is None:
        raise ImportError(f"{module_name} has no class {class_name}, the controller of DocType {doctype}")
    if not issubclass(controller, Document):
        raise ImportError(f"{module_name}.{class_name} must be a subclass of frappe.model.document.Document")
    return controller  # type: ignore[no-any-return]


def controller_module(doctype: str, module: str | None, suffix: str = "") -> str:
    """Return the dotted name of the module beside a DocType's JSON file."""
    app = current_state().module_app.get(scrub(module or ""))
    if app is None:
        raise ImportError(f"DocType {doctype} belongs to module {module!r}, which no app on this bench has")
    folder = scrub(doctype)
    return f"{app}.{scrub(module or '')}.doctype.{folder}.{folder}{suffix}"


def _overridden(doctype: str, original: type[Any]) -> type[Any]:
    """Return the class the last app registered in `override_doctype_class`, else the original."""
    paths = frappe.get_hooks("override_doctype_class", {}).get(doctype)
    if not paths:
        return original
    replacement = frappe.get_attr(paths[-1])
    if not issubclass(replacement, original):
        raise ImportError(f"{paths[-1]} must be a subclass of {original.__module__}.{original.__name__} to override it")
    return replacement  # type: ignore[no-any-return]


_compositions: dict[tuple[type[Any], tuple[type[Any], ...]], type[Any]] = {}


def _extended(controller: type[Any], paths: tuple[str, ...]) -> type[Any]:
    mixins = tuple(frappe.get_attr(path) for path in reversed(paths))
    composed = _compositions.get((controller, mixins))
    if composed is None:
        composed = type(controller.__name__, (*mixins, controller), {"__module__": controller.__module__})
        _compositions[(controller, mixins)] = composed
    return composed
