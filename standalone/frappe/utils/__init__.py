"""What apps import from `frappe.utils`: all of `frappe.utils.data`, and what needs the site, the bench or a user.

Light modules are imported at once; names whose modules are heavy or rarely used are looked up in `LAZY`.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from frappe.apps import call_hook_method
from frappe.messages import get_traceback
from frappe.utils.data import *  # noqa: F403 - the public names of `data` are public here
from frappe.utils.data import __all__ as _data_names
from frappe.utils.files import gzip_compress, gzip_decompress
from frappe.utils.paths import (
    get_assets_json,
    get_backups_path,
    get_bench_id,
    get_bench_path,
    get_bench_relative_path,
    get_disk_usage,
    get_file_size,
    get_files_path,
    get_path,
    get_site_base_path,
    get_site_id,
    get_site_path,
    get_site_url,
    get_sites,
    touch_file,
)
from frappe.utils.progress import update_progress_bar
from frappe.utils.site_settings import get_domain_data

LAZY: dict[str, str] = {
    "add_user_info": "frappe.utils.user",
    "get_email_address": "frappe.utils.user",
    "get_formatted_email": "frappe.utils.user",
    "get_fullname": "frappe.utils.user",
    "get_gravatar": "frappe.utils.user",
    "get_gravatar_url": "frappe.utils.user",
    "get_user_info_for_avatar": "frappe.utils.user",
    "get_installed_apps_info": "frappe.utils.change_log",
    "get_site_info": "frappe.utils.site_info",
    "get_html_for_route": "frappe.website.serve",
    "get_test_client": "frappe.app",
    "execute_in_shell": "frappe.utils.shell",
    "get_request_session": "frappe.utils.requests",
    "is_cli": "frappe.utils.shell",
    "sanitize_html": "frappe.utils.html_utils",
    "clean_html": "frappe.utils.html_utils",
    "clean_email_html": "frappe.utils.html_utils",
    "in_words": "frappe.utils.words",
    "money_in_words": "frappe.utils.words",
}
"""Name → module of what is imported when it is first used."""

__all__ = [
    *_data_names,
    *LAZY,
    "call_hook_method",
    "get_assets_json",
    "get_backups_path",
    "get_bench_id",
    "get_bench_path",
    "get_bench_relative_path",
    "get_disk_usage",
    "get_domain_data",
    "get_file_size",
    "get_files_path",
    "get_path",
    "get_site_base_path",
    "get_site_id",
    "get_site_path",
    "get_site_url",
    "get_sites",
    "get_traceback",
    "gzip_compress",
    "gzip_decompress",
    "touch_file",
    "update_progress_bar",
]


def __getattr__(name: str) -> Any:
    module = LAZY.get(name)
    if module is None:
        return _submodule(name)
    value = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value


def _submodule(name: str) -> Any:
    """Return a module of this package that nobody has imported yet."""
    if name.startswith("_") or importlib.util.find_spec(f"frappe.utils.{name}") is None:
        raise AttributeError(f"frappe.utils.{name} does not exist in this runtime.")
    return importlib.import_module(f"frappe.utils.{name}")
