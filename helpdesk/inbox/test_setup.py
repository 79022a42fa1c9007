"""Connecting a mail account."""

import frappe

from helpdesk.inbox import setup
from helpdesk.inbox.presets import OUTGOING_ONLY, PRESETS
from helpdesk.test_utils import HelpdeskTestCase


class TestServices(HelpdeskTestCase):
    def test_every_service_is_one_that_the_framework_knows(self) -> None:
        known = frappe.get_meta("Email Account").get_field("service").options.split("\n")
        for service in PRESETS:
            fields = setup._fields(service, {"email_id": "desk@example.com"})
            with self.subTest(service=service):
                self.assertIn(fields["service"], ["", *known])

    def test_services_that_only_send_have_no_server_to_read_from(self) -> None:
        for service in OUTGOING_ONLY:
            self.assertNotIn("email_server", setup._fields(service, {"email_id": "desk@example.com"}))
