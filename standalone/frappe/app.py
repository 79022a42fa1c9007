"""The WSGI application: from a raw request to a response, with everything released at the end.

A request runs in a copy of the caller's context, so that it can neither see nor disturb another request or a script
that happens to run in the same thread.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable
from contextvars import copy_context
from typing import Any

from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Request as WerkzeugRequest
from werkzeug.wrappers import Response
from werkzeug.wsgi import ClosingIterator

from frappe import context, exceptions, metrics
from frappe.api.payload import make_form_dict
from frappe.context import local
from frappe.database.errors import DISK_IS_FULL
from frappe.translate import _, _lt
from frappe.types import _dict

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

UNSAFE_HTTP_METHODS = frozenset({"POST", "PUT", "DELETE", "PATCH"})
DEFAULT_MAX_BODY = 25 * 1024 * 1024
MULTIPART_OVERHEAD = 1024 * 1024
UPLOAD_PATHS = frozenset({"/api/method/upload_file", "/api/v1/method/upload_file", "/api/v2/method/upload_file"})
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
NO_CACHE = "no-store,no-cache,must-revalidate,max-age=0"
SECRET_LIKE = re.compile(r"[A-Za-z0-9_-]{24,}")
"""Parts of a path that may be the token of a secret link."""
MAX_LOG_BYTES = 5_000_000
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
FINGERPRINTED = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")


class AfterResponse:
    """Functions to run once the response has been sent."""

    def __init__(self) -> None:
        self._functions: list[Callable[[], Any]] = []

    def add(self, function: Callable[[], Any]) -> None:
        self._functions.append(function)

    def run(self) -> None:
        while self._functions:
            function = self._functions.pop(0)
            try:
                function()
            except Exception:
                # The response is out: one failing callback must not take the others with it, and the log tells.
                from frappe.utils.logger import get_logger

                get_logger("frappe.web").exception("A callback after the response failed: %r", function)

    def __bool__(self) -> bool:
        return bool(self._functions)


class Request(WerkzeugRequest):
    """A request as apps know it."""

    max_form_parts = 2000

    def __init__(self, environ: Environ, **kwargs: Any):
        super().__init__(environ, **kwargs)
        self.after_response = AfterResponse()
        given = self.headers.get("X-Frappe-Request-Id") or self.headers.get("X-Request-Id") or ""
        self.id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


class Application:
    """The WSGI callable of a site; without a fixed site, the host name (or `X-Frappe-Site-Name`) chooses one."""

    def __init__(self, site: str | None = None, sites_path: str = "."):
        self.site, self.sites_path = site, sites_path

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        scope = copy_context()
        response, finish = scope.run(self._answer, environ)
        body = response(environ, start_response)
        return ClosingIterator(body, [response.close, lambda: scope.run(finish)])

    def _answer(self, environ: Environ) -> tuple[Response, Callable[[], None]]:
        request = Request(environ)
        started = time.perf_counter()
        try:
            context.init(self.site or site_of(request), self.sites_path, force=True)
        except NotFound as error:
            return _harden(Response(error.description, status=404, mimetype="text/plain")), lambda: None
        try:
            response = respond(request)
        except BaseException:
            context.destroy()
            raise
        log_request(request, response, started)
        if request.after_response:
            return response, lambda: _finish(request)
        _finish(request)
        return response, lambda: None


def _finish(request: Request) -> None:
    try:
        request.after_response.run()
        request.close()  # uploads in temporary files
    finally:
        context.destroy()


def make_application(site: str | None = None, sites_path: str = ".") -> Application:
    """Return the WSGI application that serves `site` of the bench folder's `sites_path`."""
    return Application(site, os.path.abspath(sites_path))


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The WSGI callable for servers that take a module; the environment names `FRAPPE_SITE` and `SITES_PATH`."""
    return make_application(os.environ.get("FRAPPE_SITE") or None, os.environ.get("SITES_PATH", "."))(
        environ, start_response
    )


def site_of(request: WerkzeugRequest) -> str:
    """Return the site a request is for when the server is not bound to one."""
    name = request.headers.get("X-Frappe-Site-Name") or request.host.partition(":")[0]
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name) or ".." in name:
        raise exceptions.IncorrectSitePath("There is no such site.")
    return name


# -- one request ------------------------------------------------------------------------------------------------------


def respond(request: Request) -> Response:
    """Return the response to a request; the state is initialised, and released by the caller."""
    local.request = request
    local.is_ajax = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    if (static := _static_response(request)) is not None:
        return _harden(static)
    response: Response
    if request.path == metrics.PATH:
        try:
            return _harden(metrics.respond(request))
        except Exception as error:  # whatever it is becomes an answer, and is logged there
            return handle_exception(error)
    try:
        init_request(request)
        response = dispatch(request)
        _keep_changes(request)
    except HTTPException as error:
        response = answer_http_exception(error)
    except Exception as error:  # an app may raise anything; it becomes an answer, and is logged there
        response = handle_exception(error)
    try:
        _after(request, response)
    except Exception as error:  # the same for hooks
        response = handle_exception(error)
    process_response(request, response)
    return response


def init_request(request: Request) -> None:
    """Connect the site, read the parameters and find out who is asking."""
    from frappe.auth import HTTPRequest, validate_auth
    from frappe.rate_limiter import apply as apply_rate_limit

    context.connect(set_admin_as_user=False)
    _guest_until_known()
    _refuse_in_maintenance(request)
    request.max_content_length = request.max_form_memory_size = max_body_bytes(request)
    local.form_dict = make_form_dict(request)
    if request.method == "OPTIONS":
        return
    HTTPRequest()
    apply_rate_limit()
    _run_hooks("before_request")
    validate_auth()


def _guest_until_known() -> None:
    local.session.user = local.session.sid = "Guest"
    local.session.data = _dict()


def _refuse_in_maintenance(request: Request) -> None:
    if not local.conf.maintenance_mode:
        return
    if local.conf.allow_reads_during_maintenance and request.method not in UNSAFE_HTTP_METHODS:
        local.flags.read_only = True
        return
    from frappe.utils.refusals import refuse

    refuse("The site is under maintenance. Try again in a few minutes.", exceptions.SessionStopped)


def max_body_bytes(request: WerkzeugRequest) -> int:
    """Return how large a body may be."""
    from frappe.utils import cint

    limit = cint(local.conf.max_file_size) or DEFAULT_MAX_BODY
    if request.path not in UPLOAD_PATHS:
        return limit
    from frappe import get_system_settings

    megabytes = cint(get_system_settings("max_file_size"))
    return (megabytes * 1024 * 1024 if megabytes else limit) + MULTIPART_OVERHEAD


def dispatch(request: Request) -> Response:
    """Return what the path (or the parameter `cmd`) asks for."""
    from frappe import api, handler
    from frappe.utils import response

    path = request.path
    if request.method == "OPTIONS":
        return Response()
    if path.startswith("/api/"):
        return api.handle(request)
    if local.form_dict.cmd:
        return handler.handle()
    if path.startswith("/backups"):
        return response.download_backup(path)
    if path.startswith("/private/files/"):
        return response.download_private_file(path)
    if request.method in ("GET", "HEAD", "POST") and "\x00" not in path:
        from frappe.website.serve import get_response

        page: Response = get_response()
        return page
    raise NotFound


def _static_response(request: Request) -> Response | None:
    """Return a public file or an asset, which need neither database nor session; None for other paths."""
    path = request.path
    if request.method not in ("GET", "HEAD") or not path.startswith(("/files/", "/assets/")):
        return None
    from frappe.utils.response import serve_public_file

    try:
        if path.startswith("/files/"):
            return serve_public_file(path.removeprefix("/files/"))
        return serve_asset(path.removeprefix("/assets/"))
    except HTTPException as error:
        return Response("Not found.", status=error.code or 404, mimetype="text/plain")


def serve_asset(path: str) -> Response:
    """Return `<app>/…` from the public folder of an app on this bench, or from `sites/assets`. Raises NotFound."""
    from frappe.utils.paths import asset_root
    from frappe.utils.response import serve_file

    fingerprinted = FINGERPRINTED.search(path) and "/assets/" in f"/{path}"
    lifetime = "public, max-age=31536000, immutable" if fingerprinted else "public, max-age=300"
    root, inner = asset_root(path)
    response = serve_file(root, inner, cache_control=lifetime)
    response.headers.pop("Content-Security-Policy", None)
    response.headers.pop("Content-Disposition", None)
    if inner.endswith((".js", ".mjs")):
        response.mimetype = "text/javascript"
    return response


def sync_database(request: Request) -> None:
    """End the transaction: a write is committed, a read rolled back unless it asked for a commit."""
    if local.db is None:
        return
    if request.method in UNSAFE_HTTP_METHODS or local.flags.commit:
        local.db.commit()
    else:
        local.db.rollback()


def _after(request: Request, response: Response) -> None:
    from frappe.apps import get_attr, get_hooks
    from frappe.whitelist import call

    if local.session_obj is not None and not local.flags.read_only:
        _touch_session()
    for dotted in get_hooks("after_request"):
        call(get_attr(dotted), response=response, request=request)


def _keep_changes(request: Request) -> None:
    """Commit; what the answer said about changes that were not kept is forgotten."""
    try:
        sync_database(request)
    except Exception:
        local.response = _dict(docs=[])
        raise


def _touch_session() -> None:
    try:
        local.session_obj.update()
    except exceptions.DATABASE_TROUBLE:
        # The request is done and kept; the next one of the session will be noted instead.
        local.db.rollback()


def _run_hooks(name: str) -> None:
    from frappe.apps import get_attr, get_hooks

    for dotted in get_hooks(name):
        get_attr(dotted)()


# -- errors -----------------------------------------------------------------------------------------------------------


def answer_http_exception(error: HTTPException) -> Response:
    """Return the answer to an error of the HTTP layer: no such path, body too large, …"""
    _roll_back()
    if isinstance(error, RequestEntityTooLarge):
        error.description = "The body of the request is larger than this site accepts."
    from frappe.utils.response import report_error, wants_json

    status = error.code or 500
    if error.response is not None or status < 400:
        return Response.force_type(error.get_response(local.request.environ))
    if not wants_json():
        return error_page(error, status)
    local.flags.disable_traceback = True
    local.message_log.append(_dict(message=error.description, title=error.name, indicator="red"))
    return report_error(error, status)


def handle_exception(error: Exception) -> Response:
    """Roll back, and return the answer to an error raised while working on a request."""
    from frappe.utils.response import report_error, wants_json

    _roll_back()
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        error = exceptions.DiskFullError(DISK_IS_FULL)
    if isinstance(error, exceptions.Redirect):
        return _redirect(error)
    status = status_of(error)
    if status >= 500:
        log_failure(error)
    if isinstance(error, exceptions.DATABASE_TROUBLE):
        local.message_log.append(_dict(message=str(error), title=_("Not saved"), indicator="red"))
    if isinstance(error, exceptions.AuthenticationError) or local.response.get("session_expired"):
        from frappe.auth import clear_cookies

        clear_cookies()
    if wants_json():
        return report_error(error, status)
    return error_page(error, status)


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error; somebody whose session ran out is told so."""
    status = int(getattr(error, "http_status_code", None) or 500)
    session = local.session_obj
    if status == 403 and session is not None and session.expired and local.session.user == "Guest":
        return 401
    return status


def _roll_back() -> None:
    if local.db is not None:
        local.db.rollback()


def _redirect(error: exceptions.Redirect) -> Response:
    from werkzeug.utils import redirect

    return redirect(local.flags.redirect_location or "/", error.http_status_code)


def log_failure(error: Exception) -> None:
    """Keep what an operator needs to understand a failure: an Error Log record and the log file."""
    from frappe.messages import get_traceback, log_error
    from frappe.utils.logger import get_logger

    get_logger("frappe.web").error("%s %s failed", local.request.method, local.request.path, exc_info=error)
    if local.db is None or isinstance(error, exceptions.DATABASE_TROUBLE):
        return
    text = get_traceback() or repr(error)
    try:
        log_error(title=f"{type(error).__name__}: {error}"[:140].replace("\n", " "), message=text)
        local.db.commit()
    except Exception:
        # The failure may be the database's own; it is in the log file already.
        local.db.rollback()
        get_logger("frappe.web").exception("The Error Log record could not be written.")


PAGE_TITLES = {
    400: _lt("Invalid Request"),
    401: _lt("Session Expired"),
    403: _lt("Not Permitted"),
    404: _lt("Not Found"),
    410: _lt("Link Expired"),
    417: _lt("Not Possible"),
    429: _lt("Too Many Requests"),
    503: _lt("Unavailable"),
    507: _lt("Disk Full"),
}


def error_page(error: Exception, status: int) -> Response:
    """Return an error as a page for people."""
    from frappe.utils import escape_html

    title = str(PAGE_TITLES.get(status) or _("Server Error"))
    text = str(getattr(error, "description", None) or error)
    if status >= 500 and status not in PAGE_TITLES and not isinstance(error, exceptions.DATABASE_TROUBLE):
        text = _("Something went wrong on the server. The error has been logged.")
    try:
        from frappe.website.messages import error_response

        page: Response = error_response(title, escape_html(text), status)
        return page
    except Exception:
        from frappe.utils.logger import get_logger

        get_logger("frappe.web").exception("The error page could not be rendered.")
        html = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{escape_html(text)}</p>"
        return Response(html, status=status, mimetype="text/html")


# -- the response on its way out --------------------------------------------------------------------------------------


def process_response(request: Request, response: Response) -> None:
    """Add cookies, cache rules and security headers to a response."""
    from frappe.rate_limiter import headers as rate_limit_headers

    cacheable = "Cache-Control" in response.headers and "no-store" not in response.headers["Cache-Control"]
    if not cacheable:
        response.headers["Cache-Control"] = NO_CACHE
    if local.get("cookie_manager") is not None and not response.headers.get("Cache-Control", "").startswith("public"):
        local.cookie_manager.flush_cookies(response)
    for name, value in rate_limit_headers().items():
        response.headers[name] = value
    response.headers["X-Frappe-Request-Id"] = request.id
    _add_cors_headers(request, response)
    _harden(response)
    if cacheable and response.status_code == 200 and not response.is_streamed and not response.direct_passthrough:
        response.add_etag()
        response.make_conditional(request)


def _harden(response: Response) -> Response:
    """Add the security headers that a response has not set itself; a page with a policy of its own keeps it."""
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin, strict-origin-when-cross-origin")
    if response.mimetype == "text/html" and "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = "frame-ancestors 'self'; object-src 'none'; base-uri 'self'"
        headers.setdefault("X-Frame-Options", "SAMEORIGIN")
    return response


def _add_cors_headers(request: Request, response: Response) -> None:
    origin = request.headers.get("Origin")
    if not origin or not _origin_is_allowed(origin):
        return
    headers = response.headers
    headers["Access-Control-Allow-Credentials"] = "true"
    headers["Access-Control-Allow-Origin"] = origin
    headers.add("Vary", "Origin")
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = request.headers.get("Access-Control-Request-Method", "")
        headers["Access-Control-Allow-Headers"] = request.headers.get("Access-Control-Request-Headers", "")
        if not local.conf.developer_mode:
            headers["Access-Control-Max-Age"] = "86400"


def _origin_is_allowed(origin: str) -> bool:
    allowed = local.conf.allow_cors
    if not allowed:
        return False
    return bool(allowed == "*" or origin in ([allowed] if isinstance(allowed, str) else allowed))


def log_request(request: Request, response: Response, started: float) -> None:
    """Count a request, and write one JSON line on it.

    Parameters, cookies and headers may be secrets and stay out.
    """
    import json
    import logging

    from frappe.utils.logger import get_logger

    seconds = time.perf_counter() - started
    statements = getattr(local.db, "statement_count", 0) if local.db is not None else 0
    metrics.observe(request.method, response.status_code, seconds, statements)
    logger = get_logger("web", max_size=MAX_LOG_BYTES)
    if not logger.isEnabledFor(logging.INFO):
        return
    entry = {
        "request": request.id,
        "method": request.method,
        "path": SECRET_LIKE.sub("…", request.path[:500]),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "user": local.session.user if local.session else None,
        "ip": local.request_ip,
        "statements": statements,
    }
    logger.info(json.dumps(entry, ensure_ascii=False))


# -- tests ------------------------------------------------------------------------------------------------------------


def get_test_client(use_cookies: bool = True) -> Any:
    """Return a Werkzeug test client for the active site; when it answers, the request is over."""
    from werkzeug.test import Client

    class CompleteClient(Client):
        def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> Any:
            return super().open(*args, buffered=buffered, **kwargs)

    app = make_application(local.site, local.sites_path)
    return CompleteClient(app, Response, use_cookies=use_cookies)
