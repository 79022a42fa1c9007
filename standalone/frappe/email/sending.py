"""From the arguments of `frappe.sendmail` to a row of the Email Queue, in the transaction of the caller.

The row holds the finished message with its final Message-ID, so whoever sends it, and however often it takes, it is one
mail. Files are named, not copied; they are read when the mail leaves.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.email import layout
from frappe.email.accounts import find_outgoing, reply_address, sender_of
from frappe.email.mime.building import Letter, build, dump
from frappe.email.mime.headers import clean_text, normalize_message_id
from frappe.email.mime.plain import html_to_text
from frappe.email.threads import answer_to
from frappe.utils import cint, cstr, get_datetime, parse_addr, split_emails, validate_email_address

MAX_RECIPIENTS_OF_ONE_MAIL = 100
UNSUBSCRIBE_PLACE = "{frappe:unsubscribe_url}"
OPEN_CHECK_PLACE = "<!--email_open_check-->"
AUTOMATIC_MARKS = frozenset({"x-auto-generated", "auto-submitted", "isnotification"})

_EMBED = re.compile(r"""<(img|video)\b[^>]*?\bembed\s*=\s*(["'])(.*?)\2[^>]*>""", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = r"""\s(?:{0})\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)"""


@dataclass
class Request:
    """The arguments of `frappe.sendmail`, under the same names."""

    recipients: Any = None
    sender: str = ""
    subject: str = "No Subject"
    message: str = "No Message"
    as_markdown: bool = False
    delayed: bool = True
    reference_doctype: str | None = None
    reference_name: Any = None
    unsubscribe_method: str | None = None
    unsubscribe_params: dict[str, Any] | None = None
    unsubscribe_message: str | None = None
    add_unsubscribe_link: int = 1
    attachments: list[Any] | None = None
    content: str | None = None
    doctype: str | None = None
    name: Any = None
    reply_to: str | None = None
    queue_separately: bool = False
    cc: Any = None
    bcc: Any = None
    message_id: str | None = None
    in_reply_to: str | None = None
    send_after: Any = None
    expose_recipients: str | None = None
    send_priority: int = 1
    communication: str | None = None
    retry: int = 1
    now: bool | None = None
    read_receipt: Any = None
    is_notification: bool = False
    inline_images: list[dict[str, Any]] | None = None
    template: str | None = None
    args: dict[str, Any] | None = None
    header: Any = None
    print_letterhead: bool = False
    with_container: bool = False
    email_read_tracker_url: str | None = None
    raw_html: bool = False
    x_priority: int = 3
    email_headers: dict[str, str] | None = None
    wrapper: str | None = None

    @property
    def about(self) -> tuple[str | None, str | None]:
        """The document that the mail belongs to."""
        doctype = self.reference_doctype or self.doctype
        name = self.reference_name if self.reference_name is not None else self.name
        return (doctype, cstr(name)) if doctype and name is not None else (None, None)

    @property
    def is_automatic(self) -> bool:
        """Whether the mail says of itself that a machine wrote it."""
        marks = {name.lower() for name in self.email_headers or {}}
        return self.is_notification or bool(marks & AUTOMATIC_MARKS)

    @property
    def is_urgent(self) -> bool:
        return bool(self.now) or not self.delayed


@dataclass
class Addressees:
    """Who gets a mail: bare addresses in the order they were given, each once."""

    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    bcc: list[str] = field(default_factory=list)

    @property
    def everybody(self) -> list[str]:
        return list(dict.fromkeys([*self.to, *self.cc, *self.bcc]))

    def without(self, unwanted: set[str]) -> Addressees:
        keep = [[each for each in group if each.lower() not in unwanted] for group in (self.to, self.cc, self.bcc)]
        return Addressees(*keep)


def send(request: Request) -> Any:
    """Queue the mail that a call of `frappe.sendmail` describes."""
    addressees = _addressees(request)
    if addressees is None:
        return []
    addressees = addressees.without(_unwilling(request, addressees))
    if not addressees.everybody:
        return []
    if request.queue_separately or len(addressees.everybody) > MAX_RECIPIENTS_OF_ONE_MAIL:
        return _send_one_by_one(request, addressees)
    return queue(request, addressees)


def queue(request: Request, addressees: Addressees) -> Any:
    """Insert the row for one mail and see to it that somebody sends it after the commit."""
    account = find_outgoing(_address(request.sender), request.about[0])
    row = _insert(request, addressees, account)
    _note_on_communication(request, row)
    _have_it_sent(request, row)
    return row


# -- to whom ----------------------------------------------------------------------------------------------------------


def _addressees(request: Request) -> Addressees | None:
    """Return whom to write to; None, with an entry in the Error Log, when an address cannot be one."""
    groups: list[list[str]] = []
    for value in (request.recipients, request.cc, request.bcc):
        bare, wrong = _bare_addresses(value)
        if wrong:
            frappe.log_error(
                title=_("A mail was not queued: {0} is no e-mail address").format(wrong[0][:100]),
                message=f"Subject: {request.subject}\nAddresses: {', '.join(wrong)}",
                reference_doctype=request.about[0],
                reference_name=request.about[1],
            )
            return None
        groups.append(bare)
    to, cc, bcc = groups
    cc = [each for each in cc if each not in to]
    return Addressees(to, cc, [each for each in bcc if each not in to and each not in cc])


def _bare_addresses(value: Any) -> tuple[list[str], list[str]]:
    """Return (addresses, what is none) of a list or a text with commas."""
    given = split_emails(value) if isinstance(value, str) else [cstr(each) for each in value or []]
    found: dict[str, None] = {}
    wrong = []
    for each in filter(None, map(str.strip, given)):
        each = _address_of_administrator() if each == "Administrator" else each
        valid = validate_email_address(each)
        if valid:
            found[valid] = None
        else:
            wrong.append(each)
    return list(found), wrong


def _address_of_administrator() -> str:
    return cstr(frappe.get_cached_value("User", "Administrator", "email"))


def _address(text: str | None) -> str:
    return (parse_addr(text)[1] or "") if text else ""


def _unwilling(request: Request, addressees: Addressees) -> set[str]:
    """Return the addresses that asked for no such mails, and the one a machine must not answer."""
    unwilling = {row.lower() for row in _unsubscribed(request.about, addressees.everybody)}
    mail = frappe.flags.inbound_mail
    if request.is_automatic and mail is not None and not mail.may_be_answered_automatically():
        unwilling |= {mail.from_email, mail.from_address}
    return unwilling


def _unsubscribed(about: tuple[str | None, str | None], addresses: list[str]) -> list[str]:
    rows = frappe.db.sql(
        "select `email` from `tabEmail Unsubscribe` where `email` in %(addresses)s"
        " and (`global_unsubscribe` = 1 or (`reference_doctype` = %(doctype)s and `reference_name` = %(name)s))",
        {"addresses": tuple(addresses), "doctype": about[0] or "", "name": about[1] or ""},
        pluck=True,
    )
    return list(rows)


def _send_one_by_one(request: Request, addressees: Addressees) -> None:
    """Give everybody a mail of his own, by a job: the caller need not wait for hundreds of rows."""
    values = {**vars(request), "queue_separately": False, "cc": None, "bcc": None, "message_id": None}
    frappe.enqueue(
        "frappe.email.sending.send_each",
        queue="long",
        now=bool(frappe.flags.in_test),
        addresses=addressees.everybody,
        values=values,
    )


def send_each(addresses: list[str], values: dict[str, Any]) -> None:
    """Queue one mail for each address."""
    for address in addresses:
        queue(Request(**{**values, "recipients": [address]}), Addressees(to=[address]))


# -- the row ----------------------------------------------------------------------------------------------------------


def _insert(request: Request, addressees: Addressees, account: Any) -> Any:
    files = _Files(request)
    page = files.embed(_html(request, account))
    letter = _letter(request, addressees, account, page)
    doctype, name = request.about
    row = frappe.get_doc(
        {
            "doctype": "Email Queue",
            "sender": letter.sender,
            "message": dump(build_with_hooks(letter, request)),
            "message_id": letter.message_id,
            "status": "Not Sent",
            "reference_doctype": doctype,
            "reference_name": name,
            "communication": request.communication,
            "send_after": get_datetime(request.send_after) if request.send_after else None,
            "priority": cint(request.send_priority),
            "add_unsubscribe_link": cint(_has_unsubscribe_link(request)),
            "unsubscribe_method": request.unsubscribe_method,
            "unsubscribe_param": json.dumps(request.unsubscribe_params) if request.unsubscribe_params else None,
            "expose_recipients": request.expose_recipients,
            "show_as_cc": ",".join(addressees.cc),
            "attachments": json.dumps(files.named) if files.named else None,
            "email_account": account.name,
            "recipients": [{"recipient": each, "status": "Not Sent"} for each in addressees.everybody],
        }
    )
    row.flags.ignore_links = row.flags.ignore_version = True  # everything named here was just read
    row.insert(ignore_permissions=True)
    files.keep(row)
    return row


def build_with_hooks(letter: Letter, request: Request) -> Any:
    """Return the message, as the apps' hook `make_email_body_message` leaves it."""
    message = build(letter)
    for path in frappe.get_hooks("make_email_body_message"):
        frappe.get_attr(path)(message)
    return message


def _letter(request: Request, addressees: Addressees, account: Any, page: str) -> Letter:
    exposed = request.expose_recipients == "header"
    parent, chain = answer_to(request.in_reply_to, *request.about)
    sender = sender_of(account, request.sender)
    return Letter(
        sender=sender,
        subject=cstr(request.subject),
        html=page,
        text=html_to_text(page),
        message_id=normalize_message_id(request.message_id) or get_message_id(),
        to=addressees.to if exposed else [],
        cc=addressees.cc if exposed else [],
        reply_to=request.reply_to or reply_address(account, request.sender),
        in_reply_to=parent,
        references=chain,
        headers=_headers(request, account, sender),
    )


def get_message_id() -> str:
    """Return a Message-ID nobody can guess, without brackets."""
    domain = re.sub(r"[^A-Za-z0-9.-]", "-", cstr(frappe.local.site)) or "localhost"
    return f"{frappe.generate_hash(length=32)}@{domain}"


def _headers(request: Request, account: Any, sender: str) -> dict[str, str]:
    headers = {"X-Frappe-Site": cstr(frappe.utils.get_url())}
    given = _address(request.sender)
    if given and given.lower() != _address(sender).lower():
        headers["X-Original-From"] = clean_text(request.sender)
    if request.is_notification or not (request.message_id or request.communication):
        headers["isnotification"] = "<notification>"
    if request.is_automatic:
        answering = frappe.flags.inbound_mail is not None
        headers["Auto-Submitted"] = "auto-replied" if answering else "auto-generated"
        headers["X-Auto-Response-Suppress"] = "All"
    if request.read_receipt:
        headers["Disposition-Notification-To"] = sender
    if cint(request.x_priority) != 3:
        headers["X-Priority"] = str(cint(request.x_priority))
    if _has_unsubscribe_link(request):
        headers["List-Unsubscribe"] = f"<{UNSUBSCRIBE_PLACE}>"
    return {**headers, **{name: cstr(value) for name, value in (request.email_headers or {}).items()}}


def _has_unsubscribe_link(request: Request) -> bool:
    return bool(request.add_unsubscribe_link and request.unsubscribe_message and request.about[0])


# -- what it says -----------------------------------------------------------------------------------------------------


def _html(request: Request, account: Any) -> str:
    content = _content(request)
    if request.raw_html:
        return content
    link = layout.unsubscribe_footer(request.unsubscribe_message or "", UNSUBSCRIBE_PLACE)
    page = layout.get_formatted_html(
        cstr(request.subject),
        content,
        email_account=account,
        header=request.header,
        with_container=request.with_container,
        unsubscribe_html=link if _has_unsubscribe_link(request) else "",
        footer=_named_recipients(request) if request.expose_recipients == "footer" else None,
    )
    return page.replace(OPEN_CHECK_PLACE, _tracker(request, account))


def _content(request: Request) -> str:
    if request.template:
        from frappe.utils.jinja import get_email_from_template

        return get_email_from_template(request.template, request.args or {})[0]
    content = cstr(request.content or request.message)
    return cstr(frappe.utils.md_to_html(content)) if request.as_markdown else content


def _named_recipients(request: Request) -> str:
    names = frappe.utils.escape_html(", ".join(_bare_addresses(request.recipients)[0] + _bare_addresses(request.cc)[0]))
    return f"<p>{_('This mail was sent to {0}.').format(names)}</p>"


def _tracker(request: Request, account: Any) -> str:
    """Return the picture whose request tells that a mail was opened, where the account wants to know."""
    if not (request.communication and account.get("track_email_status")) or not request.email_read_tracker_url:
        return ""
    url = frappe.utils.get_url(request.email_read_tracker_url)
    return f'<img src="{frappe.utils.escape_html(url)}" alt="" width="1" height="1">'


# -- files ------------------------------------------------------------------------------------------------------------


class _Files:
    """The files of a mail: named in the row where they are stored, and stored once where they come as bytes."""

    def __init__(self, request: Request):
        self.request = request
        self.named: list[dict[str, Any]] = []
        self.pending: list[tuple[str, Any, str]] = []
        for attachment in request.attachments or []:
            self._add(attachment)
        for image in request.inline_images or []:
            self.pending.append((cstr(image.get("filename")), image["filecontent"], cstr(image.get("content_id"))))

    def _add(self, attachment: Any) -> None:
        values = {"fid": attachment} if isinstance(attachment, str) else dict(attachment)
        if values.get("print_format_attachment"):
            values = _printed(values)
        if values.get("fid") or values.get("file_url"):
            self.named.append({key: values[key] for key in ("fid", "file_url", "fname") if values.get(key)})
        elif values.get("fcontent") is not None:
            self.pending.append((cstr(values.get("fname")) or "attachment", values["fcontent"], ""))
        else:
            frappe.throw(_("An attachment needs a fid, a file_url, or fname and fcontent."))

    def keep(self, row: Any) -> None:
        """Store what came as bytes, as files of the queued mail."""
        if not self.pending:
            return
        for name, content, content_id in self.pending:
            file = frappe.get_doc(
                {
                    "doctype": "File",
                    "file_name": name,
                    "content": content,
                    "is_private": 1,
                    "attached_to_doctype": "Email Queue",
                    "attached_to_name": row.name,
                }
            ).insert(ignore_permissions=True)
            self.named.append({"fid": file.name, **({"content_id": content_id} if content_id else {})})
        row.db_set("attachments", json.dumps(self.named), update_modified=False)

    def embed(self, html: str) -> str:
        """Return HTML whose pictures marked with `embed` are shown from inside of the mail.

        A picture that the mail has no right to is left as a link; so is one that is not stored here.
        """
        if "embed" not in html:
            return html
        urls = {_local_url(url) for _, _, url in _EMBED.findall(html)} - {""}
        ids = {url: f"{frappe.generate_hash(length=12)}@inline" for url in _usable(urls, self.request)}
        self.named.extend({"file_url": url, "content_id": content_id} for url, content_id in ids.items())

        def rewrite(match: re.Match[str]) -> str:
            content_id = ids.get(_local_url(match[3]))
            return _with_source(match[0], match[1], f"cid:{content_id}" if content_id else match[3], bool(content_id))

        return _EMBED.sub(rewrite, html)


def _printed(values: dict[str, Any]) -> dict[str, Any]:
    """Return a document on paper, as it is now, as an attachment."""
    wanted = ("doctype", "name", "file_name", "print_format", "style", "html", "lang", "print_letterhead", "letterhead")
    printed: dict[str, Any] = frappe.attach_print(**{key: values[key] for key in wanted if values.get(key) is not None})
    return printed


def _with_source(tag: str, kind: str, source: str, replace: bool) -> str:
    """Return a tag without `embed`, showing `source` if it shall replace the old source or there is none."""
    plain = re.sub(_ATTRIBUTE.format("embed"), "", tag, flags=re.IGNORECASE)
    if re.search(r"\ssrc\s*=", plain, re.IGNORECASE) and not replace:
        return plain
    plain = re.sub(_ATTRIBUTE.format("src"), "", plain, flags=re.IGNORECASE)
    return f'<{kind} src="{source}"{plain[len(kind) + 1 :]}'


def _local_url(url: str) -> str:
    from html import unescape

    path = unescape(url).strip().partition("?")[0].removeprefix(frappe.utils.get_url())
    return path if path.startswith(("/files/", "/private/files/")) else ""


def _usable(urls: set[str], request: Request) -> list[str]:
    """Return those pictures that this mail may carry: public ones, its document's own, and the writer's."""
    if not urls:
        return []
    rows = frappe.get_all(
        "File",
        filters={"file_url": ["in", list(urls)]},
        fields=["file_url", "is_private", "owner", "attached_to_doctype", "attached_to_name"],
        limit=1000,
    )
    own = _own_documents(rows, request)
    usable = {row.file_url for row in rows if not row.is_private or _is_writers(row) or _target(row) in own}
    return sorted(usable)


def _target(row: Any) -> tuple[str, str]:
    return cstr(row.attached_to_doctype), cstr(row.attached_to_name)


def _is_writers(row: Any) -> bool:
    return not row.attached_to_doctype and row.owner == frappe.session.user


def _own_documents(rows: list[Any], request: Request) -> set[tuple[str, str]]:
    """Return the reference document and those of its Communications that the files in `rows` are attached to."""
    doctype, name = request.about
    own = {(cstr(doctype), cstr(name)), ("Communication", cstr(request.communication))}
    communications = {row.attached_to_name for row in rows if row.attached_to_doctype == "Communication"}
    if doctype and communications:
        filters = {"name": ["in", list(communications)], "reference_doctype": doctype, "reference_name": name}
        own |= {("Communication", each) for each in frappe.get_all("Communication", filters=filters, pluck="name")}
    return own


# -- afterwards -------------------------------------------------------------------------------------------------------


def _note_on_communication(request: Request, row: Any) -> None:
    """Remember the Message-ID on the Communication: answers are found by it long after the queue was cleared."""
    if not request.communication:
        return
    frappe.db.sql(
        "update `tabCommunication` set `message_id` = coalesce(nullif(`message_id`, ''), %s), `delivery_status` = %s"
        " where `name` = %s",
        (row.message_id, "Scheduled" if row.send_after else "Sending", request.communication),
    )
    frappe.clear_document_cache("Communication", request.communication)


def _have_it_sent(request: Request, row: Any) -> None:
    from frappe.email import delivery

    if frappe.flags.in_test and not frappe.flags.testing_email:
        if request.is_urgent:
            delivery.pretend(row)
        return
    if row.send_after and row.send_after > frappe.utils.now_datetime():
        return
    if delivery.is_stopped():
        return
    frappe.enqueue(
        "frappe.email.delivery.deliver",
        queue="short",
        timeout=300,
        at_front=request.is_urgent,
        name=row.name,
    )
