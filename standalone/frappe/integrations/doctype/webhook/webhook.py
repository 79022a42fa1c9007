"""Controller of the DocType Webhook: a call to another service when a document changes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint
from frappe.utils.jinja import validate_template
from frappe.utils.outgoing import session
from frappe.utils.safe_exec import get_safe_globals

SIGNATURE_HEADER = "X-Frappe-Webhook-Signature"
FORM = "Form URL-Encoded"
SUBMIT_EVENTS = ("on_submit", "on_cancel", "on_update_after_submit")
BUSY = (408, 425, 429, 500, 502, 503, 504)
"""Answers after which trying again helps."""
MAX_LOGGED = 10_000


class Webhook(Document):
    """Which event of which DocType calls which URL, with what."""

    if TYPE_CHECKING:
        webhook_doctype: str
        webhook_docevent: str
        condition: str | None
        request_url: str
        is_dynamic_url: int
        request_method: str
        request_structure: str | None
        timeout: int
        background_jobs_queue: str | None
        enable_security: int
        webhook_headers: list[Any]
        webhook_data: list[Any]
        webhook_json: str | None

    def validate(self) -> None:
        self.check_event()
        self.check_url()
        self.check_condition()
        self.check_body()
        if self.enable_security and not self.get("webhook_secret"):
            frappe.throw(_("A signed webhook needs a secret."))

    def check_event(self) -> None:
        submittable = frappe.get_meta(self.webhook_doctype).is_submittable
        if self.webhook_docevent in SUBMIT_EVENTS and not submittable:
            frappe.throw(_("{0} cannot be submitted, so this event never happens.").format(_(self.webhook_doctype)))

    def check_url(self) -> None:
        if self.is_dynamic_url:
            validate_template(self.request_url)
        parts = urlsplit(self.request_url.strip())
        if parts.scheme not in ("http", "https") or not parts.netloc:
            frappe.throw(_("The request URL must begin with http:// or https:// and name a host."))

    def check_condition(self) -> None:
        if not self.condition:
            return
        try:
            frappe.safe_eval(self.condition, eval_locals=context(frappe.new_doc(self.webhook_doctype)))
        except Exception as error:  # an expression can raise anything; its author is told what
            frappe.throw(_("The condition cannot be evaluated: {0}").format(frappe.utils.escape_html(str(error))))

    def check_body(self) -> None:
        """Let a webhook have fields or a text, whatever its structure wants, and each key once."""
        if self.request_structure == FORM:
            self.webhook_json = None
        elif self.request_structure == "JSON":
            validate_template(self.webhook_json or "")
            self.webhook_data = []
        keys = [row.key for row in self.webhook_data]
        if len(keys) != len(set(keys)):
            frappe.throw(_("Two fields have the same key."))
        known = {*frappe.get_meta(self.webhook_doctype).get_valid_columns()}
        known |= {field.fieldname for field in frappe.get_meta(self.webhook_doctype).get_table_fields()}
        for row in self.webhook_data:
            if row.fieldname not in known:
                frappe.throw(_("{0} has no field {1}.").format(_(self.webhook_doctype), row.fieldname))

    def is_met_by(self, doc: Any) -> bool:
        """Tell whether the condition holds; one that fails does not, and is logged rather than raised."""
        if not self.condition:
            return True
        try:
            return bool(frappe.safe_eval(self.condition, eval_locals=context(doc)))
        except Exception:  # somebody else's expression must not keep the document from being saved
            frappe.log_error(title=f"Condition of webhook {self.name}")
            return False

    def url_for(self, doc: Any) -> str:
        return str(frappe.render_template(self.request_url, context(doc)) if self.is_dynamic_url else self.request_url)

    def data_for(self, doc: Any) -> Any:
        """Return what is sent: the chosen fields, or what the text says."""
        if self.webhook_data:
            values = doc.as_dict(convert_dates_to_str=True)
            return {row.key: values.get(row.fieldname) for row in self.webhook_data}
        if self.webhook_json:
            return json.loads(frappe.render_template(self.webhook_json, context(doc)))
        return {}

    def request_for(self, doc: Any) -> tuple[dict[str, str], bytes]:
        """Return the headers and the body of the call."""
        data = self.data_for(doc)
        is_form = self.request_structure == FORM
        body = (urlencode(data) if is_form else json.dumps(data, default=str)).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded" if is_form else "application/json"}
        headers |= {row.key: row.value or "" for row in self.webhook_headers if row.key}
        if self.enable_security:
            headers[SIGNATURE_HEADER] = signature(str(self.get_password("webhook_secret")), body)
        return headers, body


def context(doc: Any) -> dict[str, Any]:
    """Return what conditions and templates of webhooks may use: `doc` and `utils`."""
    return {"doc": doc, "utils": get_safe_globals()["frappe"]["utils"]}


def signature(secret: str, body: bytes) -> str:
    """Return the signature of a body: base64 of its HMAC-SHA256 under the secret."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def send(webhook: str, doc: dict[str, Any]) -> None:
    """Make the call of a webhook for a document as it was, and log what came of it.

    Raises RetryBackgroundJobError when the other side is busy or cannot be reached: trying again helps. A webhook that
    was deleted or switched off meanwhile is let be.
    """
    hook: Any = frappe.db.exists("Webhook", {"name": webhook, "enabled": 1}) and frappe.get_doc("Webhook", webhook)
    if not hook:
        return
    subject = frappe.get_doc(doc)
    log = _new_log(hook, subject)
    try:
        _call(hook, subject, log)
    except (OSError, frappe.RetryBackgroundJobError) as error:
        log.error = f"{type(error).__name__}: {error}"
        log.deferred_insert()  # the job is rolled back, the log stays
        raise frappe.RetryBackgroundJobError(f"Webhook {webhook}: {log.error}") from error
    except frappe.exceptions.DATABASE_TROUBLE:
        raise
    except Exception as error:
        # A template that fails or a forbidden address: trying again does not help, and the log says why.
        log.error = f"{type(error).__name__}: {error}"
    log.insert(ignore_permissions=True)


def _call(hook: Webhook, doc: Any, log: Any) -> None:
    log.url = hook.url_for(doc)
    headers, body = hook.request_for(doc)
    log.headers = json.dumps({key: value for key, value in headers.items() if key.lower() != "authorization"}, indent=1)
    log.data = body.decode()[:MAX_LOGGED]
    answer = session().request(
        hook.request_method, log.url, data=body, headers=headers, timeout=cint(hook.timeout) or 5
    )
    log.response = f"{answer.status_code} {answer.reason}\n{answer.text[:MAX_LOGGED]}"
    if answer.status_code in BUSY:
        raise frappe.RetryBackgroundJobError(f"answered {answer.status_code}")
    if answer.status_code >= 400:
        log.error = f"Answered {answer.status_code} {answer.reason}"


def _new_log(hook: Webhook, doc: Any) -> Any:
    subject = {"reference_doctype": doc.doctype, "reference_document": str(doc.name), "user": frappe.session.user}
    return frappe.get_doc({"doctype": "Webhook Request Log", "webhook": hook.name, **subject})
