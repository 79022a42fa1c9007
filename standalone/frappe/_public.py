"""The public names of `frappe`, and where each one lives.

`frappe/__init__.py` resolves a name when it is first used, so that `import frappe` stays quick. A name that Frappe has
and we do not raises an AttributeError that names it; `frappe/absent.py` says why.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

PUBLIC: dict[str, str] = {
    # documents and values
    "get_doc": "frappe.model.document:get_doc",
    "new_doc": "frappe.model.document:new_doc",
    "get_cached_doc": "frappe.model.document:get_cached_doc",
    "get_cached_value": "frappe.model.document:get_cached_value",
    "get_last_doc": "frappe.model.document:get_last_doc",
    "get_single": "frappe.model.document:get_single",
    "get_single_value": "frappe.model.document:get_single_value",
    "copy_doc": "frappe.model.document:copy_doc",
    "get_document_cache_key": "frappe.model.document:get_document_cache_key",
    "can_cache_doc": "frappe.model.document:can_cache_doc",
    "delete_doc": "frappe.model.delete_doc:delete_doc",
    "delete_doc_if_exists": "frappe.model.delete_doc:delete_doc_if_exists",
    "rename_doc": "frappe.model.rename_doc:rename_doc_public",
    "reload_doc": "frappe.modules:reload_doc",
    "reload_doctype": "frappe.modules:reload_doctype",
    "get_meta": "frappe.model.meta:get_meta",
    "is_table": "frappe.model.meta:is_table",
    "get_precision": "frappe.model.meta:get_precision",
    "make_property_setter": "frappe.custom.doctype.property_setter.property_setter:make_property_setter_from_args",
    "get_list": "frappe.model.db_query:get_list",
    "get_all": "frappe.model.db_query:get_all",
    "get_value": "frappe.database:get_value",
    "set_value": "frappe.client:set_value_public",
    "get_version": "frappe.model.versioning:get_version",
    "get_desk_link": "frappe.utils.urls:get_desk_link",
    # session, permission
    "set_user": "frappe.context:set_user",
    "get_user": "frappe.context:get_user",
    "get_roles": "frappe.permissions:get_roles_public",
    "has_permission": "frappe.permissions:has_permission_public",
    "has_website_permission": "frappe.permissions:has_website_permission",
    "only_for": "frappe.permissions:only_for",
    "only_has_select_perm": "frappe.permissions:only_has_select_perm",
    "get_domain_data": "frappe.utils.site_settings:get_domain_data",
    "get_active_domains": "frappe.utils.site_settings:get_active_domains",
    "is_setup_complete": "frappe.utils.site_settings:is_setup_complete",
    # HTTP
    "whitelist": "frappe.whitelist:whitelist",
    "is_whitelisted": "frappe.whitelist:is_whitelisted",
    "validate_and_sanitize_search_inputs": "frappe.whitelist:validate_and_sanitize_search_inputs",
    "read_only": "frappe.whitelist:read_only",
    "write_only": "frappe.whitelist:write_only",
    "call": "frappe.whitelist:call",
    "get_newargs": "frappe.whitelist:get_newargs",
    "ping": "frappe.handler:ping",
    "respond_as_web_page": "frappe.website.messages:respond_as_web_page",
    "redirect_to_message": "frappe.website.messages:redirect_to_message",
    "redirect": "frappe.website.messages:redirect",
    "get_request_header": "frappe.utils.response:get_request_header",
    # messages
    "msgprint": "frappe.messages:msgprint",
    "throw": "frappe.messages:throw",
    "toast": "frappe.messages:toast",
    "clear_messages": "frappe.messages:clear_messages",
    "clear_last_message": "frappe.messages:clear_last_message",
    "get_message_log": "frappe.messages:get_message_log",
    "errprint": "frappe.messages:errprint",
    "log": "frappe.messages:log",
    "log_error": "frappe.messages:log_error",
    "get_traceback": "frappe.messages:get_traceback",
    "bold": "frappe.messages:bold",
    "logger": "frappe.utils.logger:get_logger",
    # text and templates
    "_": "frappe.translate:_",
    "_lt": "frappe.translate:_lt",
    "render_template": "frappe.utils.jinja:render_template",
    "get_template": "frappe.utils.jinja:get_template",
    "get_jenv": "frappe.utils.jinja:get_jenv",
    "get_jloader": "frappe.utils.jinja:get_jloader",
    "safe_eval": "frappe.utils.safe_exec:safe_eval",
    "as_json": "frappe.utils.data:as_json",
    "parse_json": "frappe.utils.data:parse_json",
    "generate_hash": "frappe.utils.strings:generate_hash",
    "safe_decode": "frappe.utils.strings:safe_decode",
    "safe_encode": "frappe.utils.strings:safe_encode",
    "as_unicode": "frappe.utils.strings:as_unicode",
    "mock": "frappe.utils.data:mock",
    "format": "frappe.utils.formatters:format_value",
    "format_value": "frappe.utils.formatters:format_value",
    "read_file": "frappe.utils.files:read_file",
    "get_file_json": "frappe.utils.files:get_file_json",
    # apps, hooks, places
    "get_hooks": "frappe.apps:get_hooks",
    "get_doc_hooks": "frappe.apps:get_doc_hooks",
    "get_attr": "frappe.apps:get_attr",
    "get_module": "frappe.apps:get_module",
    "get_installed_apps": "frappe.apps:get_installed_apps",
    "get_all_apps": "frappe.apps:get_all_apps",
    "get_module_list": "frappe.apps:get_module_list",
    "get_module_path": "frappe.apps:get_module_path",
    "get_app_path": "frappe.apps:get_app_path",
    "get_app_source_path": "frappe.apps:get_app_source_path",
    "get_pymodule_path": "frappe.apps:get_pymodule_path",
    "get_file_items": "frappe.apps:get_file_items",
    "scrub": "frappe.apps:scrub",
    "unscrub": "frappe.apps:unscrub",
    "get_site_path": "frappe.config:get_site_path",
    "get_site_config": "frappe.config:get_site_config",
    "get_common_site_config": "frappe.config:get_common_site_config",
    "get_conf": "frappe.config:get_conf",
    "get_system_settings": "frappe.utils.site_settings:get_system_settings",
    "get_website_settings": "frappe.utils.site_settings:get_website_settings",
    # mail, jobs, realtime, cache
    "sendmail": "frappe.email:sendmail",
    "are_emails_muted": "frappe.email.accounts:are_emails_muted",
    "attach_print": "frappe.utils.print_utils:attach_print",
    "get_print": "frappe.utils.print_utils:get_print",
    "enqueue": "frappe.utils.background_jobs:enqueue",
    "enqueue_doc": "frappe.utils.background_jobs:enqueue_doc",
    "publish_realtime": "frappe.realtime:publish_realtime",
    "publish_progress": "frappe.realtime:publish_progress",
    "cache": "frappe.cache:cache",
    "clear_cache": "frappe.cache:clear_cache",
    "clear_document_cache": "frappe.model.doc_cache:clear_document_cache",
    "clear_website_cache": "frappe.website.utils:clear_cache",
    # tests
    "get_test_records": "frappe.test_runner:get_test_records",
}

MODULES: frozenset[str] = frozenset(
    {
        "apps", "api", "app", "auth", "boot", "cache", "cli", "client", "commands", "config", "contacts", "context",
        "core", "custom", "database", "defaults", "deferred_insert", "desk", "email", "exceptions", "handler",
        "hooks", "installer", "messages", "migrate", "model", "modules", "permissions", "printing", "query_builder",
        "rate_limiter", "realtime", "search", "server", "sessions", "share", "test_runner", "tests", "testing",
        "translate", "types", "utils", "website", "whitelist", "workflow", "automation", "geo", "integrations",
        "jobs", "socketio", "health", "pulse",
    }
)  # fmt: skip
"""Submodules that are imported when somebody reads them as an attribute of `frappe`."""


def resolve(name: str) -> Any:
    """Return what `frappe.<name>` stands for, and bind it there; an AttributeError says why there is none."""
    target = PUBLIC.get(name)
    if target is not None:
        module, _, attribute = target.partition(":")
        value = getattr(importlib.import_module(module), attribute)
        setattr(sys.modules["frappe"], name, value)
        return value
    if name in MODULES:
        return importlib.import_module(f"frappe.{name}")
    error: AttributeError = importlib.import_module("frappe.absent").attribute_error(name)
    raise error
