"""Controller of the DocType Email Domain: the servers that accounts of one domain share."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.email.mailbox import LoginRefused, MailboxError, Server, tls_context
from frappe.email.mime.errors import DeliveryError
from frappe.email.smtp import SMTPServer
from frappe.model.document import Document
from frappe.utils import cint, cstr

COPIED = (
    "email_server",
    "use_imap",
    "use_ssl",
    "use_starttls",
    "use_tls",
    "attachment_limit",
    "smtp_server",
    "smtp_port",
    "use_ssl_for_outgoing",
    "append_emails_to_sent_folder",
    "incoming_port",
    "validate_ssl_certificate",
    "validate_ssl_certificate_for_outgoing",
)


class EmailDomain(Document):
    """Incoming and outgoing server with how to talk to them."""

    def validate(self) -> None:
        flags = frappe.flags
        busy = flags.in_test or flags.in_patch or flags.in_install or flags.in_migrate or flags.in_import
        if busy or frappe.conf.skip_email_connection_checks:
            return
        self.validate_incoming_server_conn()
        self.validate_outgoing_server_conn()

    def validate_incoming_server_conn(self) -> None:
        """Raise ValidationError if nobody answers at the incoming server."""
        try:
            _greet(self)
        except LoginRefused:
            return
        except MailboxError as error:
            frappe.throw(_("The incoming server cannot be used: {0}").format(error))

    def validate_outgoing_server_conn(self) -> None:
        """Raise ValidationError if nobody answers at the outgoing server."""
        verify = self.get("validate_ssl_certificate_for_outgoing")
        server = SMTPServer(
            cstr(self.smtp_server),
            port=cint(self.smtp_port) or None,
            use_tls=cint(self.use_tls),
            use_ssl=cint(self.use_ssl_for_outgoing),
            validate_certificate=verify is None or bool(cint(verify)),
            timeout=15,
        )
        try:
            with server:
                server.session  # noqa: B018 - connects
        except DeliveryError as error:
            frappe.throw(_("The outgoing server cannot be used: {0}").format(error.reason))

    def on_update(self) -> None:
        """Accounts of the domain follow it."""
        values: dict[str, Any] = {name: self.get(name) for name in COPIED}
        for name in frappe.get_all("Email Account", {"domain": self.name}, pluck="name"):
            frappe.db.set_value("Email Account", name, values)


def _greet(domain: EmailDomain) -> None:
    """Connect to the incoming server without logging in. Raises MailboxError."""
    import socket

    security = "ssl" if cint(domain.use_ssl) else "starttls" if cint(domain.use_starttls) else "none"
    default = {(1, "ssl"): 993, (0, "ssl"): 995, (0, "none"): 110, (0, "starttls"): 110}
    port = cint(domain.incoming_port) or default.get((cint(domain.use_imap), security), 143)
    verify = domain.get("validate_ssl_certificate")
    server = Server(cstr(domain.email_server), port, security, verify is None or bool(cint(verify)), 15)  # type: ignore[arg-type]
    try:
        with socket.create_connection((server.host, server.port), timeout=server.timeout) as plain:
            if security == "ssl":
                with tls_context(server).wrap_socket(plain, server_hostname=server.host):
                    pass
    except OSError as error:
        raise MailboxError(f"{server.host}:{server.port}: {error}") from error
