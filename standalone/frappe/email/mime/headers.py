"""Header fields: decoding the ones we get, and making safe the ones we write."""

from __future__ import annotations

import base64
import binascii
import email.header
import hashlib
import quopri
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple

from frappe.email.mime.charsets import decode

MAX_MESSAGE_ID = 500
MAX_REFERENCES = 60
MAX_HEADER = 64 * 1024
OLDEST_DATE = datetime(1990, 1, 1, tzinfo=UTC)

_ENCODED_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]{0,4000})\?=")
_MESSAGE_ID = re.compile(r"<([^<>]+)>")
_LINE_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


class Mailbox(NamedTuple):
    """A display name and a bare address in lower case."""

    name: str
    address: str


# -- reading ----------------------------------------------------------------------------------------------------------


def raw_text(value: object) -> str:
    """Return a header field as text; one with bytes beyond ASCII (UTF-8 by today's standard) is read like a body."""
    if isinstance(value, Header):  # what the standard library makes of such a field
        pieces = email.header.decode_header(value)
        content = b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece, _charset in pieces)
        return decode(content[:MAX_HEADER])
    text = str(value)[:MAX_HEADER]
    return decode(text.encode("utf-8", "surrogateescape")) if _has_raw_bytes(text) else text


def decode_header(value: object) -> str:
    """Return the text of a raw header field: unfolded, encoded words decoded, controls and bidi marks removed."""
    text = raw_text(value)
    text = _decode_words(_unfold(text)) if "=?" in text else _unfold(text)
    return clean_text(text)


def _has_raw_bytes(text: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in text)


def _unfold(text: str) -> str:
    return re.sub(r"\r?\n[ \t]*", " ", text)


def _decode_words(text: str) -> str:
    """Decode RFC 2047 words; neighbours of one character set are joined first, as a letter may be cut in two."""
    pieces: list[str] = []
    pending: list[bytes] = []
    charset, position = "", 0
    for match in _ENCODED_WORD.finditer(text):
        between = text[position : match.start()]
        if pending and (between.strip() or match[1].lower() != charset):
            pieces.append(decode(b"".join(pending), charset))
            pending = []
        if between.strip() or (not pieces and not pending):
            pieces.append(between)
        charset, position = match[1].lower(), match.end()
        pending.append(_word_bytes(match[2], match[3]))
    if pending:
        pieces.append(decode(b"".join(pending), charset))
    return "".join(pieces) + text[position:]


def _word_bytes(encoding: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(data.replace(b"_", b" "), header=False)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return data


def clean_text(text: str) -> str:
    """Return one line without control characters, zero-width characters and direction overrides."""
    return " ".join(_CONTROL.sub("", _LINE_BREAKS.sub(" ", text)).split())


def parse_addresses(values: Iterable[object], limit: int = 1000) -> list[Mailbox]:
    """Return the mailboxes of address headers in their order; what is no address is left out.

    Names are decoded after the list has been split, so that an encoded comma or address does not become a recipient.
    """
    raw = [_without_deep_comments(_unfold(raw_text(value))) for value in values]
    mailboxes = []
    for name, address in getaddresses(raw)[: limit * 2]:
        clean = clean_text(address).strip("<>").lower()
        if is_address(clean):
            mailboxes.append(Mailbox(decode_header(name), clean))
    return mailboxes[:limit]


def _without_deep_comments(text: str) -> str:
    """Remove the brackets of comments when there are more than a person writes; the parser descends into each."""
    plain = text.replace("\x00", "")
    return plain.replace("(", " ").replace(")", " ") if plain.count("(") > 50 else plain


def is_address(text: str) -> bool:
    """Tell whether text is a bare address that could be written to."""
    local_part, at, domain = text.rpartition("@")
    return bool(at and local_part and domain) and len(text) <= 254 and not re.search(r"[\s<>,;:]", text)


def normalize_message_id(value: object) -> str:
    """Return the text between the angle brackets of a Message-ID, "" when there is none.

    One that is longer than any honest program makes it is replaced by its hash, wherever it is met.
    """
    text = str(value or "")[:MAX_HEADER]
    match = _MESSAGE_ID.search(text)
    bare = "".join(_CONTROL.sub("", match[1] if match else text).split()).strip("<>")
    bare = bare.encode("utf-8", "replace").decode("utf-8")
    if len(bare) <= MAX_MESSAGE_ID:
        return bare
    return hashlib.sha256(bare.encode()).hexdigest() + "@shortened.invalid"


def parse_references(value: object) -> list[str]:
    """Return the ids of a References or In-Reply-To field, oldest first, each once, the newest sixty at most."""
    found = dict.fromkeys(
        normalize_message_id(f"<{each}>") for each in _MESSAGE_ID.findall(str(value or "")[:MAX_HEADER])
    )
    return [each for each in found if each][-MAX_REFERENCES:]


def parse_date(value: object, now: datetime) -> datetime:
    """Return the moment of a Date field; `now` (aware) when it cannot be read, is in the future, or ancient."""
    try:
        parsed = parsedate_to_datetime(_unfold(str(value)[:200]))
        moment = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        if OLDEST_DATE <= moment <= now + timedelta(minutes=1):
            return min(moment, now).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return now
    return now


# -- writing ----------------------------------------------------------------------------------------------------------


def header_text(value: object, limit: int = 900) -> str:
    """Return `value` fit to be written into a header field: one line, no control characters, not endless."""
    return clean_text(str(value or "").encode("utf-8", "replace").decode("utf-8"))[:limit]


def angle(message_id: str | None) -> str:
    """Return a Message-ID in its brackets, "" for none; one that cannot be written safely is dropped."""
    bare = normalize_message_id(message_id)
    return f"<{bare}>" if bare and bare.isascii() and not re.search(r"[\s<>]", bare) else ""


def references_field(chain: Iterable[str], in_reply_to: str | None = None) -> str:
    """Return the References field for an answer: the whole chain, oldest first, the mail answered to last.

    A very long chain keeps its beginning (the thread's root) and its end, as RFC 5537 (3.4.4) allows.
    """
    ids = list(dict.fromkeys(filter(None, map(angle, [*chain, in_reply_to or ""]))))
    last = angle(in_reply_to)
    if last:
        ids.remove(last)
        ids.append(last)
    if len(ids) > MAX_REFERENCES:
        ids = [ids[0], *ids[-(MAX_REFERENCES - 1) :]]
    return " ".join(ids)
