"""What happens to the Email Queue as a whole: flushing, stopping, clearing – and unsubscribing from what it sends."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.email import delivery
from frappe.utils import add_days, cint, cstr, escape_html, get_url, now_datetime
from frappe.utils.verified_command import get_signed_params, verify_request

DEFAULT_BATCH = 500
MANY_FAILURES, FAILING_SHARE = 10, 0.33
DEFAULT_RETENTION_DAYS = 30
UNSUBSCRIBE_METHOD = "/api/method/frappe.email.queue.unsubscribe"


# -- sending ----------------------------------------------------------------------------------------------------------


def flush() -> None:
    """Send what is due. Runs on every tick of the scheduler; what was just queued does not wait for it."""
    if delivery.is_stopped():
        return
    delivery.give_back_of_the_dead()
    sent = failed = 0
    with delivery.Servers() as servers:
        for name in delivery.due(cint(frappe.conf.email_queue_batch_size) or DEFAULT_BATCH):
            status = delivery.deliver(name, servers=servers)
            sent += status is not None
            failed += status in ("Not Sent", "Error")
            if failed > MANY_FAILURES and failed > sent * FAILING_SHARE:
                frappe.log_error(
                    title=_("Sending mails was interrupted"),
                    message=_("{0} of {1} mails could not be sent. The rest waits for the next run.").format(
                        failed, sent
                    ),
                )
                frappe.db.commit()
                return


def send_now(name: str, force_send: bool = False) -> str | None:
    """Send one queued mail at once; returns its new status."""
    return delivery.deliver(name, force=True)


def retry_sending_emails() -> None:
    """Send what failed with a server that was not there; leases of dead workers are taken over by `flush` as well."""
    flush()


def get_emails_sent_this_month(email_account: str | None = None) -> int:
    return _count_since(now_datetime().replace(day=1, hour=0, minute=0, second=0, microsecond=0), email_account)


def get_emails_sent_today(email_account: str | None = None) -> int:
    """Return how many mails were taken by a server in the last 24 hours."""
    return _count_since(add_days(now_datetime(), -1), email_account)


def _count_since(moment: Any, email_account: str | None) -> int:
    filters: dict[str, Any] = {"status": "Sent", "creation": [">", moment]}
    if email_account:
        filters["email_account"] = email_account
    return int(frappe.db.count("Email Queue", filters))


def clear_queue() -> None:
    """Forget mails older than the retention; those that wait to be sent stay."""
    from frappe.email.doctype.email_queue.email_queue import EmailQueue

    EmailQueue.clear_old_logs(cint(frappe.conf.email_queue_retention_days) or DEFAULT_RETENTION_DAYS)


# -- unsubscribing ----------------------------------------------------------------------------------------------------


def get_unsubscribe_url(row: Any, email: str) -> str:
    """Return the signed link by which a recipient stops mails about the document of a queued mail."""
    params = {"email": email, "doctype": cstr(row.reference_doctype), "name": cstr(row.reference_name)}
    params.update(json.loads(row.unsubscribe_param or "{}"))
    method = cstr(row.unsubscribe_method) or UNSUBSCRIBE_METHOD
    return get_url(f"{method}?{get_signed_params(params)}")


def get_unsubcribed_url(
    reference_doctype: str, reference_name: str, email: str, unsubscribe_method: str, unsubscribe_params: Any
) -> str:
    """Return the signed link to unsubscribe, for apps that build their own mails."""
    params = {"email": email, "doctype": reference_doctype, "name": reference_name, **(unsubscribe_params or {})}
    return get_url(f"{unsubscribe_method}?{get_signed_params(params)}")


@frappe.whitelist(allow_guest=True)
def unsubscribe(doctype: str, name: str, email: str) -> None:
    """Stop mails about a document to an address, on a page that needs no login; the link carries the proof."""
    if not verify_request():
        return
    unsubscribed = frappe.db.exists(
        "Email Unsubscribe", {"email": email, "reference_doctype": doctype, "reference_name": name}
    )
    if not unsubscribed:
        values = {"email": email, "reference_doctype": doctype, "reference_name": name}
        frappe.get_doc({"doctype": "Email Unsubscribe", **values}).insert(ignore_permissions=True)
        frappe.local.flags.commit = True
    return_unsubscribed_page(email, doctype, name)


def return_unsubscribed_page(email: str, doctype: str, name: str) -> None:
    """Make the response a page that confirms it."""
    frappe.respond_as_web_page(
        _("Unsubscribed"),
        _("{0} gets no more mails about {1} {2}.").format(
            frappe.bold(escape_html(email)), escape_html(_(doctype)), escape_html(cstr(name))
        ),
        indicator_color="green",
    )
