"""Expressions and scripts written by people of the site, run without access to the machine.

`safe_eval` answers conditions (of assignment rules, SLAs, notifications). `get_safe_globals` is what templates and
conditions may use of `frappe`: reading documents, formatting, translating. `safe_exec` runs Server Scripts, which are
off unless the operator turns them on for the whole bench.
"""

# ruff: noqa: SIM905 - lists of words read better as text

from __future__ import annotations

import ast
import json
import operator
import types
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, cast

from RestrictedPython.compile import compile_restricted_eval, compile_restricted_exec
from RestrictedPython.Guards import (
    full_write_guard,
    guarded_iter_unpack_sequence,
    guarded_unpack_sequence,
    safe_builtins,
)
from RestrictedPython.transformer import INSPECT_ATTRIBUTES, RestrictingNodeTransformer

import frappe
from frappe.context import local
from frappe.exceptions import PermissionError
from frappe.utils.namespace import LiveNamespace, Namespace

FORBIDDEN_ATTRIBUTES = INSPECT_ATTRIBUTES | frozenset(("format", "format_map", "mro"))
MAX_EXPRESSION = 10_000

DOCUMENT_SECRETS = frozenset(("get_password", "api_secret"))
DOCUMENT_WRITES = frozenset(
    "add_comment add_roles add_seen add_tag add_viewed append_roles cancel db_insert db_set db_update delete "
    "deferred_insert discard insert notify_update queue_action remove_roles remove_tag rename reload_doc run_method "
    "run_post_save_methods save set_new_name submit unlock".split()
)


class ServerScriptNotEnabled(PermissionError):
    """Server Scripts are turned off on this bench."""


class NamespaceDict(Namespace):
    """A namespace for scripts; a name that is missing says so."""


# -- the compiler -----------------------------------------------------------------------------------------------------


class FrappeTransformer(RestrictingNodeTransformer):
    """RestrictedPython's rules, and no walrus, no private keys, no format methods."""

    def visit_NamedExpr(self, node: ast.NamedExpr) -> Any:
        self.error(node, "Assignments inside of expressions are not allowed.")
        return node

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        if node.attr in FORBIDDEN_ATTRIBUTES:
            self.error(node, f"{node.attr} may not be used here.")
            return node
        return super().visit_Attribute(node)

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        if isinstance(node.slice, ast.Constant) and _is_private(node.slice.value):
            self.error(node, f"{node.slice.value!s} may not be used here, because it starts with an underscore.")
            return node
        return super().visit_Subscript(node)


def _is_private(key: Any) -> bool:
    return isinstance(key, str) and key.startswith("_") and key != "_"


@lru_cache(maxsize=512)
def _compile_expression(code: str) -> types.CodeType:
    result = compile_restricted_eval(code, filename="<expression>", policy=FrappeTransformer)
    if result.errors:
        raise SyntaxError("; ".join(result.errors))
    return cast("types.CodeType", result.code)


@lru_cache(maxsize=64)
def _compile_script(code: str, filename: str) -> types.CodeType:
    result = compile_restricted_exec(code, filename=filename, policy=FrappeTransformer)
    if result.errors:
        raise SyntaxError("; ".join(result.errors))
    return cast("types.CodeType", result.code)


# -- guards -----------------------------------------------------------------------------------------------------------


def safe_getattr(obj: Any, name: str, *default: Any) -> Any:
    """Return an attribute unless it leads out of the sandbox. Raises SyntaxError for forbidden names."""
    check_attribute(obj, name)
    return getattr(obj, name, *default)


def check_attribute(obj: Any, name: Any) -> None:
    """Raise SyntaxError if `name` may not be read from `obj` inside of the sandbox."""
    if not isinstance(name, str) or _is_private(name) or name in FORBIDDEN_ATTRIBUTES:
        raise SyntaxError(f"{name!s} may not be used here.")
    if isinstance(obj, types.ModuleType):
        raise SyntaxError(f"The module {obj.__name__} may not be used here.")


def safe_getitem(obj: Any, key: Any) -> Any:
    """Return an item unless its key is private."""
    if _is_private(key):
        raise SyntaxError(f"{key} may not be used here, because it starts with an underscore.")
    return obj[key]


def _inplace(operation: str, value: Any, operand: Any) -> Any:
    return _INPLACE[operation](value, operand)


_INPLACE: dict[str, Callable[[Any, Any], Any]] = {
    "+=": operator.iadd,
    "-=": operator.isub,
    "*=": operator.imul,
    "/=": operator.itruediv,
    "//=": operator.ifloordiv,
    "%=": operator.imod,
    "|=": operator.ior,
    "&=": operator.iand,
}

_EVAL_GUARDS: dict[str, Any] = {
    "__builtins__": {},
    "_getattr_": safe_getattr,
    "_getitem_": safe_getitem,
    "_getiter_": iter,
    "_iter_unpack_sequence_": guarded_iter_unpack_sequence,
    "_unpack_sequence_": guarded_unpack_sequence,
}
_EVAL_NAMES: dict[str, Any] = {"int": int, "float": float, "long": int, "round": round}


# -- expressions ------------------------------------------------------------------------------------------------------


def safe_eval(code: str, eval_globals: dict[str, Any] | None = None, eval_locals: Any = None) -> Any:
    """Return the value of one expression; it sees `int`, `float`, `long`, `round` and what the caller gives, no more.

    `eval_globals` is changed in place. `eval_locals` is a mapping or a document. Raises SyntaxError for what is no
    expression or not allowed, NameError for unknown names, and whatever the expression itself raises.
    """
    text = unicodedata.normalize("NFKC", code).strip()
    if len(text) > MAX_EXPRESSION:
        raise SyntaxError(f"An expression may have {MAX_EXPRESSION} characters; this one has {len(text)}.")
    names = eval_globals if eval_globals is not None else {}
    names.update(_EVAL_NAMES)
    names.update(_EVAL_GUARDS)
    return eval(_compile_expression(text), names, _as_mapping(eval_locals))


def _as_mapping(values: Any) -> Mapping[str, Any] | None:
    if values is None or isinstance(values, dict):
        return values
    if isinstance(values, Mapping):
        return values
    return values.as_dict()  # type: ignore[no-any-return]


# -- scripts ----------------------------------------------------------------------------------------------------------


def is_safe_exec_enabled() -> bool:
    """Tell whether Server Scripts are on; only the common configuration of the bench is asked."""
    return bool(frappe.get_common_site_config().get("server_script_enabled"))


def safe_exec(
    script: str,
    _globals: dict[str, Any] | None = None,
    _locals: dict[str, Any] | None = None,
    *,
    restrict_commit_rollback: bool = False,
    script_filename: str | None = None,
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Run a script in the sandbox; return its globals and locals. Raises ServerScriptNotEnabled when they are off."""
    if not is_safe_exec_enabled():
        raise ServerScriptNotEnabled(
            frappe._("Server Scripts are off. The operator can turn them on with server_script_enabled.")
        )
    names: dict[str, Any] = dict(get_script_globals(restrict_commit_rollback=restrict_commit_rollback))
    names.update(_globals or {})
    names.update(_script_guards())
    with safe_exec_flags():
        filename = f"<serverscript>: {frappe.scrub(script_filename)}" if script_filename else "<serverscript>"
        exec(_compile_script(script, filename), names, _locals)
    return names, _locals


@contextmanager
def safe_exec_flags() -> Any:
    """Mark the block as running in the sandbox."""
    before = local.flags.in_safe_exec
    local.flags.in_safe_exec = True
    try:
        yield
    finally:
        local.flags.in_safe_exec = before


def is_safe_exec_running() -> bool:
    """Tell whether a script of the sandbox is running."""
    return bool(local.flags.in_safe_exec)


class _Printer:
    """`print` in scripts: adds to the debug messages of the response."""

    def __init__(self, _getattr_: Any = None):
        pass

    def _call_print(self, *objects: Any, **_options: Any) -> None:
        frappe.log(" ".join(str(each) for each in objects))


def _script_guards() -> dict[str, Any]:
    return {
        **_EVAL_GUARDS,
        "__builtins__": {**safe_builtins, **_SCRIPT_BUILTINS},
        "_write_": full_write_guard,
        "_inplacevar_": _inplace,
        "_print_": _Printer,
    }


_SCRIPT_BUILTINS: dict[str, Any] = {
    "abs": abs, "all": all, "any": any, "bool": bool, "dict": dict, "enumerate": enumerate, "filter": filter,
    "list": list, "map": map, "max": max, "min": min, "range": range, "reversed": reversed, "set": set,
    "sorted": sorted, "sum": sum, "tuple": tuple,
}  # fmt: skip


# -- namespaces -------------------------------------------------------------------------------------------------------


def get_safe_globals() -> NamespaceDict:
    """Return what templates and conditions may use; nothing in it writes. The dict is the caller's own."""
    return NamespaceDict(_template_names())


@lru_cache(maxsize=1)
def _template_names() -> dict[str, Any]:
    from frappe.utils.data import as_json, html2text
    from frappe.website.utils import get_toc

    return {
        "as_json": as_json,
        "dict": dict,
        "_dict": frappe._dict,
        "json": NamespaceDict(loads=json.loads, dumps=json.dumps),
        "frappe": _frappe_namespace(),
        "FrappeClient": _absent("FrappeClient"),
        "_": frappe._,
        "scrub": frappe.scrub,
        "style": NamespaceDict(border_color="#d1d8dd"),
        "html2text": html2text,
        "dev_server": 0,
        "guess_mimetype": _guess_mimetype,
        "get_toc": get_toc,
        "get_next_link": _absent("get_next_link"),
    }


READING_NAMES = (
    "_ _dict get_meta get_doc get_last_doc get_cached_doc get_list get_all get_system_settings get_hooks format "
    "format_value bold render_template msgprint throw errprint log as_json parse_json ValidationError PermissionError "
    "DoesNotExistError"
).split()
WRITING_NAMES = "new_doc delete_doc rename_doc copy_doc sendmail enqueue log_error response".split()


@lru_cache(maxsize=1)
def _frappe_namespace() -> LiveNamespace:
    from frappe.utils import date_formats, html_utils, urls, user

    names: dict[str, Callable[[], Any]] = {name: _public(name) for name in READING_NAMES}
    fixed = {
        "flags": NamespaceDict(),
        "session": LiveNamespace({"user": _session_user, "csrf_token": _csrf_token}),
        "request": LiveNamespace(
            {name: _request_value(name) for name in ("path", "url", "host", "method", "full_path")}
        ),
        "get_fullname": user.get_fullname,
        "get_url": urls.get_url,
        "format_date": date_formats.format_date,
        "sanitize_html": html_utils.sanitize_html,
        "utils": _utils_namespace(),
        "db": _db_namespace(),
    }
    names |= {name: _always(value) for name, value in fixed.items()}
    return LiveNamespace(
        {
            **names,
            "args": lambda: local.form_dict,
            "form_dict": lambda: local.form_dict,
            "lang": lambda: local.lang,
            "user": _session_user,
            "full_name": lambda: user.get_fullname(_session_user()),
            "date_format": date_formats.get_user_date_format,
            "time_format": date_formats.get_user_time_format,
            "socketio_port": lambda: local.conf.socketio_port,
            "get_value": lambda: local.db.get_value,
        }
    )


def _public(name: str) -> Callable[[], Any]:
    return lambda: getattr(frappe, name)


def _always(value: Any) -> Callable[[], Any]:
    return lambda: value


def _session_user() -> str:
    return local.session.user or "Guest"


def _csrf_token() -> str:
    return (local.session.data or {}).get("csrf_token") or ""


def _request_value(name: str) -> Callable[[], Any]:
    return lambda: getattr(local.request, name) if local.request else None


def _utils_namespace() -> NamespaceDict:
    """Return the functions on plain values, and a few that read the user."""
    from frappe.utils import data, user, words

    names = {name: getattr(data, name) for name in data.__all__ if not isinstance(getattr(data, name), type)}
    names |= {"in_words": words.in_words, "money_in_words": words.money_in_words}
    names |= {name: getattr(user, name) for name in ("get_fullname", "get_user_info_for_avatar", "get_formatted_email")}
    return NamespaceDict(names, data=NamespaceDict(names))


READERS = "get_value get_values get_single_value get_default exists count escape get_list get_all".split()
WRITERS = "set_value set_single_value delete".split()


def _db_namespace() -> LiveNamespace:
    return LiveNamespace({**_db_methods(READERS), "sql": _always(read_sql)})


def _db_methods(names: list[str]) -> dict[str, Callable[[], Any]]:
    return {name: _db_method(name) for name in names}


def _db_method(name: str) -> Callable[[], Any]:
    return lambda: getattr(local.db, name)


_READING_STATEMENTS = ("select", "explain", "with")
_WRITING_WORDS = frozenset(("insert", "update", "delete", "replace", "drop", "alter", "create"))


def read_sql(query: Any, *args: Any, **kwargs: Any) -> Any:
    """Run a query that only reads. Raises PermissionError for any other statement."""
    words = str(query).strip().lower().split()
    starts_well = bool(words) and words[0].lstrip("(") in _READING_STATEMENTS
    if not starts_well or ";" in str(query).rstrip("; \n\t") or (words[0] == "with" and _WRITING_WORDS & set(words)):
        raise PermissionError(frappe._("Only one reading query is allowed here."))
    return local.db.sql(query, *args, **kwargs)


def get_script_globals(*, restrict_commit_rollback: bool = False) -> NamespaceDict:
    """Return what Server Scripts may use: the namespace of templates, and writing."""
    names = get_safe_globals()
    transaction = [] if restrict_commit_rollback else ["commit", "rollback"]
    database = names["frappe"].db.extended(_db_methods([*WRITERS, *transaction]))
    writing = {name: _public(name) for name in WRITING_NAMES}
    names["frappe"] = names["frappe"].extended({**writing, "db": _always(database)})
    return names


def _absent(name: str) -> Callable[..., Any]:
    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise AttributeError(f"{name} does not exist in this runtime.")

    return refuse


def _guess_mimetype(path: str) -> str | None:
    import mimetypes

    return mimetypes.guess_type(path)[0]
