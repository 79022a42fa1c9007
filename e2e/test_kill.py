"""The server is killed at random instants while mail comes and goes; nothing that was accepted is lost or doubled.

What SMTP leaves undecidable – killed between the mail server's acceptance and our record of it – is repeated with the
same Message-ID; so distinct Message-IDs are counted, as a mail client shows them.
"""

from __future__ import annotations

import os
import random
import smtplib
import threading
import time
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

import pytest
import requests
from imap_tools import MailMessage

from e2e.mail_servers import MailServers
from e2e.product import PASSWORD, Product, wait_for
from e2e.rest import Refused, Rest
from e2e.team import CLEO, SUPPORT, make_agents, make_mailbox, write_to_customers

pytestmark = pytest.mark.dovecot
KILLS = int(os.environ.get("HELPDESK_KILLS", "20"))
FIELDS = ["name", "subject", "sla", "resolution_by"]
ACKNOWLEDGED = min(KILLS, 5)
"""One address gets no more than five acknowledgements an hour."""


@pytest.fixture(scope="module")
def product(template_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    running = Product(tmp_path_factory.mktemp("killed") / "bench")
    running.copy_of(template_site)
    running.start()
    yield running
    running.kill()


def send(mail: MailServers, number: int, in_reply_to: str | None = None) -> str:
    message = EmailMessage()
    message["From"], message["To"] = CLEO, SUPPORT
    message["Subject"] = f"Re: Case {number}" if in_reply_to else f"Case {number}"
    message["Message-ID"] = make_msgid(domain="customer.test")
    if in_reply_to:
        message["In-Reply-To"] = message["References"] = in_reply_to
    message.set_content(f"Text of case {number}")
    with smtplib.SMTP("127.0.0.1", mail.smtp_port) as client:
        client.send_message(message)
    return str(message["Message-ID"])


def patient(product: Product, work: Any) -> Any:
    """Do `work` as soon as a server answers; a broken connection means nobody told us that it was done."""
    while True:
        try:
            return work(Rest(product.url).sign_in("Administrator", PASSWORD))
        except (requests.RequestException, Refused):
            wait_for("a server that answers", product.answers, 60)


def message_id(message: MailMessage) -> str:
    return "".join(message.headers.get("message-id", ("",))).strip()


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(product: Product, mail: MailServers) -> None:
    admin = Rest(product.url).sign_in("Administrator", PASSWORD)
    make_agents(admin)
    make_mailbox(admin, mail)
    write_to_customers(admin)
    chance = random.Random(20_260_101)
    replied: set[str] = set()
    stop = threading.Event()

    def answer_tickets() -> None:
        """An agent's client: reply once to every ticket; repeat only what nobody confirmed and is not there."""
        while not stop.is_set():
            for row in patient(product, lambda rest: rest.list("HD Ticket", filters={"raised_by": CLEO})):
                text = f"Answer to {row['name']}"
                if text in replied:
                    continue
                patient(product, lambda rest, row=row, text=text: reply_once(rest, row["name"], text))
                replied.add(text)
            stop.wait(0.05)

    written: list[str] = []
    people = [
        threading.Thread(target=answer_tickets, daemon=True),
        threading.Thread(target=write_tickets, args=(product, written, stop), daemon=True),
    ]
    for person in people:
        person.start()
    sent = []
    for number in range(KILLS):
        sent.append(send(mail, number))
        time.sleep(chance.uniform(0.0, 1.2))  # the random instant at which the process dies
        product.kill()
        product.start()

    wait_for("a ticket for every mail", lambda: _equal(tickets(product), KILLS), 90)
    wait_for("an answer to every ticket", lambda: _equal(len(replied), KILLS), 90)
    stop.set()
    for person in people:
        person.join(60)
    wait_for("every answer at the customer's", lambda: _at_least(len(answers(mail)), KILLS), 60)

    subjects = [row["subject"] for row in patient(product, list_tickets)]
    assert sorted(subjects) == sorted(f"Case {number}" for number in range(KILLS))
    assert len(answers(mail)) == KILLS, "an answer went out under two Message-IDs"
    wait_for("the acknowledgements", lambda: _at_least(len(acknowledgements(mail)), ACKNOWLEDGED), 60)
    assert len(acknowledgements(mail)) == ACKNOWLEDGED
    nothing_is_half_written(product, written)


def write_tickets(product: Product, written: list[str], stop: threading.Event) -> None:
    """An integration: write tickets over REST, each under a number of its own, and note those that were confirmed."""
    number = 0
    while not stop.is_set():
        number += 1
        subject = f"Written {number}"
        try:
            Rest(product.url).sign_in("Administrator", PASSWORD).insert(
                "HD Ticket", subject=subject, description="It is"
            )
            written.append(subject)
        except (requests.RequestException, Refused):
            wait_for("a server that answers", product.answers, 60)
        stop.wait(0.05)


def nothing_is_half_written(product: Product, written: list[str]) -> None:
    """What was confirmed is there once, and every ticket came with all that belongs to it."""
    admin = Rest(product.url).sign_in("Administrator", PASSWORD)
    rows = admin.list("HD Ticket", filters={"subject": ["like", "Written %"]}, fields=FIELDS, limit_page_length="0")
    subjects = [row["subject"] for row in rows]
    assert len(subjects) == len(set(subjects))
    assert set(written) <= set(subjects)
    assert all(row["sla"] and row["resolution_by"] for row in rows)
    todos = admin.list(
        "ToDo", filters={"reference_type": "HD Ticket"}, fields=["reference_name"], limit_page_length="0"
    )
    assert {str(row["name"]) for row in rows} <= {todo["reference_name"] for todo in todos}, "all are in rotation"
    assert admin.call("frappe.health.health", "GET")["findings"] == []


def reply_once(rest: Rest, ticket: Any, text: str) -> None:
    """Reply unless the reply is already stored: what an agent does who sees the conversation after a broken send."""
    stored = rest.list(
        "Communication",
        filters={"reference_doctype": "HD Ticket", "reference_name": str(ticket), "content": ["like", f"%{text}<%"]},
    )
    if not stored:
        rest.document_method("HD Ticket", ticket, "reply_via_agent", message=f"<p>{text}</p>", to=CLEO)


def list_tickets(rest: Rest) -> list[dict[str, Any]]:
    return rest.list("HD Ticket", filters={"raised_by": CLEO}, fields=["name", "subject"], limit_page_length="0")


def tickets(product: Product) -> int:
    return len(patient(product, list_tickets))


def answers(mail: MailServers) -> set[str]:
    """Distinct Message-IDs of the agents' answers in the customer's mailbox."""
    return {message_id(m) for m in mail.inbox(CLEO) if "Answer to" in (m.html or m.text)}


def acknowledgements(mail: MailServers) -> set[str]:
    """Distinct Message-IDs of the acknowledgements in the customer's mailbox."""
    return {message_id(m) for m in mail.inbox(CLEO) if m.subject.startswith("Ticket #")}


def _equal(value: int, wanted: int) -> bool:
    return value == wanted


def _at_least(value: int, wanted: int) -> bool:
    return value >= wanted
