"""The pages for people without an account, made on the server; they work without JavaScript.

Addresses with a secret say nothing of it to other sites, are in no search engine and are kept by no cache.
"""

import mimetypes
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cint, get_url
from frappe.website.page_renderers.base_renderer import BaseRenderer
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from helpdesk.conversation.rendering import text_of
from helpdesk.guests import limits, links, requests, tracking, uploads, widget
from helpdesk.guests.links import Holder
from helpdesk.knowledge_base import articles, public
from helpdesk.satisfaction import survey
from helpdesk.settings import get_settings
from helpdesk.tickets.reference import reference_of

TEMPLATES = "helpdesk/templates/guests"
SCRIPT = Path(__file__).parents[1] / "public" / "widget.js"
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
FILE_POLICY = "default-src 'none'; sandbox"
PICTURES_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
MISTAKES = (frappe.ValidationError, frappe.PermissionError)
NOTHING_DONE = 422
LONGEST_FEEDBACK = 2000

Answer = tuple[str, dict[str, Any], int]
"""A template, what it shows, and the status of the response."""


class GuestPages(BaseRenderer):
    """Answers `/support…`, `/t/…`, `/csat/…`, votes on articles and the widget's addresses, before `www` is asked."""

    def can_render(self) -> bool:
        return self._route() is not None

    def render(self) -> Response:
        route = self._route()
        if route is None:
            raise frappe.DoesNotExistError
        page, arguments = route
        return page(*arguments)

    def _route(self) -> tuple[Callable[..., Response], tuple[str, ...]] | None:
        # As it was asked for: the framework takes blanks from the ends, and a secret has none. Jobs ask for no page.
        request = getattr(frappe.local, "request", None)
        path = str(request.path) if request else ""
        for pattern, page in ROUTES:
            match = pattern.fullmatch(path)
            if match:
                return page, match.groups()
        return None


# -- the making of a response -----------------------------------------------------------------------------------------


def respond(template: str, values: dict[str, Any], status: int = 200, *, ancestors: str = "'none'") -> Response:
    """Return a page. Whatever the framework had to say on the way is in the page already."""
    shown = {
        "favicon": get_settings().favicon,
        "csrf_token": (frappe.session.data or {}).get("csrf_token") or "",
        "is_open": bool(get_settings().allow_anyone_to_create_tickets),
        "error": "",
        "trap": requests.TRAP,
        "accepted": uploads.accepted(),
        **values,
    }
    html = frappe.render_template(f"{TEMPLATES}/{template}.html", shown)
    frappe.clear_messages()
    headers = {**PRIVATE, "Content-Security-Policy": POLICY.format(ancestors=ancestors)}
    return Response(html, status=status, headers=headers, mimetype="text/html")


def go_to(path: str) -> Response:
    """Return the way to a page that shows what a form has done."""
    response = redirect(path, 303)
    response.headers.update(PRIVATE)
    return response


def is_sent() -> bool:
    return str(frappe.local.request.method) == "POST"


def undo(error: Exception) -> tuple[str, int]:
    """Undo what a form has done until it failed; return what to say, and the status."""
    frappe.db.rollback()
    status = cint(getattr(error, "http_status_code", 0))
    if isinstance(error, frappe.RateLimitExceededError):
        status = 429
    return text_of(str(error)), status if 400 <= status < 500 and status != 417 else NOTHING_DONE


def head(title: str, path: str = "/support", *, is_indexed: bool = False) -> dict[str, Any]:
    return {"page": public.page(title, title, path, is_indexed=is_indexed)}


def chosen_files() -> list[Any]:
    return list(frappe.local.request.files.getlist("files"))


def form() -> dict[str, Any]:
    return dict(frappe.form_dict)


def answers(question: str) -> list[dict[str, Any]]:
    """Return articles that everybody may read."""
    return public.answers(question) if get_settings().public_knowledge_base else []


# -- writing ----------------------------------------------------------------------------------------------------------


def welcome() -> Response:
    requests.require_open()
    question = requests.line(form().get("q"))
    return respond(
        "welcome",
        {**head(_("How can we help?"), is_indexed=not question), "question": question, "answers": answers(question)},
    )


def new() -> Response:
    requests.require_open()
    if frappe.session.user != "Guest":
        return go_to("/helpdesk/my-tickets/new")
    error, status = "", 200
    if is_sent():
        try:
            return go_to(f"/support/sent{_filed(form())}")
        except MISTAKES as mistake:
            error, status = undo(mistake)
    return respond("new", {**head(_("Write to us"), "/support/new"), **_filled_in(), "error": error}, status)


def _filed(sent: dict[str, Any], **defaults: str) -> str:
    """File a request and return its number as a query; nothing is filed for a machine, which is not told so."""
    if str(sent.get(requests.TRAP) or "").strip():
        frappe.logger("helpdesk").warning("A request of a machine was left out")
        return ""
    request = requests.read(sent)
    if defaults:
        chosen = request.ticket_type or requests.known_type(defaults["ticket_type"])
        request = replace(request, ticket_type=chosen, team=defaults["team"])
    return f"?number={requests.submit(request, chosen_files()).name}"


def _filled_in() -> dict[str, Any]:
    """Return the form as it was left, and what the knowledge base has to say on its subject."""
    sent = form()
    values = {name: str(sent.get(name) or "") for name in ("name", "email", "subject", "description", "ticket_type")}
    return {"values": values, "types": requests.types(), "answers": answers(requests.line(values["subject"]))}


def sent_page() -> Response:
    requests.require_open()
    return respond("sent", {**head(_("Thank you")), **_receipt()})


def _receipt() -> dict[str, Any]:
    number = str(form().get("number") or "")
    is_mailed = not get_settings().skip_email_workflow
    is_number = number.isascii() and number.isdigit()
    return {"number": reference_of(number) if is_number else "", "is_mailed": is_mailed}


def track() -> Response:
    """Take the wish for a link. The answer tells nobody whether there is such a request."""
    error, status, is_done = "", 200, False
    if is_sent():
        try:
            requests.ask_for_link(form().get("reference"), form().get("email"))
            is_done = True
        except MISTAKES as mistake:
            error, status = undo(mistake)
    values = {"reference": str(form().get("reference") or ""), "email": str(form().get("email") or "")}
    shown = {**head(_("Follow your request"), "/support/track"), "values": values, "is_done": is_done, "error": error}
    return respond("track", shown, status)


# -- following --------------------------------------------------------------------------------------------------------


def ticket(token: str) -> Response:
    holder = links.find(token)
    if holder is None:
        return gone()
    if not is_sent():
        return _ticket_page(holder, token)
    try:
        _act(holder, form())
    except MISTAKES as mistake:
        error, status = undo(mistake)
        again = links.find(token)
        return _ticket_page(again, token, error, status) if again else gone()
    return go_to(f"/t/{token}#end")


def _act(holder: Holder, sent: dict[str, Any]) -> None:
    action = str(sent.get("action") or "")
    if action == "reply":
        tracking.reply(holder, sent.get("message"), chosen_files())
    elif action == "close":
        tracking.close(holder)
    elif action == "rate":
        tracking.rate(holder, sent.get("stars"), sent.get("feedback"))
    else:
        frappe.throw(_("This form is incomplete. Please load the page again."))


def _ticket_page(holder: Holder, token: str, error: str = "", status: int = 200) -> Response:
    shown = tracking.describe(holder, f"/t/{token}")
    title = _("Request {0}").format(shown["reference"])
    message = str(form().get("message") or "") if error else ""
    return respond("ticket", {**head(title, "/support/track"), **shown, "error": error, "message": message}, status)


def file(token: str, name: str) -> Response:
    """Return a file of a message; only pictures are ever shown, everything else is saved."""
    holder = links.find(token)
    if holder is None:
        return gone()
    try:
        found = tracking.file(holder, name)
        content = found.get_content()
    except (frappe.DoesNotExistError, OSError):
        frappe.clear_messages()
        return gone()
    guessed = mimetypes.guess_type(found.file_name or "")[0] or ""
    is_shown = guessed in PICTURES_SHOWN
    disposition = f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{quote(found.file_name or 'file')}"
    headers = {**PRIVATE, "Content-Security-Policy": FILE_POLICY, "Content-Disposition": disposition}
    return Response(content, headers=headers, mimetype=guessed if is_shown else "application/octet-stream")


def gone() -> Response:
    """Return the same page for a link that never was, has expired or was revoked."""
    frappe.logger("helpdesk").info("A secret link that does not work was tried")
    return respond("gone", head(_("This link does not work")), 404)


# -- rating ----------------------------------------------------------------------------------------------------------


def csat(key: str) -> Response:
    """Show and take a requester's answer. A link may choose the stars; only the form stores anything."""
    found = survey.find(key)
    if found is None:
        return respond("csat", {**head(_("This link does not work")), "state": "unknown"}, 404)
    error, status = "", 200
    if is_sent():
        sent = form()
        try:
            text = str(sent.get("feedback") or "").replace("\x00", "").strip()[:LONGEST_FEEDBACK]
            survey.answer(found, survey.Answer(cint(sent.get("stars")), str(sent.get("option") or "") or None, text))
            return go_to(f"/csat/{key}")
        except MISTAKES as mistake:
            error, status = undo(mistake)
            found.reload()
    return _csat_page(found, key, error, status)


def _csat_page(ticket: Any, key: str, error: str, status: int) -> Response:
    asked = form()
    stars = cint(asked.get("stars") or asked.get("r"))
    shown = survey.describe(ticket, stars)
    if shown["may_answer"] and (stars or not shown["is_answered"]):
        state = "open"
    else:
        state = "answered" if shown["is_answered"] else "expired"
    reference = reference_of(ticket.name)
    values = {**head(_("How was our help?")), **shown, "state": state, "reference": reference, "key": key}
    return respond("csat", {**values, "error": error}, status)


def csat_stop(key: str) -> Response:
    """Ask before somebody is never asked again: scanners of mails open links, too."""
    found = survey.find(key)
    if found is None:
        return respond("csat", {**head(_("This link does not work")), "state": "unknown"}, 404)
    if is_sent():
        survey.opt_out(found)
        return go_to(f"/csat/{key}/stop?done=1")
    state = "stopped" if form().get("done") else "stop"
    return respond("csat", {**head(_("No more questions?")), "state": state, "key": key})


# -- reading ----------------------------------------------------------------------------------------------------------


def vote(name: str) -> Response:
    """Take a reader's word on whether an article helped. From one place, an article gets one vote a day of guests."""
    public.require_public()
    article = public.article(name)["name"]
    value = cint(form().get("value"))
    path = f"{public.article_path(article)}?voted=1#helpful"
    if not is_sent() or value not in (articles.LIKE, articles.DISLIKE):
        return go_to(public.article_path(article))
    if frappe.session.user != "Guest":
        articles.vote(article, frappe.session.user, value)
    elif limits.times("vote", f"{limits.caller()}:{article}", limits.DAY) == 1:
        articles.count_vote(article, value)
    return go_to(path)


# -- the widget -------------------------------------------------------------------------------------------------------


def widget_frame(key: str) -> Response:
    widget.require_widget(key)
    error, status = "", 200
    path = f"/widget/{key}"
    if is_sent():
        try:
            return go_to(f"{path}/sent{_filed(form(), **widget.defaults())}")
        except MISTAKES as mistake:
            error, status = undo(mistake)
    question = requests.line(form().get("q"))
    shown = {
        **head(widget.texts()["greeting"]),
        **_filled_in(),
        "question": question,
        "answers": answers(question),
        "path": path,
        "error": error,
        "greeting": widget.texts()["greeting"],
        "is_writing": bool(error or form().get("write")),
    }
    return _framed("widget", shown, status)


def widget_sent(key: str) -> Response:
    widget.require_widget(key)
    return _framed("widget_sent", {**head(_("Thank you")), **_receipt(), "path": f"/widget/{key}"})


def _framed(template: str, values: dict[str, Any], status: int = 200) -> Response:
    ancestors = " ".join(["'self'", *widget.domains()])
    return respond(template, {**values, "site": get_url("/support")}, status, ancestors=ancestors)


def widget_script() -> Response:
    """Return the script that other websites load; it is the same for everybody."""
    headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(SCRIPT.read_bytes(), headers=headers, mimetype="text/javascript")


ROUTES: tuple[tuple[re.Pattern[str], Callable[..., Response]], ...] = (
    (re.compile(r"/support/?"), welcome),
    (re.compile(r"/support/new"), new),
    (re.compile(r"/support/sent"), sent_page),
    (re.compile(r"/support/track"), track),
    (re.compile(r"/t/([^/]*)"), ticket),
    (re.compile(r"/t/([^/]*)/files/([^/]+)"), file),
    (re.compile(r"/csat/([0-9a-f-]{36})"), csat),
    (re.compile(r"/csat/([0-9a-f-]{36})/stop"), csat_stop),
    (re.compile(r"/kb/articles/([^/]+)/vote"), vote),
    (re.compile(r"/widget\.js"), widget_script),
    (re.compile(r"/widget/([^/]+)"), widget_frame),
    (re.compile(r"/widget/([^/]+)/sent"), widget_sent),
)
