"""Remote procedure calls: from a method name in the request to a whitelisted function and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from werkzeug.wrappers import Response

from frappe import exceptions
from frappe.api.payload import json_argument, refuse
from frappe.context import local
from frappe.whitelist import (
    call_from_web,
    function_path,
    get_newargs,
    is_valid_http_method,
    is_whitelisted,
    overridden,
    require_annotations,
    require_arguments,
    whitelist,
)

MAX_METHOD_LENGTH = 300


# -- calling functions ------------------------------------------------------------------------------------------------


def handle() -> Response:
    """Call what `form_dict.cmd` names and return the response."""
    from frappe.utils.response import build_response

    result = execute_cmd(str(local.form_dict.cmd))
    if isinstance(result, Response):
        return result
    if result is not None:
        local.response["message"] = result
    return build_response("json")


def execute_cmd(cmd: str, from_async: bool = False) -> Any:
    """Call the function behind `cmd` with the parameters of the request, and return its result."""
    method = resolve_method(cmd)
    local.form_dict.cmd = cmd
    if not from_async:
        is_valid_http_method(method)
    return call_from_web(method, local.form_dict)


def resolve_method(cmd: str) -> Callable[..., Any]:
    """Return the whitelisted function behind a method name, after the hook `override_whitelisted_methods`."""
    method = get_attr(overridden(cmd))
    is_whitelisted(method)
    return method


def get_attr(cmd: str) -> Callable[..., Any]:
    """Return the function behind a method name: dotted, or one of this module. Raises ValidationError."""
    if "." not in cmd:
        builtin: Any = globals().get(cmd)
        if not callable(builtin):
            _no_method(cmd, "there is no such method")
        return builtin  # type: ignore[no-any-return]
    if len(cmd) > MAX_METHOD_LENGTH or not all(part.isidentifier() for part in cmd.split(".")):
        _no_method(cmd[:MAX_METHOD_LENGTH], "this is not a dotted path")
    if any(part.startswith("__") for part in cmd.split(".")):
        _no_method(cmd, "there is no such method")
    _require_installed_app(cmd)
    return _import_method(cmd)


def _require_installed_app(cmd: str) -> None:
    """Only apps of this site answer: a path into any other package would import it."""
    from frappe.apps import get_installed_apps

    app = cmd.split(".", 1)[0]
    if app not in get_installed_apps():
        from frappe.messages import throw
        from frappe.translate import _
        from frappe.utils import escape_html

        throw(_("App {0} is not installed").format(escape_html(app)), exceptions.AppNotInstalledError)


def _import_method(cmd: str) -> Callable[..., Any]:
    from frappe.apps import get_attr as resolve

    try:
        method = resolve(cmd)
    except (ImportError, AttributeError) as error:
        if isinstance(error, ImportError) and error.name and not cmd.startswith(error.name):
            # The module is there and cannot import something it needs, which is no fault of the caller.
            from frappe.utils.logger import get_logger

            get_logger("frappe.web").exception("%s cannot be imported", cmd)
        _no_method(cmd, str(error))
    if not callable(method):
        _no_method(cmd, "it is not a function")
    return method  # type: ignore[no-any-return]


def _no_method(cmd: str, reason: str) -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _
    from frappe.utils import escape_html

    throw(
        _("Failed to get method for command {0} with {1}").format(escape_html(cmd), escape_html(reason)),
        title=_("Unknown Method"),
    )


@whitelist(allow_guest=True)
def ping() -> str:
    return "pong"


@whitelist(allow_guest=True)
def version() -> str:
    """Return the version of the framework's API."""
    import frappe

    return frappe.__version__


@whitelist(allow_guest=True, methods=["POST"])
def login() -> None:
    """Log in with the parameters `usr` and `pwd`; what follows is in the response and its cookies."""
    local.login_manager.login()


@whitelist(allow_guest=True)
def logout() -> None:
    """End the session of this request."""
    local.login_manager.logout()


@whitelist(allow_guest=True)
def web_logout() -> None:
    """End the session of this request and show a page that says so."""
    from frappe.translate import _
    from frappe.website.messages import respond_as_web_page

    local.login_manager.logout()
    respond_as_web_page(_("Logged Out"), _("You have been logged out."), indicator_color="green")


@whitelist(allow_guest=True)
def upload_file() -> Any:
    """Store an upload and return its File document; see `frappe.core.uploads`."""
    from frappe.core.uploads import upload

    return upload()


# -- calling methods of documents -------------------------------------------------------------------------------------


@whitelist()
def run_doc_method(
    method: str,
    docs: str | dict[str, Any] | None = None,
    dt: str | None = None,
    dn: str | int | None = None,
    arg: Any = None,
    args: Any = None,
) -> Any:
    """Call a whitelisted method of a document, given by `dt` and `dn` or whole in `docs`.

    The caller needs read permission. The document as the method leaves it goes into `frappe.response.docs`, its result
    into `message`.
    """
    document = _document_for(docs, dt, dn)
    document.check_permission("read")
    result = call_doc_method(document, method, method_arguments(args if args is not None else arg))
    document.apply_fieldlevel_read_permissions()
    local.response.docs.append(document)
    return result


def _document_for(docs: Any, dt: str | None, dn: str | int | None) -> Any:
    from frappe import get_doc

    if dt:
        require_doctype(dt)
        return get_doc(dt, dn if dn not in (None, "") else dt)
    values = json_argument(docs, "docs", dict)
    if not values or not values.get("doctype"):
        refuse("Name the document by dt and dn, or send it as docs.")
    require_doctype(values["doctype"])
    document = get_doc(dict(values))
    if document.get("name") and not document.is_new():
        get_doc(document.doctype, document.name).check_permission("read")  # what was sent may claim another owner
        document._original_modified = document.get("modified")
        document.check_if_latest()
    return document


def require_doctype(doctype: Any) -> str:
    """Return the name of an existing DocType; raises DoesNotExistError."""
    from frappe.model.meta import get_meta

    if not isinstance(doctype, str) or not doctype or len(doctype) > 140:
        refuse("The name of a DocType is missing.")
    try:
        get_meta(doctype)
    except exceptions.DoesNotExistError:
        from frappe.messages import clear_last_message, throw
        from frappe.translate import _
        from frappe.utils import escape_html

        clear_last_message()
        throw(_("There is no DocType {0}.").format(escape_html(doctype)), exceptions.DoesNotExistError)
    return doctype


def method_arguments(args: Any) -> Any:
    """Return the arguments for a document method: JSON text is parsed, other text stays text."""
    if isinstance(args, str):
        text = args.strip()
        if text[:1] in ("{", "[", '"') or text in ("null", "true", "false") or text.lstrip("-").isdigit():
            return json_argument(text, "args", dict, list, str, int, float, bool)
    return args


def call_doc_method(document: Any, method: str, arguments: Any, *, by_keyword: bool = False) -> Any:
    """Call a whitelisted method of `document` for a web caller.

    A dict is passed as keywords; anything else, or (unless `by_keyword`) anything for a method with a parameter named
    `args`, as one object.
    """
    import inspect

    function = whitelisted_method(document, method)
    require_annotations(function)
    parameters = inspect.signature(function).parameters
    if not parameters:
        return function()
    if not isinstance(arguments, dict | None) or ("args" in parameters and not by_keyword):
        require_arguments(function, (arguments,), {})
        return function(arguments)
    keywords = get_newargs(function, arguments or {})
    require_arguments(function, (), keywords)
    return function(**keywords)


def whitelisted_method(document: Any, method: str) -> Callable[..., Any]:
    """Return the method of `document` that a web caller may call; raises DoesNotExistError or PermissionError."""
    found = getattr(type(document), method, None) if isinstance(method, str) and method.isidentifier() else None
    if found is None or method.startswith("_") or not callable(found):
        from frappe.messages import throw
        from frappe.translate import _
        from frappe.utils import escape_html

        name = escape_html(str(method)[:140])
        throw(_("{0} has no method {1}.").format(document.doctype, name), exceptions.DoesNotExistError)
    bound: Callable[..., Any] = getattr(document, method)
    is_whitelisted(bound)
    is_valid_http_method(bound)
    return bound


runserverobj = run_doc_method
"""Its name in older clients."""


def describe(method: Callable[..., Any]) -> str:
    """Return the dotted path of a whitelisted function; for logs."""
    return function_path(method)
