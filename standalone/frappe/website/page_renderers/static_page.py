"""Files in an app's `www` folder that are served as they are: pictures, fonts, downloads."""

from __future__ import annotations

import os

from werkzeug.wrappers import Response

from frappe.website.page_renderers.base_renderer import BaseRenderer
from frappe.website.www_files import find_file

RENDERED = frozenset((".html", ".htm", ".md", ".js", ".xml", ".css", ".txt", ".json"))
NEVER_SERVED = frozenset((".py", ".pyc", ".pyo", ".pyi"))


class StaticPage(BaseRenderer):
    """A file of `www` with an ending that no template has."""

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path, http_status_code)
        self.file_path: str | None = None

    def can_render(self) -> bool:
        ending = os.path.splitext(self.path)[1].lower()
        if not ending or ending in RENDERED or ending in NEVER_SERVED:
            return False
        found = find_file((self.path,))
        self.file_path = found.file if found else None
        return self.file_path is not None

    def render(self) -> Response:
        from werkzeug.utils import send_file

        from frappe.context import local

        environ = local.request.environ if local.request else {"REQUEST_METHOD": "GET"}
        return send_file(self.file_path or "", environ, conditional=True, max_age=3600)
