"""What a page of the desk is started with."""

from __future__ import annotations

from typing import Any

from frappe.context import local
from frappe.types import _dict

SYSTEM_DEFAULTS = ("float_precision", "date_format", "time_format", "first_day_of_the_week", "number_format")


def get_bootinfo() -> _dict:
    """Return who is logged in, settings, defaults, and what apps add (hooks `boot_session`, `extend_bootinfo`)."""
    from frappe import defaults
    from frappe.apps import get_attr, get_hooks, get_installed_apps
    from frappe.whitelist import call

    bootinfo = _dict(sitename=local.site, lang=local.lang, user=_user(), docs=[])
    bootinfo.sysdefaults = defaults.get_defaults()
    bootinfo.time_zone = time_zones()
    bootinfo.developer_mode = int(bool(local.conf.developer_mode))
    bootinfo.socketio_port = local.conf.socketio_port
    bootinfo.app_data = app_data()
    bootinfo.max_file_size = _max_file_size()
    bootinfo.versions = {app: get_hooks("app_version", app_name=app) for app in get_installed_apps()}
    bootinfo.csrf_token = _csrf_token()
    load_translations(bootinfo)
    for dotted in get_hooks("boot_session"):
        get_attr(dotted)(bootinfo)
    for dotted in get_hooks("extend_bootinfo"):
        call(get_attr(dotted), bootinfo=bootinfo)
    return bootinfo


def _user() -> _dict:
    from frappe.permissions import get_roles
    from frappe.utils.user import user_info

    name = local.session.user
    described = _dict(user_info(name) or {})
    return _dict(described, name=name, roles=get_roles(), user_type=local.session.data.user_type)


def _csrf_token() -> str:
    from frappe.sessions import get_csrf_token

    return get_csrf_token()


def _max_file_size() -> int:
    from frappe.core.uploads import max_bytes

    return max_bytes()


def time_zones() -> dict[str, str | None]:
    """Return the time zones of the site and of the session user."""
    from frappe.model.document import get_cached_value
    from frappe.utils import get_system_timezone

    user = local.session.user
    own = get_cached_value("User", user, "time_zone") if user != "Guest" else None
    return {"system": get_system_timezone(), "user": own or get_system_timezone()}


def load_translations(bootinfo: _dict) -> None:
    """Add the texts of the desk in the user's language."""
    from frappe.translate import get_messages_for_boot

    bootinfo["lang"] = local.lang
    bootinfo["__messages"] = get_messages_for_boot() if local.lang != "en" else {}


def app_data() -> list[dict[str, Any]]:
    """Return name, title, logo and route of the apps the user may open."""
    from frappe.apps import get_apps

    return get_apps()
