"""Settings, session, analytics and other endpoints."""

import frappe
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from helpdesk.api import auth, config, dashboard, doc, onboarding, permission, session, ticket, ticket_stats
from helpdesk.api.agent_home import agent_home as home
from helpdesk.api.search import search as search_tickets
from helpdesk.api.settings import email, email_notifications, field_dependency
from helpdesk.helpdesk.doctype.hd_ticket import api as ticket_api
from helpdesk.test_utils import (
    ACME,
    ANNA,
    ARNE,
    CLEO,
    MONA,
    HelpdeskTestCase,
    acting_as,
    make_ticket,
    make_user,
    outbox,
    published,
    set_status,
)


class TestSession(HelpdeskTestCase):
    def test_who_is_asking(self):
        with acting_as(ANNA):
            anna = auth.get_user()
            roles = {row["name"]: row["role"] for row in session.get_users()}
        self.assertEqual((anna["is_agent"], anna["is_manager"], anna["has_agent_record"]), (True, False, True))
        self.assertEqual((roles[ANNA], roles[MONA], roles[CLEO]), ("Agent", "Manager", "Guest"))
        self.assertEqual(roles["Administrator"], "Manager")
        with acting_as(CLEO):
            self.assertFalse(auth.get_user()["has_desk_access"])
            self.assert_refused(session.get_users)

    def test_w02_guests_learn_branding_and_no_secrets(self):
        with acting_as("Guest"):
            found = config.get_config()
        self.assertIn("brand_name", found)
        self.assertNotIn("base_support_rotation", found)

    def test_w02_settings_are_broadcast(self):
        with published() as events:
            frappe.get_doc("HD Settings").save()
        self.assertIn("helpdesk:settings-updated", [event for event, _message, _room in events])

    def test_w10_who_sees_the_app(self):
        make_user("nobody@example.com", "No Body")
        found = []
        for user in (ANNA, MONA, CLEO, "nobody@example.com"):
            with acting_as(user):
                found.append(permission.has_app_permission())
        self.assertEqual(found, [True, True, True, False])


class TestSettings(HelpdeskTestCase):
    def test_w01_broken_templates_are_refused(self):
        settings = frappe.get_doc("HD Settings")
        settings.acknowledgement_email_content = "{{ doc.name"
        with self.assertRaises(frappe.ValidationError):
            settings.save()

    def test_texts_of_mail(self):
        with acting_as(MONA):
            stored = email_notifications.update_acknowledgement(True, "Hello {{ doc.name }}")
            found = email_notifications.get_data("acknowledgement")
        self.assertEqual(stored, {"enabled": True, "content": "Hello {{ doc.name }}"})
        self.assertEqual((found["enabled"], found["content"]), (True, "Hello {{ doc.name }}"))
        with acting_as(ANNA):
            self.assert_refused(email_notifications.update_acknowledgement, False, "")
        with acting_as(CLEO):
            self.assert_refused(email_notifications.get_data, "acknowledgement")

    def test_w03_what_is_no_mail_account_is_refused(self):
        accounts = frappe.db.count("Email Account")
        with acting_as(ANNA):
            self.assert_refused(email.create_email_account, {"service": "GMail", "email_id": "a@example.com"})
        with acting_as(MONA), self.assertRaises(frappe.ValidationError):
            email.create_email_account({"service": "Pigeon", "email_id": "a@example.com"})
        self.assertEqual(frappe.db.count("Email Account"), accounts)

    def test_w05_the_brand_is_optional(self):
        with acting_as(ANNA):
            self.assert_refused(onboarding.mark_persona_captured)
        with acting_as(MONA):
            onboarding.mark_persona_captured("  ")
        values = frappe.db.get_value("HD Settings", None, ["persona_captured", "brand_name"], as_dict=True)
        self.assertEqual((str(values.persona_captured), values.brand_name or None), ("1", None))

    def test_the_first_steps_follow_what_was_really_done(self):
        with acting_as(MONA):
            before = onboarding.get_progress()
            contact = frappe.get_doc({"doctype": "Contact", "first_name": "First"})
            contact.append("email_ids", {"email_id": "first@steps.example", "is_primary": 1})
            contact.insert()
            frappe.get_doc(
                {"doctype": "HD Article", "title": "First", "content": "<p>Text</p>", "status": "Published"}
            ).insert()
            after = onboarding.get_progress()
        self.assertEqual({step for step in after if after[step] != before[step]}, {"contact", "article"})

    def test_s06_field_dependencies_go_round(self):
        criteria = {"display": {"enabled": True, "value": [{"label": "Bug", "value": "Bug"}]}, "mandatory": {}}
        with acting_as(MONA):
            name = field_dependency.create_update_field_dependency(
                "ticket_type", "priority", '{"Bug": ["High"]}', True, frappe.as_json(criteria)
            )
            found = field_dependency.get_field_dependency(name)
        self.assertEqual(found["parent_child_mapping"], {"Bug": ["High"]})
        self.assertEqual(found["fields_criteria"], criteria)
        script = frappe.get_doc("HD Form Script", name)

        def depends_on() -> str:
            return frappe.get_meta("HD Ticket").get_field("priority").depends_on or ""

        self.assertIn("Bug", depends_on())
        for enabled, expected in ((0, False), (1, True)):
            script.enabled = enabled
            script.save()
            self.assertEqual("Bug" in depends_on(), expected)
        script.delete()
        self.assertEqual(depends_on(), "")

    def test_s07_a_blank_mapping_is_refused(self):
        with acting_as(MONA), self.assertRaises(frappe.ValidationError):
            field_dependency.create_update_field_dependency("ticket_type", "priority", "", True, "{}")


class TestWrongValues(HelpdeskTestCase):
    def test_w14_a_value_of_the_wrong_kind_is_named(self):
        wrong = (
            (ticket.bulk_reply, {"ticket_ids": "everything", "message": "x"}, "ticket_ids"),
            (search_tickets, {"query": {"$ne": 1}}, "query"),
            (search_tickets, {"query": "printer", "limit": "many"}, "limit"),
            (ticket_api.get_one, {"name": ["1", "2"]}, "name"),
            (ticket_api.new, {"doc": 5}, "doc"),
            (doc.get_list_data, {"doctype": "HD Ticket", "page_length": "x" * 50}, "page_length"),
        )
        for function, arguments, parameter in wrong:
            with (
                self.subTest(function=function.__name__),
                acting_as(ANNA),
                self.assertRaisesRegex(frappe.exceptions.FrappeTypeError, parameter),
            ):
                frappe.call(function, **arguments)

    def test_w14_wrong_values_inside_a_list_are_named_too(self):
        with acting_as(ANNA), self.assertRaises(frappe.DoesNotExistError):
            frappe.call(ticket.bulk_reply, ticket_ids=[{"name": 1}], message="x")


class TestNeighbours(HelpdeskTestCase):
    def test_w09_without_telephony_a_ticket_has_no_calls(self):
        if "telephony" in frappe.get_installed_apps():
            self.skipTest("needs a site without telephony")
        made = make_ticket()
        for user in (ANNA, CLEO):
            with self.subTest(user=user), acting_as(user):
                self.assertEqual(ticket_api.get_one(made.name)["calls"], [])


class TestTickets(HelpdeskTestCase):
    def test_w11_the_same_answer_on_many_tickets(self):
        from helpdesk.conversation.test_replies import make_account

        make_account(default_outgoing=1)
        tickets = [make_ticket() for _time in range(3)]
        errors = frappe.db.count("Error Log")
        frappe.db.set_value("HD Ticket", tickets[2].name, "priority", "Nowhere")
        with acting_as(ANNA), outbox() as mails:
            ticket.bulk_reply([each.name for each in tickets], "<p>Known problem</p>")
        self.assertEqual((len(mails), frappe.db.count("Error Log")), (2, errors + 1))
        with acting_as(CLEO):
            self.assert_refused(ticket.bulk_reply, [tickets[0].name], "x")

    def test_w12_only_the_administrator_deletes(self):
        name = make_ticket().name
        with acting_as(MONA):
            self.assert_refused(ticket.delete_ticket, name)
        ticket.delete_ticket(str(name))
        self.assertFalse(frappe.db.exists("HD Ticket", name))


class TestAnalytics(HelpdeskTestCase):
    def test_v01_agents_see_themselves(self):
        with acting_as(ANNA):
            for filters in ({"agent": ARNE}, {"team": "Billing", "agent": ANNA}, {}):
                self.assert_refused(dashboard.get_dashboard_data, "number_card", filters)
            self.assertEqual(len(dashboard.get_dashboard_data("number_card", {"agent": "@me"})), 5)
        with acting_as(MONA):
            for kind, number in (("number_card", 5), ("trend", 2), ("master", 5)):
                self.assertEqual(len(dashboard.get_dashboard_data(kind)), number)

    def test_v03_a_rating_counts_on_the_day_of_the_resolution(self):
        today = getdate()
        window = {"from_date": str(add_days(today, -6)), "to_date": str(today)}
        with acting_as(MONA):
            before = dashboard.get_dashboard_data("number_card", window)
        made = make_ticket()
        frappe.db.set_value(
            "HD Ticket",
            made.name,
            {"creation": add_days(now_datetime(), -40), "resolution_date": now_datetime(), "feedback_rating": 0.8},
            update_modified=False,
        )
        with acting_as(MONA):
            trend = dashboard.get_dashboard_data("trend", window)[1]
            cards = dashboard.get_dashboard_data("number_card", window)
        self.assertEqual([day["rated_tickets"] for day in trend["data"]], [0] * 6 + [1])
        self.assertEqual((cards[0]["value"], cards[4]["value"]), (before[0]["value"], 4))

    def test_v04_reopened_tickets_have_no_resolution(self):
        made = make_ticket()
        set_status(made, "Resolved")
        frappe.db.set_value("HD Ticket", made.name, {"resolution_time": 7200, "customer": ACME})
        with acting_as(ANNA):
            self.assertEqual(ticket_stats.get_avg_resolution_time("HD Customer", ACME)["average"], 7200)
        set_status(made, "Open")
        with acting_as(ANNA):
            self.assertEqual(ticket_stats.get_avg_resolution_time("HD Customer", ACME)["average"], 0)

    def test_v06_many_slices_are_bars(self):
        values = [(str(number), 1) for number in range(7)]
        from helpdesk.analytics.dashboard import share

        self.assertEqual((share("x", "y", values)["type"], share("x", "y", values[:6])["type"]), ("axis", "pie"))

    def test_v07_recent_activity_has_a_line_per_ticket(self):
        first, second = make_ticket(), make_ticket()
        with acting_as(ANNA):
            for _time in range(25):
                frappe.get_doc("HD Ticket", first.name).new_comment("<p>x</p>")
            frappe.get_doc("HD Ticket", second.name).new_comment("<p>x</p>")
            names = [row["name"] for row in home.get_recent_activity()]
        self.assertEqual(sorted(names), sorted([str(first.name), str(second.name)]))

    def test_17_2_new_tickets_are_in_the_order_of_their_assignment(self):
        late, early = make_ticket(), make_ticket()
        for made, hours in ((late, 1), (early, 2)):
            made.assign_agent(ANNA)
            moment = add_to_date(now_datetime(), hours=-hours)
            frappe.db.set_value("ToDo", {"reference_name": str(made.name)}, "creation", moment, update_modified=False)
        with acting_as(ANNA):
            found = home.get_pending_tickets("new_tickets")
        self.assertEqual([row.name for row in found["tickets"]], [late.name, early.name])
        self.assertEqual(found["total_pending_tickets"], 2)

    def test_17_1_a_week_of_ratings_has_seven_days(self):
        for days in (6, 7):
            made = make_ticket()
            made.assign_agent(ANNA)
            resolved = {"resolution_date": add_days(now_datetime(), -days), "feedback_rating": 1}
            frappe.db.set_value("HD Ticket", made.name, resolved)
        with acting_as(ANNA):
            self.assertEqual(home.get_recent_feedback("last_week")["total_feedbacks"], 1)

    def test_17_3_the_dashboard_compares_thirty_days_with_the_thirty_before(self):
        for days in (29, 30, 59, 60):
            moment = add_days(now_datetime(), -days)
            frappe.db.set_value("HD Ticket", make_ticket(subject="x", agent_group=None).name, "creation", moment)
        today = frappe.db.count("HD Ticket", {"creation": [">=", getdate()]})
        with acting_as(MONA):
            tickets = dashboard.get_dashboard_data("number_card")[0]
            days = dashboard.get_dashboard_data("trend")[0]["data"]
        self.assertEqual((len(days), tickets["value"], tickets["delta"]), (30, today + 1, (today + 1 - 2) / 2 * 100))

    def test_v08_ratings_of_others(self):
        with acting_as(ANNA):
            self.assert_refused(ticket_stats.get_feedback_received, "agent", ARNE)
            self.assertEqual(ticket_stats.get_feedback_received("customer", ACME)["total"], 0)
            with self.assertRaises(frappe.ValidationError):
                ticket_stats.get_feedback_received("planet", "Mars")

    def test_the_home_page_has_all_cards(self):
        with acting_as(ANNA):
            found = home.get_dashboard()
        self.assertEqual(len(found["layout"]), 7)
        self.assertTrue(all("data" in card for card in found["layout"]))
