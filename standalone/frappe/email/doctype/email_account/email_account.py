"""Controller of the DocType Email Account: an address that mail leaves from and comes in by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.email import accounts
from frappe.email.mailbox import ImapMailbox, Mailbox, MailboxError, PopMailbox, Security, Server
from frappe.email.mime.errors import DeliveryError
from frappe.email.smtp import SMTPServer
from frappe.model.document import Document
from frappe.utils import cint, cstr, validate_email_address
from frappe.utils.user import get_system_managers

DEFAULT_TIMEOUT = 30
MAX_REFUSED_LOGINS = 5
FIRST_SYNC_COUNTS = ("100", "250", "500")


class EmailAccount(Document):
    """A mailbox: how to fetch from it, what becomes of its mails, and how to send in its name."""

    if TYPE_CHECKING:
        email_id: str
        email_account_name: str
        enable_incoming: int
        enable_outgoing: int
        use_imap: int
        append_to: str | None
        imap_folder: list[Any]
        email_sync_option: str

    # -- saving -------------------------------------------------------------------------------------------------------

    def autoname(self) -> None:
        if not self.email_account_name:
            words = cstr(self.email_id).partition("@")[0].replace("_", " ").replace(".", " ").replace("-", " ")
            self.email_account_name = words.title()
        self.name = self.email_account_name

    def validate(self) -> None:
        self.email_id = cstr(validate_email_address(self.email_id, throw=True))
        self._refuse_what_is_missing()
        self._reset_defaults()
        self.validate_imap_folders()
        if self._connections_are_to_be_tried():
            self._require_servers()
            self._require_password()
            self.try_connections()

    def _refuse_what_is_missing(self) -> None:
        if self.auth_method == "OAuth":
            frappe.throw(_("Logging in to mail servers by OAuth is not available in this runtime; use Basic."))
        if self.service == "Frappe Mail":
            frappe.throw(_("The service Frappe Mail is not available in this runtime; use IMAP or POP3 and SMTP."))

    def _require_servers(self) -> None:
        if self.enable_incoming and not self.email_server:
            frappe.throw(_("Name the incoming server of {0}.").format(frappe.bold(self.email_id)))
        if self.enable_outgoing and not self.smtp_server:
            frappe.throw(_("Name the outgoing server of {0}.").format(frappe.bold(self.email_id)))

    def _reset_defaults(self) -> None:
        if not self.enable_incoming:
            self.default_incoming = 0
        if not self.enable_outgoing:
            self.default_outgoing = 0

    def validate_imap_folders(self) -> None:
        """IMAP needs a folder to read, and mails can only become documents of DocTypes made for it."""
        if self.enable_incoming and self.use_imap and not self.imap_folder:
            frappe.throw(_("Add at least one IMAP folder, such as INBOX."))
        possible = None
        for target in {self.append_to, *(row.append_to for row in self.imap_folder)} - {None, "", "Communication"}:
            possible = possible if possible is not None else append_targets()
            if target not in possible:
                frappe.throw(_("Mails cannot become documents of the DocType {0}.").format(frappe.bold(target)))

    def _connections_are_to_be_tried(self) -> bool:
        flags = frappe.flags
        busy = flags.in_test or flags.in_patch or flags.in_install or flags.in_migrate or flags.in_import
        return not (busy or self.awaiting_password or frappe.conf.skip_email_connection_checks)

    def _require_password(self) -> None:
        needed = self.enable_incoming or (self.enable_outgoing and not self.no_smtp_authentication)
        if needed and not self._password():
            frappe.throw(_("A password is needed to log in as {0}.").format(frappe.bold(self.login)))

    def try_connections(self) -> None:
        """Log in to the servers once, so that a mistake shows now and not in the middle of the night."""
        if self.enable_incoming:
            self.get_incoming_server(throw=True).close()
        if self.enable_outgoing:
            self.check_smtp()

    def check_smtp(self) -> None:
        """Log in to the outgoing server. Raises OutgoingEmailError with the reason."""
        try:
            with self.get_smtp_server() as server:
                server.session  # noqa: B018 - connects
        except DeliveryError as error:
            frappe.throw(_("The outgoing server cannot be used: {0}").format(error.reason), frappe.OutgoingEmailError)

    def before_save(self) -> None:
        if self.is_new() or self.has_value_changed("email_server") or self.has_value_changed("password"):
            self.no_failed, self.last_incoming_error = 0, None

    def on_update(self) -> None:
        self._be_the_only_default()
        self._sync_user_emails()

    def _be_the_only_default(self) -> None:
        for fieldname in ("default_incoming", "default_outgoing"):
            if cint(self.get(fieldname)):
                others = frappe.get_all("Email Account", {fieldname: 1, "name": ["!=", self.name]}, pluck="name")
                for other in others:
                    frappe.db.set_value("Email Account", other, fieldname, 0)

    def _sync_user_emails(self) -> None:
        """Rows of users who may use this account carry a copy of some of its settings."""
        values = {
            "email_id": self.email_id,
            "awaiting_password": cint(self.awaiting_password),
            "enable_outgoing": cint(self.enable_outgoing),
        }
        for name in frappe.get_all("User Email", {"email_account": self.name}, pluck="name"):
            frappe.db.set_value("User Email", name, values, update_modified=False)

    def on_trash(self) -> None:
        for name in frappe.get_all("User Email", {"email_account": self.name}, pluck="name"):
            frappe.db.delete("User Email", {"name": name})

    # -- servers ------------------------------------------------------------------------------------------------------

    @property
    def login(self) -> str:
        return cstr(self.login_id if self.login_id_is_different and self.login_id else self.email_id)

    @property
    def default_sender(self) -> str:
        """Name and address of the account."""
        return accounts.sender_of(self, None)

    def _password(self) -> str:
        if self.flags.plain_password:
            return str(self.flags.plain_password)
        typed = cstr(self.password)
        if typed and set(typed) != {"*"}:
            return typed
        if self.is_new() or not self.name:
            return ""
        return cstr(self.get_password(raise_exception=False))

    def incoming_address(self) -> Server:
        """Return where mail is fetched from."""
        security: Security = "ssl" if cint(self.use_ssl) else "starttls" if cint(self.use_starttls) else "none"
        ports = {(1, "ssl"): 993, (1, "starttls"): 143, (1, "none"): 143, (0, "ssl"): 995}
        port = cint(self.incoming_port) or ports.get((cint(self.use_imap), security), 110)
        verify = self.get("validate_ssl_certificate")
        timeout = float(cint(frappe.conf.pop_timeout) or DEFAULT_TIMEOUT)
        return Server(cstr(self.email_server), port, security, verify is None or bool(cint(verify)), timeout)

    def get_incoming_server(self, in_receive: bool = False, throw: bool = False, **options: Any) -> Any:
        """Return a logged-in session with the incoming server.

        While receiving, a failure is noted on the account and None comes back; else it is raised as ValidationError.
        """
        kind = ImapMailbox if cint(self.use_imap) else PopMailbox
        try:
            return kind(self.incoming_address(), self.login, self._password())
        except MailboxError as error:
            if in_receive and not throw:
                self.note_incoming_failure(error)
                return None
            frappe.throw(_("The incoming server cannot be used: {0}").format(error))

    def get_smtp_server(self) -> SMTPServer:
        """Return the outgoing server; it connects when it is first used."""
        verify = self.get("validate_ssl_certificate_for_outgoing")
        return SMTPServer(
            server=cstr(self.smtp_server),
            port=cint(self.smtp_port) or None,
            login=None if cint(self.no_smtp_authentication) else self.login,
            password=None if cint(self.no_smtp_authentication) else self._password(),
            use_tls=cint(self.use_tls),
            use_ssl=cint(self.use_ssl_for_outgoing),
            validate_certificate=verify is None or bool(cint(verify)),
            email_account=self.name,
        )

    def append_email_to_sent_folder(self, message: bytes) -> None:
        """Put a mail that was sent into the server's folder of sent ones. Raises MailboxError."""
        if not cint(self.use_imap):
            return
        mailbox = ImapMailbox(self.incoming_address(), self.login, self._password())
        try:
            mailbox.append(cstr(self.get("sent_folder_name")) or "Sent", message)
        finally:
            mailbox.close()

    # -- finding ------------------------------------------------------------------------------------------------------

    @classmethod
    def find(cls, name: str) -> Any:
        return frappe.get_doc("Email Account", name)

    @classmethod
    def find_one_by_filters(cls, **filters: Any) -> Any:
        name = frappe.db.get_value("Email Account", filters)
        return cls.find(name) if name else None

    @classmethod
    def find_outgoing(
        cls, match_by_email: str | None = None, match_by_doctype: str | None = None, _raise_error: bool = False
    ) -> Any:
        """Return the account a mail leaves through; None, or OutgoingEmailError with `_raise_error`, without one."""
        return accounts.find_outgoing(match_by_email, match_by_doctype, required=_raise_error)

    @classmethod
    def find_default_outgoing(cls) -> Any:
        return accounts.find_outgoing(required=False)

    @classmethod
    def find_incoming(cls, match_by_email: str | None = None, match_by_doctype: str | None = None) -> Any:
        """Return the account that takes mail for an address or a DocType, else the default one, else None."""
        return accounts.find_incoming(match_by_email, match_by_doctype)

    @classmethod
    def find_default_incoming(cls) -> Any:
        return accounts.find_incoming()

    # -- receiving ----------------------------------------------------------------------------------------------------

    def build_email_sync_rule(self) -> str:
        """Return UNSEEN or ALL."""
        return "ALL" if self.email_sync_option == "ALL" else "UNSEEN"

    def get_inbound_mails(self) -> list[Any]:
        """Return what is new in the mailbox, oldest first, as InboundMail; nothing on the server changes.

        Apps override this. What they return is processed by `receive`; mails they leave out count as dealt with if they
        call `settle` for them, and come again otherwise.
        """
        from frappe.email.fetching import Inbox
        from frappe.email.receive import InboundMail

        inbox = self._open_inbox(Inbox)
        return (
            [InboundMail(raw, self, raw.uid, raw.seen, inbox.append_to(raw)) for raw in inbox.fetch()] if inbox else []
        )

    def _open_inbox(self, kind: Any) -> Any:
        mailbox: Mailbox | None = self.get_incoming_server(in_receive=True)
        self.__dict__["_inbox"] = kind(self, mailbox) if mailbox is not None else None
        return self.__dict__["_inbox"]

    def settle(self, mail: Any) -> None:
        """Mark a mail as dealt with, on the server and in our counting; to be called after the commit."""
        inbox = self.__dict__.get("_inbox")
        if inbox is not None:
            inbox.settle(mail.raw)

    def receive(self) -> None:
        """Fetch new mails and process each in a transaction of its own; raises at the end if some failed."""
        from frappe.email.reception import Reception

        try:
            Reception(self).run()
        finally:
            inbox = self.__dict__.pop("_inbox", None)
            if inbox is not None:
                inbox.close()

    def send_auto_reply(self, communication: Any, email: Any) -> Any:
        """Answer a mail from outside by the account's auto reply, unless a machine wrote it or it would be too much."""
        if not (cint(self.enable_auto_reply) and email.may_be_answered_automatically()):
            return None
        if self.auto_reply_message:
            text = frappe.render_template(self.auto_reply_message, communication.as_dict())
        else:
            text = frappe.get_template("templates/emails/auto_reply.html").render(communication.as_dict())
        return frappe.sendmail(
            recipients=[email.from_email],
            sender=self.email_id,
            reply_to=self.email_id,
            subject=f"{_('Re:')} {communication.subject}",
            content=text,
            reference_doctype=communication.reference_doctype,
            reference_name=communication.reference_name,
            in_reply_to=email.message_id,
            unsubscribe_message=_("Leave this conversation") if cint(self.send_unsubscribe_message) else None,
            is_notification=True,
            email_headers={"Auto-Submitted": "auto-replied"},
        )

    def note_incoming_failure(self, error: Exception) -> None:
        """Remember why the mailbox could not be read; refused logins switch it off in the end. Commits."""
        from frappe.email.mailbox import LoginRefused

        reason = cstr(error)[:500]
        changes: dict[str, Any] = {"last_incoming_error": reason}
        if isinstance(error, LoginRefused):
            changes["no_failed"] = cint(frappe.db.get_value("Email Account", self.name, "no_failed")) + 1
        if reason != cstr(frappe.db.get_value("Email Account", self.name, "last_incoming_error")):
            frappe.log_error(_("Mails of {0} cannot be fetched").format(self.name), reason, "Email Account", self.name)
        frappe.db.set_value("Email Account", self.name, changes, update_modified=False)
        if cint(changes.get("no_failed")) > MAX_REFUSED_LOGINS:
            self.handle_incoming_connect_error(reason)
        frappe.db.commit()

    def note_incoming_success(self) -> None:
        """Forget earlier failures, if there are any."""
        if self.no_failed or self.last_incoming_error:
            values = {"no_failed": 0, "last_incoming_error": None}
            frappe.db.set_value("Email Account", self.name, values, update_modified=False)
            self.update(values)

    def handle_incoming_connect_error(self, description: str) -> None:
        """Stop fetching, and ask the System Managers to look after it."""
        frappe.db.set_value("Email Account", self.name, {"enable_incoming": 0, "default_incoming": 0})
        for user in get_system_managers(only_name=True) or ["Administrator"]:
            frappe.get_doc(
                {
                    "doctype": "ToDo",
                    "allocated_to": user,
                    "assigned_by": "Administrator",
                    "description": frappe.utils.escape_html(
                        _("Fetching mails of {0} was switched off: {1}").format(self.name, description)
                    ),
                    "priority": "High",
                    "status": "Open",
                    "reference_type": "Email Account",
                    "reference_name": self.name,
                }
            ).insert(ignore_permissions=True)


# -- for clients ------------------------------------------------------------------------------------------------------


@frappe.whitelist()
def get_append_to(
    doctype: str | None = None,
    txt: str | None = None,
    searchfield: str | None = None,
    start: int | None = None,
    page_len: int | None = None,
    filters: Any = None,
) -> list[list[str]]:
    """Return the DocTypes that mails may become documents of, for a Link field."""
    return [[each] for each in sorted(append_targets()) if not txt or txt.lower() in each.lower()]


def append_targets() -> set[str]:
    """Return the DocTypes with `email_append_to`, by their own definition or by a Property Setter."""
    found = set(frappe.get_all("DocType", {"istable": 0, "issingle": 0, "email_append_to": 1}, pluck="name"))
    setters = frappe.get_all("Property Setter", {"property": "email_append_to"}, ["doc_type", "value"])
    for row in setters:
        (found.add if cint(row.value) else found.discard)(row.doc_type)
    return found


@frappe.whitelist(methods=["POST"])
def pull_emails(email_account: str) -> None:
    """Fetch the mails of an account now."""
    account = frappe.get_doc("Email Account", email_account)
    account.check_permission("read")
    account.receive()


@frappe.whitelist(methods=["POST"])
def test_outgoing(email_account: str, to: str) -> dict[str, Any]:
    """Send a mail through an account this moment. Raises OutgoingEmailError with the server's reason."""
    from frappe.email.mime.building import Letter, build
    from frappe.email.sending import get_message_id

    account = frappe.get_doc("Email Account", email_account)
    account.check_permission("write")
    to = cstr(validate_email_address(to, throw=True))
    text = _("This mail shows that the account {0} can send.").format(account.name)
    letter = Letter(
        sender=account.default_sender,
        subject=_("Test of the e-mail account {0}").format(account.name),
        html=f"<p>{frappe.utils.escape_html(text)}</p>",
        text=text,
        message_id=get_message_id(),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        with account.get_smtp_server() as server:
            server.send(account.email_id, [to], build(letter).as_bytes())
    except DeliveryError as error:
        account.db_set("last_outgoing_error", error.reason, update_modified=False, commit=True)
        frappe.throw(_("The mail could not be sent: {0}").format(error.reason), frappe.OutgoingEmailError)
    account.db_set("last_outgoing_error", None, update_modified=False)
    return {"sent": True, "to": to, "message_id": letter.message_id}


@frappe.whitelist(methods=["POST"])
def set_email_password(email_account: str, password: str) -> bool:
    """Set the password of an account and try it; returns whether the servers accept it."""
    account = frappe.get_doc("Email Account", email_account)
    account.check_permission("write")
    account.awaiting_password, account.password = 0, password
    try:
        account.save()
    except (frappe.ValidationError, frappe.OutgoingEmailError):
        frappe.db.rollback()
        return False
    return True


# -- scheduled --------------------------------------------------------------------------------------------------------


def pull(now: bool = False) -> None:
    """Have the mails of every account fetched, each by a job of its own; an account that is busy is skipped."""
    if frappe.conf.pause_email_pull:
        return
    for name in frappe.get_all("Email Account", {"enable_incoming": 1, "awaiting_password": 0}, pluck="name"):
        if now:
            pull_from_email_account(name)
            continue
        frappe.enqueue(
            "frappe.email.doctype.email_account.email_account.pull_from_email_account",
            queue="short",
            timeout=300,
            job_id=f"pull_from_email_account|{name}",
            deduplicate=True,
            email_account=name,
        )


def pull_from_email_account(email_account: str) -> None:
    """Fetch the mails of one account."""
    account = frappe.get_doc("Email Account", email_account)
    if cint(account.enable_incoming) and not cint(account.awaiting_password):
        account.receive()


def notify_unreplied() -> None:
    """Remind people of received mails that nobody has answered for a while; every mail once."""
    from frappe.email.reminders import remind

    remind()
