"""Outgoing mail servers: one SMTP session, and its many errors as one that knows whether trying again helps."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from frappe.email.mailbox import Security, Server, tls_context
from frappe.email.mime.building import envelope_address
from frappe.email.mime.errors import DeliveryError

DEFAULT_TIMEOUT = 60.0


class SMTPServer:
    """A server to hand mails over to. Connects when it is first needed and stays connected until `quit`."""

    def __init__(
        self,
        server: str,
        login: str | None = None,
        email_account: str | None = None,
        password: str | None = None,
        port: int | str | None = None,
        use_tls: bool | int | None = None,
        use_ssl: bool | int | None = None,
        validate_certificate: bool | int = True,
        timeout: float = DEFAULT_TIMEOUT,
    ):
        if not server:
            raise DeliveryError("No outgoing server is named.", permanent=True)
        security: Security = "ssl" if use_ssl else "starttls" if use_tls else "none"
        self.address = Server(server, _port(port, security), security, bool(validate_certificate), timeout)
        self.login = login
        self.password = password
        self.email_account = email_account
        self._session: smtplib.SMTP | None = None

    @property
    def server(self) -> str:
        return self.address.host

    @property
    def port(self) -> int:
        return self.address.port

    @property
    def session(self) -> smtplib.SMTP:
        """The connection, opened and logged in. Raises DeliveryError."""
        if self._session is not None and not self.is_session_active():
            self._session.close()
            self._session = None
        if self._session is None:
            self._session = self._connect()
        return self._session

    def _connect(self) -> smtplib.SMTP:
        with _explained(self.server):
            session = self._open()
            try:
                self._prepare(session)
            except BaseException:
                session.close()
                raise
            return session

    def _open(self) -> smtplib.SMTP:
        host, port, timeout = self.address.host, self.address.port, self.address.timeout
        if self.address.security == "ssl":
            return smtplib.SMTP_SSL(host, port, timeout=timeout, context=tls_context(self.address))
        return smtplib.SMTP(host, port, timeout=timeout)

    def _prepare(self, session: smtplib.SMTP) -> None:
        session.ehlo_or_helo_if_needed()
        if self.address.security == "starttls":
            session.starttls(context=tls_context(self.address))
            session.ehlo()
        if self.login and self.password:
            session.login(self.login, self.password)

    def is_session_active(self) -> bool:
        """Tell whether the connection still answers."""
        if self._session is None:
            return False
        try:
            return self._session.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> dict[str, DeliveryError]:
        """Hand one mail over; returns the recipients that were refused while others were accepted.

        Raises DeliveryError when the mail was taken for nobody.
        """
        envelope = {envelope_address(each): each for each in recipients}
        with _explained(self.server):
            session = self.session
            try:
                refused = session.sendmail(envelope_address(sender), list(envelope), message)
            except smtplib.SMTPRecipientsRefused as error:
                if len(envelope) == 1:
                    code, text = next(iter(error.recipients.values()))
                    raise _refusal(self.server, code, text) from error
                refused = error.recipients
        return {envelope[address]: _refusal(self.server, *answer) for address, answer in refused.items()}

    def __enter__(self) -> SMTPServer:
        return self

    def __exit__(self, *error: object) -> None:
        self.quit()

    def quit(self) -> None:
        """Say goodbye."""
        if self._session is None:
            return
        try:
            self._session.quit()
        except (smtplib.SMTPException, OSError):
            self._session.close()
        self._session = None


def _port(port: int | str | None, security: Security) -> int:
    if port:
        return int(port)
    return {"ssl": 465, "starttls": 587, "none": 25}[security]


@contextmanager
def _explained(host: str) -> Iterator[None]:
    """Turn the errors of a session into a DeliveryError. 5xx answers are permanent, everything else may pass."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError(f"{host} does not accept this login name and password.", permanent=False) from error
    except smtplib.SMTPSenderRefused as error:
        raise _refusal(host, error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(host, error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise DeliveryError(f"{host} cannot do what this account needs: {error}", permanent=True) from error
    except UnicodeEncodeError as error:
        raise DeliveryError(f"{host} takes no addresses with {error.object!r}.", permanent=True) from error
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(
            f"{host}: its certificate is not trusted ({error.verify_message}).", permanent=False
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"{host} cannot be reached or broke off: {error}"[:300], permanent=False) from error


def _refusal(host: str, code: int, answer: bytes | str) -> DeliveryError:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return DeliveryError(f"{host} answered {code} {' '.join(text.split())}"[:500], permanent=500 <= code < 600)
