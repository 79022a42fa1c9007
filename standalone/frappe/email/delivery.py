"""From a row of the Email Queue to the server.

A row is claimed with a lease before anything is sent, and every step is committed at once: `Not Sent` → `Sending` →
`Sent`, `Partially Sent`, `Not Sent` (to be tried again) or `Error`. Two workers never hold the same row. A worker that
dies leaves its lease behind; when that runs out somebody else goes on with the recipients that are not done. Only what
a server accepted in the very moment of the death is sent again, and it carries the same Message-ID.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.email.accounts import are_emails_muted, find_outgoing
from frappe.email.mime.building import File, add_files, address_field, dump, load, rewrite_texts
from frappe.email.mime.errors import DeliveryError
from frappe.email.sending import UNSUBSCRIBE_PLACE
from frappe.exceptions import DatabaseAwayError
from frappe.jobs.worker import is_alive
from frappe.utils import cint, cstr, get_datetime, now_datetime, parse_addr

LEASE = timedelta(minutes=10)
GIVE_UP_ON_SERVER_AFTER = timedelta(hours=24)
DEFAULT_RETRY_LIMIT = 3
BATCH = 50
RETRY_DELAYS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))
ONE_CLICK = "List-Unsubscribe=One-Click"
"""What a mail program posts to the link in List-Unsubscribe when its user presses a button. Source: RFC 8058."""

_WAITING = (
    "`status` in ('Not Sent', 'Partially Sent') and (`send_after` is null or `send_after` <= %(now)s)"
    " and (`retry_after` is null or `retry_after` <= %(now)s)"
)
_ABANDONED = "`status` = 'Sending' and (`lease_until` < %(utc)s or (`lease_until` is null and `modified` < %(stale)s))"


class ServerUnavailable(DeliveryError):
    """The server could not be reached or does not let us in; no fault of the mail."""

    def __init__(self, reason: str):
        super().__init__(reason, permanent=False)


class Servers:
    """The sessions of one run, one for each account."""

    def __init__(self) -> None:
        self._open: dict[str, Any] = {}

    def __enter__(self) -> Servers:
        return self

    def __exit__(self, *error: object) -> None:
        for server in self._open.values():
            server.quit()

    def of(self, account: Any) -> Any:
        """Return the connected server of an account. Raises ServerUnavailable."""
        key = cstr(account.name or account.email_id)
        try:
            if key not in self._open:
                self._open[key] = account.get_smtp_server()
            self._open[key].session  # noqa: B018 - connects
        except DeliveryError as error:
            raise ServerUnavailable(error.reason) from error
        return self._open[key]


def is_stopped() -> bool:
    """Tell whether no mail shall leave at the moment."""
    return are_emails_muted() or cint(frappe.db.get_default("suspend_email_queue")) == 1


def deliver(name: str, force: bool = False, servers: Servers | None = None) -> str | None:
    """Send one queued mail and return its new status; None when it is not due or somebody else has it.

    Commits. With `force` neither the time nor the number of attempts counts.
    """
    if is_stopped():
        return None
    lease = _claim(name, force)
    if lease is None and give_back_of_the_dead(name):
        lease = _claim(name, force)
    if lease is None:
        return None
    if servers is not None:
        return _Delivery(name, lease, servers).run()
    with Servers() as own:
        return _Delivery(name, lease, own).run()


def pretend(row: Any) -> None:
    """Do everything but the sending, without a commit: how mails leave in tests."""
    for recipient, message in _messages(row, row.recipients):
        frappe.flags.sent_mail = dump(message) if isinstance(message, EmailMessage) else message
        for each in recipient:
            each.db_set("status", "Sent", update_modified=False)
    row.db_set("status", "Sent", update_modified=False)
    _tell_communication(row.communication, "Sent")


# -- the lease --------------------------------------------------------------------------------------------------------


def _utc_now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _claim(name: str, force: bool) -> str | None:
    """Take the row for us if nobody has it, and return the mark of the lease."""
    worker = (frappe.local.job or {}).get("worker")
    lease = f"{worker or ''}|{frappe.generate_hash(length=20)}"
    values = {
        "lease": lease,
        "until": _utc_now() + LEASE,
        "now": now_datetime(),
        "utc": _utc_now(),
        "name": name,
        "stale": now_datetime() - LEASE,
    }
    waiting = "`status` in ('Not Sent', 'Partially Sent', 'Error')" if force else _WAITING
    frappe.db.sql(
        "update `tabEmail Queue` set `status` = 'Sending', `lease_owner` = %(lease)s, `lease_until` = %(until)s"
        f" where `name` = %(name)s and (({waiting}) or ({_ABANDONED}))",
        values,
    )
    frappe.db.commit()
    return lease if frappe.db.get_value("Email Queue", name, "lease_owner") == lease else None


def give_back_of_the_dead(name: str | None = None) -> int:
    """End the leases of workers that were killed (on one mail, or on all) and return how many; commits.

    A mail that was accepted in the last moment of its worker is sent again under the same Message-ID.
    """
    filters = {"status": "Sending", **({"name": name} if name else {})}
    rows = frappe.get_all("Email Queue", filters=filters, fields=["name", "lease_owner"], limit=0)
    locks = Path(frappe.get_site_path("locks"))
    lost = [row.name for row in rows if _is_of_the_dead(cstr(row.lease_owner).partition("|")[0], locks)]
    if lost:
        frappe.db.sql("update `tabEmail Queue` set `lease_until` = '1970-01-01' where `name` in %s", (tuple(lost),))
        frappe.db.commit()
    return len(lost)


def _is_of_the_dead(worker: str, locks: Path) -> bool:
    return bool(worker) and is_alive(worker, locks) is False


def due(limit: int) -> list[str]:
    """Return the names of rows to send now: the important first, then those tried least often, then the oldest."""
    return list(
        frappe.db.sql(
            f"select `name` from `tabEmail Queue` where ({_WAITING}) or ({_ABANDONED})"
            " order by `priority` desc, `retry` asc, `creation` asc limit %(limit)s",
            {"now": now_datetime(), "utc": _utc_now(), "stale": now_datetime() - LEASE, "limit": limit},
            pluck=True,
        )
    )


# -- sending ----------------------------------------------------------------------------------------------------------


class _Delivery:
    """The sending of one claimed row."""

    def __init__(self, name: str, lease: str, servers: Servers):
        self.row = frappe.get_doc("Email Queue", name)
        self.lease = lease
        self.servers = servers

    def run(self) -> str:
        """Send to everybody who is left, and write down how it went."""
        try:
            self._send_to_all()
        except DeliveryError as error:
            frappe.db.rollback()
            return self._end(error)
        except Exception as error:  # whatever it was, the row must not stay in our hands
            frappe.db.rollback()
            frappe.log_error(
                _("A mail could not be sent"), reference_doctype="Email Queue", reference_name=self.row.name
            )
            return self._end(DeliveryError(f"{type(error).__name__}: {error}"[:500], permanent=False))
        return self._end(None)

    def _send_to_all(self) -> None:
        left = [each for each in self.row.recipients if each.status not in ("Sent", "Error")]
        account = self._account()
        override = frappe.get_hooks("override_email_send")
        for recipients, message in _messages(self.row, left):
            self._renew()
            if override:
                for each in recipients:
                    frappe.get_attr(override[-1])(self.row, self.row.sender, each.recipient, message)
                self._record(recipients, {})
            else:
                self._record(recipients, self._hand_over(account, recipients, message))
            self._keep_copy(account, message)

    def _account(self) -> Any:
        name = self.row.email_account
        if name and frappe.db.get_value("Email Account", name, "enable_outgoing"):
            return frappe.get_cached_doc("Email Account", name)
        try:
            return find_outgoing(self.row.sender, self.row.reference_doctype)
        except frappe.OutgoingEmailError as error:
            frappe.clear_last_message()
            raise ServerUnavailable(str(error)) from error

    def _hand_over(self, account: Any, recipients: list[Any], message: EmailMessage) -> dict[str, DeliveryError]:
        server = self.servers.of(account)
        sender = cstr(parse_addr(self.row.sender)[1] or account.email_id)
        refused: dict[str, DeliveryError] = server.send(
            sender, [each.recipient for each in recipients], message.as_bytes()
        )
        return refused

    def _renew(self) -> None:
        """Make sure that the row is still ours, and for long enough."""
        frappe.db.sql(
            "update `tabEmail Queue` set `lease_until` = %s where `name` = %s and `lease_owner` = %s",
            (_utc_now() + LEASE, self.row.name, self.lease),
        )
        frappe.db.commit()
        if frappe.db.get_value("Email Queue", self.row.name, "lease_owner") != self.lease:
            raise DeliveryError("Somebody else took this mail over.", permanent=False)

    def _record(self, recipients: Iterable[Any], refused: dict[str, DeliveryError]) -> None:
        """Write down at once who has the mail, who never will, and who is to be tried again."""
        for each in recipients:
            error = refused.get(each.recipient)
            each.status = "Sent" if error is None else "Error" if error.permanent else "Not Sent"
            each.error = error.reason if error else None
        try:
            self._write_states(recipients)
        except DatabaseAwayError:  # what a server took must be known, or it is sent again
            frappe.db.rollback()
            self._write_states(recipients)

    def _write_states(self, recipients: Iterable[Any]) -> None:
        for status, reason in {(each.status, each.error) for each in recipients}:
            names = tuple(each.name for each in recipients if (each.status, each.error) == (status, reason))
            frappe.db.sql(
                "update `tabEmail Queue Recipient` set `status` = %s, `error` = %s where `name` in %s",
                (status, reason, names),
            )
        frappe.db.commit()

    def _keep_copy(self, account: Any, message: EmailMessage) -> None:
        """Put the mail into the account's folder of sent ones, where it wants that; a failure is only logged."""
        if not cint(account.get("append_emails_to_sent_folder")):
            return
        try:
            account.append_email_to_sent_folder(message.as_bytes())
        except Exception:  # the mail has left: it must not count as unsent for want of a copy
            frappe.db.rollback()
            frappe.log_error(_("A sent mail could not be copied to the server"), reference_doctype="Email Account")
            frappe.db.commit()

    # -- how it went --------------------------------------------------------------------------------------------------

    def _end(self, error: DeliveryError | None) -> str:
        changes = self._verdict(error)
        changes.update(lease_owner=None, lease_until=None, modified=now_datetime())
        assignments = ", ".join(f"`{field}` = %({field})s" for field in changes)
        frappe.db.sql(
            f"update `tabEmail Queue` set {assignments} where `name` = %(row)s and `lease_owner` = %(lease)s",
            {**changes, "row": self.row.name, "lease": self.lease},
        )
        frappe.clear_document_cache("Email Queue", self.row.name)
        _note_account_error(self.row.email_account, error if isinstance(error, ServerUnavailable) else None)
        status = cstr(changes["status"])
        _tell_communication(self.row.communication, status)
        if status == "Error":
            _tell_owner(self.row, cstr(changes["error"]))
        frappe.db.commit()
        return status

    def _verdict(self, error: DeliveryError | None) -> dict[str, Any]:
        """Return the new status, and when to try again if that makes sense."""
        states = [each.status for each in self.row.recipients]
        open_ones = [each for each in self.row.recipients if each.status not in ("Sent", "Error")]
        if not open_ones:
            failed = [f"{each.recipient}: {each.error}" for each in self.row.recipients if each.status == "Error"]
            return {"status": "Error" if failed else "Sent", "error": "\n".join(failed) or None, "retry_after": None}
        reason = error.reason if error else "\n".join(f"{each.recipient}: {each.error}" for each in open_ones)
        attempts = cint(self.row.retry) + (0 if isinstance(error, ServerUnavailable) else 1)
        if (error and error.permanent) or self._is_hopeless(error, attempts):
            return {"status": "Error", "error": reason, "retry": attempts, "retry_after": None}
        return {
            "status": "Partially Sent" if "Sent" in states else "Not Sent",
            "error": reason,
            "retry": attempts,
            "retry_after": now_datetime() + self._pause(error, attempts),
        }

    def _is_hopeless(self, error: DeliveryError | None, attempts: int) -> bool:
        if isinstance(error, ServerUnavailable):
            return self._age() > GIVE_UP_ON_SERVER_AFTER
        return attempts >= (cint(frappe.get_system_settings("email_retry_limit")) or DEFAULT_RETRY_LIMIT)

    def _age(self) -> timedelta:
        since: datetime = max(get_datetime(self.row.creation), get_datetime(self.row.send_after or self.row.creation))
        now: datetime = now_datetime()
        return now - since

    def _pause(self, error: DeliveryError | None, attempts: int) -> timedelta:
        if isinstance(error, ServerUnavailable):
            return min(max(self._age() / 2, timedelta(minutes=1)), timedelta(minutes=30))
        return RETRY_DELAYS[min(attempts, len(RETRY_DELAYS)) - 1]


# -- the message ------------------------------------------------------------------------------------------------------


def _messages(row: Any, recipients: list[Any]) -> Iterable[tuple[list[Any], EmailMessage]]:
    """Yield who gets which message: one for all where they may see each other, else everybody his own."""
    if not recipients:
        return
    files = _files_of(row)
    if row.expose_recipients == "header" and not cint(row.add_unsubscribe_link):
        message = load(cstr(row.message))
        add_files(message, files)
        for start in range(0, len(recipients), BATCH):
            yield recipients[start : start + BATCH], message
        return
    for each in recipients:
        message = load(cstr(row.message))
        _make_personal(message, row, each.recipient)
        add_files(message, files)
        yield [each], message


def _make_personal(message: EmailMessage, row: Any, recipient: str) -> None:
    if row.expose_recipients != "header":
        del message["To"]
        message["To"] = address_field([recipient])
    if not cint(row.add_unsubscribe_link):
        return
    from frappe.email.queue import get_unsubscribe_url

    url = get_unsubscribe_url(row, recipient)
    rewrite_texts(message, lambda text, kind: text.replace(UNSUBSCRIBE_PLACE, _escaped(url, kind)))
    if message["List-Unsubscribe"]:
        message.replace_header("List-Unsubscribe", f"<{url}>")
        if url.startswith("https://") and not row.unsubscribe_method:
            message["List-Unsubscribe-Post"] = ONE_CLICK


def _escaped(url: str, kind: str) -> str:
    return cstr(frappe.utils.escape_html(url)) if kind == "html" else url


def _files_of(row: Any) -> list[File]:
    """Read the files that go with a mail. Raises DeliveryError if one is gone."""
    files = []
    for named in json.loads(row.attachments or "[]"):
        filters = named.get("fid") or {"file_url": cstr(named.get("file_url")).partition("?")[0]}
        found = frappe.db.get_value("File", filters, "name")
        if not found:
            shown = named.get("fname") or named.get("file_url") or named.get("fid")
            raise DeliveryError(f"The attachment {shown} does not exist any more.", permanent=True)
        file = frappe.get_doc("File", found)
        try:
            content = file.get_bytes()
        except (frappe.ValidationError, OSError) as error:
            raise DeliveryError(f"The attachment {file.file_name} cannot be read: {error}", permanent=True) from error
        name = cstr(named.get("fname") or file.file_name)
        files.append(File(name, content, cstr(named.get("content_id"))))
    return files


# -- telling others ---------------------------------------------------------------------------------------------------


def _tell_communication(communication: str | None, status: str) -> None:
    shown = {"Sent": "Sent", "Error": "Error", "Partially Sent": "Sending", "Not Sent": "Sending"}[status]
    if not communication:
        return
    frappe.db.sql(
        "update `tabCommunication` set `delivery_status` = %s where `name` = %s and coalesce(`delivery_status`, '')"
        " not in ('Read', 'Opened', 'Clicked', 'Bounced')",
        (shown, communication),
    )
    frappe.clear_document_cache("Communication", communication)


def _tell_owner(row: Any, reason: str) -> None:
    """Let the one who wrote the mail know that it will not arrive."""
    from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification

    if row.owner in ("Guest", "Administrator"):
        return
    enqueue_create_notification(
        [row.owner],
        {
            "type": "Alert",
            "document_type": row.reference_doctype or "Email Queue",
            "document_name": row.reference_name or row.name,
            "subject": _("A mail could not be delivered: {0}").format(frappe.utils.escape_html(reason[:200])),
            "from_user": "Administrator",
        },
    )


def _note_account_error(account: str | None, error: DeliveryError | None) -> None:
    if not account:
        return
    known = frappe.db.get_value("Email Account", account, "last_outgoing_error")
    reason = error.reason[:500] if error else None
    if cstr(known) != cstr(reason):
        frappe.db.set_value("Email Account", account, "last_outgoing_error", reason, update_modified=False)
