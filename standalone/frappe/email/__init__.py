"""Mail: `frappe.sendmail`, the queue, and the accounts that mail comes in through.

mime/        mail as bytes, pure: reading (`parsing`) and writing (`building`)
smtp         a session with an outgoing server          mailbox    one with an incoming server
sending      from sendmail's arguments to a row of the queue, in the caller's transaction
delivery     from a row of the queue to the server: leases, retries, the state of each recipient
queue        flushing, unsubscribing and what else people do with the queue
inbox        what is new in the folders of an account, and what has been dealt with
receive      one incoming mail: `InboundMail.process()` makes it a Communication and finds its document
threads      whether a mail belongs to a conversation, and whether its sender may join it
"""

from __future__ import annotations

from typing import Any


def sendmail(
    recipients: Any = None,
    sender: str = "",
    subject: str = "No Subject",
    message: str = "No Message",
    as_markdown: bool = False,
    delayed: bool = True,
    reference_doctype: str | None = None,
    reference_name: Any = None,
    unsubscribe_method: str | None = None,
    unsubscribe_params: dict[str, Any] | None = None,
    unsubscribe_message: str | None = None,
    add_unsubscribe_link: int = 1,
    attachments: list[Any] | None = None,
    content: str | None = None,
    doctype: str | None = None,
    name: Any = None,
    reply_to: str | None = None,
    queue_separately: bool = False,
    cc: Any = None,
    bcc: Any = None,
    message_id: str | None = None,
    in_reply_to: str | None = None,
    send_after: Any = None,
    expose_recipients: str | None = None,
    send_priority: int = 1,
    communication: str | None = None,
    retry: int = 1,
    now: bool | None = None,
    read_receipt: Any = None,
    is_notification: bool = False,
    inline_images: list[dict[str, Any]] | None = None,
    template: str | None = None,
    args: dict[str, Any] | None = None,
    header: Any = None,
    print_letterhead: bool = False,
    with_container: bool = False,
    email_read_tracker_url: str | None = None,
    raw_html: bool = False,
    x_priority: int = 3,
    email_headers: dict[str, str] | None = None,
    wrapper: str | None = None,
) -> Any:
    """Queue a mail in the current transaction; it leaves once that is committed, within moments.

    Returns the Email Queue document, [] when nobody is left to write to, None when many recipients are queued by a job.
    `now` (or `delayed=False`) puts the mail in front of all others. Raises OutgoingEmailError without an account that
    can send. `message_id` and `in_reply_to` may carry their brackets; `in_reply_to` may name a Communication.
    """
    from frappe.email import sending

    arguments = locals()
    arguments.pop("sending")
    return sending.send(sending.Request(**arguments))
