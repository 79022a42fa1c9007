"""What agents see beside a ticket."""

from unittest.mock import patch

from helpdesk.api.context import get_panels
from helpdesk.test_utils import ACME, ANNA, HelpdeskTestCase, acting_as, make_ticket, set_status
from helpdesk.tickets import context


class TestContext(HelpdeskTestCase):
    def test_the_customer_and_what_they_asked_before(self):
        before = set_status(make_ticket(customer=ACME, subject="Before"), "Resolved", feedback_rating=0.8)
        with acting_as(ANNA):
            blocks = {block["key"]: block for block in get_panels(make_ticket(customer=ACME).name)}
        figures = {row["label"]: row["value"] for row in blocks["customer"]["rows"]}
        self.assertEqual(figures["Customer"], ACME)
        self.assertGreaterEqual((figures["Resolved tickets"], figures["Unresolved tickets"]), (1, 1))
        self.assertEqual(figures["Average rating"], 4)
        self.assertIn(before.name, [row["name"] for row in blocks["previous"]["rows"]])

    def test_other_apps_add_blocks_and_a_broken_one_spoils_none(self):
        hooks = ["helpdesk.tickets.context.customer", "helpdesk.tickets.test_context.licences", "helpdesk.no.such"]
        with patch.object(context, "providers", lambda: hooks):
            blocks = context.panels(make_ticket())
        self.assertEqual([block["kind"] for block in blocks], ["fields", "table", "progress", "failed"])


def licences(ticket):
    return [
        {"key": "licences", "title": "Licences", "kind": "progress", "rows": [{"label": "Seats", "value": 5, "of": 5}]}
    ]
