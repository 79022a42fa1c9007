"""Templates: one sandboxed Jinja environment per site and process, compiled templates kept.

What depends on the request (user, language, form values) comes in through the live namespace of `safe_exec`, so the
environment and what it compiled serve every request.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NoReturn

from jinja2 import BaseLoader, ChoiceLoader, DebugUndefined, FileSystemLoader, PrefixLoader, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from frappe.context import is_active, local
from frappe.utils.serialization import json_handler

TEMPLATE_ENDINGS = (".html", ".css", ".scss", ".py", ".md", ".json", ".js", ".xml", ".txt")
ILLEGAL = ".__"
COMPILED_TEXTS = 512
COMPILED_FILES = 1000

_BUILTINS: dict[str, Any] = {
    "abs": abs, "all": all, "any": any, "bool": bool, "dict": dict, "enumerate": enumerate, "isinstance": isinstance,
    "issubclass": issubclass, "list": list, "max": max, "min": min, "range": range, "set": set, "sorted": sorted,
    "sum": sum, "tuple": tuple,
}  # fmt: skip


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox; moreover documents can be read but not written, and their secrets not read."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if attr in ("format", "format_map") and not isinstance(obj, str) and not isinstance(obj, Mapping):
            return False
        if _is_document(obj) and _may_not_be_used(attr):
            return False
        return super().is_safe_attribute(obj, attr, value)

    @lru_cache(maxsize=COMPILED_TEXTS)  # noqa: B019 - environments live as long as the process
    def compiled(self, text: str) -> Template:
        """Return the template for a text, compiled once."""
        return self.from_string(text)


def _is_document(obj: Any) -> bool:
    return hasattr(type(obj), "run_method") and hasattr(type(obj), "get_valid_dict")


def _may_not_be_used(attribute: str) -> bool:
    from frappe.utils.safe_exec import DOCUMENT_SECRETS, DOCUMENT_WRITES

    return attribute in DOCUMENT_WRITES or attribute in DOCUMENT_SECRETS


# -- the environment --------------------------------------------------------------------------------------------------

_environments: dict[tuple[str, str | None], tuple[tuple[str, ...], Sandbox]] = {}


def get_jenv() -> Sandbox:
    """Return the environment of the site. It is shared by all requests of the process: do not put values into it."""
    apps = tuple(_template_apps())
    key = (local.sites_path, local.site) if is_active() else ("", None)
    known = _environments.get(key)
    if known is None or known[0] != apps:
        known = _environments[key] = (apps, _make_environment(apps))
    return known[1]


def _developing() -> bool:
    return bool(is_active() and local.conf.developer_mode)


def _make_environment(apps: tuple[str, ...]) -> Sandbox:
    from frappe.utils import jinja_globals
    from frappe.utils.safe_exec import get_safe_globals

    environment = Sandbox(
        loader=_loader_for(apps), undefined=DebugUndefined, cache_size=COMPILED_FILES, auto_reload=_developing()
    )
    environment.policies["json.dumps_function"] = _dump_json
    environment.globals.update(_BUILTINS)
    environment.globals.update(get_safe_globals())
    environment.globals.update({name: getattr(jinja_globals, name) for name in jinja_globals.__all__})
    environment.filters.update(_filters())
    methods, filters = get_jinja_hooks()
    environment.globals.update(methods)
    environment.filters.update(filters)
    return environment


def _dump_json(value: Any, **options: Any) -> str:
    """Return JSON for the filter `tojson`, of everything that documents may hold."""
    return json.dumps(value, default=json_handler, **options)


def _template_apps() -> list[str]:
    """Return the apps in which templates are looked up, the first one wins."""
    import frappe

    if not is_active():
        return ["frappe"]
    return list(frappe.get_hooks("template_apps")) or list(reversed(frappe.get_installed_apps())) or ["frappe"]


def get_jloader() -> BaseLoader:
    """Return the loader of the site: paths relative to an app's package, and paths that name the app first."""
    return _loader_for(tuple(_template_apps()))


def _loader_for(apps: tuple[str, ...]) -> BaseLoader:
    from frappe.apps import get_app_path

    loaders = {app: FileSystemLoader(get_app_path(app), followlinks=True) for app in apps}
    return ChoiceLoader([*loaders.values(), PrefixLoader(loaders)])


def _filters() -> dict[str, Callable[..., Any]]:
    from frappe.utils.data import cint, cstr, flt, global_date_format, markdown
    from frappe.utils.serialization import as_json
    from frappe.website.utils import abs_url

    return {
        "json": as_json,
        "len": len,
        "int": cint,
        "str": cstr,
        "flt": flt,
        "global_date_format": global_date_format,
        "markdown": markdown,
        "abs_url": abs_url,
    }


def set_filters(jenv: Any) -> None:
    """Give an environment the standard filters."""
    jenv.filters.update(_filters())


def get_jinja_hooks() -> tuple[dict[str, Callable[..., Any]], dict[str, Callable[..., Any]]]:
    """Return the functions and the filters that apps add through the hook `jinja`."""
    import frappe

    hooks = frappe.get_hooks("jinja", {}) if is_active() else {}
    if not isinstance(hooks, Mapping):
        return {}, {}
    return _named_functions(hooks.get("methods")), _named_functions(hooks.get("filters"))


def _named_functions(paths: Any) -> dict[str, Callable[..., Any]]:
    named: dict[str, Callable[..., Any]] = {}
    for path in [paths] if isinstance(paths, str) else paths or ():
        named.update(_functions_of(_function_or_module(path)))
    return named


def _function_or_module(path: str) -> Any:
    import importlib

    from frappe.apps import get_attr

    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path and not path.startswith(f"{error.name}."):
            raise
        return get_attr(path)


def _functions_of(source: Any) -> dict[str, Callable[..., Any]]:
    if not isinstance(source, types.ModuleType):
        return {source.__name__: source}
    return {
        name: value
        for name, value in vars(source).items()
        if isinstance(value, types.FunctionType) and value.__module__ == source.__name__
    }


# -- rendering --------------------------------------------------------------------------------------------------------


def get_template(path: str) -> Template:
    """Return a template file by its path inside of an app, such as `templates/emails/new_user.html`."""
    return get_jenv().get_template(path)


def render_template(
    template: str | None,
    context: Mapping[str, Any] | None = None,
    is_path: bool | None = None,
    safe_render: bool = True,
) -> str:
    """Return a template filled in; `template` is its text, or a path if it looks like one (`….html` on a single line).

    Raises ValidationError for a text that reaches for private attributes (unless not `safe_render`) and for a template
    that cannot be read or filled in.
    """
    if not template:
        return ""
    if is_path or guess_is_path(template):
        return get_template(template).render(context or {})
    if safe_render and ILLEGAL in template:
        _throw_illegal()
    try:
        return get_jenv().compiled(template).render(context or {})
    except TemplateError as error:
        _throw_template_error(template, error)


def guess_is_path(template: str) -> bool:
    """Tell whether a template is given by its path rather than by its text."""
    return isinstance(template, str) and "\n" not in template.strip() and template.strip().endswith(TEMPLATE_ENDINGS)


def _throw_illegal() -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _

    throw(_("Illegal template"))


def _throw_template_error(template: str, error: TemplateError) -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _
    from frappe.utils.strings import escape_html

    line = getattr(error, "lineno", None)
    place = _("Line {0}: ").format(line) if line else ""
    throw(f"{place}{escape_html(str(error))}<pre>{escape_html(template[:2000])}</pre>", title=_("Jinja Template Error"))


def validate_template(html: str) -> None:
    """Raise ValidationError with the line if a text is no valid template."""
    from jinja2 import TemplateSyntaxError

    if not html:
        return
    try:
        get_jenv().parse(html)
    except TemplateSyntaxError as error:
        from frappe.messages import throw
        from frappe.translate import _

        throw(_("Line {0}: {1}").format(error.lineno, error.message), title=_("Syntax error in template"))


def get_email_from_template(name: str, args: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return the HTML and the text of a mail from `templates/emails/<name>.html` and, if there is one, `.txt`."""
    from jinja2 import TemplateNotFound

    values = args or {}
    html = get_template(f"templates/emails/{name}.html").render(values)
    try:
        return html, get_template(f"templates/emails/{name}.txt").render(values)
    except TemplateNotFound:
        return html, None
