"""Incoming mail servers: IMAP and POP3 as one small interface. Network only; what a mail means is not decided here.

A mail is fetched without a trace on the server and *settled* (IMAP: `\\Seen`, POP3: deletion) by the caller once it is
safe in the database. A crash between the two leads to a second fetch, never to a loss.
"""

from __future__ import annotations

import imaplib
import poplib
import re
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

Security = Literal["ssl", "starttls", "none"]

_POP_LINE_LIMIT = 1024 * 1024
_ITEM = re.compile(rb"\bUID (\d+)|RFC822\.SIZE (\d+)|FLAGS \(([^)]*)\)|(INTERNALDATE \"[^\"]*\")")


class MailboxError(Exception):
    """The server could not be reached, or did not do what it was asked for. Trying again later may help."""


class Refused(MailboxError):
    """The server answered, and said no to this one thing; the session goes on."""


class MailGone(MailboxError):
    """Somebody removed or moved a mail after it was listed."""


class LoginRefused(MailboxError):
    """The server is there but does not accept the login name and password."""


@dataclass(frozen=True)
class Server:
    """Where a mail server is and how to talk to it."""

    host: str
    port: int
    security: Security = "ssl"
    verify_certificate: bool = True
    timeout: float = 30.0


class FolderStatus(NamedTuple):
    """The numbering of an IMAP folder: as long as `uidvalidity` stays, a uid means the same mail."""

    uidvalidity: int
    uidnext: int


class Listed(NamedTuple):
    """A mail on the server that has not been fetched yet."""

    uid: str
    size: int
    seen: bool = False
    arrived: float = 0.0
    """When the server got it, in seconds since 1970; 0 if it does not say."""


class FetchedMail(bytes):
    """The bytes of a mail, with the place they were fetched from."""

    uid: str
    folder: str
    seen: bool
    arrived: float = 0.0
    too_large: int = 0
    """Its size, if only its header was fetched because of that."""
    refused: str = ""
    """What the server says instead of giving it out; there are no bytes then."""

    def __new__(cls, content: bytes, uid: str = "", folder: str = "", seen: bool = False) -> FetchedMail:
        mail = super().__new__(cls, content)
        mail.uid, mail.folder, mail.seen = uid, folder, seen
        return mail


class Mailbox(Protocol):
    """What both kinds of server can do."""

    def fetch(self, mail: Listed, folder: str) -> FetchedMail: ...
    def fetch_header(self, mail: Listed, folder: str) -> FetchedMail: ...
    def settle(self, mail: FetchedMail) -> None: ...
    def close(self) -> None: ...


def tls_context(server: Server) -> ssl.SSLContext:
    """Return the TLS settings for a server; certificates are checked unless the account says otherwise."""
    context = ssl.create_default_context()
    if not server.verify_certificate:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def _explained(server: Server, doing: str) -> Iterator[None]:
    """Turn the many errors of the network into one that says what was being done and where."""
    from imap_tools import ImapToolsError

    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise MailboxError(f"{server.host}: its certificate is not trusted ({error.verify_message}).") from error
    except (imaplib.IMAP4.error, poplib.error_proto, ImapToolsError, OSError, EOFError) as error:
        kind = Refused if _is_answer(error) else MailboxError
        raise kind(f"{server.host}:{server.port}: {doing} failed: {_text_of(error)}") from error


def _is_answer(error: BaseException) -> bool:
    """Tell whether an error is the server's word, and not the end of the connection."""
    if isinstance(error, imaplib.IMAP4.error):
        return not isinstance(error, imaplib.IMAP4.abort)
    if isinstance(error, poplib.error_proto):
        return "EOF" not in _text_of(error)
    return not isinstance(error, OSError | EOFError)


def _text_of(error: BaseException) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no server of that name."
    text = " ".join(each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in error.args)
    return " ".join((text or type(error).__name__).split())[:300]


# -- IMAP -------------------------------------------------------------------------------------------------------------


class ImapMailbox:
    """A session with an IMAP server."""

    def __init__(self, server: Server, login: str, password: str):
        self.server = server
        with _explained(server, "connecting"):
            self._box = _connect_imap(server)
        try:
            self._login(login, password)
        except BaseException:
            self._box.client.shutdown()
            raise
        self._selected: tuple[str, bool] | None = None

    def _login(self, login: str, password: str) -> None:
        from imap_tools import MailboxLoginError

        try:
            with _explained(self.server, "logging in"):
                if (login + password).isascii():
                    self._box.login(login, password, initial_folder=None)
                else:
                    self._box.login_utf8(login, password, initial_folder=None)
        except MailboxError as error:
            if isinstance(error.__cause__, MailboxLoginError | imaplib.IMAP4.error) and not isinstance(
                error.__cause__, imaplib.IMAP4.abort
            ):
                raise LoginRefused(f"{self.server.host} does not accept this login name and password.") from error
            raise

    def status(self, folder: str) -> FolderStatus:
        with _explained(self.server, f"asking for folder {folder}"):
            answer = self._box.folder.status(folder, ["UIDVALIDITY", "UIDNEXT"])
            return FolderStatus(answer["UIDVALIDITY"], answer["UIDNEXT"])

    def select(self, folder: str, *, writable: bool) -> None:
        """Open a folder; a read-only one cannot be changed by accident."""
        if self._selected == (folder, writable):
            return
        with _explained(self.server, f"opening folder {folder}"):
            self._box.folder.set(folder, readonly=not writable)
        self._selected = (folder, writable)

    def list_unseen(self) -> list[str]:
        """Return the uids of mails that nobody has seen, oldest first."""
        return self._search("UNSEEN")

    def list_from(self, uid: int) -> list[str]:
        """Return the uids from `uid` on, oldest first. (`n:*` alone always includes the newest mail.)"""
        return [each for each in self._search(f"UID {uid}:*") if int(each) >= uid]

    def list_last(self, count: int) -> list[str]:
        """Return the uids of the newest mails, oldest first."""
        return self._search("ALL")[-count:]

    def _search(self, criteria: str) -> list[str]:
        with _explained(self.server, "searching"):
            return sorted(self._box.uids(criteria, charset=None), key=int)

    def describe(self, uids: Sequence[str]) -> list[Listed]:
        """Return size and state of mails in the order of `uids`; those that have gone meanwhile are left out."""
        if not uids:
            return []
        with _explained(self.server, "listing mails"):
            answer = self._command("FETCH", ",".join(uids), "(UID RFC822.SIZE FLAGS INTERNALDATE)")
        found = {mail.uid: mail for line in answer if (mail := _listed(line))}
        return [found[uid] for uid in uids if uid in found]

    def fetch(self, mail: Listed, folder: str) -> FetchedMail:
        return self._fetch(mail, folder, "BODY.PEEK[]")

    def fetch_header(self, mail: Listed, folder: str) -> FetchedMail:
        return self._fetch(mail, folder, "BODY.PEEK[HEADER]")

    def _fetch(self, mail: Listed, folder: str, what: str) -> FetchedMail:
        with _explained(self.server, f"fetching mail {mail.uid}"):
            answer = self._command("FETCH", mail.uid, f"({what})")
        content = next((part[1] for part in answer if isinstance(part, tuple) and len(part) > 1), None)
        if content is None:
            raise MailGone(f"{self.server.host}: mail {mail.uid} has gone from {folder}.")
        fetched = FetchedMail(content, mail.uid, folder, mail.seen)
        fetched.arrived = mail.arrived
        return fetched

    def settle(self, mail: FetchedMail) -> None:
        """Mark a mail as seen."""
        self.set_seen(mail.uid, mail.folder, seen=True)

    def set_seen(self, uid: str, folder: str, *, seen: bool) -> None:
        self.select(folder, writable=True)
        with _explained(self.server, f"marking mail {uid}"):
            self._command("STORE", uid, "+FLAGS" if seen else "-FLAGS", r"(\Seen)")

    def append(self, folder: str, message: bytes) -> None:
        """Put a mail we sent into a folder of the server, already seen."""
        with _explained(self.server, f"adding a mail to {folder}"):
            self._box.append(message, folder, flag_set=[r"\Seen"])

    def _command(self, name: str, *arguments: str) -> list[Any]:
        status, answer = self._box.client.uid(name, *arguments)
        if status != "OK":
            raise Refused(f"{self.server.host}: {name} was refused: {answer!r}"[:300])
        return [part for part in answer if part is not None]

    def close(self) -> None:
        """Say goodbye; a connection that is gone already needs none."""
        try:
            self._box.client.logout()
        except (imaplib.IMAP4.error, OSError):
            self._box.client.shutdown()


def _connect_imap(server: Server) -> Any:
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    if server.security == "none":
        return MailBoxUnencrypted(server.host, server.port, timeout=server.timeout)
    kind = MailBox if server.security == "ssl" else MailBoxStartTls
    return kind(server.host, server.port, timeout=server.timeout, ssl_context=tls_context(server))


def _listed(line: Any) -> Listed | None:
    text = line if isinstance(line, bytes) else line[0]
    uid, size, flags, arrived = "", 0, b"", 0.0
    for match in _ITEM.finditer(text):
        uid = match[1].decode() if match[1] else uid
        size = int(match[2]) if match[2] else size
        flags = match[3] if match[3] is not None else flags
        arrived = _moment(match[4]) if match[4] else arrived
    return Listed(uid, size, b"\\seen" in flags.lower(), arrived) if uid else None


def _moment(internal_date: bytes) -> float:
    found = imaplib.Internaldate2tuple(internal_date)
    return time.mktime(found) if found else 0.0


# -- POP3 -------------------------------------------------------------------------------------------------------------


class PopMailbox:
    """A session with a POP3 server. Deletions take effect when the session is closed."""

    def __init__(self, server: Server, login: str, password: str):
        poplib._MAXLINE = _POP_LINE_LIMIT  # type: ignore[attr-defined]  # 2048 is less than real mails have
        self.server = server
        with _explained(server, "connecting"):
            self._pop = _connect_pop(server)
        try:
            self._login(login, password)
        except BaseException:
            self._pop.close()
            raise

    def _login(self, login: str, password: str) -> None:
        with _explained(self.server, "logging in"):
            try:
                self._pop.user(login)
                self._pop.pass_(password)
            except poplib.error_proto as error:
                if b"[sys/" in (error.args[0] if error.args else b"").lower():
                    raise
                raise LoginRefused(f"{self.server.host} does not accept this login name and password.") from error

    def list_all(self) -> list[Listed]:
        """Return the mails on the server, oldest first."""
        with _explained(self.server, "listing mails"):
            _, lines, _ = self._pop.list()
        return [Listed(number.decode(), int(size)) for number, size in (line.split()[:2] for line in lines)]

    def fetch(self, mail: Listed, folder: str = "") -> FetchedMail:
        with _explained(self.server, f"fetching mail {mail.uid}"):
            _, lines, _ = self._pop.retr(int(mail.uid))
        return FetchedMail(b"\r\n".join(lines) + b"\r\n", mail.uid, folder)

    def fetch_header(self, mail: Listed, folder: str = "") -> FetchedMail:
        with _explained(self.server, f"fetching the header of mail {mail.uid}"):
            _, lines, _ = self._pop.top(int(mail.uid), 0)
        return FetchedMail(b"\r\n".join(lines) + b"\r\n\r\n", mail.uid, folder)

    def settle(self, mail: FetchedMail) -> None:
        """Ask for the deletion of a mail."""
        with _explained(self.server, f"deleting mail {mail.uid}"):
            self._pop.dele(int(mail.uid))

    def close(self) -> None:
        try:
            self._pop.quit()
        except (poplib.error_proto, OSError, EOFError):
            self._pop.close()


def _connect_pop(server: Server) -> poplib.POP3:
    if server.security == "ssl":
        return poplib.POP3_SSL(server.host, server.port, timeout=server.timeout, context=tls_context(server))
    pop = poplib.POP3(server.host, server.port, timeout=server.timeout)
    if server.security == "starttls":
        pop.stls(context=tls_context(server))
    return pop
