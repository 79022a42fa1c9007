"""What people without an account may write."""

import re
from unittest.mock import patch

import frappe

from helpdesk.guests import requests, uploads
from helpdesk.guests.test_links import GIL, REQUEST, GuestTestCase, path_of, upload
from helpdesk.test_utils import (
    ANNA,
    CLEO,
    acting_as,
    make_team,
    outbox,
    requesting,
)


class TestWriting(GuestTestCase):
    def test_guests_write_only_while_the_settings_let_them(self):
        self.assertEqual(self.ask("/support/new").status_code, 200)
        with self.settings(allow_anyone_to_create_tickets=0):
            for path in ("/support", "/support/new", "/support/sent"):
                self.assertEqual(self.ask(path).status_code, 404)
            self.assertEqual(self.ask("/support/new", "POST", **REQUEST).status_code, 404)
            with self.assertRaises(frappe.DoesNotExistError):
                requests.submit(requests.read(REQUEST), [])

    def test_a_request_becomes_a_ticket_and_its_link_is_mailed(self):
        with outbox() as mails:
            response = self.ask("/support/new", "POST", **REQUEST)
        self.assertEqual(response.status_code, 303)
        ticket = frappe.get_last_doc("HD Ticket", {"raised_by": GIL})
        self.assertTrue(response.headers["Location"].endswith(f"/support/sent?number={ticket.name}"))
        self.assertNotIn("/t/", self.text("/support/sent", number=str(ticket.name)))
        self.assertEqual(mails[0]["recipients"], [GIL])
        page = self.text(path_of(mails[0]["message"]))
        self.assertIn("Help &lt;b&gt;me&lt;/b&gt;", page)
        self.assertIn("You", page)

    def test_the_link_is_mailed_also_where_the_site_wrote_its_own_acknowledgement(self):
        with self.settings(acknowledgement_email_content="<p>Thanks!</p>"), outbox() as mails:
            requests.submit(requests.read(REQUEST), [])
        self.assertIn("Thanks!", mails[0]["message"])
        self.assertEqual(self.ask(path_of(mails[0]["message"])).status_code, 200)

    def test_nothing_but_the_fields_of_the_form_counts(self):
        team = make_team("Secret Team", ANNA)
        extra = {
            "owner": ANNA,
            "raised_by": CLEO,
            "customer": "Acme",
            "contact": "x",
            "status": "Closed",
            "priority": "Urgent",
            "agent_group": team.name,
            "team": team.name,
            "feedback_rating": "1",
            "docstatus": "1",
            "creation": "2001-01-01",
            "via_customer_portal": "1",
            "ignore_permissions": "1",
            "flags": "{}",
            "__islocal": "0",
            "doctype": "User",
            "key": "known",
            "resolution_by": "2099-01-01",
            "ticket_type": "No Such Type",
        }
        with outbox():
            response = self.ask("/support/new", "POST", **REQUEST, **extra)
        self.assertEqual(response.status_code, 303)
        ticket = frappe.get_last_doc("HD Ticket", {"raised_by": GIL})
        self.assertEqual((ticket.owner, ticket.status, ticket.agent_group), ("Guest", "Open", None))
        self.assertEqual((ticket.customer, ticket.ticket_type), (None, "Unspecified"))
        self.assertNotEqual(ticket.priority, "Urgent")
        self.assertNotEqual(ticket.key, "known")
        self.assertFalse(ticket.via_customer_portal or ticket.feedback_rating)

    def test_a_machine_is_not_told_that_nothing_was_filed(self):
        before = frappe.db.count("HD Ticket")
        response = self.ask("/support/new", "POST", website="http://spam.example", **REQUEST)
        self.assertEqual((response.status_code, response.headers["Location"]), (303, "/support/sent"))
        self.assertEqual(frappe.db.count("HD Ticket"), before)

    def test_an_incomplete_request_comes_back_as_it_was_written(self):
        for field, value in (
            ("email", "nobody"),
            ("email", "a@b.example,c@d.example"),
            ("subject", ""),
            ("description", " "),
        ):
            with self.subTest(field=field):
                response = self.ask("/support/new", "POST", **{**REQUEST, "name": "Gil <b>", field: value})
                page = response.get_data(as_text=True)
                self.assertEqual(response.status_code, 422)
                self.assertIn('role="alert"', page)
                self.assertIn("Gil &lt;b&gt;", page)

    def test_a_subject_is_one_line(self):
        with outbox():
            ticket = requests.submit(requests.read({**REQUEST, "subject": "One\r\nBcc: x@y.example\u2028two"}), [])
        self.assertEqual(ticket.subject, "One Bcc: x@y.example two")

    def test_requests_are_limited(self):
        with outbox(), requesting("/support/new"), patch.object(requests, "PER_ADDRESS", 1):
            requests.submit(requests.read(REQUEST), [])
            with self.assertRaises(frappe.RateLimitExceededError):
                requests.submit(requests.read({**REQUEST, "email": GIL.upper()}), [])
        with patch.object(requests, "PER_HOUR", 0):
            response = self.ask("/support/new", "POST", **REQUEST)
        self.assertEqual(response.status_code, 429)

    def test_files_are_judged_by_their_cleaned_names(self):
        accepted = {
            "a.txt": "a.txt", "../../etc/x.png": "x.png", "C:\\dir\\y.PDF": "y.pdf", "z.txt. ": "z.txt",
            "\u200bq.txt": "q.txt", "n\x00ame.log": "name.log", f"{'ü' * 400}.txt": f"{'ü' * 60}.txt",
            "CON.txt": "file CON.txt", "nul.tar.zip": "file nul.tar.zip", "contract.pdf": "contract.pdf",
        }  # fmt: skip
        for sent, kept in accepted.items():
            with self.subTest(sent=sent):
                self.assertEqual(uploads.name_of(sent), kept)
        for sent in (
            "x.svg",
            "x.html",
            ".htaccess",
            "x.pht",
            "gpj.\u202exe.exe",
            "x.txt/.svg",
            "",
            "x.png.php ",
            ".txt",
        ):
            with self.subTest(sent=sent), self.assertRaises(frappe.ValidationError):
                uploads.name_of(sent)

    def test_a_picture_is_a_picture_and_fits_in_memory(self):
        bomb = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (100_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
        for content in (b"<html>", bomb, b""):
            with self.subTest(content=content[:4]), self.assertRaises(frappe.ValidationError):
                uploads.store([upload("x.png", content)])
        with self.assertRaises(frappe.ValidationError):
            uploads.store([upload(f"{number}.txt") for number in range(6)])

    def test_files_come_with_the_request(self):
        with outbox() as mails, acting_as("Guest"):
            requests.submit(requests.read(REQUEST), [upload("log.txt", b"boom"), upload("")])
        path = path_of(mails[0]["message"])
        found = re.search(r'href="(/t/[^"]+/files/[^"]+)">log', self.text(path))
        self.assertTrue(found)
        self.assertEqual(self.ask(found[1]).get_data(), b"boom")
        self.assertTrue(frappe.get_last_doc("File", {"file_name": ["like", "log%"]}).is_private)
