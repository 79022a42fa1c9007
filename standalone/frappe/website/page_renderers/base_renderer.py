"""What every renderer has: a path, a status, and the making of a response."""

from __future__ import annotations

import mimetypes
import posixpath
from typing import Any

from werkzeug.wrappers import Response

from frappe.context import local


class BaseRenderer:
    """Base class for renderers; a subclass says what it `can_render` and how to `render`."""

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        self.headers: dict[str, str] = {}
        self.http_status_code = http_status_code or 200
        self.path = (path if path is not None else local.request.path).strip("/ ")
        self.basepath = ""
        self.basename = posixpath.basename(self.path)

    def can_render(self) -> bool:
        """Tell whether this renderer answers the path."""
        raise NotImplementedError

    def render(self) -> Response:
        """Return the response."""
        raise NotImplementedError

    def build_response(self, data: Any, http_status_code: int | None = None, headers: Any = None) -> Response:
        """Return a response with `data` as its body; the type follows the ending of the path."""
        response = Response(data, status=http_status_code or self.http_status_code)
        response.mimetype = self._mimetype()
        for kind, addresses in (local.get("preload_assets") or {}).items():
            for address in addresses:
                response.headers.add("Link", f"<{address}>; rel=preload; as={kind}")
        response.headers.extend({**self.headers, **(headers or {})})
        return response

    def _mimetype(self) -> str:
        guessed, _encoding = mimetypes.guess_type(self.path)
        if guessed and self.path.rpartition(".")[2] not in ("md", "com"):
            return guessed
        return "text/html"
