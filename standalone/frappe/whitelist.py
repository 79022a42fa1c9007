"""Which functions the web may call, and how a web call's parameters become their arguments.

`@frappe.whitelist()` puts a function into a registry together with its verbs and whether guests may use it. The
registry is keyed by the function object, so a decorator put on top of `whitelist` yields something that is not exposed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, NoReturn, TypeVar, overload

from frappe import context, exceptions
from frappe.argument_types import Plan, plan_of, validate_argument_types
from frappe.context import local

Function = TypeVar("Function", bound=Callable[..., Any])

DEFAULT_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
SERVER_ONLY_ARGUMENTS = ("flags", "ignore_permissions")
"""Never accepted from a caller: they switch off checks."""

MAX_PAGE_LENGTH = 500
MAX_SEARCH_LENGTH = 280


@dataclass(frozen=True, slots=True)
class Exposure:
    """How one function is exposed."""

    methods: frozenset[str]
    allow_guest: bool
    xss_safe: bool


_exposed: dict[Callable[..., Any], Exposure] = {}


def whitelist(
    allow_guest: bool = False, xss_safe: bool = False, methods: Iterable[str] | None = None
) -> Callable[[Function], Function]:
    """Let the web call the decorated function, static method or Document method.

    `allow_guest` opens it to visitors without a session; their text parameters are cleaned of unsafe HTML unless
    `xss_safe`. `methods` are the HTTP verbs it answers. Arguments are checked against the type hints.
    """
    verbs = frozenset(verb.upper() for verb in (methods or DEFAULT_METHODS))
    exposure = Exposure(verbs, bool(allow_guest), bool(xss_safe))

    def decorate(function: Function) -> Function:
        kind = type(function) if isinstance(function, staticmethod | classmethod) else None
        plain: Callable[..., Any] = function.__func__ if kind else function  # type: ignore[attr-defined]
        checked = validate_argument_types(plain, apply_condition=_checks_arguments)
        _exposed[checked] = exposure
        return kind(checked) if kind else checked  # type: ignore[return-value]

    return decorate


def _checks_arguments() -> bool:
    """Arguments are checked in requests and in tests; elsewhere the caller is our own code."""
    if not context.is_active():
        return context.in_test
    state = context.current_state()
    return state.request is not None or bool(state.flags.in_test)


def exposure_of(method: Callable[..., Any]) -> Exposure | None:
    """Return how `method` (a function or a bound method) is exposed; None when it is not."""
    try:
        return _exposed.get(getattr(method, "__func__", method))
    except TypeError:  # not hashable, hence no function
        return None


def is_whitelisted(method: Callable[..., Any]) -> None:
    """Raise PermissionError unless the session user may call `method`; clean a guest's parameters."""
    exposure = exposure_of(method)
    is_guest = local.session.user == "Guest"
    if exposure is None or (is_guest and not exposure.allow_guest):
        refuse(method)
    if is_guest and not exposure.xss_safe:
        _sanitize_form()


def is_valid_http_method(method: Callable[..., Any]) -> None:
    """Raise PermissionError when the request's verb is not one `method` answers."""
    request = local.request
    if not request or (local.flags.in_safe_exec):
        return
    exposure = exposure_of(method)
    verb = "GET" if request.method == "HEAD" else request.method
    if exposure is None or verb not in exposure.methods:
        throw_permission_error()


def throw_permission_error() -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _

    throw(_("This cannot be called with the HTTP method {0}.").format(local.request.method), exceptions.PermissionError)


def refuse(method: Callable[..., Any]) -> NoReturn:
    """Raise the error for a function the caller may not call, naming it."""
    from frappe.messages import throw
    from frappe.translate import _
    from frappe.utils import escape_html

    name = escape_html(function_path(method))
    throw(
        _("You are not permitted to call {0}: it is not open to {1}.").format(
            f"<strong>{name}</strong>", escape_html(str(local.session.user))
        ),
        exceptions.PermissionError,
        title=_("Method Not Allowed"),
    )


def function_path(method: Any) -> str:
    """Return the dotted path of a function as an error message shows it."""
    module = getattr(method, "__module__", None)
    name = getattr(method, "__qualname__", None) or type(method).__name__
    return f"{module}.{name}" if module else str(name)


def _sanitize_form() -> None:
    from frappe.utils.html_utils import sanitize_html

    form = local.form_dict
    for key, value in form.items():
        if isinstance(value, str) and key != "cmd":
            form[key] = sanitize_html(value)


# -- calling ----------------------------------------------------------------------------------------------------------


def call(fn: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> Any:
    """Call a function (or the one behind a dotted path) with those of `kwargs` it has parameters for."""
    if isinstance(fn, str):
        from frappe.apps import get_attr

        return call(get_attr(fn), *args, **kwargs)
    return fn(*args, **get_newargs(fn, kwargs))


def get_newargs(fn: Callable[..., Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return those of `kwargs` that `fn` takes; never `flags` and `ignore_permissions`."""
    names, takes_all = _parameters(getattr(fn, "__func__", fn))
    return {
        key: value for key, value in kwargs.items() if key not in SERVER_ONLY_ARGUMENTS and (takes_all or key in names)
    }


@lru_cache(maxsize=4096)
def _parameters(fn: Callable[..., Any]) -> tuple[frozenset[str], bool]:
    parameters = inspect.signature(fn).parameters.values()
    names = frozenset(p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY))
    return names, any(p.kind is p.VAR_KEYWORD for p in parameters)


def call_from_web(fn: Callable[..., Any], kwargs: dict[str, Any]) -> Any:
    """Call `fn` for a web caller: unknown parameters are dropped, a missing one is a ValidationError naming it."""
    require_annotations(fn)
    accepted = get_newargs(fn, kwargs)
    require_arguments(fn, (), accepted)
    return fn(**accepted)


def require_arguments(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Raise ValidationError naming the argument when `fn` cannot be called with these."""
    try:
        _signature(fn).bind(*args, **kwargs)
    except TypeError as error:
        from frappe.messages import throw
        from frappe.utils import escape_html

        throw(escape_html(f"{function_path(fn)}: {error}."))


def require_annotations(fn: Callable[..., Any]) -> None:
    """Raise TypeError when the app of `fn` demands annotated parameters and one of `fn` has none."""
    missing = _unannotated(getattr(fn, "__func__", fn))
    if missing:
        raise TypeError(f"{function_path(fn)}: parameter {missing} needs a type annotation (the app requires them).")


@lru_cache(maxsize=4096)
def _unannotated(fn: Callable[..., Any]) -> str | None:
    from frappe.apps import get_hooks, get_installed_apps

    app = str(fn.__module__).partition(".")[0]
    if app not in get_installed_apps() or not get_hooks("require_type_annotated_api_methods", app_name=app):
        return None
    for parameter in inspect.signature(fn).parameters.values():
        variadic = parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        if parameter.annotation is parameter.empty and not variadic and parameter.name not in ("self", "cls"):
            return parameter.name
    return None


def _signature(fn: Callable[..., Any]) -> inspect.Signature:
    plain = getattr(fn, "__func__", None)
    return inspect.signature(fn) if plain is not None else _plain_signature(fn)


@lru_cache(maxsize=4096)
def _plain_signature(fn: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(fn)


def argument_plan(fn: Callable[..., Any]) -> Plan:
    """Return how the arguments of `fn` are converted; for documentation and tests."""
    return plan_of(getattr(fn, "__wrapped__", fn))


def overridden(path: str) -> str:
    """Return the path that the hook `override_whitelisted_methods` puts in place of `path`; the last app wins."""
    from frappe.apps import mapping_of_hook

    replacements = mapping_of_hook("override_whitelisted_methods").get(path)
    return str(replacements[-1]) if replacements else path


# -- decorators for endpoints -----------------------------------------------------------------------------------------


def validate_and_sanitize_search_inputs(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Make a link-search function safe for the web.

    The DocType must exist, the text is cut and escaped for SQL, start and page length are whole numbers within bounds.
    """

    @wraps(fn)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        kwargs = {**dict(zip(_positional_names(fn), args, strict=False)), **kwargs}
        kwargs["start"] = max(0, _whole_number(kwargs.get("start"), 0))
        kwargs["page_len"] = min(MAX_PAGE_LENGTH, max(1, _whole_number(kwargs.get("page_len"), 20)))
        if isinstance(kwargs.get("txt"), str):
            kwargs["txt"] = sanitize_searchtext(kwargs["txt"])
        if not str(kwargs.get("searchfield") or "name").replace("_", "").isalnum():
            kwargs["searchfield"] = "name"
        if kwargs.get("doctype") and not _doctype_exists(kwargs["doctype"]):
            return []
        return fn(**kwargs)

    return wrapper


@lru_cache(maxsize=512)
def _positional_names(fn: Callable[..., Any]) -> tuple[str, ...]:
    parameters = inspect.signature(fn).parameters.values()
    return tuple(p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD)


def sanitize_searchtext(text: str) -> str:
    """Return `text` cut to a sane length; what could end a SQL literal becomes the wildcard for one character."""
    return text[:MAX_SEARCH_LENGTH].translate(_SEARCH_ESCAPES)


_SEARCH_ESCAPES = {ord("'"): "_", ord('"'): "_", ord("\\"): "_", 0: None}


def _whole_number(value: Any, default: int) -> int:
    from frappe.utils import cint

    return int(cint(value, default))


def _doctype_exists(doctype: Any) -> bool:
    return isinstance(doctype, str) and bool(local.db.exists("DocType", doctype))


@overload
def read_only(fn: Function) -> Function: ...
@overload
def read_only(fn: None = None) -> Callable[[Function], Function]: ...
def read_only(fn: Any = None) -> Any:
    """Mark a function that only reads. There is no replica here, so the call itself is unchanged."""
    return fn if fn is not None else (lambda function: function)


@overload
def write_only(fn: Function) -> Function: ...
@overload
def write_only(fn: None = None) -> Callable[[Function], Function]: ...
def write_only(fn: Any = None) -> Any:
    """Mark a function that writes and therefore must not run against a replica; the call itself is unchanged."""
    return fn if fn is not None else (lambda function: function)
