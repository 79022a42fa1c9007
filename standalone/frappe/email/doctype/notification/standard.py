"""What an app brings along beside a standard Notification: its message as a file, and a module with more words."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from frappe.apps import get_module_path, scrub
from frappe.model.controllers import controller_module
from frappe.utils import cint

ENDINGS = {"Markdown": "md", "HTML": "html", "Plain Text": "txt"}


def message_of(notification: Any) -> str:
    """Return the message: the file `<name>.md` (`.html`, `.txt`) of a standard Notification if there is one."""
    file = _file(notification, ENDINGS.get(notification.message_type, "md"))
    return file.read_text(encoding="utf-8") if file else notification.message or ""


def words_of(notification: Any, words: dict[str, Any]) -> dict[str, Any]:
    """Return what `get_context(context)` in the module `<name>.py` of a standard Notification adds."""
    if not _file(notification, "py"):
        return {}
    path = controller_module(str(notification.name), notification.module).replace(".doctype.", ".notification.")
    get_context = getattr(importlib.import_module(path), "get_context", None)
    return (get_context(words) if callable(get_context) else None) or {}


def _file(notification: Any, ending: str) -> Path | None:
    if not cint(notification.is_standard) or not notification.module:
        return None
    name = scrub(str(notification.name))
    file = Path(get_module_path(notification.module), "notification", name, f"{name}.{ending}")
    return file if file.is_file() else None
