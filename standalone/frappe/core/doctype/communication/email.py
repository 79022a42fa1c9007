"""The endpoints for writing a mail about a document, and for knowing that it was opened."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.email.sending import get_message_id
from frappe.messages import throw
from frappe.utils import cint, cstr, escape_html, get_formatted_email, now_datetime, parse_addr

PIXEL = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


@frappe.whitelist(methods=["POST"])
def make(
    doctype: str | None = None,
    name: str | int | None = None,
    content: str | None = None,
    subject: str | None = None,
    sent_or_received: str = "Sent",
    sender: str | None = None,
    sender_full_name: str | None = None,
    recipients: str | list[str] | None = None,
    communication_medium: str = "Email",
    send_email: bool | int | str = False,
    print_html: str | None = None,
    print_format: str | None = None,
    attachments: str | list[Any] | None = None,
    send_me_a_copy: bool | int | str = False,
    cc: str | list[str] | None = None,
    bcc: str | list[str] | None = None,
    read_receipt: bool | int | str | None = None,
    print_letterhead: bool | int | str = True,
    email_template: str | None = None,
    communication_type: str | None = None,
    send_after: str | None = None,
    print_language: str | None = None,
    now: bool | int | str = False,
    **unknown: Any,
) -> dict[str, Any]:
    """Store a message about a document and, with `send_email`, mail it.

    Returns the name of the Communication and the addresses that will not be written to. Needs the right `email` on the
    document.
    """
    if doctype and name is not None and not frappe.has_permission(doctype, ptype="email", doc=name):
        throw(
            _("You may not send mails about {0} {1}.").format(_(doctype), escape_html(cstr(name))),
            frappe.PermissionError,
        )
    return _make(
        {
            "doctype": "Communication",
            "subject": subject,
            "content": content,
            "sender": _allowed_sender(sender),
            "sender_full_name": sender_full_name,
            "recipients": _text(recipients),
            "cc": _text(cc),
            "bcc": _text(bcc),
            "communication_medium": communication_medium,
            "sent_or_received": sent_or_received,
            "reference_doctype": doctype,
            "reference_name": cstr(name) if name is not None else None,
            "email_template": email_template,
            "message_id": get_message_id(),
            "read_receipt": cint(read_receipt),
            "has_attachment": 1 if attachments else 0,
            "communication_type": communication_type or "Communication",
            "send_after": send_after,
        },
        attachments=frappe.parse_json(attachments) if isinstance(attachments, str) else attachments,
        mail={
            "send_me_a_copy": cint(frappe.utils.sbool(send_me_a_copy)),
            "print_html": print_html,
            "print_format": print_format,
            "print_letterhead": print_letterhead,
            "print_language": print_language,
            "now": bool(cint(frappe.utils.sbool(now))),
        }
        if cint(frappe.utils.sbool(send_email))
        else None,
    )


def _make(values: dict[str, Any], attachments: list[Any] | None, mail: dict[str, Any] | None) -> dict[str, Any]:
    communication = frappe.get_doc(values)
    communication.insert(ignore_permissions=True)  # the gate is the right `email` on the document
    if attachments:
        add_attachments(communication.name, attachments)
    left_out = []
    if mail is not None:
        if not communication.get_outgoing_email_account():
            throw(_("The mail cannot be sent: no outgoing e-mail account is set up."), frappe.OutgoingEmailError)
        communication.send_email(**mail)
        left_out = communication.exclude_emails_list(include_sender=bool(mail["send_me_a_copy"]))
    return {"name": communication.name, "emails_not_sent_to": ", ".join(left_out)}


def _text(value: str | list[str] | None) -> str | None:
    return ", ".join(value) if isinstance(value, list | tuple) else value


def _allowed_sender(sender: str | None) -> str:
    """Return the sender: the caller by default, or an account that he works with; nobody else."""
    user = frappe.session.user
    own = get_formatted_email(user)
    if not sender:
        return cstr(own)
    address = cstr(parse_addr(sender)[1]).lower()
    if address in (cstr(parse_addr(own)[1]).lower(), user.lower()) or "System Manager" in frappe.get_roles():
        return sender
    accounts = frappe.get_all("User Email", {"parent": user, "parenttype": "User"}, pluck="email_id")
    if address in {cstr(each).lower() for each in accounts}:
        return sender
    throw(_("You may not send mails as {0}.").format(escape_html(sender)), frappe.PermissionError)


def add_attachments(name: str, attachments: list[Any]) -> None:
    """Attach files to a Communication: records of stored ones, the caller's own or readable to him, or new ones."""
    for each in attachments:
        values: dict[str, Any] = {"doctype": "File", "attached_to_doctype": "Communication", "attached_to_name": name}
        if isinstance(each, str):
            file = frappe.get_doc("File", each)
            file.check_permission("read")
            values.update(file_name=file.file_name, file_url=file.file_url, is_private=file.is_private)
        elif isinstance(each, dict) and each.get("fname") and each.get("fcontent") is not None:
            values.update(file_name=each["fname"], content=each["fcontent"], is_private=1)
        else:
            throw(_("An attachment is the name of a File, or fname with fcontent."))
        values["folder"] = "Home/Attachments"
        frappe.get_doc(values).insert(ignore_permissions=True)  # read permission was checked above


def validate_email(doc: Any) -> None:
    """Raise InvalidEmailAddressError unless every address of a Communication is one."""
    doc.validate_email(doc.sender)
    doc._validate_addresses()


@frappe.whitelist(allow_guest=True, methods=["GET"])
def mark_email_as_seen(name: str | None = None) -> None:
    """Answer with an invisible picture, and note that the mail it is in was opened."""
    if name:
        _note_opened(name)
    frappe.response["type"] = "binary"
    frappe.response["filename"] = "pixel.gif"
    frappe.response["filecontent"] = PIXEL
    frappe.response["display_content_as"] = "inline"


def _note_opened(name: str) -> None:
    row = frappe.db.get_value("Communication", name, ["name", "read_by_recipient", "sent_or_received"], as_dict=True)
    if not row or row.name != name or cint(row.read_by_recipient) or row.sent_or_received != "Sent":
        return
    values = {"read_by_recipient": 1, "delivery_status": "Read", "read_by_recipient_on": now_datetime()}
    frappe.db.set_value("Communication", name, values)
    frappe.local.flags.commit = True
