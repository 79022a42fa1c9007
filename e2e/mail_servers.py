"""A real IMAP server (Dovecot) and a real SMTP server (aiosmtpd) that delivers into its mailboxes.

Each address has a Maildir; what is sent by SMTP is written there, and read by IMAP – by the product as by the customer.
"""

from __future__ import annotations

import grp
import imaplib
import itertools
import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from imap_tools import AND, MailBoxUnencrypted, MailMessage

from e2e.product import free_port, wait_for

PASSWORD = "mailbox_secret"


def dovecot_binary() -> str | None:
    return shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else None)


_counter = itertools.count()


def owner() -> tuple[int, int]:
    """Whose the mailboxes are: Debian's user `mail` when we are root, else ourselves."""
    if os.geteuid() == 0:
        entry = pwd.getpwnam("mail")
        return entry.pw_uid, entry.pw_gid
    return os.geteuid(), os.getegid()


def own_user() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


@dataclass
class MailServers:
    """Both servers over one folder of mailboxes."""

    folder: Path
    imap_port: int = field(default_factory=free_port)
    smtp_port: int = field(default_factory=free_port)
    accepted: list[EmailMessage] = field(default_factory=list)
    _dovecot: subprocess.Popen[bytes] | None = None
    _smtp: Controller | None = None

    # -- running ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        (self.folder / "boxes").mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        self._give(self.folder / "boxes")
        config = self.folder / "dovecot.conf"
        config.write_text(self._configuration())
        binary = dovecot_binary()
        assert binary, "dovecot is not installed"
        with (self.folder / "dovecot.out").open("ab") as log:
            self._dovecot = subprocess.Popen([binary, "-F", "-c", str(config)], stdout=log, stderr=log)
        wait_for("Dovecot's greeting", self._imap_answers)
        self._smtp = Controller(self, hostname="127.0.0.1", port=self.smtp_port, ready_timeout=10)
        self._smtp.start()

    def stop(self) -> None:
        if self._smtp:
            self._smtp.stop()
        if self._dovecot:
            self._dovecot.terminate()
            self._dovecot.wait(10)

    def _imap_answers(self) -> bool:
        try:
            with MailBoxUnencrypted("127.0.0.1", self.imap_port, timeout=2).login("probe@mail.test", PASSWORD):
                return True
        except (OSError, imaplib.IMAP4.error):
            return False

    def _configuration(self) -> str:
        is_root = os.geteuid() == 0
        internal, login = ("dovecot", "dovenull") if is_root else (own_user(), own_user())
        run = self.folder / "run"
        run.mkdir(exist_ok=True)
        return (
            f"""
            base_dir = {run}
            state_dir = {run}
            log_path = {self.folder}/dovecot.log
            protocols = imap
            ssl = no
            disable_plaintext_auth = no
            auth_mechanisms = plain login
            default_internal_user = {internal}
            default_login_user = {login}
            default_internal_group = {internal if is_root else grp.getgrgid(os.getegid()).gr_name}
            first_valid_uid = 0
            last_valid_uid = 0
            mail_location = maildir:{self.folder}/boxes/%u
            service imap-login {{
              chroot =
              inet_listener imap {{
                address = 127.0.0.1
                port = {self.imap_port}
              }}
              inet_listener imaps {{
                port = 0
              }}
            }}
            service anvil {{
              chroot =
            }}
            passdb {{
              driver = static
              args = password={PASSWORD}
            }}
            userdb {{
              driver = static
              args = uid={owner()[0]} gid={owner()[1]} home={self.folder}/boxes/%u
            }}
        """.replace("            ", "").strip()
            + "\n"
        )

    # -- SMTP ---------------------------------------------------------------------------------------------------------

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.SMTP)
        self.accepted.append(message)
        for recipient in envelope.rcpt_tos:
            self.deliver(recipient, envelope.content)
        return "250 delivered"

    def deliver(self, address: str, content: bytes) -> None:
        """Put a mail into somebody's INBOX, as the last hop would: written aside, then moved in one step."""
        box = self._box(address)
        name = f"{time.time_ns()}.{next(_counter)}.test"
        (box / "tmp" / name).write_bytes(content)
        self._give(box / "tmp" / name)
        (box / "tmp" / name).rename(box / "new" / name)

    def _box(self, address: str) -> Path:
        box = self.folder / "boxes" / address.lower()
        for part in ("new", "cur", "tmp"):
            (box / part).mkdir(parents=True, exist_ok=True)
            self._give(box / part)
        self._give(box)
        return box

    def _give(self, path: Path) -> None:
        """Make a path the mailbox owner's; Dovecot refuses to read mail as root."""
        if os.geteuid() == 0:
            os.chown(path, *owner())

    # -- as a mail client ---------------------------------------------------------------------------------------------

    def inbox(self, address: str) -> list[MailMessage]:
        """Everything in somebody's INBOX, over IMAP."""
        self._box(address)
        client = MailBoxUnencrypted("127.0.0.1", self.imap_port).login(address, PASSWORD)
        with client as box:
            return list(box.fetch(AND(all=True), mark_seen=False))
