"""Versions of the installed apps."""

from __future__ import annotations

import importlib
import os
from typing import Any

import frappe


def get_versions() -> dict[str, dict[str, Any]]:
    """Return title, description, branch and version of each installed app by its name."""
    versions = {}
    for app in frappe.get_installed_apps():
        hooks = frappe.get_hooks(app_name=app)
        versions[app] = {
            "title": _first(hooks.get("app_title")),
            "description": _first(hooks.get("app_description")),
            "branch": get_app_branch(app),
            "version": get_app_version(app),
        }
    return versions


def _first(values: Any) -> str:
    return values[0] if values else ""


def get_app_version(app: str) -> str:
    """Return the version that an app states in its package, `0.0.1` when it states none."""
    return getattr(importlib.import_module(app), "__version__", "0.0.1")


def get_app_branch(app: str) -> str:
    """Return the branch of the app's git checkout, "" when it is none."""
    head = _git_head(app)
    return head.removeprefix("ref: refs/heads/") if head.startswith("ref: ") else ""


def get_app_last_commit_ref(app: str) -> str:
    """Return the first seven characters of the commit of the app's checkout, "" when it is none."""
    head = _git_head(app)
    if head.startswith("ref: "):
        head = _read(os.path.join(_git_folder(app), head.removeprefix("ref: ")))
    return head[:7]


def _git_folder(app: str) -> str:
    return os.path.join(frappe.get_app_source_path(app), ".git")


def _git_head(app: str) -> str:
    return _read(os.path.join(_git_folder(app), "HEAD"))


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def get_installed_apps_info() -> list[dict[str, Any]]:
    """Return app_name, version and branch of each installed app."""
    return [
        {"app_name": app, "version": info["version"], "branch": info["branch"]} for app, info in get_versions().items()
    ]
