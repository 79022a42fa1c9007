"""The cast and the builders of this app's tests.

Anna and Arne are agents, Mona manages them, Cleo and Carl are people of the customer Acme, Xenia is an outsider.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

import frappe

try:
    from frappe.tests import IntegrationTestCase
except ImportError:
    from frappe.tests.utils import FrappeTestCase as IntegrationTestCase

ANNA, ARNE = "anna@example.com", "arne@example.com"
MONA = "mona@example.com"
CLEO, CARL = "cleo@acme.example", "carl@acme.example"
XENIA = "xenia@elsewhere.example"
ACME = "Acme"

REQUEST = ("request", "form_dict", "request_ip")
LEEWAY = 6
"""How many times our own number of statements another framework may send."""

# A Tuesday within working hours.
TUESDAY = datetime(2026, 3, 3, 13, 0)


def before_tests() -> None:
    """Bring a site into the state that the tests expect."""
    settings = frappe.get_doc("HD Settings")
    settings.update({"skip_email_workflow": 0, "enable_email_ticket_feedback": 0, "default_priority": None})
    settings.save()
    make_cast()
    frappe.db.commit()


class HelpdeskTestCase(IntegrationTestCase):
    """A test with the cast on stage. What a test writes is undone after it."""

    doctype = ""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        frappe.set_user("Administrator")
        make_cast()
        frappe.db.commit()

    def setUp(self) -> None:
        super().setUp()
        frappe.set_user("Administrator")
        self.addCleanup(self._undo)

    def _undo(self) -> None:
        frappe.set_user("Administrator")
        frappe.db.rollback()
        frappe.clear_cache()
        frappe.clear_messages()
        frappe.flags.sent_mail = None

    def at(self, moment: datetime) -> Any:
        """Return a context in which it is `moment` in the site's time zone."""
        return self.freeze_time(moment)

    @contextmanager
    def settings(self, **values: Any) -> Iterator[None]:
        """Change HD Settings within a block, past their own checks."""
        before = {field: frappe.db.get_single_value("HD Settings", field) for field in values}
        set_settings(**values)
        try:
            yield
        finally:
            set_settings(**before)

    def assert_statements(self, most: int) -> Any:
        """Return a context that fails when a block sends more than `most` statements.

        What the framework asks by itself differs between versions. Where it makes no promise about that, the limit only
        catches what grows with the data.
        """
        return self.assertQueryCount(most if getattr(self, "counts_are_exact", False) else LEEWAY * most)

    def assert_refused(self, call: Any, *args: Any, **kwargs: Any) -> None:
        """Fail unless the call raises PermissionError."""
        with self.assertRaises(frappe.PermissionError):
            call(*args, **kwargs)


def set_settings(**values: Any) -> None:
    """Write HD Settings directly."""
    frappe.db.set_single_value("HD Settings", values)
    frappe.clear_document_cache("HD Settings", "HD Settings")


@contextmanager
def acting_as(user: str) -> Iterator[None]:
    """Act as `user` within a block."""
    before = frappe.session.user
    frappe.set_user(user)
    try:
        yield
    finally:
        frappe.set_user(before)


@contextmanager
def outbox(has_account: bool = True) -> Iterator[list[dict[str, Any]]]:
    """Collect the mails that are sent within a block, as the arguments of the framework's `sendmail`.

    `has_account` says whether the site has an account that can send.
    """
    mails: list[dict[str, Any]] = []

    def collect(**options: Any) -> None:
        mails.append(options)

    with (
        patch("frappe.sendmail", collect),
        patch("helpdesk.compat._takes_headers", lambda: True),
        patch("helpdesk.compat._keeps_urgent_mail", lambda: True),
        patch("helpdesk.notifications.notices.can_send", lambda: has_account),
    ):
        yield mails


@contextmanager
def requesting(path: str, method: str = "POST", **values: Any) -> Iterator[None]:
    """Let the code of a block believe that it answers a web request with these parameters."""
    from werkzeug.test import EnvironBuilder
    from werkzeug.wrappers import Request

    # Outside of a request the framework of a bench has none of these.
    before = {key: getattr(frappe.local, key) for key in REQUEST if hasattr(frappe.local, key)}
    frappe.local.request = Request(EnvironBuilder(path=path, method=method).get_environ())
    frappe.local.form_dict = frappe._dict(values)
    frappe.local.request_ip = "203.0.113.7"
    try:
        yield
    finally:
        for key in REQUEST:
            if key in before:
                setattr(frappe.local, key, before[key])
            else:
                delattr(frappe.local, key)


@contextmanager
def published() -> Iterator[list[tuple[str, Any, str | None]]]:
    """Collect the realtime events of a block as `(event, message, room)`."""
    events: list[tuple[str, Any, str | None]] = []

    def collect(event: str | None = None, message: Any = None, room: str | None = None, **more: Any) -> None:
        events.append((event or "", message, room))

    with patch("frappe.publish_realtime", collect):
        yield events


def make_cast() -> None:
    """Put everybody on stage, once."""
    make_agent(ANNA, "Anna Agent")
    make_agent(ARNE, "Arne Agent")
    make_agent(MONA, "Mona Manager")
    make_user(MONA, "Mona Manager", "Agent Manager")
    for email, name in ((CLEO, "Cleo Customer"), (CARL, "Carl Customer"), (XENIA, "Xenia Outsider")):
        make_user(email, name, "HD Customer")
        make_contact(email, name)
    if not frappe.db.exists("HD Customer", ACME):
        rows = [{"contact_name": contact_of(email)} for email in (CLEO, CARL)]
        frappe.get_doc({"doctype": "HD Customer", "customer_name": ACME, "contacts": rows}).insert()


def make_user(email: str, name: str, *roles: str) -> Any:
    """Return a user with the roles."""
    if frappe.db.exists("User", email):
        user = frappe.get_doc("User", email)
    else:
        first, _blank, last = name.partition(" ")
        user = frappe.get_doc({"doctype": "User", "email": email, "first_name": first, "last_name": last})
        user.send_welcome_email = 0
        user.flags.no_welcome_mail = True
        user.insert()
    missing = set(roles) - {row.role for row in user.roles}
    if missing:
        user.add_roles(*sorted(missing))
    return user


def make_agent(email: str, name: str | None = None) -> str:
    """Make a user an agent; return the user id."""
    make_user(email, name or email.split("@")[0].title())
    if not frappe.db.exists("HD Agent", email):
        frappe.get_doc({"doctype": "HD Agent", "user": email}).insert()
    return email


def make_contact(email: str, name: str) -> str:
    """Return the contact of an address, linked to the user of that address if there is one."""
    found = contact_of(email)
    if not found:
        first, _blank, last = name.partition(" ")
        contact = frappe.get_doc({"doctype": "Contact", "first_name": first, "last_name": last})
        contact.append("email_ids", {"email_id": email, "is_primary": 1})
        found = contact.insert().name
    if frappe.db.exists("User", email):
        frappe.db.set_value("Contact", found, "user", email)
    return found


def contact_of(email: str) -> str | None:
    """Return the contact with a primary address."""
    return frappe.db.get_value("Contact", {"email_id": email}, "name", order_by="creation asc")


def make_ticket(**values: Any) -> Any:
    """Return a saved ticket as it is in the database."""
    fields = {"doctype": "HD Ticket", "subject": "The printer is on fire", "raised_by": CLEO, **values}
    ticket = frappe.get_doc(fields).insert()
    ticket.reload()
    return ticket


def make_message(ticket: Any, direction: str, content: str = "<p>Hello</p>", **values: Any) -> Any:
    """Return a stored message on a ticket, which the ticket follows."""
    fields = {
        "doctype": "Communication",
        "communication_type": "Communication",
        "communication_medium": "Email",
        "sent_or_received": direction,
        "subject": f"Re: {ticket.subject}",
        "content": content,
        "sender": ANNA if direction == "Sent" else ticket.raised_by,
        "reference_doctype": "HD Ticket",
        "reference_name": str(ticket.name),
        **values,
    }
    return frappe.get_doc(fields).insert(ignore_permissions=True)


def make_team(name: str, *users: str, **values: Any) -> Any:
    """Return a team with members."""
    fields = {"doctype": "HD Team", "team_name": name, "users": [{"user": user} for user in users], **values}
    return frappe.get_doc(fields).insert()


def make_status(name: str, category: str, **values: Any) -> Any:
    """Return a ticket status."""
    fields = {"doctype": "HD Ticket Status", "label_agent": name, "category": category, "enabled": 1, **values}
    return frappe.get_doc(fields).insert()


def make_agreement(name: str, condition: str | None = None, **values: Any) -> Any:
    """Return a service level agreement: the stock promises and hours under another name."""
    stock = frappe.get_doc("HD Service Level Agreement", "Default")
    agreement = frappe.get_doc(
        {
            "doctype": "HD Service Level Agreement",
            "service_level": name,
            "condition": condition,
            "holiday_list": stock.holiday_list,
            "apply_sla_for_resolution": 1,
            "enabled": 1,
            "priorities": [
                {
                    field: row.get(field)
                    for field in ("priority", "default_priority", "response_time", "resolution_time")
                }
                for row in stock.priorities
            ],
            "support_and_resolution": [
                {field: row.get(field) for field in ("workday", "start_time", "end_time")}
                for row in stock.support_and_resolution
            ],
            **values,
        }
    )
    return agreement.insert()


def set_status(ticket: Any, status: str, **values: Any) -> Any:
    """Save a ticket in another status; return it."""
    ticket.reload()
    ticket.status = status
    ticket.update(values)
    return ticket.save()
