"""A mail becomes a ticket, is answered in time, and closes: over real mail servers, in a real browser."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

import pytest
from imap_tools import MailMessage

from e2e.mail_servers import MailServers
from e2e.product import Product, wait_for
from e2e.rest import Rest
from e2e.team import AGENT_PASSWORD, ANNA, ARNE, CLEO, SUPPORT, make_agents, make_mailbox, write_to_customers

pytestmark = [pytest.mark.dovecot, pytest.mark.browser]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ff56c7680b0000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SUBJECT = "Größere Störung: Drucker lässt sich nicht öffnen"


def working_moment(start: datetime, seconds: float) -> datetime:
    """When `seconds` of Monday to Friday, 10 to 18, have passed since `start`; worked out by hand, day by day."""
    day, left = start.date(), timedelta(seconds=seconds)
    while True:
        opens, closes = datetime.combine(day, time(10)), datetime.combine(day, time(18))
        begin = max(start, opens)
        if day.weekday() < 5 and begin < closes:
            if left <= closes - begin:
                return begin + left
            left -= closes - begin
        day += timedelta(days=1)


def parse(value: str) -> datetime:
    return datetime.fromisoformat(value)


def first_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"Cleo Möller <{CLEO}>"
    mail["To"] = SUPPORT
    mail["Subject"] = SUBJECT
    mail["Message-ID"] = make_msgid(domain="customer.test")
    mail.set_content("Der Drucker geht nicht.\nBitte helfen!")
    picture = make_msgid(domain="customer.test")
    mail.add_alternative(f"<p>Der Drucker <b>geht nicht</b>.</p><img src='cid:{picture[1:-1]}'>", subtype="html")
    _plain, html = mail.iter_parts()
    html.add_related(PNG, "image", "png", cid=picture, filename="foto.png")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="Beleg Übersicht.pdf")
    return mail


def send(mail: MailServers, message: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", mail.smtp_port) as client:
        client.send_message(message)


def header(message: MailMessage, name: str) -> str:
    return " ".join(" ".join(message.headers.get(name.lower(), ())).split())


class Journey:
    """What the steps share, in the order they happen."""

    ticket: dict[str, Any]
    first: EmailMessage
    acknowledgement: MailMessage
    reply: MailMessage


@pytest.fixture(scope="module")
def journey() -> Journey:
    return Journey()


@pytest.fixture(scope="module")
def support(admin: Rest, mail: MailServers) -> Rest:
    make_agents(admin)
    make_mailbox(admin, mail)
    write_to_customers(admin)
    return admin


@pytest.fixture(scope="module")
def anna(product: Product, support: Rest) -> Rest:
    return Rest(product.url).sign_in(ANNA, AGENT_PASSWORD)


@pytest.fixture(scope="module")
def page(product: Product, support: Rest, browser: Any) -> Iterator[Any]:
    """Anna's open desk, on the ticket list."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{product.url}/helpdesk/tickets")
    page.get_by_label("E-mail").first.fill(ANNA)
    page.get_by_label("Password", exact=True).fill(AGENT_PASSWORD)
    page.get_by_role("button", name="Log In").click()
    page.get_by_role("heading", name="Tickets").wait_for()
    yield page
    context.close()


def test_1_a_customers_mail_becomes_a_ticket_with_everything_on_it(
    support: Rest, mail: MailServers, journey: Journey, page: Any
) -> None:
    journey.first = first_mail()
    send(mail, journey.first)
    found = wait_for("the ticket", lambda: support.list("HD Ticket", filters={"subject": SUBJECT}, fields=["name"]), 30)
    journey.ticket = ticket = support.get("HD Ticket", found[0]["name"])

    assert ticket["raised_by"] == CLEO
    assert "geht nicht" in ticket["description"]
    assert ticket["priority"] == "Medium"
    assert ticket["email_account"] == "Support"
    contact = support.get("Contact", ticket["contact"])
    assert [row["email_id"] for row in contact["email_ids"]] == [CLEO]
    assert ticket["sla"] == "Default"
    assert ticket["agreement_status"] == "First Response Due"
    created = parse(ticket["service_level_agreement_creation"])
    assert abs(parse(ticket["response_by"]) - working_moment(created, 8 * 3600)) < timedelta(seconds=1)
    assert abs(parse(ticket["resolution_by"]) - working_moment(created, 24 * 3600)) < timedelta(seconds=1)


def test_1b_its_attachments_are_there_and_the_inline_picture_is_shown(
    support: Rest, product: Product, journey: Journey
) -> None:
    activities = support.call(
        "helpdesk.helpdesk.doctype.hd_ticket.api.get_ticket_activities", ticket=str(journey.ticket["name"])
    )
    (communication,) = activities["communications"]
    names = {file["file_name"]: file["file_url"] for file in communication["attachments"]}
    pdf = next(url for name, url in names.items() if name.endswith(".pdf"))
    assert support.http.get(product.url + pdf).content == PDF
    assert "cid:" not in communication["content"]
    assert "/private/files/" in communication["content"]


def test_1c_the_customer_got_one_acknowledgement(mail: MailServers, journey: Journey) -> None:
    (journey.acknowledgement,) = wait_for("the acknowledgement", lambda: mail.inbox(CLEO))
    assert journey.acknowledgement.subject.startswith(f"Ticket #{journey.ticket['name']}")
    assert header(journey.acknowledgement, "X-Auto-Generated") == "hd-acknowledgement"


def test_1d_round_robin_assigned_it_and_the_next_one_to_the_other(support: Rest, journey: Journey) -> None:
    other = support.insert("HD Ticket", subject="Another one", raised_by="carl@customer.test")
    assigned = [
        support.call("frappe.client.get_value", "GET", doctype="HD Ticket", fieldname="_assign", filters=str(name))
        for name in (journey.ticket["name"], other["name"])
    ]
    assert {user for user in (ANNA, ARNE) for row in assigned if user in row["_assign"]} == {ANNA, ARNE}
    assert assigned[0] != assigned[1]


def test_2_the_agent_sees_it_without_reloading_and_answers_with_a_file(
    support: Rest, page: Any, mail: MailServers, journey: Journey, tmp_path: Path, artefacts: Path
) -> None:
    page.get_by_role("link", name=SUBJECT).click(timeout=15_000)
    page.get_by_role("heading", name=SUBJECT).wait_for()
    page.screenshot(path=artefacts / "journey-ticket.png")
    page.get_by_role("button", name="Reply", exact=True).click()
    editor = page.get_by_role("group", name="Reply text").locator("[contenteditable=true]")
    editor.fill("Please switch it off and on again.")
    attachment = tmp_path / "guide.txt"
    attachment.write_text("1. off\n2. on\n")
    page.get_by_label("Files to attach").set_input_files(attachment)
    page.get_by_role("link", name="guide.txt").first.wait_for()
    page.screenshot(path=artefacts / "journey-reply.png")
    page.get_by_role("button", name="Send reply").click()

    (_, journey.reply) = wait_for("the reply", lambda: _two(mail.inbox(CLEO)))
    assert "switch it off and on again" in (journey.reply.html or journey.reply.text)
    assert [file.filename for file in journey.reply.attachments] == ["guide.txt"]
    assert journey.reply.from_ == SUPPORT


def _two(mails: list[MailMessage]) -> list[MailMessage] | None:
    return mails if len(mails) == 2 else None


def test_2b_the_reply_is_threaded_and_stops_the_first_response_clock(support: Rest, journey: Journey) -> None:
    first_id = journey.first["Message-ID"]
    assert header(journey.reply, "Message-ID").startswith("<")
    assert header(journey.reply, "In-Reply-To") == first_id
    assert first_id in header(journey.reply, "References")
    ticket = support.get("HD Ticket", journey.ticket["name"])
    assert parse(ticket["first_responded_on"]) >= parse(ticket["creation"])
    assert ticket["status"] == "Replied"


def test_3_the_customers_answer_joins_the_ticket_reopens_it_and_tells_the_agent(
    support: Rest, mail: MailServers, journey: Journey
) -> None:
    answer = EmailMessage()
    answer["From"], answer["To"] = CLEO, SUPPORT
    answer["Subject"] = f"Re: {journey.reply.subject}"
    answer["Message-ID"] = make_msgid(domain="customer.test")
    answer["In-Reply-To"] = header(journey.reply, "Message-ID")
    answer["References"] = f"{journey.first['Message-ID']} {header(journey.reply, 'Message-ID')}"
    answer.set_content("It still does not work.")
    send(mail, answer)
    send(mail, answer)

    name = journey.ticket["name"]
    wait_for("reopening", lambda: support.get("HD Ticket", name)["status"] == "Open" or None)
    received = {"reference_doctype": "HD Ticket", "reference_name": str(name), "sent_or_received": "Received"}
    wait_for(
        "both copies to be read",
        lambda: all("\\Seen" in message.flags for message in mail.inbox(SUPPORT)) or None,
    )
    assert len(support.list("Communication", filters=received)) == 2
    assert len(support.list("HD Ticket", filters={"raised_by": CLEO})) == 1
    told = support.list("HD Notification", filters={"reference_ticket": name}, fields=["user_to", "notification_type"])
    assert "Reaction" in {row["notification_type"] for row in told}


def test_4_resolving_stops_the_clocks_and_the_promise_was_kept(support: Rest, page: Any, journey: Journey) -> None:
    page.get_by_role("button", name="Change the status").click()
    page.get_by_role("menuitem", name="Resolved").click()
    name = journey.ticket["name"]
    ticket = wait_for("resolving", lambda: _resolved(support.get("HD Ticket", name)))
    assert ticket["agreement_status"] == "Fulfilled"
    created = parse(ticket["service_level_agreement_creation"])
    worked = worked_seconds(created, parse(ticket["resolution_date"]))
    assert abs(ticket["resolution_time"] - max(worked - (ticket.get("total_hold_time") or 0), 0)) <= 2
    assert abs(ticket["first_response_time"] - worked_seconds(created, parse(ticket["first_responded_on"]))) <= 2


def _resolved(ticket: dict[str, Any]) -> dict[str, Any] | None:
    return ticket if ticket["status"] == "Resolved" else None


def worked_seconds(start: datetime, end: datetime) -> float:
    """Seconds of Monday to Friday, 10 to 18, between two moments."""
    total, day = timedelta(), start.date()
    while day <= end.date():
        if day.weekday() < 5:
            begin = max(start, datetime.combine(day, time(10)))
            total += max(min(end, datetime.combine(day, time(18))) - begin, timedelta())
        day += timedelta(days=1)
    return total.total_seconds()
