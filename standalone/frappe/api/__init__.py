"""REST: `/api/…` and `/api/v1/…` (version 1), `/api/v2/…` (version 2).

The URL map is built once. A handler returns the value for `data` (or a finished response); it raises what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, RequestRedirect, Submount
from werkzeug.wrappers import Request, Response

from frappe.context import local

_map: Map | None = None


def url_map() -> Map:
    """Return the map of all routes of both versions."""
    global _map
    if _map is None:
        from frappe.api import v1, v2

        _map = Map(
            [
                Submount("/api", v1.url_rules),
                Submount("/api/v1", v1.url_rules),
                Submount("/api/v2", v2.url_rules),
            ],
            strict_slashes=False,
            merge_slashes=False,
        )
    return _map


def handle(request: Request) -> Response:
    """Return the response to a request for `/api/…`."""
    from frappe.utils.response import build_response

    endpoint, arguments = _match(request)
    data = endpoint(**arguments)
    if isinstance(data, Response):
        return data
    if data is not None:
        local.response["data"] = data
    return build_response("json")


def _match(request: Request) -> tuple[Any, Mapping[str, Any]]:
    adapter = url_map().bind_to_environ(request.environ)
    try:
        return adapter.match()
    except (NotFound, RequestRedirect):
        _no_route(request)


def _no_route(request: Request) -> NoReturn:
    from frappe import exceptions
    from frappe.messages import throw
    from frappe.translate import _
    from frappe.utils import escape_html

    throw(_("There is nothing at {0}.").format(escape_html(request.path)), exceptions.DoesNotExistError)
