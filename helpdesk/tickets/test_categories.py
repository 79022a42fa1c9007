"""What tickets are about: categories, where a help desk has them."""

import frappe

from helpdesk.analytics import dashboard
from helpdesk.api.doc import get_filterable_fields, get_list_data, get_quick_filters
from helpdesk.exceptions import TicketCategoryRequired
from helpdesk.helpdesk.doctype.hd_ticket.api import new
from helpdesk.test_utils import ANNA, ARNE, CLEO, HelpdeskTestCase, acting_as, make_team, make_ticket, set_settings
from helpdesk.tickets import categories

FORM = {"subject": "Printer", "description": "It is on fire"}


def make_category(name: str, **values):
    return frappe.get_doc({"doctype": "HD Ticket Category", "name": name, **values}).insert(set_name=name)


def lines(ticket) -> list[str]:
    return frappe.get_all("HD Ticket Activity", {"ticket": ticket.name}, pluck="action", order_by="creation asc")


class TestCategories(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        set_settings(use_categories=1, require_category=0)

    def test_a_site_begins_with_the_usual_ones_in_their_order(self):
        found = frappe.get_all("HD Ticket Category", {"enabled": 1, "for_customers": 1}, "name", order_by="`order` asc")
        self.assertEqual([row.name for row in found], [name for name, _color, _about in categories.SHIPPED])

    def test_what_a_site_removed_stays_away_and_an_older_one_gets_them_when_it_wants_them(self):
        frappe.delete_doc("HD Ticket Category", "Other")
        frappe.get_doc("HD Settings").save()
        self.assertFalse(frappe.db.exists("HD Ticket Category", "Other"))
        for name in frappe.get_all("HD Ticket Category", pluck="name"):
            frappe.delete_doc("HD Ticket Category", name)
        frappe.get_doc("HD Settings").save()
        self.assertTrue(frappe.db.exists("HD Ticket Category", "Other"))

    def test_a_new_one_comes_last(self):
        self.assertEqual(make_category("Licences").order, len(categories.SHIPPED) + 1)
        self.assertEqual(make_category("First", order=1).order, 1)

    def test_a_ticket_without_a_team_gets_that_of_its_category(self):
        make_team("First Line", ANNA)
        make_team("Second Line", ARNE)
        make_category("Licences", team="First Line")
        self.assertEqual(make_ticket(category="Licences").agent_group, "First Line")
        self.assertEqual(make_ticket(category="Licences", agent_group="Second Line").agent_group, "Second Line")
        ticket = make_ticket()
        ticket.category = "Licences"
        ticket.save()
        self.assertEqual(ticket.agent_group, "First Line")
        ticket.agent_group = None
        ticket.save()
        self.assertFalse(ticket.agent_group)

    def test_the_history_tells_of_a_change(self):
        ticket = make_ticket(category="Billing")
        ticket.category = "Technical"
        ticket.save()
        ticket.category = None
        ticket.save()
        self.assertEqual(lines(ticket)[-2:], ["set category to Technical", "cleared category"])

    def test_forms_need_one_where_the_settings_say_so_and_mails_do_not(self):
        set_settings(require_category=1)
        for user in (ANNA, CLEO):
            with self.subTest(user=user), acting_as(user):
                self.assertRaises(TicketCategoryRequired, new, dict(FORM))
                self.assertEqual(new({**FORM, "category": "Billing"}).category, "Billing")
        ticket = make_ticket()
        ticket.category = "Billing"
        ticket.save()
        ticket.category = None
        self.assertRaises(TicketCategoryRequired, ticket.save)

    def test_nothing_is_needed_where_there_are_no_categories(self):
        set_settings(use_categories=0, require_category=1)
        with acting_as(CLEO):
            self.assertTrue(new(dict(FORM)).name)

    def test_customers_choose_and_see_what_is_theirs_to_choose(self):
        make_category("Fraud", for_customers=0)
        make_category("Retired", enabled=0)
        with acting_as(CLEO):
            for name in ("Fraud", "Retired"):
                with self.assertRaisesRegex(frappe.ValidationError, f"no category .*{name}"):
                    new({**FORM, "category": name})
            seen = frappe.get_list("HD Ticket Category", pluck="name")
            ticket = new({**FORM, "category": "Billing"})
            ticket.category = "Other"
            self.assert_refused(ticket.save)
        self.assertEqual({"Fraud", "Retired", "Billing"} & set(seen), {"Billing"})
        hidden, shown = (frappe.get_doc("HD Ticket Category", name) for name in ("Fraud", "Billing"))
        self.assertFalse(frappe.has_permission("HD Ticket Category", doc=hidden, user=CLEO))
        self.assertTrue(frappe.has_permission("HD Ticket Category", doc=shown, user=CLEO))
        self.assertTrue(frappe.has_permission("HD Ticket Category", doc=hidden, user=ANNA))

    def test_lists_show_and_find_them_only_where_there_are_any(self):
        def offered() -> list[bool]:
            asked = get_filterable_fields("HD Ticket"), get_quick_filters("HD Ticket")
            names = [{each.get("fieldname") or each["name"] for each in fields} for fields in asked]
            names.append({field["value"] for field in get_list_data("HD Ticket")["fields"]})
            return ["category" in each for each in names]

        with acting_as(ANNA):
            self.assertEqual(offered(), [True, True, True])
            set_settings(use_categories=0)
            self.assertEqual(offered(), [False, False, False])

    def test_the_dashboard_shows_how_tickets_are_spread_over_them(self):
        make_ticket(category="Billing")
        make_ticket()
        today = frappe.utils.getdate()
        chart = dashboard.shares(dashboard.scope({}, today))[-1]
        self.assertEqual(chart["title"], "Tickets by Category")
        spread = {row["category"]: row["count"] for row in chart["data"]}
        self.assertEqual(spread["Billing"], 1)
        self.assertGreaterEqual(spread["No Category"], 1)
        set_settings(use_categories=0)
        self.assertNotIn(
            "Tickets by Category", [each["title"] for each in dashboard.shares(dashboard.scope({}, today))]
        )
