"""Writing a mail: text, HTML and files in, a message with safe header fields out (the modern `email` policy)."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_string, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from frappe.email.mime.headers import angle, clean_text, header_text, references_field

POLICY = policy.SMTP.clone(max_line_length=990, cte_type="7bit")
"""Long lines are legal up to 998 characters; folding at 78 would break up Message-IDs into encoded words."""

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,70}")
_OWN_FIELDS = frozenset({"from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "content-type"})


@dataclass(frozen=True)
class File:
    """A file that goes with a mail; one with a `content_id` is shown inside its HTML."""

    name: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass
class Letter:
    """What a mail shall say. Addresses may have display names; Message-IDs may have their brackets."""

    sender: str
    subject: str
    html: str
    text: str
    message_id: str
    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    reply_to: str = ""
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    date: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)


def build(letter: Letter) -> EmailMessage:
    """Return the message of a letter, without its files."""
    message = EmailMessage(policy=POLICY)
    _set(message, "Subject", header_text(letter.subject))
    _set(message, "From", address_field([letter.sender]))
    _set(message, "To", address_field(letter.to))
    _set(message, "Cc", address_field(letter.cc))
    _set(message, "Reply-To", address_field([letter.reply_to]))
    _set(message, "Date", format_datetime(letter.date or datetime.now(UTC)))
    _set(message, "Message-ID", angle(letter.message_id))
    _set(message, "In-Reply-To", angle(letter.in_reply_to))
    _set(message, "References", references_field(letter.references, letter.in_reply_to))
    for name, value in letter.headers.items():
        set_header(message, name, value)
    message.set_content(_body(letter.text))
    message.add_alternative(_body(letter.html), subtype="html")
    return message


def _set(message: EmailMessage, name: str, value: str) -> None:
    if value:
        message[name] = value


def set_header(message: EmailMessage, name: str, value: object) -> None:
    """Set a further header field. Raises ValueError for a name that is none or that the mail's own fields use."""
    if not _HEADER_NAME.fullmatch(name) or name.lower() in _OWN_FIELDS:
        raise ValueError(f"{name!r} cannot be used as an additional header field.")
    del message[name]
    _set(message, name, header_text(value))


def _body(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def address_field(addresses: Iterable[str]) -> str:
    """Return an address field; names lose control characters, international domains are written in ASCII."""
    return ", ".join(filter(None, map(_one_address, addresses)))


def _one_address(text: str) -> str:
    from frappe.utils.addresses import parse_addr

    name, address = parse_addr(clean_text(text or ""))
    if not address or "@" not in address:
        return ""
    local_part, _, domain = address.rpartition("@")
    name = "" if name in (address, local_part) and not text.lstrip().startswith(('"', f"{name} <")) else (name or "")
    try:
        return str(Address(display_name=name, username=local_part.strip('"'), domain=ascii_domain(domain)))
    except (ValueError, IndexError, AttributeError):
        return ""


def ascii_domain(domain: str) -> str:
    """Return a domain as it is written on the wire."""
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def envelope_address(address: str) -> str:
    """Return a bare address as it is given to a server."""
    local_part, _, domain = address.rpartition("@")
    return f"{local_part}@{ascii_domain(domain)}"


# -- stored messages --------------------------------------------------------------------------------------------------


def dump(message: EmailMessage) -> str:
    """Return a message as text that survives a database (ASCII only)."""
    return message.as_bytes().decode("ascii", "replace")


def load(text: str) -> EmailMessage:
    """Return the message that `dump` wrote."""
    message = message_from_string(text, policy=POLICY)
    assert isinstance(message, EmailMessage)
    return message


def rewrite_texts(message: EmailMessage, rewrite: Callable[[str, str], str]) -> None:
    """Replace the content of both bodies by `rewrite(content, "plain" | "html")`."""
    for part in list(message.walk()):
        if part.get_content_maintype() != "text" or part.is_attachment():
            continue
        subtype = part.get_content_subtype()
        before = str(part.get_content())
        after = rewrite(before, subtype)
        if after != before:
            part.set_content(after, subtype=subtype)


def add_files(message: EmailMessage, files: Iterable[File]) -> None:
    """Add files: those with a content id beside the HTML that shows them, the others as attachments."""
    files = list(files)
    html = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    for file in files:
        if file.content_id and isinstance(html, EmailMessage):
            maintype, subtype = guess_type(file.name)
            name = file_name_field(file.name)
            html.add_related(
                file.content, maintype, subtype, cid=f"<{file.content_id}>", filename=name, disposition="inline"
            )
    for file in files:
        if not file.content_id:
            maintype, subtype = guess_type(file.name)
            message.add_attachment(
                file.content, maintype=maintype, subtype=subtype, filename=file_name_field(file.name)
            )


def guess_type(name: str) -> tuple[str, str]:
    """Return the media type for a file name; mails and compressed files travel as plain bytes."""
    guessed, encoding = mimetypes.guess_type(name)
    maintype, _, subtype = (guessed or "application/octet-stream").partition("/")
    if encoding or maintype in ("message", "multipart"):
        return "application", "octet-stream"
    return maintype, subtype


def file_name_field(name: str) -> str:
    """Return a file name fit for a header field."""
    return header_text(name.replace("/", "_").replace("\\", "_"), 200) or "attachment"
