"""Real mail servers on the loopback for the tests of this folder."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "mail-secret"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes] | None = None, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process is not None and process.poll() is not None:
            break
    raise RuntimeError(f"Nothing listens on port {port}.")


# -- SMTP -------------------------------------------------------------------------------------------------------------


@dataclass
class Postbox:
    """What an SMTP server took in, and how it shall answer."""

    port: int = 0
    received: list[Envelope] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    answer: str = "250 taken"
    logins: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("2"):
            self.received.append(envelope)
        return self.answer

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == PASSWORD, handled=False)


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A running SMTP server without TLS that accepts logins with PASSWORD."""
    box = Postbox(port=free_port())
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        authenticator=box.authenticate,
        auth_require_tls=False,
        data_size_limit=100 * 1024 * 1024,
    )
    controller.start()
    yield box
    controller.stop()


# -- IMAP and POP3 ----------------------------------------------------------------------------------------------------


@dataclass
class Dovecot:
    """A running Dovecot; every login name is accepted with PASSWORD and has a mailbox of its own."""

    imap_port: int
    pop_port: int
    root: Path

    def deliver(self, user: str, message: bytes, folder: str = "INBOX", arrived: float | None = None) -> None:
        """Put a mail into a folder as a mail server would."""
        import imaplib

        with imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=5) as client:
            client.login(user, PASSWORD)
            client.create(folder)
            status, answer = client.append(folder, "", imaplib.Time2Internaldate(arrived or time.time()), message)
        assert status == "OK", answer

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        import imaplib

        with imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=5) as client:
            client.login(user, PASSWORD)
            _, count = client.select(folder, readonly=True)
            if count == [b"0"]:
                return []
            _, answer = client.fetch("1:*", "(FLAGS)")
        return [line.decode() for line in answer if isinstance(line, bytes)]

    def forget_numbering(self, user: str, folder: str = "INBOX") -> None:
        """Give a folder new uids, as a server does after a restore: delete it and make it again."""
        import imaplib

        with imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=5) as client:
            client.login(user, PASSWORD)
            client.delete(folder)
            client.create(folder)


_CONFIG = """
base_dir = {root}/run
instance_name = {name}
log_path = {root}/dovecot.log
protocols = imap pop3
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{root}/mail/%u
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
auth_failure_delay = 0
first_valid_uid = 0
first_valid_gid = 0
state_dir = {root}/run
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    address = 127.0.0.1
    port = {pop_port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


def _mail_user() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody" if os.getuid() == 0 else getpass.getuser())


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """Dovecot as a child process on free ports, with everything it writes in a folder of its own.

    The folder is not pytest's: that one is closed to the user whom the mailboxes belong to.
    """
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        pytest.skip("Dovecot is not installed (apt-get install dovecot-imapd dovecot-pop3d).")
    root = Path(tempfile.mkdtemp(prefix="frappe-dovecot-"))
    server = Dovecot(free_port(), free_port(), root)
    process = subprocess.Popen([program, "-F", "-c", _write_config(server)], stderr=subprocess.PIPE)
    try:
        try:
            wait_for_port(server.imap_port, process)
        except RuntimeError:
            process.terminate()
            pytest.fail(f"Dovecot did not start: {process.communicate()[1].decode()} {_log(root)}")
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=10)
        shutil.rmtree(root, ignore_errors=True)


def _write_config(server: Dovecot) -> str:
    user = _mail_user()
    for name in ("run", "mail", "home"):
        (server.root / name).mkdir()
    for folder in (server.root, *server.root.iterdir()):
        os.chown(folder, user.pw_uid, user.pw_gid)
    server.root.chmod(0o755)
    import grp

    text = _CONFIG.format(
        root=server.root,
        name=f"test-{server.imap_port}",
        user=user.pw_name,
        group=grp.getgrgid(user.pw_gid).gr_name,
        uid=user.pw_uid,
        gid=user.pw_gid,
        password=PASSWORD,
        imap_port=server.imap_port,
        pop_port=server.pop_port,
    )
    path = server.root / "dovecot.conf"
    path.write_text(text)
    return str(path)


def _log(root: Path) -> str:
    path = root / "dovecot.log"
    return path.read_text()[-2000:] if path.exists() else ""


# -- accounts and mails -----------------------------------------------------------------------------------------------


def make_account(**values: Any) -> Any:
    """Insert an Email Account that can send by default."""
    import frappe

    given = {
        "doctype": "Email Account",
        "email_account_name": "Support",
        "email_id": "support@example.org",
        "enable_outgoing": 1,
        "default_outgoing": 1,
        "smtp_server": "127.0.0.1",
        "no_smtp_authentication": 1,
        "create_contact": 0,
        **values,
    }
    return frappe.get_doc(given).insert()


def make_imap_account(
    dovecot: Dovecot, user: str, folder: str = "INBOX", append_to: str | None = None, **values: Any
) -> Any:
    """Insert an Email Account that fetches from Dovecot."""
    return make_account(
        **{
            "email_id": f"{user}@example.org",
            "enable_incoming": 1,
            "use_imap": 1,
            "email_server": "127.0.0.1",
            "incoming_port": str(dovecot.imap_port),
            "login_id_is_different": 1,
            "login_id": user,
            "password": PASSWORD,
            "imap_folder": [{"folder_name": folder, "append_to": append_to}],
            **values,
        }
    )


def make_mail(
    sender: str = "Cleo <cleo@example.com>",
    subject: str = "Printer",
    text: str = "It is broken.",
    message_id: str | None = None,
    **headers: str,
) -> bytes:
    """Return a mail as it comes from outside; header names may be written with underscores."""
    from email.message import EmailMessage
    from email.utils import make_msgid

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "support@example.org", subject
    mail["Message-ID"] = message_id or make_msgid(domain="example.com")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def make_case_doctype() -> None:
    """Make a DocType that mails become documents of, with fields for subject, sender and account."""
    import frappe

    fields = [("subject", "Data"), ("raised_by", "Data"), ("status", "Data"), ("account", "Data")]
    values = {
        "doctype": "DocType",
        "name": "Case",
        "module": "Core",
        "custom": 1,
        "email_append_to": 1,
        "subject_field": "subject",
        "sender_field": "raised_by",
        "recipient_account_field": "account",
        "fields": [{"fieldname": name, "label": name.title(), "fieldtype": kind} for name, kind in fields],
        "permissions": [{"role": "System Manager", "read": 1, "write": 1, "create": 1, "email": 1}],
    }
    if not frappe.db.exists("DocType", "Case"):
        frappe.get_doc(values).insert()
        frappe.db.commit()
