"""Writes the sample team and its stories into the site."""

import json
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import frappe
from frappe.model.document import bulk_insert
from frappe.model.naming import set_new_name
from frappe.utils import now_datetime

from helpdesk.search import indexing
from helpdesk.setup.demo import cast
from helpdesk.setup.demo.clocks import Clocks, run_clocks
from helpdesk.setup.demo.stories import Story, tell
from helpdesk.sla.agreements import choose_agreement, get_agreement
from helpdesk.tickets import service_level

TICKETS = 200
PASSWORD_FILE = "demo_password.txt"
UNREAD = ("fresh", "reopened")


def make(count: int = TICKETS) -> dict[str, int]:
    """Make the sample data unless it is there; return how many of each kind there are now.

    The password of agents and of customers with an account is random and stored in the site's folder, readable by its
    owner only.
    """
    if frappe.db.exists("HD Agent", cast.AGENTS[0][0]):
        return _counts()
    password = secrets.token_urlsafe(9)
    _make_agents(password)
    contacts = _make_customers(password)
    _make_articles()
    _make_labels()
    _make_tickets(tell(count, now_datetime().replace(microsecond=0)), contacts)
    _keep(password)
    frappe.db.commit()
    indexing.rebuild()  # the stories are written past the documents' events
    return _counts()


def _counts() -> dict[str, int]:
    doctypes = ("HD Agent", "HD Team", "HD Customer", "Contact", "HD Article", "HD Ticket", "Communication")
    return {doctype: frappe.db.count(doctype) for doctype in doctypes}


def _keep(password: str) -> None:
    path = frappe.get_site_path(PASSWORD_FILE)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(password + "\n")


# -- people -----------------------------------------------------------------------------------------------------------


def _make_agents(password: str) -> None:
    for email, name, role in cast.AGENTS:
        first, last = name.split(" ", 1)
        _make_user(email, first, last, password, {"Agent", role})
        if not frappe.db.exists("HD Agent", {"user": email}):
            frappe.new_doc("HD Agent", user=email, agent_name=name, is_active=1).insert(ignore_permissions=True)
    for team, members in cast.TEAMS.items():
        document = frappe.get_doc("HD Team", team)
        document.set("users", [{"user": member} for member in members])
        document.save(ignore_permissions=True)


def _make_user(email: str, first: str, last: str, password: str, roles: set[str]) -> None:
    user = frappe.new_doc("User", email=email, first_name=first, last_name=last, send_welcome_email=0)
    user.new_password = password
    user.flags.no_welcome_mail = user.flags.ignore_password_policy = True
    for role in sorted(roles):
        user.append("roles", {"role": role})
    user.insert(ignore_permissions=True)


def _make_customers(password: str) -> dict[str, str]:
    """Make customers and their people, with accounts for some; return `{e-mail: contact name}`."""
    contacts: dict[str, str] = {}
    for company, domain, people in cast.CUSTOMERS:
        customer = frappe.new_doc("HD Customer", customer_name=company, domain=domain)
        for first, last in people:
            email = f"{first.lower()}@{domain}"
            contact = frappe.new_doc("Contact", first_name=first, last_name=last)
            contact.append("email_ids", {"email_id": email, "is_primary": 1})
            role = cast.PORTAL_USERS.get(email)
            if role:
                _make_user(email, first, last, password, {role})
                contact.user = email
            contact.insert(ignore_permissions=True)
            contacts[email] = contact.name
            is_manager = int(role == "HD Customer Manager")
            customer.append("contacts", {"contact_name": contact.name, "is_manager": is_manager})
        customer.insert(ignore_permissions=True)
    return contacts


def _make_articles() -> None:
    categories: dict[str, str] = {}
    for category, title, content in cast.ARTICLES:
        if category not in categories:
            shelf = frappe.new_doc("HD Article Category", category_name=category)
            categories[category] = shelf.insert(ignore_permissions=True).name
        article = frappe.new_doc("HD Article", title=title, content=content, category=categories[category])
        article.status, article.author = "Published", cast.AGENTS[0][0]
        article.insert(ignore_permissions=True)


def _make_labels() -> None:
    for label, color, description in cast.LABELS:
        frappe.new_doc("HD Ticket Label", label=label, color=color, description=description).insert()


# -- tickets ----------------------------------------------------------------------------------------------------------


def _make_tickets(stories: list[Story], contacts: dict[str, str]) -> None:
    now = now_datetime()
    mails: list[Any] = []
    notes: list[Any] = []
    lines: list[Any] = []
    tasks: list[Any] = []
    for story in stories:
        ticket = _ticket(story, contacts, now)
        mails += _mails(story, ticket)
        notes += _notes(story, ticket)
        lines += _lines(story, ticket)
        tasks += _tasks(story, ticket)
    for doctype, rows in (
        ("Communication", mails),
        ("HD Ticket Comment", notes),
        ("HD Ticket Activity", lines),
        ("ToDo", tasks),
    ):
        bulk_insert(doctype, rows)


def _ticket(story: Story, contacts: dict[str, str], now: datetime) -> Any:
    begun = story.messages[0].at
    ticket = frappe.new_doc(
        "HD Ticket",
        subject=story.subject,
        description=_html(story.messages[0].text),
        raised_by=story.email,
        contact=contacts[story.email],
        customer=story.customer,
        agent_group=story.team,
        ticket_type=story.ticket_type,
        category="Billing" if story.team == "Billing" else cast.CATEGORIES[story.ticket_type],
        priority=story.priority,
        channel=story.channel,
        via_customer_portal=int(story.channel == "Portal"),
        due_date=story.due_on,
        key=frappe.generate_hash(length=32),
        service_level_agreement_creation=begun,
        opening_date=begun.date(),
        opening_time=begun.time(),
    )
    ticket.sla = choose_agreement(ticket.as_dict(), story.priority, begun)
    clocks = run_clocks(story, get_agreement(ticket.sla), now, service_level.warning_share())
    _take_clocks(ticket, story, clocks)
    set_new_name(ticket)
    _stamp(ticket, begun, clocks.changed_on, story.email)
    ticket.db_insert()
    marks = {
        "_assign": json.dumps([story.agent]) if story.agent else None,
        "_seen": json.dumps([email for email, _, _ in cast.AGENTS]) if story.fate not in UNREAD else None,
    }
    frappe.db.set_value("HD Ticket", ticket.name, marks, update_modified=False)
    if story.label:
        ticket.add_tag(story.label)
    return ticket


def _take_clocks(ticket: Any, story: Story, clocks: Clocks) -> None:
    ticket.update(clocks.fields)
    ticket.status, ticket.status_category = clocks.status, clocks.category
    ticket.feedback_rating = story.rating or 0


def _mails(story: Story, ticket: Any) -> Iterable[Any]:
    for number, message in enumerate(part for part in story.messages if part.author != "note"):
        is_agent = message.author == "agent"
        mail = frappe.new_doc(
            "Communication",
            communication_type="Communication",
            communication_medium="Email",
            sent_or_received="Sent" if is_agent else "Received",
            status="Linked",
            email_status="Open",
            delivery_status="Sent" if is_agent else "",
            subject=("Re: " if number else "") + story.subject,
            content=_html(message.text),
            sender=story.agent if is_agent else story.email,
            sender_full_name=" ".join(story.contact) if not is_agent else None,
            user=story.agent if is_agent else None,
            recipients=story.email if is_agent else None,
            communication_date=message.at,
            reference_doctype="HD Ticket",
            reference_name=str(ticket.name),
            seen=1,
        )
        yield _named(mail, message.at, mail.sender)


def _notes(story: Story, ticket: Any) -> Iterable[Any]:
    for message in story.messages:
        if message.author == "note":
            note = frappe.new_doc(
                "HD Ticket Comment",
                reference_ticket=ticket.name,
                commented_by=story.agent,
                content=_html(message.text),
            )
            yield _named(note, message.at, story.agent)


def _lines(story: Story, ticket: Any) -> Iterable[Any]:
    moments = ((story.resolved_on, "set status to Resolved"), (story.closed_on, "set status to Closed"))
    for moment, action in moments:
        if moment:
            line = frappe.new_doc("HD Ticket Activity", ticket=ticket.name, action=action)
            yield _named(line, moment, story.agent)


def _tasks(story: Story, ticket: Any) -> Iterable[Any]:
    if story.agent and not story.resolved_on:
        task = frappe.new_doc(
            "ToDo",
            allocated_to=story.agent,
            assigned_by="Administrator",
            reference_type="HD Ticket",
            reference_name=str(ticket.name),
            description=story.subject,
            status="Open",
            priority="Medium",
            date=story.messages[0].at.date(),
        )
        yield _named(task, story.messages[0].at, "Administrator")


def _named(document: Any, at: datetime, owner: str | None) -> Any:
    document.name = frappe.generate_hash(length=10)
    _stamp(document, at, at, owner)
    return document


def _stamp(document: Any, created: datetime, changed: datetime, owner: str | None) -> None:
    document.creation, document.modified = created, changed
    document.owner = document.modified_by = owner or "Administrator"


def _html(text: str) -> str:
    return f"<p>{frappe.utils.escape_html(text)}</p>"
