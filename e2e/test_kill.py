"""The product is killed at random instants under load, in both profiles; nothing that was accepted is lost or doubled.

Customers write mails, agents answer, an integration writes tickets by REST and has a job change many records at once.
What SMTP leaves undecidable – killed between the mail server's acceptance and our record of it – is repeated with the
same Message-ID; so distinct Message-IDs are counted, as a mail client shows them.
"""

from __future__ import annotations

import os
import random
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests
from imap_tools import MailMessage

from e2e.cluster import Cluster, answers
from e2e.conftest import FAST, mail_servers
from e2e.mail_servers import MailServers
from e2e.mortal import ManyProcesses, Mortal, OneProcess
from e2e.product import PASSWORD, Product, wait_for
from e2e.rest import Refused, Rest
from e2e.team import CLEO, SUPPORT, make_agents, make_mailbox, write_to_customers

pytestmark = pytest.mark.dovecot
T = TypeVar("T")
KILLS = int(os.environ.get("HELPDESK_KILLS", "15"))
ACKNOWLEDGED = min(KILLS, 5)
"""One address gets no more than five acknowledgements an hour."""
PATIENCE = 180.0
"""Seconds until what was accepted must be done, and until a client stops asking a server that does not answer."""
SHORTEST_LIFE = 1.2
"""Within how many seconds after that something dies, on a machine that is not slow."""
IN_A_JOB = 21
"""As many records as are no longer changed within the request."""
TICKET_FIELDS = ["name", "subject", "sla", "resolution_by"]


@pytest.fixture
def mail() -> Iterator[MailServers]:
    yield from mail_servers()


@pytest.fixture
def one_process(template_site: Path, tmp_path: Path) -> Iterator[Mortal]:
    product = Product(tmp_path / "bench")
    product.copy_of(template_site)
    product.configure(rq_results_ttl=86_400)
    running = OneProcess(product)
    yield running
    running.end()


@pytest.fixture
def many_processes(tmp_path: Path) -> Iterator[Mortal]:
    with Cluster(tmp_path / "bench") as cluster:
        cluster.set_up(**FAST, rq_results_ttl=86_400)
        yield ManyProcesses(cluster)


class Client:
    """Somebody who asks again until a server answers; a broken connection means nobody told us that it was done."""

    def __init__(self, mortal: Mortal, number: int):
        self._urls, self._chance = mortal.urls, random.Random(number)
        self._rest: dict[str, Rest] = {}

    def once(self, work: Callable[[Rest], T]) -> T:
        url = self._chance.choice(self._urls)
        try:
            if url not in self._rest:
                self._rest[url] = Rest(url).sign_in("Administrator", PASSWORD)
            return work(self._rest[url])
        except (requests.RequestException, Refused):
            self._rest.pop(url, None)
            raise

    def patiently(self, work: Callable[[Rest], T]) -> T:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.once(work)
            except (requests.RequestException, Refused):
                if time.monotonic() > deadline:
                    raise
                self.wait()

    def wait(self) -> None:
        wait_for("a server that answers", lambda: any(answers(url) for url in self._urls), PATIENCE)


@dataclass
class World:
    """Everybody who works with the product while it is killed, and what they were promised."""

    mortal: Mortal
    stop: threading.Event = field(default_factory=threading.Event)
    written: list[str] = field(default_factory=list)
    replied: set[str] = field(default_factory=set)
    jobs: list[str] = field(default_factory=list)

    def work(self) -> list[threading.Thread]:
        acts = (self.answer_tickets, self.write_tickets, self.change_many)
        people = [threading.Thread(target=act, daemon=True) for act in acts]
        for person in people:
            person.start()
        return people

    def seconds_to_another_ticket(self) -> float:
        """Let each life get something done, and return how long that takes on this machine."""
        before, began = len(self.written), time.monotonic()
        wait_for("one more ticket by REST", lambda: len(self.written) > before, PATIENCE)
        return time.monotonic() - began

    def answer_tickets(self) -> None:
        """An agent: reply once to every ticket; repeat only what nobody confirmed and is not there."""
        client = Client(self.mortal, 1)
        while not self.stop.is_set():
            for row in client.patiently(list_tickets):
                text = f"Answer to {row['name']}"
                if text not in self.replied:
                    client.patiently(lambda rest, row=row, text=text: reply_once(rest, row["name"], text))  # type: ignore[misc]
                    self.replied.add(text)
            self.stop.wait(0.05)

    def write_tickets(self) -> None:
        """An integration: write tickets, each under a number of its own, and note those that were confirmed."""
        client, number = Client(self.mortal, 2), 0
        while not self.stop.is_set():
            number += 1
            subject = f"Written {number}"
            try:
                client.once(lambda rest, subject=subject: rest.insert("HD Ticket", subject=subject))  # type: ignore[misc]
                self.written.append(subject)
            except (requests.RequestException, Refused):
                client.wait()
            self.stop.wait(0.2)

    def change_many(self) -> None:
        """An integration: have a job change many records again and again, and note the jobs that were promised."""
        client, turn = Client(self.mortal, 3), 0
        names = [client.patiently(make_todo) for _ in range(IN_A_JOB)]
        while not self.stop.is_set():
            turn += 1
            docs = [{"name": name, "description": f"Turn {turn}"} for name in names]
            try:
                self.jobs.append(client.once(lambda rest, docs=docs: change_in_job(rest, docs)))  # type: ignore[misc]
            except (requests.RequestException, Refused):
                client.wait()
            wait_for("the end of the job", lambda: not unfinished(self.mortal), PATIENCE)
            self.stop.wait(0.3)


def make_todo(rest: Rest) -> str:
    return str(rest.insert("ToDo", description="To be changed")["name"])


def change_in_job(rest: Rest, docs: list[dict[str, Any]]) -> str:
    answer = rest.http.post(f"{rest.url}/api/v2/document/ToDo/bulk_update", json={"docs": docs}, timeout=60)
    if answer.status_code != 202:
        raise Refused(answer)
    return str(answer.json()["data"]["job_id"])


def send(mail: MailServers, number: int) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = CLEO, SUPPORT, f"Case {number}"
    message["Message-ID"] = make_msgid(domain="customer.test")
    message.set_content(f"Text of case {number}")
    with smtplib.SMTP("127.0.0.1", mail.smtp_port) as client:
        client.send_message(message)


@pytest.mark.parametrize("profile", ["one_process", pytest.param("many_processes", marks=pytest.mark.services)])
def test_nothing_is_lost_or_doubled_when_processes_are_killed(
    profile: str, request: pytest.FixtureRequest, mail: MailServers
) -> None:
    mortal: Mortal = request.getfixturevalue(profile)
    admin = Client(mortal, 0)
    admin.patiently(lambda rest: rest.update("User", "Administrator", simultaneous_sessions=1000))
    admin.patiently(make_agents)
    admin.patiently(lambda rest: make_mailbox(rest, mail))
    admin.patiently(write_to_customers)
    world, chance = World(mortal), random.Random(20_260_101)
    people = world.work()
    for number in range(KILLS):
        send(mail, number)
        life = max(SHORTEST_LIFE, world.seconds_to_another_ticket())
        time.sleep(chance.uniform(0.0, life))  # the random instant at which something dies
        mortal.strike(chance)

    wait_for("a ticket for every mail", lambda: len(admin.patiently(list_tickets)) >= KILLS, PATIENCE)
    wait_for("an answer to every ticket", lambda: len(world.replied) >= KILLS, PATIENCE)
    world.stop.set()
    for person in people:
        person.join(PATIENCE)
        assert not person.is_alive()
    wait_for("every answer at the customer's", lambda: len(answers_in(mail)) >= KILLS, PATIENCE)
    wait_for("the acknowledgements", lambda: len(acknowledgements(mail)) >= ACKNOWLEDGED, PATIENCE)
    wait_for("the end of all jobs", lambda: not unfinished(mortal), PATIENCE)

    subjects = [row["subject"] for row in admin.patiently(list_tickets)]
    assert sorted(subjects) == sorted(f"Case {number}" for number in range(KILLS))
    assert len(answers_in(mail)) == KILLS, "an answer went out under two Message-IDs"
    assert len(acknowledgements(mail)) == ACKNOWLEDGED
    every_ticket_is_whole_and_there_once(admin, world.written)
    every_job_was_done(mortal, world.jobs)
    the_schedule_goes_on(mortal)
    assert admin.patiently(lambda rest: rest.call("frappe.health.health", "GET"))["findings"] == []
    print(f"{profile}: {KILLS} kills, {len(world.written)} tickets by REST, {len(world.jobs)} jobs, {KILLS} mails")


def every_ticket_is_whole_and_there_once(admin: Client, written: list[str]) -> None:
    filters = {"subject": ["like", "Written %"]}
    rows = admin.patiently(
        lambda rest: rest.list("HD Ticket", filters=filters, fields=TICKET_FIELDS, limit_page_length="0")
    )
    subjects = [row["subject"] for row in rows]
    assert len(subjects) == len(set(subjects))
    assert set(written) <= set(subjects)
    assert written
    assert all(row["sla"] and row["resolution_by"] for row in rows)
    todos = admin.patiently(
        lambda rest: rest.list(
            "ToDo", filters={"reference_type": "HD Ticket"}, fields=["reference_name"], limit_page_length="0"
        )
    )
    assert {str(row["name"]) for row in rows} <= {todo["reference_name"] for todo in todos}, "all are in rotation"


def every_job_was_done(mortal: Mortal, promised: list[str]) -> None:
    states = dict(mortal.query("select job_id, status from __jobs where method like '%update_documents'"))
    assert promised
    assert {job: states.get(job) for job in promised} == dict.fromkeys(promised, "finished")
    assert len(set(mortal.query("select description from tabToDo where description like 'Turn %'"))) == 1, "half a job"


def unfinished(mortal: Mortal) -> list[tuple[Any, ...]]:
    """Jobs of the load that have not ended; the schedule begins new ones all the time."""
    return mortal.query("select id from __jobs where status in ('queued', 'started') and method like '%documents'")


def the_schedule_goes_on(mortal: Mortal) -> None:
    last = 'select max(last_execution) from "tabScheduled Job Type"'
    before = mortal.query(last)
    wait_for("a scheduled job", lambda: mortal.query(last) != before)


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


def message_id(message: MailMessage) -> str:
    return "".join(message.headers.get("message-id", ("",))).strip()


def answers_in(mail: MailServers) -> set[str]:
    """Distinct Message-IDs of the agents' answers in the customer's mailbox."""
    return {message_id(m) for m in mail.inbox(CLEO) if "Answer to" in (m.html or m.text)}


def acknowledgements(mail: MailServers) -> set[str]:
    """Distinct Message-IDs of the acknowledgements in the customer's mailbox."""
    return {message_id(m) for m in mail.inbox(CLEO) if m.subject.startswith("Ticket #")}
