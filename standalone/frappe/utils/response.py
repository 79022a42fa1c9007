"""What goes back over HTTP: the JSON envelopes of both API versions, downloads, pages and files.

`build_response` turns `frappe.local.response` (what the called code left there) into a Werkzeug response.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import re
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from frappe import exceptions
from frappe.context import local
from frappe.types import _dict
from frappe.utils.refusals import refuse
from frappe.utils.serialization import json_handler

Builder = Callable[[], Response]

NEVER_INLINE = frozenset(
    {
        ".svg",
        ".svgz",
        ".html",
        ".htm",
        ".xhtml",
        ".xht",
        ".shtml",
        ".xml",
        ".xsl",
        ".xslt",
        ".mht",
        ".mhtml",
        ".swf",
        ".hta",
    }
)
"""What a browser would run as a document of this site; always offered as a download."""

AS_TEXT = frozenset({".js", ".mjs", ".cjs", ".jsx", ".ts", ".wasm"})
"""Served as plain text, so that an upload cannot become a script of this site."""

FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; sandbox"
UNSANDBOXED = frozenset({"application/pdf"})
"""Browsers refuse to show a PDF inside a sandbox; their viewers have one of their own."""


# -- headers of the request -------------------------------------------------------------------------------------------


def get_request_header(key: str, default: Any = None) -> Any:
    """Return a header of the current request; `default` outside of one."""
    return local.request.headers.get(key, default) if local.request else default


def wants_json() -> bool:
    """Tell whether an error should be answered as JSON rather than as a page."""
    request = local.request
    if request is None:
        return True
    accept = request.headers.get("Accept", "")
    if accept and (local.is_ajax or "application/json" in accept):
        return True
    return bool(request.path.startswith("/api/") and not accept.startswith("text"))


def is_api_v2() -> bool:
    return local.request is not None and local.request.path.startswith("/api/v2/")


# -- JSON -------------------------------------------------------------------------------------------------------------


def json_default(value: Any) -> Any:
    """Return the JSON value of what a response may hold besides plain values; documents drop their nulls."""
    if isinstance(value, datetime.timedelta):
        return timedelta_text(value)
    if isinstance(value, re.Match):
        return value.string
    if isinstance(value, BaseException):
        return repr(value)
    as_dict = getattr(value, "as_dict", None)
    if callable(as_dict) and getattr(value, "doctype", None):
        return as_dict(no_nulls=True)
    return json_handler(value)


def timedelta_text(value: datetime.timedelta) -> str:
    """Return a duration as `H:MM:SS[.ffffff]`, whatever its length."""
    sign = "-" if value < datetime.timedelta() else ""
    value = abs(value)
    seconds = value.days * 86400 + value.seconds
    text = f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{value.microseconds:06}" if value.microseconds else text


def dump_json(value: Any) -> bytes:
    """Return `value` as compact UTF-8 JSON that every browser can read: no NaN, no lone surrogates."""
    try:
        text = json.dumps(value, default=json_default, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError):
        text = json.dumps(_plain(value), default=json_default, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def _plain(value: Any) -> Any:
    """Return `value` with text as keys and without infinite numbers."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int):
        return value
    return _plain(json_default(value))


def as_json_response() -> Response:
    """Return the envelope of the API version that was called."""
    body = _dict(local.response)
    status = int(body.pop("http_status_code", None) or 200)
    body.pop("type", None)
    envelope = _envelope_v2(body) if is_api_v2() else _envelope_v1(body)
    return Response(dump_json(envelope), status=status, mimetype="application/json", content_type="application/json")


def _envelope_v1(body: _dict) -> dict[str, Any]:
    if not body.get("docs"):
        body.pop("docs", None)
    if local.error_log and "exc" not in body:
        body["exc"] = json.dumps([entry["exc"] for entry in local.error_log])
    if local.message_log:
        body["_server_messages"] = json.dumps([_text(message) for message in local.message_log])
    if local.debug_log:
        body["_debug_messages"] = json.dumps(local.debug_log)
    if local.flags.error_message:
        body["_error_message"] = local.flags.error_message
    return body


def _text(value: Any) -> str:
    return dump_json(value).decode()


def _envelope_v2(body: _dict) -> dict[str, Any]:
    for key in ("exc", "exc_type", "exception", "_exc_source"):
        body.pop(key, None)
    if "message" in body and "data" not in body:
        body["data"] = body.pop("message")
    if not body.get("docs"):
        body.pop("docs", None)
    error_ids = {error.get("__frappe_exc_id") for error in body.get("errors") or ()} - {None}
    messages = [m for m in local.message_log if m.get("__frappe_exc_id") not in error_ids]
    if messages:
        body["messages"] = [_without_id(message) for message in messages]
    if body.get("errors"):
        body["errors"] = [_without_id(error) for error in body["errors"]]
    if local.debug_log:
        body["debug"] = [{"message": text} for text in local.debug_log]
    return body


def _without_id(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "__frappe_exc_id"}


# -- errors -----------------------------------------------------------------------------------------------------------


def report_error(error: BaseException, status: int) -> Response:
    """Return the JSON answer to `error` in the envelope of the API version that was called."""
    local.response["http_status_code"] = status
    shows_traceback = status != 404 and _tracebacks_allowed() and not local.flags.disable_traceback
    if is_api_v2():
        local.response["errors"] = [_error_v2(error, shows_traceback)]
    else:
        _report_v1(error, shows_traceback)
    local.response.pop("type", None)
    local.response["docs"] = []
    return as_json_response()


def _report_v1(error: BaseException, shows_traceback: bool) -> None:
    local.response["exc_type"] = exception_name(error)
    if not shows_traceback:
        local.error_log.clear()
        return
    import traceback

    local.response["exception"] = exception_line(error)
    text = "".join(traceback.format_exception(error))
    local.response["exc"] = json.dumps([text, *(entry["exc"] for entry in local.error_log)])


def _error_v2(error: BaseException, shows_traceback: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": exception_name(error)}
    if shows_traceback:
        import traceback

        entry["exception"] = "".join(traceback.format_exception(error))
    exc_id = getattr(error, "__frappe_exc_id", None)
    thrown = next((m for m in local.message_log if exc_id and m.get("__frappe_exc_id") == exc_id), None)
    if thrown is not None:
        entry.update(thrown)
    elif message := local.response.pop("message", None) or local.flags.error_message:
        entry["message"] = message
    return entry


def exception_name(error: BaseException) -> str:
    return type(error).__name__


def exception_line(error: BaseException) -> str:
    """Return `module.Class: text`, the last line of a traceback."""
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"{module}{kind.__qualname__}: {error}"


def _tracebacks_allowed() -> bool:
    if not local.db:
        return False
    from frappe.utils.site_settings import get_system_settings

    allowed = get_system_settings("allow_error_traceback")
    return True if allowed is None else bool(int(allowed))


# -- response types ---------------------------------------------------------------------------------------------------


def build_response(response_type: str | None = None) -> Response:
    """Return the response of the kind `frappe.response["type"]` (or `response_type`) says."""
    kind = local.response.get("type") or response_type or "json"
    builder = BUILDERS.get(kind)
    if builder is None:
        raise exceptions.ValidationError(f"There is no response type {kind!r}; known are {', '.join(BUILDERS)}.")
    return builder()


def as_csv() -> Response:
    """`result` as a download named after `doctype`."""
    return _download(f"{local.response.doctype}.csv", str(local.response.result or ""), "text/csv", "attachment")


def as_txt() -> Response:
    """`result` as a text file named after `doctype`."""
    return _download(f"{local.response.doctype}.txt", str(local.response.result or ""), "text/plain", "attachment")


def as_raw() -> Response:
    """`filecontent` as the file `filename`, a download unless `display_content_as` is `inline`."""
    response = local.response
    return _download(
        str(response.filename or "download"),
        response.filecontent,
        response.content_type,
        response.display_content_as or "attachment",
    )


def as_binary() -> Response:
    """`filecontent` as the file `filename`; a download unless asked otherwise."""
    return as_raw()


def as_pdf() -> Response:
    """`filecontent` as a PDF shown in the browser."""
    response = local.response
    shown = response.display_content_as or "inline"
    return _download(str(response.filename or "document.pdf"), response.filecontent, "application/pdf", shown)


def as_page() -> Response:
    """The website page `route`."""
    from frappe.website.serve import get_response

    page: Response = get_response(local.response.route, http_status_code=local.response.http_status_code or 200)
    return page


def redirect() -> Response:
    """A redirect to `location`, with status 302 unless `http_status_code` says otherwise."""
    from werkzeug.utils import redirect as werkzeug_redirect

    status = int(local.response.http_status_code or 302)
    return werkzeug_redirect(_header_text(str(local.response.location or "/")), status)


BUILDERS: dict[str, Builder] = {
    "csv": as_csv,
    "txt": as_txt,
    "download": as_raw,
    "binary": as_binary,
    "pdf": as_pdf,
    "page": as_page,
    "redirect": redirect,
    "json": as_json_response,
}


def _download(filename: str, content: Any, content_type: str | None, disposition: str) -> Response:
    extension = os.path.splitext(filename)[1].lower()
    mimetype = content_type or guess_content_type(filename)
    if disposition != "inline" or extension in NEVER_INLINE or _is_active(mimetype):
        disposition = "attachment"
    response = Response(content if content is not None else b"", mimetype=_header_text(mimetype))
    response.headers.set("Content-Disposition", disposition, filename=_header_text(filename))
    _add_file_headers(response)
    return response


def _header_text(text: str) -> str:
    """Return `text` without control characters, which would end a header."""
    return "".join(char for char in text if char.isprintable())


def _is_active(content_type: str) -> bool:
    return any(word in content_type.lower() for word in ("html", "svg", "xml", "javascript", "ecmascript"))


def guess_content_type(path: str) -> str:
    """Return the content type a file is served with."""
    import mimetypes

    extension = os.path.splitext(path)[1].lower()
    if extension in AS_TEXT:
        return "text/plain"
    return mimetypes.guess_type(path, strict=False)[0] or "application/octet-stream"


def _add_file_headers(response: Response) -> None:
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype not in UNSANDBOXED:
        response.headers["Content-Security-Policy"] = FILE_POLICY


# -- files ------------------------------------------------------------------------------------------------------------


def serve_file(root: str, path: str, *, cache_control: str, download_name: str | None = None) -> Response:
    """Return the file `path` below `root`, with ranges and conditional requests; raises NotFound.

    Links that lead out of `root` and anything that climbs out of it are not found.
    """
    full = _path_below(root, path)
    name = download_name or os.path.basename(path)
    content_type = guess_content_type(name)
    attach = os.path.splitext(name)[1].lower() in NEVER_INLINE
    response = send_file(
        full,
        local_environ(),
        mimetype=content_type,
        as_attachment=attach,
        download_name=_header_text(name),
        conditional=True,
        etag=True,
    )
    response.headers["Cache-Control"] = cache_control
    _add_file_headers(response)
    return response


def local_environ() -> dict[str, Any]:
    environ: dict[str, Any] = local.request.environ if local.request is not None else {}
    return environ


def _path_below(root: str, path: str) -> str:
    full = None if "\x00" in path else safe_join(root, path)
    if full is None or not _is_plain_file(full):
        raise NotFound
    real_root = os.path.realpath(root)
    if os.path.commonpath([real_root, os.path.realpath(full)]) != real_root:
        raise NotFound
    return os.path.abspath(full)


def _is_plain_file(path: str) -> bool:
    try:
        return os.path.isfile(path)
    except (OSError, ValueError):  # a name the file system cannot have
        return False


def serve_public_file(path: str) -> Response:
    """Return a public upload of the site (`/files/…`)."""
    from frappe.config import get_site_path

    return serve_file(get_site_path("public", "files"), path, cache_control="public, max-age=300")


def download_private_file(path: str) -> Response:
    """Return a private upload (`/private/files/…`) to somebody who may read a File record of that address."""
    if local.session.user == "Guest":
        refuse("Log in to open this file.", exceptions.PermissionError)
    if not any(file.is_downloadable() for file in _files_at(path)):
        refuse("You may not open this file.", exceptions.PermissionError)
    return send_private_file(path.removeprefix("/private/files/"))


def _files_at(path: str) -> list[Any]:
    from frappe.model.db_query import get_all
    from frappe.model.document import get_doc

    filters: dict[str, Any] = {"file_url": path}
    if fid := local.form_dict.get("fid"):
        filters["name"] = str(fid)
    return [get_doc("File", name) for name in get_all("File", filters=filters, pluck="name", limit=50)]


def send_private_file(path: str) -> Response:
    """Return a file below `private/files`, without asking whether the caller may read it."""
    from frappe.config import get_site_path

    return serve_file(get_site_path("private", "files"), path, cache_control="private, no-cache")


def download_backup(path: str) -> Response:
    """Return a backup (`/backups/…`); Administrator and System Managers only."""
    from frappe.config import get_site_path
    from frappe.permissions import get_roles

    if local.session.user == "Guest" or not {"Administrator", "System Manager"} & set(get_roles()):
        refuse("Only System Managers may download backups.", exceptions.PermissionError)
    name = path.removeprefix("/backups").lstrip("/")
    return serve_file(get_site_path("private", "backups"), name, cache_control="no-store")
