"""Site configuration and the places of things on disk.

A bench folder holds `apps/`, `sites/`, `config/` and `logs/`; every process works inside `sites/`. The effective
configuration is the common one, overlaid by the site's, overlaid by a few environment variables.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from frappe.exceptions import IncorrectSitePath
from frappe.types import _dict

COMMON_CONFIG = "common_site_config.json"
SITE_CONFIG = "site_config.json"

DEFAULTS: dict[str, Any] = {
    "db_type": "sqlite",
    "db_host": "127.0.0.1",
    "redis_queue": None,
    "redis_cache": None,
}

ENVIRONMENT_KEYS = (
    "redis_queue",
    "redis_cache",
    "db_type",
    "db_socket",
    "db_host",
    "db_port",
    "db_user",
    "db_name",
    "db_password",
)


def real_path(path: str | Path) -> Path:
    """Return where a folder really is: links are followed the first time that this process asks."""
    return _real_path(os.path.abspath(path))


@lru_cache(maxsize=1024)
def _real_path(path: str) -> Path:
    return Path(os.path.realpath(path))


def read_json(path: str | Path) -> dict[str, Any]:
    """Return the JSON object in `path`, {} if there is no such file. Raises ValueError that names a broken file."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not valid JSON: {error}") from error
    if not isinstance(value, dict):
        raise ValueError(f"{path} must hold a JSON object.")
    return value


def write_json(path: str | Path, value: dict[str, Any]) -> None:
    """Replace `path` in one step with `value` as JSON, readable by the owner only."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, indent=1, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def load(sites_path: str, site: str | None, *, new_site: bool = False) -> _dict:
    """Return the effective configuration of `site`, or the common one without a site.

    Raises IncorrectSitePath when the site has no `site_config.json`, unless it is just being made.
    """
    conf = _dict(DEFAULTS)
    conf.update(read_json(Path(sites_path, COMMON_CONFIG)))
    if site:
        path = Path(sites_path, site, SITE_CONFIG)
        if not path.exists() and not new_site:
            raise IncorrectSitePath(f"There is no site named {site} in {Path(sites_path).resolve()}.")
        conf.update(read_json(path))
    for key in ENVIRONMENT_KEYS:
        value = os.environ.get(f"FRAPPE_{key.upper()}")
        if value:
            conf[key] = value
    _fill_database_names(conf, site)
    _apply_extra_config(conf)
    return conf


def _fill_database_names(conf: _dict, site: str | None) -> None:
    if site and not conf.db_name:
        conf.db_name = conf.db_user or site.replace(".", "_").replace("-", "_")
    if not conf.db_user:
        conf.db_user = conf.db_name


def _apply_extra_config(conf: _dict) -> None:
    from frappe.apps import get_attr

    sources: str | Iterable[str] = conf.extra_config or ()
    for dotted in [sources] if isinstance(sources, str) else sources:
        source: Callable[[], dict[str, Any]] = get_attr(dotted)
        conf.update(source())


def get_site_config(sites_path: str | None = None, site_path: str | None = None) -> _dict:
    """Return the effective configuration of the current (or the given) site."""
    from frappe.context import local

    root = sites_path or getattr(local, "sites_path", None) or "."
    site = Path(site_path).name if site_path else getattr(local, "site", None)
    return load(root, site)


def get_common_site_config(sites_path: str | None = None) -> _dict:
    """Return `common_site_config.json`."""
    from frappe.context import local

    return _dict(read_json(Path(sites_path or getattr(local, "sites_path", None) or ".", COMMON_CONFIG)))


def get_conf(site: str | None = None) -> _dict:
    """Return the configuration of `site`; the current one if a site is active."""
    from frappe.context import init_site, local

    if getattr(local, "conf", None) is not None and not site:
        return _dict(local.conf)
    with init_site(site) as state:
        return _dict(state.conf)


def get_site_path(*parts: str) -> str:
    """Join the folder of the current site and `parts`; relative to the working directory as `sites_path` is."""
    from frappe.context import local

    return os.path.join(local.site_path, *parts)


def get_bench_path() -> str:
    """Return the absolute path of the bench folder, the parent of `sites/`."""
    from frappe.context import local

    sites = getattr(local, "sites_path", None) or "."
    return os.path.realpath(os.path.join(sites, ".."))
