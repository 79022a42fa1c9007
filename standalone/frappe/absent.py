"""What Frappe has and this runtime deliberately does not; asking for it raises an error that says why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

from frappe.exceptions import MissingFrameworkFeature

_PDF_PARTS = "A PDF is made of the whole page, letter head and footer included; a Print Format changes it."
_DASHBOARDS = "Dashboards, charts and boards belong to Frappe's own desk; an app brings its own interface."

NAMES: dict[str, str] = {
    "connect_replica": "There are no read replicas here.",
    "get_lazy_doc": "Lazy documents exist in newer development lines only; use frappe.get_doc.",
    "client_cache": "There is one cache, frappe.cache.",
}
"""Names of `frappe` itself."""

MODULES: dict[str, str] = {
    "frappe.utils.weasyprint": "Use frappe.utils.pdf.get_pdf.",
    "frappe.workflow.doctype.workflow_action": "Who has to act is seen in lists; no mails ask for it.",
    "frappe.oauth": "This runtime is no OAuth provider; scripts sign in with API keys.",
    "frappe.utils.oauth": "Signing in with another service's account is not built in; an app can do it in auth_hooks.",
    "frappe.build": "Interfaces are built by the app's own tools, not by the framework.",
    "frappe.model.utils.link_count": "Links are not counted: link searches put the best matches first.",
    "frappe.recorder": "Statements are logged with the setting logging: 2.",
    "frappe.monitor": "Requests are measured in the structured log and the metrics.",
    "frappe.desk.desktop": _DASHBOARDS,
    "frappe.desk.leaderboard": _DASHBOARDS,
    "frappe.desk.doctype.dashboard_chart": _DASHBOARDS,
    "frappe.desk.doctype.number_card": _DASHBOARDS,
    "frappe.desk.doctype.kanban_board": _DASHBOARDS,
    "frappe.desk.page": "Frappe's own desk has pages such as the setup wizard; a site is set up by frappe new-site.",
}
"""Modules of Frappe."""

_ASSETS = "There is no desk of the framework that would load it; an app brings its own interface."
_SETUP = "There is no setup wizard: what it would do belongs into after_install."

HOOKS: dict[str, str] = {
    "app_include_css": _ASSETS,
    "app_include_icons": _ASSETS,
    "app_include_js": _ASSETS,
    "calendars": _ASSETS,
    "communication_doctypes": _ASSETS,
    "dashboards": _DASHBOARDS,
    "doctype_calendar_js": _ASSETS,
    "doctype_js": _ASSETS,
    "doctype_list_js": _ASSETS,
    "doctype_tree_js": _ASSETS,
    "export_python_type_annotations": "Controllers are not written by the framework.",
    "get_changelog_feed": _ASSETS,
    "get_sender_details": "A sender is given to frappe.sendmail or comes from the Email Account; "
    "make_email_body_message may change the message.",
    "global_search_doctypes": "Every DocType with fields marked In Global Search is searched.",
    "jenv": "It is the form before jinja; use that.",
    "leaderboards": _DASHBOARDS,
    "look_for_sidebar_json": "Pages of the website have no side bar of the framework; a template can show one.",
    "page_js": _ASSETS,
    "pdf_body_html": _PDF_PARTS,
    "pdf_footer_html": _PDF_PARTS,
    "pdf_header_html": _PDF_PARTS,
    "setup_wizard_complete": _SETUP,
    "setup_wizard_exception": _SETUP,
    "setup_wizard_requires": _SETUP,
    "setup_wizard_stages": _SETUP,
    "setup_wizard_success": _SETUP,
    "sounds": _ASSETS,
    "standard_help_items": _ASSETS,
    "standard_navbar_items": _ASSETS,
    "treeviews": _ASSETS,
    "user_data_fields": "There is no form to ask for the deletion of personal data; an app offers that with its own.",
    "website_theme_scss": "The pages have one style sheet; web_include_css adds to it.",
}
"""Hooks of an app that have no effect here."""


def hooks_without_effect(app: str) -> dict[str, list[str]]:
    """Return what an app hooks into without effect: reason → names of the hooks."""
    from frappe.apps import get_hooks

    found: dict[str, list[str]] = {}
    for name in sorted(HOOKS.keys() & get_hooks(app_name=app).keys()):
        found.setdefault(HOOKS[name], []).append(name)
    return found


def attribute_error(name: str) -> AttributeError:
    """Return the error for `frappe.<name>`, which does not exist."""
    reason = NAMES.get(name)
    if reason:
        return MissingFrameworkFeature(f"frappe.{name} does not exist here: {reason}")
    return AttributeError(f"frappe.{name} does not exist in this runtime.")


class _Finder:
    """Asked last: says why there is no such module. A module that exists has been found before."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        reason = MODULES.get(name)
        if reason:
            raise ModuleNotFoundError(f"{name} does not exist here: {reason}", name=name)
        return None


def explain_missing_modules() -> None:
    """Let `import` say why a module of Frappe is missing here."""
    if _Finder not in sys.meta_path:
        sys.meta_path.append(_Finder)
