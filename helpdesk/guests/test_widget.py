"""The widget on other websites."""

import frappe

from helpdesk.api import guests
from helpdesk.guests.test_links import GIL, REQUEST, GuestTestCase
from helpdesk.test_utils import (
    ANNA,
    make_team,
    outbox,
)


class TestWidget(GuestTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.switch(widget_enabled=1, widget_key="right-key", widget_domains="shop.example.com\n*.example.org")
        self.addCleanup(self.switch, widget_enabled=0, widget_key=None, widget_domains=None)

    def test_only_the_named_websites_show_it(self):
        policy = self.ask("/widget/right-key").headers["Content-Security-Policy"]
        self.assertIn("frame-ancestors 'self' shop.example.com *.example.org", policy)

    def test_it_is_there_with_its_key_while_it_is_on_and_guests_may_write(self):
        self.assertEqual(self.ask("/widget/right-key").status_code, 200)
        for key in ("wrong-key", "right-key ", "RIGHT-KEY", "None"):
            self.assertEqual(self.ask(f"/widget/{key}").status_code, 404)
        for switch in ("widget_enabled", "allow_anyone_to_create_tickets"):
            with self.settings(**{switch: 0}):
                self.assertEqual(self.ask("/widget/right-key").status_code, 404)
                self.assertEqual(self.ask("/widget/right-key", "POST", **REQUEST).status_code, 404)

    def test_what_is_written_in_it_gets_its_type_and_team(self):
        team = make_team("Web Team", ANNA)
        with self.settings(widget_ticket_type="Bug", widget_team=team.name), outbox():
            response = self.ask("/widget/right-key", "POST", **REQUEST)
        self.assertEqual(response.status_code, 303)
        ticket = frappe.get_last_doc("HD Ticket", {"raised_by": GIL})
        self.assertEqual((ticket.ticket_type, ticket.agent_group), ("Bug", team.name))
        self.assertIn("/widget/right-key/sent", response.headers["Location"])
        self.assertIn(str(ticket.name), self.text("/widget/right-key/sent", number=str(ticket.name)))

    def test_a_mistake_is_shown_in_the_frame(self):
        response = self.ask("/widget/right-key", "POST", **{**REQUEST, "email": "nobody"})
        self.assertEqual(response.status_code, 422)
        self.assertIn('role="alert"', response.get_data(as_text=True))

    def test_the_script_is_small_and_for_everybody(self):
        response = self.ask("/widget.js")
        self.assertEqual(response.mimetype, "text/javascript")
        self.assertLess(len(response.get_data()), 40_000)
        self.assertIn("HelpdeskWidget", response.get_data(as_text=True))

    def test_a_website_is_a_name_and_nothing_else(self):
        settings = frappe.get_doc("HD Settings")
        settings.widget_domains = " Shop.Example.com\nhttps://a.example:8443\n\n"
        settings.save()
        self.assertEqual(settings.widget_domains, "shop.example.com\nhttps://a.example:8443")
        for hostile in ("*", "a.example;script-src", "'unsafe-inline'", "javascript:x", "a.example/path", "-a.example"):
            settings.widget_domains = hostile
            with self.subTest(domain=hostile), self.assertRaises(frappe.ValidationError):
                settings.save()

    def test_switching_it_on_makes_a_key_and_a_new_one_replaces_it(self):
        self.switch(widget_key=None)
        settings = frappe.get_doc("HD Settings")
        settings.save()
        self.assertGreaterEqual(len(settings.widget_key), 20)
        old = settings.widget_key
        self.assertEqual(self.ask(f"/widget/{old}").status_code, 200)
        new = guests.rotate_widget_key()
        self.assertEqual((self.ask(f"/widget/{old}").status_code, self.ask(f"/widget/{new}").status_code), (404, 200))
