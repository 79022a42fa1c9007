"""A mail server that takes everything and keeps it in memory, for tests that only read what was sent."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from typing import Any

from aiosmtpd.controller import Controller

from e2e.product import free_port, wait_for


class Postbox:
    """What the product has sent, by recipient."""

    def __init__(self) -> None:
        self.port = free_port()
        self._mails: list[tuple[list[str], EmailMessage]] = []
        self._taken: set[int] = set()
        self._server = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=10)

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    @property
    def config(self) -> dict[str, Any]:
        """What the site's configuration says, so that its mails come here."""
        return {
            "mail_server": "127.0.0.1",
            "mail_port": self.port,
            "auto_email_id": "desk@helpdesk.test",
            "disable_mail_smtp_authentication": 1,
        }

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.SMTP)
        self._mails.append((list(envelope.rcpt_tos), message))
        return "250 kept"

    def next_for(self, address: str) -> EmailMessage:
        """Wait for the next mail to an address and take it."""
        return wait_for(f"A mail to {address}", lambda: self._take(address))

    def _take(self, address: str) -> EmailMessage | None:
        for number, (recipients, message) in enumerate(self._mails):
            if number not in self._taken and address in recipients:
                self._taken.add(number)
                return message
        return None


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None, "The mail has no HTML part."
    return str(part.get_content())


def link_in(mail: EmailMessage, part: str) -> str:
    """Return the link of a mail whose address contains `part`."""
    found = [unescape(link) for link in re.findall(r'href="([^"]+)"', html_of(mail)) if part in link]
    assert found, f"No link in the mail contains {part}: {html_of(mail)}"
    return found[0]
