"""Recognising mail that no person wrote, so that it is never answered by a machine (RFC 3834 and customs)."""

from __future__ import annotations

import re
from email.message import Message
from typing import Literal, NamedTuple

from frappe.email.mime.headers import decode_header, normalize_message_id

Kind = Literal["bounce", "report", "auto-reply", "auto-generated", "bulk"]

_ROBOTS = re.compile(
    r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|auto-?(reply|responder))([+._=-].*)?@.*"
)
_PRECEDENCE: dict[str, Kind] = {"bulk": "bulk", "list": "bulk", "junk": "bulk", "auto_reply": "auto-reply"}
_SUPPRESS = re.compile(r"\b(all|oof|autoreply)\b")
_MARKS: dict[str, Kind] = {
    "X-Autoreply": "auto-reply",
    "X-Autorespond": "auto-reply",
    "X-Autoresponse": "auto-reply",
    "X-Mail-Autoreply": "auto-reply",
    "X-Auto-Generated": "auto-generated",
    "X-FC-MachineGenerated": "auto-generated",
    "isnotification": "auto-generated",
    "List-Id": "bulk",
    "List-Unsubscribe": "bulk",
    "Feedback-ID": "bulk",
}


class Automatic(NamedTuple):
    """What kind of automatic mail it is, and the mark that says so."""

    kind: Kind
    reason: str


def recognize(message: Message, sender: str) -> Automatic | None:
    """Return why a mail counts as automatic, None if a person seems to have written it."""
    return (
        _report(message)
        or _auto_submitted(message)
        or _precedence(message)
        or _marked(message)
        or _suppressing(message)
        or _null_sender(message)
        or _robot(sender)
    )


def _field(message: Message, name: str) -> str:
    return decode_header(message.get(name, "")).strip().lower()


def _report(message: Message) -> Automatic | None:
    content_type = _field(message, "Content-Type")
    if not content_type.startswith("multipart/report"):
        return None
    kind: Kind = "bounce" if "delivery-status" in content_type else "report"
    return Automatic(kind, "multipart/report")


def _auto_submitted(message: Message) -> Automatic | None:
    value = re.split(r"[;\s]", _field(message, "Auto-Submitted"))[0]
    if not value or value == "no":
        return None
    kind: Kind = "auto-reply" if value == "auto-replied" else "auto-generated"
    return Automatic(kind, f"Auto-Submitted: {value[:40]}")


def _precedence(message: Message) -> Automatic | None:
    for name in ("Precedence", "X-Precedence"):
        value = _field(message, name)
        if value in _PRECEDENCE:
            return Automatic(_PRECEDENCE[value], f"{name}: {value}")
    return None


def _marked(message: Message) -> Automatic | None:
    for name, kind in _MARKS.items():
        if message.get(name) is not None:
            return Automatic(kind, name)
    return None


def _suppressing(message: Message) -> Automatic | None:
    if _SUPPRESS.search(_field(message, "X-Auto-Response-Suppress")):
        return Automatic("auto-generated", "X-Auto-Response-Suppress")
    return None


def _null_sender(message: Message) -> Automatic | None:
    value = message.get("Return-Path")
    if value is not None and "".join(str(value).split()) in ("<>", ""):
        return Automatic("bounce", "empty Return-Path")
    return None


def _robot(sender: str) -> Automatic | None:
    return Automatic("auto-generated", "the sender's address") if _ROBOTS.fullmatch(sender.lower()) else None


def returned_message_id(message: Message) -> str:
    """Return the Message-ID of the mail that a delivery report speaks of, "" when it does not say."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, Message) and inner.get("Message-ID"):
                return normalize_message_id(inner["Message-ID"])
        if part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_payload())[:65536]
            match = re.search(r"^message-id:\s*(<[^<>\s]+>)", text, re.IGNORECASE | re.MULTILINE)
            if match:
                return normalize_message_id(match[1])
    return ""
