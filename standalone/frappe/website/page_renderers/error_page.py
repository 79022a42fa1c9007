"""Pages for what went wrong: not found, not permitted, and the rest."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from frappe.context import local
from frappe.translate import _, _lt
from frappe.utils.strings import escape_html
from frappe.website.page_renderers.base_template_page import CSRF_MARKER, BaseTemplatePage

TEMPLATE = "templates/message_page.html"


class MessagePage(BaseTemplatePage):
    """A page with a title, a text and a way on."""

    title: Any = ""
    message: Any = ""
    status = 200

    def __init__(
        self,
        path: str | None = None,
        http_status_code: int | None = None,
        *,
        title: str | None = None,
        message: str | None = None,
        exception: Exception | None = None,
    ):
        super().__init__(path, http_status_code or self.status)
        self.given_title = title
        self.given_message = message
        self.exception = exception

    def can_render(self) -> bool:
        return True

    def get_html(self) -> str:
        self.init_context()
        self.context.title = self.given_title or str(self.title)
        self.context.message = self.given_message or self._message()
        self.context.http_status_code = self.http_status_code
        self.context.indicator_color = "red" if self.http_status_code >= 400 else "blue"
        return self.render_template(TEMPLATE)

    def add_csrf_token(self, html: str) -> str:
        """A message sends nothing, so it needs no token; giving one out would bind scripts that met an error."""
        return html.replace(CSRF_MARKER, "")

    def _message(self) -> str:
        return str(self.message)

    def _mimetype(self) -> str:
        return "text/html"


class NotFoundPage(MessagePage):
    """404."""

    status = 404
    title = _lt("Not Found")
    message = _lt("There is no page here. It may have been moved, or the link may be incomplete.")

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path, 404)


class NotPermittedPage(MessagePage):
    """403: guests are offered to log in, others told what happened."""

    status = 403
    title = _lt("Not Permitted")
    message = _lt("You may not see this page. Another account may have access to it.")

    def __init__(
        self, path: str | None = None, http_status_code: int | None = None, exception: Exception | None = None
    ):
        super().__init__(path, 403, exception=exception)

    def _message(self) -> str:
        if local.session.user == "Guest":
            return _("Please log in to see this page.")
        return escape_html(str(self.exception)) if self.exception and str(self.exception) else str(self.message)

    def render(self) -> Response:
        if local.session.user == "Guest":
            from frappe.website.utils import login_link

            self.context.update({"primary_action": login_link(self.path), "primary_label": _("Log In")})
        return super().render()


class ErrorPage(MessagePage):
    """500 and everything else."""

    status = 500
    title = _lt("Server Error")
    message = _lt("Something went wrong on the server. The error has been logged.")
