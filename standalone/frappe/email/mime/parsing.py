"""Reading a mail: arbitrary bytes in, a `ParsedMail` out, or an `UnreadableMail` that says what is wrong with them.

The structure is parsed with the `compat32` policy and header fields are decoded by `headers`: the parser of structured
fields behind the modern policy raises on malformed ones and can be made to run for minutes. Mails are *written* with
the modern policy, see `building`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.header import Header
from email.message import Message
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value

from frappe.email.mime import automatic, headers
from frappe.email.mime.bodies import Piece, join_html, join_text, text_to_html
from frappe.email.mime.charsets import decode
from frappe.email.mime.errors import MailTooLarge, UnreadableMail
from frappe.email.mime.headers import Mailbox

_BOUNDARY = re.compile(rb"boundary[*0-9]{0,6}\s*=", re.IGNORECASE)
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_EXTENSIONS = {"text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "image/jpeg": ".jpg"}


@dataclass(frozen=True)
class Limits:
    """How much of a mail is taken in. A mail beyond these is refused as a whole, with the reason."""

    max_bytes: int = 50 * 1024 * 1024
    max_parts: int = 500
    max_depth: int = 25
    max_boundaries: int = 100
    max_header_bytes: int = 512 * 1024
    max_body_characters: int = 2 * 1024 * 1024


@dataclass(frozen=True)
class Attachment:
    """A part that is kept as a file."""

    file_name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass
class ParsedMail:
    """What a mail says. Addresses are bare and in lower case; Message-IDs are without their brackets."""

    message: Message = field(repr=False)
    subject: str
    sender: Mailbox
    from_: Mailbox
    reply_to: list[Mailbox]
    to: list[Mailbox]
    cc: list[Mailbox]
    date: datetime
    message_id: str
    in_reply_to: str
    references: list[str]
    html: str = ""
    text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    automatic: automatic.Automatic | None = None


def parse(raw: bytes, limits: Limits | None = None, now: datetime | None = None) -> ParsedMail:
    """Return what the mail in `raw` says. Raises UnreadableMail (or MailTooLarge) and nothing else."""
    limits = limits or Limits()
    message = parse_structure(raw, limits)
    body = _Body(limits)
    try:
        body.read(message)
    except RecursionError:
        raise MailTooLarge("Its parts are nested too deeply.") from None
    mail = _read_headers(message, now or datetime.now(UTC))
    mail.html, mail.text = body.html(), body.text()
    mail.attachments = body.attachments
    mail.automatic = automatic.recognize(message, mail.from_.address)
    return mail


def parse_structure(raw: bytes, limits: Limits) -> Message:
    """Return the parts of a mail after checking that there are not too many, too big or too deep ones."""
    _check_bytes(raw, limits)
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
    except RecursionError:
        raise MailTooLarge("Its parts are nested too deeply.") from None
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise UnreadableMail(f"Its structure cannot be read: {error}") from error
    _check_parts(message, limits)
    return message


def _check_bytes(raw: bytes, limits: Limits) -> None:
    if not raw.strip():
        raise UnreadableMail("It is empty.")
    if len(raw) > limits.max_bytes:
        raise MailTooLarge(f"It has {len(raw)} bytes; {limits.max_bytes} are allowed.")
    end = _HEADER_END.search(raw)
    header_bytes = end.start() if end else len(raw)
    if header_bytes > limits.max_header_bytes:
        raise MailTooLarge(f"Its header has {header_bytes} bytes; {limits.max_header_bytes} are allowed.")
    boundaries = sum(1 for _ in _BOUNDARY.finditer(raw))
    if boundaries > limits.max_boundaries:
        raise MailTooLarge(f"It has {boundaries} nested containers; {limits.max_boundaries} are allowed.")


def _check_parts(message: Message, limits: Limits) -> None:
    waiting: list[tuple[Message, int]] = [(message, 1)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > limits.max_parts:
            raise MailTooLarge(f"It has more than {limits.max_parts} parts.")
        if depth > limits.max_depth:
            raise MailTooLarge(f"Its parts are nested more than {limits.max_depth} deep.")
        if part.is_multipart():
            waiting.extend((child, depth + 1) for child in part.get_payload() if isinstance(child, Message))


# -- headers ----------------------------------------------------------------------------------------------------------


def _read_headers(message: Message, now: datetime) -> ParsedMail:
    from_ = _first(message, "From") or _first(message, "Sender") or Mailbox("", "")
    sender = _first(message, "X-Original-From") or from_
    return ParsedMail(
        message=message,
        subject=headers.decode_header(message.get("Subject", "")),
        sender=sender._replace(name=sender.name or from_.name),
        from_=from_,
        reply_to=_all(message, "Reply-To"),
        to=_all(message, "To"),
        cc=_all(message, "Cc"),
        date=headers.parse_date(message.get("Date"), now),
        message_id=headers.normalize_message_id(message.get("Message-ID")),
        in_reply_to=_newest_parent(message),
        references=headers.parse_references(message.get("References")),
    )


def _all(message: Message, name: str) -> list[Mailbox]:
    return headers.parse_addresses(message.get_all(name, []))


def _first(message: Message, name: str) -> Mailbox | None:
    found = _all(message, name)
    return found[0] if found else None


def _newest_parent(message: Message) -> str:
    value = message.get("In-Reply-To")
    found = headers.parse_references(value)
    return found[0] if found else headers.normalize_message_id(value)


# -- body and attachments ---------------------------------------------------------------------------------------------


class _Body:
    """Collects the readable stretches and the files while walking through the parts."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.pieces: list[Piece] = []
        self.attachments: list[Attachment] = []

    def html(self) -> str:
        return join_html(self.pieces)

    def text(self) -> str:
        return join_text(self.pieces)

    def read(self, message: Message) -> None:
        self.pieces = self._pieces(message)
        if sum(len(piece.html) + len(piece.text) for piece in self.pieces) > self.limits.max_body_characters:
            self._move_body_to_file()

    def _pieces(self, part: Message) -> list[Piece]:
        kind = _content_type(part)
        if kind == "message/rfc822":
            return self._forwarded(part)
        if part.is_multipart():
            children = [child for child in part.get_payload() if isinstance(child, Message)]
            found = [self._pieces(child) for child in children]
            return _choose(found) if kind == "multipart/alternative" else [piece for each in found for piece in each]
        if kind in ("text/plain", "text/html") and not _is_file(part):
            text = decode(_payload(part), _charset(part))
            return [Piece(html=text) if kind == "text/html" else Piece(text=text)]
        self._keep(part, kind)
        return []

    def _keep(self, part: Message, kind: str) -> None:
        content = _payload(part)
        name = _file_name(part)
        if content or name:
            name = name or f"attachment-{len(self.attachments) + 1}{_EXTENSIONS.get(kind, _extension(kind))}"
            self.attachments.append(Attachment(name, kind, content, _content_id(part)))

    def _forwarded(self, part: Message) -> list[Piece]:
        """Keep a mail that was attached to this one as a file, and show what it says as quoted text."""
        inner = part.get_payload(0) if part.is_multipart() else None
        if not isinstance(inner, Message):
            self._keep(part, "message/rfc822")
            return []
        subject = headers.decode_header(inner.get("Subject", ""))
        content = _as_bytes(inner)
        self.attachments.append(
            Attachment(_file_name(part) or f"{subject or 'message'}.eml", "message/rfc822", content)
        )
        shown = "\n".join([*_summary(inner), "", _first_text(inner)])[:100_000]
        return [Piece(html=f"<blockquote>{text_to_html(shown)}</blockquote>", text=shown)]

    def _move_body_to_file(self) -> None:
        page, text = self.html(), self.text()
        self.attachments.append(Attachment("message.html", "text/html", page.encode("utf-8", "replace")))
        beginning = (text or re.sub(r"<[^<>]{0,2000}>", " ", page[:200_000]))[:20_000]
        self.pieces = [Piece(text=f"{beginning}\n…\n(The whole message is attached as message.html.)")]


def _choose(alternatives: list[list[Piece]]) -> list[Piece]:
    """Return the alternative to show: the last one with HTML, else the last one; plain text stays known."""
    filled = [pieces for pieces in alternatives if any(piece.html.strip() or piece.text.strip() for piece in pieces)]
    if not filled:
        return []
    rich = [pieces for pieces in filled if any(piece.html for piece in pieces)]
    chosen = (rich or filled)[-1]
    plain = next((join_text(pieces) for pieces in filled if pieces is not chosen and join_text(pieces)), "")
    if not plain or join_text(chosen):
        return chosen
    return [chosen[0]._replace(text=plain), *chosen[1:]]


def _content_type(part: Message) -> str:
    return part.get_content_type().lower()


def _payload(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        content = None
    if isinstance(content, bytes):
        return content
    plain = part.get_payload()
    return plain.encode("utf-8", "surrogateescape") if isinstance(plain, str) else b""


def _charset(part: Message) -> str | None:
    return _parameter(part, "charset", "Content-Type")


def _parameter(part: Message, name: str, header: str) -> str | None:
    if isinstance(part.get(header), Header):  # letters beyond ASCII, which get_param would replace
        field, part = headers.raw_text(part.get(header)), Message()
        part[header] = field
    try:
        value = part.get_param(name, header=header)
        text = collapse_rfc2231_value(value) if value else None
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return str(text) if text else None


def _file_name(part: Message) -> str:
    name = _parameter(part, "filename", "Content-Disposition") or _parameter(part, "name", "Content-Type") or ""
    return headers.decode_header(name)[:1000]


def _is_file(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    return disposition.startswith("attachment") or bool(_file_name(part))


def _content_id(part: Message) -> str:
    return headers.normalize_message_id(part.get("Content-ID")) if part.get("Content-ID") else ""


def _extension(kind: str) -> str:
    subtype = kind.rpartition("/")[2]
    return f".{subtype}" if re.fullmatch(r"[a-z0-9]{1,8}", subtype) else ".bin"


def _summary(message: Message) -> list[str]:
    fields = ((name, headers.decode_header(message.get(name, ""))) for name in ("From", "To", "Date", "Subject"))
    return [f"{name}: {value}" for name, value in fields if value]


def _first_text(message: Message) -> str:
    for part in message.walk():
        if _content_type(part) == "text/plain" and not part.is_multipart():
            return decode(_payload(part), _charset(part))
    return ""


def _as_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (UnicodeError, LookupError, ValueError, TypeError, KeyError, AttributeError):
        return _first_text(message).encode("utf-8", "replace")
