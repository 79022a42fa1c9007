"""Conversations: which message a mail answers, which document that belongs to, and who may join it.

A Message-ID is a claim anybody can make who has seen one, and a From address is one anybody can make at all. So finding
the conversation and being let in are two questions. The second one is asked of the apps first, through the hook
`inbound_mail_may_join = ["dotted.path"]`, called `(mail, doc, evidence)`; None leaves the decision to the next one.
"""

from __future__ import annotations

from typing import Any, Literal

import frappe
from frappe.email.mime.headers import MAX_REFERENCES, normalize_message_id
from frappe.utils import cstr, parse_addr, split_emails

Evidence = Literal["message-id", "name", "subject"]
"""What connects a mail with a document: the id of a message we know, the name of one, or words in the subject."""


# -- writing: what an answer answers ----------------------------------------------------------------------------------


def answer_to(in_reply_to: str | None, doctype: str | None, name: str | None) -> tuple[str, list[str]]:
    """Return (Message-ID answered to, the ids of the whole thread, oldest first) for a new mail.

    `in_reply_to` is a Message-ID, with or without brackets, or the name of a Communication.
    """
    if not in_reply_to:
        return "", []
    given = normalize_message_id(in_reply_to)
    by_name = "@" not in given
    if doctype and name:
        rows = _messages_of(doctype, name)
    else:
        filters = {"name": given} if by_name else {"message_id": given}
        rows = frappe.get_all("Communication", filters=filters, fields=["name", "message_id", "in_reply_to"], limit=5)
    known = {row.name: row for row in rows}
    if by_name and given not in known:
        found = frappe.db.get_value("Communication", given, ["name", "message_id", "in_reply_to"], as_dict=True)
        known.update({given: found} if found else {})
    start = given if by_name else next((row.name for row in rows if row.message_id == given), "")
    chain = _chain(known, start)
    parent = chain[-1] if chain else ("" if by_name else given)
    return parent, chain


def _messages_of(doctype: str, name: str) -> list[Any]:
    return list(
        frappe.get_all(
            "Communication",
            filters={"reference_doctype": doctype, "reference_name": name},
            fields=["name", "message_id", "in_reply_to"],
            order_by="creation desc",
            limit=500,
        )
    )


def _chain(known: dict[str, Any], start: str) -> list[str]:
    """Follow the answers back to the first message; returns Message-IDs, oldest first."""
    ids: list[str] = []
    seen: set[str] = set()
    current = start
    while current in known and current not in seen and len(ids) < MAX_REFERENCES:
        seen.add(current)
        row = known[current]
        if row.message_id:
            ids.append(normalize_message_id(row.message_id))
        current = cstr(row.in_reply_to)
    return ids[::-1]


# -- reading: what a mail answers -------------------------------------------------------------------------------------


def find_communication(message_id: str) -> Any:
    """Return the Communication (name, reference) of exactly that Message-ID, None if there is none.

    The database compares without regard to case and trailing blanks; ids do not.
    """
    if not message_id:
        return None
    fields = ["name", "message_id", "reference_doctype", "reference_name", "creation"]
    rows = frappe.get_all(
        "Communication", filters={"message_id": message_id}, fields=fields, order_by="creation asc", limit=20
    )
    return next((row for row in rows if normalize_message_id(row.message_id) == message_id), None)


def find_queued(message_id: str) -> Any:
    """Return the row of the Email Queue (name, reference, communication) of exactly that Message-ID, or None."""
    if not message_id:
        return None
    fields = ["name", "message_id", "reference_doctype", "reference_name", "communication"]
    rows = frappe.get_all("Email Queue", filters={"message_id": message_id}, fields=fields, limit=20)
    return next((row for row in rows if normalize_message_id(row.message_id) == message_id), None)


# -- being let in -----------------------------------------------------------------------------------------------------


def may_join(mail: Any, doc: Any, evidence: Evidence) -> bool:
    """Tell whether the sender of `mail` may add to the conversation of `doc`. Apps are asked first."""
    for path in frappe.get_hooks("inbound_mail_may_join"):
        answer = frappe.get_attr(path)(mail, doc, evidence)
        if answer is not None:
            return bool(answer)
    return may_join_by_default(mail, doc, evidence)


def may_join_by_default(mail: Any, doc: Any, evidence: Evidence) -> bool:
    """The rule without an app: one has to be part of the conversation, and to be who one claims to be.

    Part of it are its requester, who wrote before, whom we wrote to, and whom the mail being answered went to; for
    colleagues, who may see the document, a proven address or a message we sent is enough.
    """
    address = cstr(mail.from_address).lower()
    if not address or mail.authentication == "fail":
        return False
    if address in participants(doc):
        return True
    if evidence == "message-id" and address in mail.recipients_of_parent():
        return True
    return mail.authentication == "pass" and _is_colleague(address, doc)


def participants(doc: Any) -> set[str]:
    """Return the addresses that belong to the conversation of a document, in lower case.

    Those in Cc of a mail from outside do not: whoever forges a mail could let himself in.
    """
    found = {cstr(doc.get(doc.meta.sender_field or "")), cstr(frappe.db.get_value("User", doc.owner, "email"))}
    rows = frappe.get_all(
        "Communication",
        filters={"reference_doctype": doc.doctype, "reference_name": cstr(doc.name)},
        fields=["sender", "recipients", "cc", "bcc", "sent_or_received"],
        order_by="creation desc",
        limit=500,
    )
    for row in rows:
        found.add(cstr(row.sender))
        if row.sent_or_received == "Sent":
            found.update(each for value in (row.recipients, row.cc, row.bcc) for each in split_emails(value))
    return {address.lower() for each in found if each and (address := cstr(parse_addr(each)[1])) and "@" in address}


def _is_colleague(address: str, doc: Any) -> bool:
    user = frappe.db.get_value("User", {"email": address, "enabled": 1, "user_type": "System User"})
    return bool(user) and bool(doc.has_permission("read", user=user))
