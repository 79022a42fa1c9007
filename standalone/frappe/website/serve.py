"""A path of the website → an HTTP response."""

from __future__ import annotations

from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

import frappe
from frappe.context import local
from frappe.website.page_renderers.error_page import ErrorPage, NotFoundPage, NotPermittedPage
from frappe.website.path_resolver import PathResolver

REDIRECTS = (301, 302, 303, 307, 308)


def get_response(path: str | None = None, http_status_code: int = 200) -> Response:
    """Return the response for a path of the website, that of the request by default.

    What may not be seen and what does not exist become pages with status 403 and 404; other errors are the caller's.
    """
    where = path if path is not None else _request_path()
    try:
        return _render(where, http_status_code)
    except frappe.Redirect as error:
        return _redirect(error)
    except frappe.PermissionError as error:
        return NotPermittedPage(where, exception=error).render()
    except (frappe.PageDoesNotExistError, frappe.DoesNotExistError):
        return NotFoundPage(where).render()


def _request_path() -> str:
    return str(local.request.path)


def _render(path: str, http_status_code: int) -> Response:
    _endpoint, renderer = PathResolver(path, http_status_code).resolve()
    response: Response = renderer.render()
    return response


def _redirect(error: Exception) -> Response:
    status = int(error.args[0]) if error.args and str(error.args[0]).isdigit() else 0
    status = status or int(getattr(error, "http_status_code", 0) or 0)
    return redirect(local.flags.redirect_location or "/", status if status in REDIRECTS else 302)


def get_response_content(path: str | None = None, http_status_code: int = 200) -> str:
    """Return the text of the page at a path."""
    return str(get_response(path, http_status_code).get_data(as_text=True))


def get_html_for_route(route: str) -> str:
    """Return the HTML of the page at a route as the current user sees it; for tests."""
    return get_response_content(route)


def get_response_without_exception_handling(path: str, http_status_code: int = 200) -> Response:
    """Return the response for a path; every error is the caller's."""
    return _render(path, http_status_code)


def error_page(path: str, error: Exception, status: int = 500) -> Any:
    """Return the page for an error that nobody expected."""
    return ErrorPage(path, http_status_code=status, exception=error).render()
