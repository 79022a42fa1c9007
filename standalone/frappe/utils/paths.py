"""Where the files of a site and of the bench are."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frappe.config import get_bench_path, get_site_path
from frappe.context import is_active, local

__all__ = [
    "get_assets_json",
    "get_backups_path",
    "get_bench_id",
    "get_bench_path",
    "get_bench_relative_path",
    "get_file_size",
    "get_files_path",
    "get_path",
    "get_site_base_path",
    "get_site_id",
    "get_site_path",
    "get_site_url",
    "get_sites",
    "touch_file",
]


def get_files_path(*path: str, is_private: Any = 0) -> str:
    """Return the folder of the site's public or private files, joined with `path`."""
    from frappe.utils.numbers import cint

    return get_site_path("private" if cint(is_private) else "public", "files", *path)


def get_backups_path() -> str:
    """Return the folder of the site's backups."""
    return local.conf.backup_path or get_site_path("private", "backups")


def get_path(*path: str, base: str | None = None) -> str:
    """Join the folder of the site (or `base`) and `path`."""
    return os.path.join(base or get_site_base_path(), *path)


def get_site_base_path() -> str:
    """Return the folder of the site."""
    return str(local.site_path)


def get_bench_relative_path(file_path: str) -> str:
    """Return a path given relative to the bench as an absolute one. Raises FileNotFoundError if nothing is there."""
    path = file_path if os.path.isabs(file_path) else os.path.join(get_bench_path(), file_path)
    if not os.path.exists(path):
        raise FileNotFoundError(f"There is no file {file_path}.")
    return os.path.abspath(path)


def get_site_url(site: str) -> str:
    """Return the address of a site by its configured port."""
    port = local.conf.http_port or local.conf.webserver_port
    return f"http://{site}:{port}" if port else f"http://{site}"


def get_bench_id() -> str:
    """Return a text that tells benches apart."""
    return str(local.conf.bench_id or get_bench_path().strip("/").replace("/", "-"))


def get_site_id(site: str | None = None) -> str:
    """Return a text that tells the sites of all benches apart."""
    return f"{site or local.site}@{get_bench_id()}"


def get_sites(sites_path: str | None = None) -> list[str]:
    """Return the names of the sites of the bench, sorted."""
    root = Path(sites_path or (local.sites_path if is_active() else "."))
    return sorted(entry.name for entry in root.iterdir() if (entry / "site_config.json").exists())


def get_file_size(path: str) -> str:
    """Return the size of a file for people: `1.4 MB`."""
    size = float(os.path.getsize(os.path.abspath(path)))
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024:
            return f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TB"


def touch_file(path: str) -> str:
    """Make sure that a file exists, and set its time to now."""
    Path(path).touch()
    return path


def get_assets_json() -> Any:
    """Return the built assets from `assets/assets.json`, {} when nothing was built; read again when changed."""
    path = Path(local.sites_path, "assets", "assets.json")
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    cached = _assets.get(str(path))
    if cached is None or cached[0] != stamp:
        cached = (stamp, json.loads(path.read_text(encoding="utf-8")))
        _assets[str(path)] = cached
    return cached[1]


_assets: dict[str, tuple[int, Any]] = {}


def get_disk_usage() -> float:
    """Return the megabytes of the site's public and private files."""
    folders = (get_files_path(), get_files_path(is_private=1))
    return sum(size for folder in folders for size in _sizes(folder)) / 2**20


def _sizes(folder: str) -> Iterator[int]:
    for root, _, names in os.walk(folder):
        for name in names:
            yield os.lstat(os.path.join(root, name)).st_size


def asset_root(path: str) -> tuple[str, str]:
    """Return (folder, path inside) of an asset: the public folder of the app it begins with, else `sites/assets`."""
    from frappe.apps import get_all_apps, get_app_path

    app, _, inner = path.partition("/")
    if inner and app in get_all_apps():
        return get_app_path(app, "public"), inner
    return os.path.join(local.sites_path, "assets"), path


def get_asset_path(path: str) -> str:
    """Return where an asset (`<app>/…`) is on disk. Raises ValueError for a path that leads out of the assets."""
    root, inner = asset_root(path)
    root = os.path.realpath(root)
    found = os.path.realpath(os.path.join(root, inner))
    if not found.startswith(root + os.sep):
        raise ValueError(f"{path} leads out of the assets.")
    return found
