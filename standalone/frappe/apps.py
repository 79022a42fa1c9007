"""Installed apps: where their files are, what their `hooks.py` say, and how dotted names become Python objects."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frappe
from frappe.context import State, current_state, is_active, local
from frappe.exceptions import AppNotInstalledError
from frappe.types import _dict

FRAMEWORK = "frappe"


# -- names ------------------------------------------------------------------------------------------------------------


def scrub(txt: str) -> str:
    """Return the file-system form of a name: `HD Ticket` becomes `hd_ticket`."""
    return txt.replace(" ", "_").replace("-", "_").lower()


def unscrub(txt: str) -> str:
    """Return the display form of a scrubbed name: `hd_ticket` becomes `Hd Ticket`."""
    return txt.replace("_", " ").replace("-", " ").title()


def get_module(modulename: str) -> types.ModuleType:
    """Import and return a module by its dotted name."""
    return importlib.import_module(modulename)


def get_attr(method_string: str) -> Any:
    """Return the object behind a dotted path such as `helpdesk.api.ticket.assign_ticket_to_agent`.

    Raises AppNotInstalledError when its app is not installed on the active site, ImportError or AttributeError when the
    path leads nowhere.
    """
    app = method_string.split(".", 1)[0]
    if is_active() and local.db and not local.flags.in_uninstall and not local.flags.in_install:
        installed = get_installed_apps()
        if app not in installed and (app in get_all_apps() or importlib.util.find_spec(app) is None):
            raise AppNotInstalledError(f"The app {app} is not installed on this site.")
    module, _, name = method_string.rpartition(".")
    if not module:
        raise AttributeError(f"{method_string!r} is not a dotted path.")
    return getattr(_import_longest(module), name)


def _import_longest(module: str) -> Any:
    """Import `module`, or its longest importable part followed by attributes (for `module.Class.method`)."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        head, _, tail = module.rpartition(".")
        if not head or error.name != module:
            raise
        parent = _import_longest(head)
        if not hasattr(parent, tail):
            raise
        return getattr(parent, tail)


# -- paths ------------------------------------------------------------------------------------------------------------


def get_pymodule_path(modulename: str, *joins: str) -> str:
    """Return the absolute folder of an importable module, joined with scrubbed parts (raw ones below `public`)."""
    if "public" not in joins:
        joins = tuple(scrub(part) for part in joins)
    module = importlib.import_module(scrub(modulename))
    return os.path.abspath(os.path.join(os.path.dirname(module.__file__ or ""), *joins))


def get_app_path(app_name: str, *joins: str) -> str:
    """Return a path inside the package folder of an app."""
    return get_pymodule_path(app_name, *joins)


def get_app_source_path(app_name: str, *joins: str) -> str:
    """Return a path in the folder above the package of an app."""
    return os.path.abspath(os.path.join(get_app_path(app_name), "..", *joins))


def get_module_path(module: str, *joins: str) -> str:
    """Return a path inside a Frappe module, found through the module map."""
    scrubbed = scrub(module)
    app = current_state().module_app.get(scrubbed)
    if app is None:
        raise ImportError(f"No installed app has a module {module}.")
    return get_pymodule_path(f"{app}.{scrubbed}", *joins)


def get_file_items(path: str | Path) -> list[str]:
    """Return the lines of a list file such as `apps.txt`, without blanks and comments."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


# -- apps and modules -------------------------------------------------------------------------------------------------


def get_all_apps(with_internal_apps: bool = True, sites_path: str | None = None) -> list[str]:
    """Return the apps that are on this bench, the framework first."""
    root = sites_path or (local.sites_path if is_active() else ".")
    apps = get_file_items(Path(root, "apps.txt"))
    if FRAMEWORK in apps:
        apps.remove(FRAMEWORK)
    return [FRAMEWORK, *apps] if with_internal_apps or apps else apps


def get_installed_apps(*, _ensure_on_bench: bool = False) -> list[str]:
    """Return the apps of the active site in the order of their installation; [] before the database exists."""
    if not is_active() or not local.db:
        return []
    cached = _site_cache().get_value("installed_apps")
    if cached is None:
        cached = _read_installed_apps()
        if cached:
            _site_cache().set_value("installed_apps", cached)
    apps: list[str] = list(cached)
    if _ensure_on_bench:
        on_bench = get_all_apps()
        apps = [app for app in apps if app in on_bench]
    return apps


def _read_installed_apps() -> list[str]:
    if not local.db.table_exists("DefaultValue"):
        return []
    stored = local.db.get_global("installed_apps")
    apps = json.loads(stored) if stored else []
    return list(apps)


def get_module_list(app_name: str) -> list[str]:
    """Return the modules of an app as `modules.txt` names them."""
    return get_file_items(Path(get_app_path(app_name), "modules.txt"))


def setup_module_map(state: State) -> None:
    """Fill `state.module_app` (scrubbed module → app) and `state.app_modules` for every app on the bench."""
    key = str(Path(state.sites_path).resolve())
    cached = _module_maps.get(key)
    if cached is None or state.conf.developer_mode or cached[0] != _apps_txt_stamp(key):
        cached = (_apps_txt_stamp(key), *_build_module_map(state.sites_path))
        _module_maps[key] = cached
    _, state.module_app, state.app_modules = cached


_module_maps: dict[str, tuple[float, dict[str, str], dict[str, list[str]]]] = {}


def _apps_txt_stamp(sites_path: str) -> float:
    try:
        return os.stat(os.path.join(sites_path, "apps.txt")).st_mtime
    except FileNotFoundError:
        return 0.0


def _build_module_map(sites_path: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    module_app: dict[str, str] = {}
    app_modules: dict[str, list[str]] = {}
    for app in get_all_apps(sites_path=sites_path):
        modules = [scrub(module) for module in get_module_list(app)]
        app_modules[app] = modules
        for module in modules:
            module_app.setdefault(module, app)
    return module_app, app_modules


# -- hooks ------------------------------------------------------------------------------------------------------------


def get_hooks(hook: str | None = None, default: Any = "_KEEP_DEFAULT_LIST", app_name: str | None = None) -> Any:
    """Return the merged hooks of the installed apps, or the value of one.

    Scalars and lists become lists in order of installation; dicts are merged key by key with lists as leaves. A missing
    hook gives `default` ([] when not given). Cached, except in developer mode; the answer is the caller's to change.
    """
    hooks = _load_hooks(app_name) if app_name else _all_hooks()
    if not hook:
        return _copied(hooks)
    return _copied(hooks[hook]) if hook in hooks else [] if default == "_KEEP_DEFAULT_LIST" else default


def mapping_of_hook(hook: str) -> dict[Any, Any]:
    """Return a hook that is a dict ({} when no app has it), as it is kept: to look something up, never to change.

    It is for what is asked many times in a request. A test that puts another `frappe.get_hooks` in place is heard.
    """
    replaced = next((each for each in (frappe.get_hooks, get_hooks) if each is not _own_get_hooks), None)
    answer: dict[Any, Any] = replaced(hook, {}) if replaced else _all_hooks().get(hook, {})
    return answer


_own_get_hooks = get_hooks


def _copied(value: Any) -> Any:
    """Return a copy of what hooks are made of, as deep as it goes."""
    if isinstance(value, dict):
        return type(value)({key: _copied(inner) for key, inner in value.items()})
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _all_hooks() -> _dict:
    if not is_active():
        return _load_hooks(None)
    if local.conf.developer_mode:
        if "app_hooks" not in local.request_cache:
            local.request_cache["app_hooks"] = _load_hooks(None)
        return local.request_cache["app_hooks"]  # type: ignore[no-any-return]
    hooks = _site_cache().get_value("app_hooks")
    if hooks is None:
        hooks = _load_hooks(None)
        if get_installed_apps():
            _site_cache().set_value("app_hooks", hooks)
    return hooks  # type: ignore[no-any-return]


def _load_hooks(app_name: str | None) -> _dict:
    apps = [app_name] if app_name else (get_installed_apps() or [FRAMEWORK])
    merged = _dict()
    for app in apps:
        module = importlib.import_module(f"{app}.hooks")
        for key, value in vars(module).items():
            if _is_hook(key, value):
                _append_hook(merged, key, value)
    return merged


def _is_hook(key: str, value: Any) -> bool:
    if key.startswith("_"):
        return False
    return not isinstance(value, types.ModuleType | types.FunctionType | type) and key != "annotations"


def _append_hook(target: dict[str, Any], key: str, value: Any) -> None:
    if isinstance(value, dict):
        branch = target.setdefault(key, {})
        for inner_key, inner_value in value.items():
            _append_hook(branch, inner_key, inner_value)
        return
    leaf = target.setdefault(key, [])
    leaf.extend(value if isinstance(value, list | tuple) else [value])


def get_doc_hooks() -> dict[str, Any]:
    """Return `doc_events` with tuple keys spread over their doctypes."""
    events: dict[str, Any] = {}
    for doctypes, handlers in get_hooks("doc_events", {}).items():
        for doctype in doctypes if isinstance(doctypes, tuple) else (doctypes,):
            for event, paths in handlers.items():
                events.setdefault(doctype, {}).setdefault(event, []).extend(paths)
    return events


def _site_cache() -> Any:
    from frappe.cache import shared_cache

    return shared_cache


def call_hook_method(hook: str, *args: Any, **kwargs: Any) -> Any:
    """Call every function registered for `hook`; return the first truthy answer, after calling all."""
    answer: Any = None
    for dotted in get_hooks(hook):
        function: Callable[..., Any] = get_attr(dotted)
        answer = answer or function(*args, **kwargs)
    return answer


# -- the apps screen --------------------------------------------------------------------------------------------------

from frappe.whitelist import whitelist  # noqa: E402 - whitelist needs the functions above


@whitelist()
def get_apps() -> list[dict[str, Any]]:
    """Return `[{name, logo, title, route}]` of the apps the session user may open (hook `add_to_apps_screen`)."""
    screens = []
    for app in get_installed_apps():
        for entry in get_hooks("add_to_apps_screen", app_name=app):
            allowed = entry.get("has_permission")
            if not allowed or get_attr(allowed)():
                keys = ("name", "logo", "title", "route")
                screens.append({key: entry.get(key) for key in keys})
    return screens


def get_route(app_name: str) -> str:
    """Return where an app begins: the route of its entry on the apps screen, or its `app_home`."""
    for entry in get_hooks("add_to_apps_screen", app_name=app_name):
        if entry.get("route"):
            return str(entry["route"])
    home = get_hooks("app_home", app_name=app_name)
    return str(home[0]) if home else "/app"


def is_desk_apps(apps: list[dict[str, Any]]) -> bool:
    """Tell whether every one of these apps lives inside the desk."""
    return all(str(app.get("route") or "/app").startswith(("/app", "/desk")) for app in apps)


def get_default_path(apps: list[dict[str, Any]] | None = None) -> str | None:
    """Return where the session user lands after logging in; None when no app says so.

    That is the user's (or the site's) default app, the only app there is, or the apps screen.
    """
    apps = get_apps() if apps is None else apps
    chosen = _default_app()
    if chosen:
        return get_route(chosen)
    if len(apps) == 1:
        return str(apps[0]["route"] or "/app")
    return "/apps" if len(apps) > 1 else None


def _default_app() -> str | None:
    from frappe.model.document import get_cached_value
    from frappe.utils.site_settings import get_system_settings

    own = get_cached_value("User", local.session.user, "default_app") if local.session.user != "Guest" else None
    chosen = own or get_system_settings("default_app")
    return str(chosen) if chosen and chosen in get_installed_apps() else None
