"""Secret links to tickets, and who they open nothing to."""

import re
from io import BytesIO
from unittest.mock import patch

import frappe
from frappe.utils import add_to_date, now_datetime
from frappe.website.serve import get_response
from werkzeug.datastructures import FileStorage

from helpdesk.api import guests
from helpdesk.guests import links, requests
from helpdesk.test_utils import (
    ANNA,
    CLEO,
    HelpdeskTestCase,
    acting_as,
    make_ticket,
    outbox,
    requesting,
    set_settings,
)
from helpdesk.tickets import merging

GIL, OTHER = "gil@guests.example", "olga@guests.example"
REQUEST = {"name": "Gil", "email": GIL, "subject": "No network", "description": "Since today.\n\nHelp <b>me</b>"}


def upload(name: str, content: bytes = b"text") -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


class GuestTestCase(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        frappe.cache.delete_keys("helpdesk:guests:")
        # A form that fails undoes everything that is not committed.
        self.switch(allow_anyone_to_create_tickets=1)
        self.addCleanup(self.switch, allow_anyone_to_create_tickets=0)

    def switch(self, **values) -> None:
        frappe.db.rollback()
        set_settings(**values)
        frappe.db.commit()

    def ask(self, path: str, method: str = "GET", user: str = "Guest", **form):
        """Return the response to a request of a guest."""
        with acting_as(user), requesting(path, method, **form):
            return get_response()

    def text(self, path: str, **form) -> str:
        return self.ask(path, **form).get_data(as_text=True)

    def link(self, **values) -> tuple:
        """Return a ticket of Gil's and the path of a link to it."""
        ticket = make_ticket(**{"raised_by": GIL, "description": "<p>It burns</p>", **values})
        return ticket, path_of(links.issue(ticket.name, ticket.raised_by))

    def assert_gone(self, path: str, method: str = "GET", **form) -> None:
        response = self.ask(path, method, **form)
        self.assertEqual(response.status_code, 404)
        self.assertIn("This link does not work", response.get_data(as_text=True))


def path_of(address: str) -> str:
    found = re.search(r"/t/[^\"'<\s]+", address)
    assert found, address
    return found[0]


class TestSecretLinks(GuestTestCase):
    def test_only_a_hash_of_the_secret_is_stored(self):
        ticket, path = self.link()
        row = frappe.get_all(links.LINK, filters={"ticket": ticket.name}, fields=["*"])[0]
        token = path.removeprefix("/t/")
        self.assertGreaterEqual(len(token) * 6, 128)
        self.assertNotIn(token, str(row))
        self.assertNotIn(token.casefold(), str(row).casefold())

    def test_a_link_opens_its_ticket_and_no_other(self):
        _ticket, path = self.link()
        self.link(raised_by=OTHER, subject="Olga's secret", description="<p>Mine alone</p>")
        page = self.text(path)
        self.assertIn("It burns", page)
        self.assertNotIn("Olga", page)
        self.assertNotIn("Mine alone", page)

    def test_a_variant_of_a_secret_is_no_secret(self):
        _ticket, path = self.link()
        token = path.removeprefix("/t/")
        for other in ("", " ", "%", "null", f"{token} ", f" {token}", token.swapcase(), token[:-1], f"{token}=", "%20"):
            with self.subTest(token=other):
                self.assertIsNone(links.find(other))
                self.assert_gone(f"/t/{other}")

    def test_expired_and_revoked_links_and_unknown_ones_look_alike(self):
        ticket, path = self.link()
        with self.at(add_to_date(now_datetime(), days=31)):
            self.assert_gone(path)
            expired = self.text(path)
        self.assertEqual(self.ask(path).status_code, 200)
        self.assertEqual(links.revoke(ticket.name), 1)
        self.assert_gone(path)
        unknown = self.text("/t/" + "x" * 43)
        self.assertEqual((expired, self.text(path)), (unknown, unknown))

    def test_the_settings_say_how_long_a_link_works(self):
        with self.settings(guest_link_days=2):
            _ticket, path = self.link()
        with self.at(add_to_date(now_datetime(), days=3)):
            self.assert_gone(path)

    def test_a_former_requester_follows_no_longer(self):
        ticket, path = self.link()
        frappe.db.set_value("HD Ticket", ticket.name, "raised_by", OTHER)
        self.assert_gone(path)

    def test_a_merged_ticket_is_followed_only_to_one_of_the_same_requester(self):
        source, path = self.link()
        foreign = make_ticket(raised_by=OTHER, subject="Foreign", description="<p>Not yours</p>")
        with self.settings(skip_email_workflow=1):
            merging.merge(source, into=foreign)
        self.assertNotIn("Foreign", self.text(path))
        self.assertNotIn("Not yours", self.text(path))
        source, path = self.link()
        with self.settings(skip_email_workflow=1):
            merging.merge(source, into=make_ticket(raised_by=GIL, subject="The bigger one"))
        self.assertIn("The bigger one", self.text(path))

    def test_a_page_with_a_secret_tells_it_to_nobody(self):
        _ticket, path = self.link()
        headers = self.ask(path).headers
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", headers["X-Robots-Tag"])
        self.assertIn("no-store", headers["Cache-Control"])
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        self.assertNotIn("script-src", headers["Content-Security-Policy"])

    def test_a_deleted_ticket_takes_its_links_along(self):
        ticket, path = self.link()
        frappe.delete_doc("HD Ticket", ticket.name)
        self.assertFalse(frappe.db.exists(links.LINK, {"ticket": ticket.name}))
        self.assert_gone(path)

    def test_links_that_expired_long_ago_are_forgotten(self):
        ticket, _path = self.link()
        with self.at(add_to_date(now_datetime(), days=90)):
            links.forget_expired()
        self.assertFalse(frappe.db.exists(links.LINK, {"ticket": ticket.name}))

    def test_guests_and_customers_list_no_links(self):
        self.link()
        for user in ("Guest", CLEO, ANNA):
            with acting_as(user), self.subTest(user=user):
                self.assert_refused(frappe.get_list, links.LINK)

    def test_the_acknowledgement_brings_the_link_to_who_has_no_account(self):
        with self.settings(send_acknowledgement_email=1), outbox() as mails:
            ticket = make_ticket(raised_by=GIL)
            make_ticket(raised_by=CLEO)
        self.assertIn(f"#{ticket.name}", self.text(path_of(mails[0]["message"])))
        self.assertNotIn("/t/", mails[1]["message"])
        self.assertIn("/helpdesk/my-tickets/", mails[1]["message"])


class TestAskingForALink(GuestTestCase):
    def wish(self, reference: str, email: str) -> tuple:
        with patch("frappe.enqueue") as enqueue:
            response = self.ask("/support/track", "POST", reference=reference, email=email)
        return response.status_code, response.get_data(), enqueue.call_count

    def test_known_and_unknown_requests_get_the_same_answer_for_the_same_work(self):
        ticket, _path = self.link()
        known = self.wish(str(ticket.name), GIL)
        self.assertEqual(known[0], 200)
        self.assertEqual(known, self.wish("999999999", GIL))
        self.assertEqual(known, self.wish(str(ticket.name), OTHER))

    def test_the_link_goes_to_the_requester_alone(self):
        ticket, _path = self.link()
        with outbox() as mails:
            requests.send_link(ticket.name, OTHER)
            requests.send_link(999999999, GIL)
            self.assertEqual(mails, [])
            requests.send_link(ticket.name, GIL.upper())
        self.assertEqual([mail["recipients"] for mail in mails], [[GIL]])
        path = path_of(mails[0]["message"])
        self.assertEqual(self.ask(path).status_code, 200)
        with self.at(add_to_date(now_datetime(), hours=25)):
            self.assert_gone(path)

    def test_wishes_are_limited(self):
        for _time in range(requests.PER_ADDRESS):
            self.assertEqual(self.wish("1", GIL)[0], 200)
        status, _page, jobs = self.wish("1", GIL)
        self.assertEqual((status, jobs), (429, 0))

    def test_what_is_no_number_or_address_is_refused(self):
        for reference, email in (("x", GIL), ("", GIL), ("1", "x"), ("1 or 1=1", GIL), ("9" * 40, GIL), ("²", GIL)):
            with self.subTest(reference=reference, email=email):
                self.assertEqual(self.wish(reference, email)[0], 422)


class TestAgents(GuestTestCase):
    def test_an_agent_makes_a_link_for_the_requester_and_takes_it_back(self):
        ticket = make_ticket(raised_by=GIL)
        with acting_as(ANNA):
            path = path_of(guests.get_link(ticket.name)["url"])
            self.assertEqual(self.ask(path).status_code, 200)
            self.assertEqual(guests.revoke_links(ticket.name), 1)
        self.assert_gone(path)
