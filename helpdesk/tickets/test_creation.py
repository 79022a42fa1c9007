"""How tickets begin."""

import frappe

from helpdesk.helpdesk.doctype.hd_ticket import api
from helpdesk.test_utils import (
    ANNA,
    CARL,
    CLEO,
    TUESDAY,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    make_agreement,
    make_status,
    make_ticket,
    outbox,
    published,
    set_status,
)


def messages_of(ticket):
    return frappe.get_all(
        "Communication",
        filters={"reference_doctype": "HD Ticket", "reference_name": str(ticket.name)},
        fields=["name", "subject", "content", "sent_or_received"],
    )


def make_file(content: str, **values):
    fields = {"doctype": "File", "file_name": f"{content}.txt", "content": content, "is_private": 1}
    return frappe.get_doc({**fields, **values}).insert(ignore_permissions=True)


class TestCreation(HelpdeskTestCase):
    def test_b01_ids_are_numbers_that_grow(self):
        first, second = make_ticket(), make_ticket()
        self.assertIsInstance(first.name, int)
        self.assertGreater(second.name, first.name)

    def test_b02_a_subject_is_needed(self):
        with self.assertRaises(frappe.MandatoryError):
            make_ticket(subject=None)

    def test_b03_a_new_ticket_is_open_whatever_the_caller_sends(self):
        ticket = make_ticket(status="Closed")
        self.assertEqual((ticket.status, ticket.status_category), ("Open", "Open"))

    def test_b04_the_settings_name_the_first_status(self):
        make_status("New", "Open")
        with self.settings(default_ticket_status="New"):
            self.assertEqual(make_ticket().status, "New")

    def test_b05_the_agreement_names_the_first_status(self):
        make_status("Triage", "Open")
        make_agreement("Gold", "doc.priority == 'Urgent'", default_ticket_status="Triage")
        ticket = make_ticket(priority="Urgent", description="<p>Help</p>")
        self.assertEqual((ticket.sla, ticket.status), ("Gold", "Triage"))

    def test_b06_the_author_raises_the_ticket(self):
        with acting_as(ANNA):
            self.assertEqual(make_ticket(raised_by=None).raised_by, ANNA)

    def test_b07_the_type_falls_back(self):
        self.assertEqual(make_ticket().ticket_type, "Unspecified")

    def test_b08_b09_the_type_gives_the_priority_unless_there_is_one(self):
        frappe.db.set_value("HD Ticket Type", "Bug", "priority", "High")
        self.assertEqual(make_ticket(ticket_type="Bug").priority, "High")
        self.assertEqual(make_ticket(ticket_type="Bug", priority="Low").priority, "Low")

    def test_b10_the_agreement_gives_the_priority(self):
        agreement = frappe.get_doc("HD Service Level Agreement", "Default")
        for row in agreement.priorities:
            row.default_priority = int(row.priority == "Low")
        agreement.save()
        self.assertEqual(make_ticket().priority, "Low")

    def test_b10_a_priority_that_is_taken_away_becomes_the_agreements(self):
        ticket = make_ticket(priority="Urgent")
        ticket.priority = None
        self.assertEqual(ticket.save().priority, "Medium")

    def test_b11_the_description_is_the_first_message(self):
        ticket = make_ticket(description="<p>It burns</p>")
        found = messages_of(ticket)
        self.assertEqual([row.sent_or_received for row in found], ["Received"])
        self.assertEqual(found[0].subject, "Re: The printer is on fire")
        self.assertIn("It burns", found[0].content)
        self.assertTrue(ticket.last_customer_response)

    def test_b12_without_a_description_nothing_was_said(self):
        self.assertEqual(messages_of(make_ticket()), [])

    def test_b13_only_own_loose_pictures_are_claimed(self):
        mine, foreign = make_file("mine"), make_file("foreign")
        frappe.db.set_value("File", foreign.name, "owner", ANNA)
        html = f'<p><img src="{mine.file_url}"><img src="{foreign.file_url}"></p>'
        ticket = make_ticket(description=html)
        attached = {name: frappe.db.get_value("File", name, "attached_to_name") for name in (mine.name, foreign.name)}
        self.assertEqual(attached, {mine.name: str(ticket.name), foreign.name: None})

    def test_b14_files_belong_to_the_message_and_the_ticket(self):
        files = [make_file("one"), make_file("two")]
        doc = {"subject": "With files", "description": "<p>See</p>"}
        ticket = api.new(doc, [{"name": file.name} for file in files])
        message = messages_of(ticket)[0].name
        for doctype, name in (("Communication", message), ("HD Ticket", str(ticket.name))):
            filters = {"attached_to_doctype": doctype, "attached_to_name": name}
            urls = frappe.get_all("File", filters=filters, pluck="file_url")
            self.assertEqual(sorted(urls), sorted(file.file_url for file in files))

    def test_b15_customers_file_in_their_own_name(self):
        with acting_as(CLEO):
            ticket = api.new({"subject": "Mine", "raised_by": CARL})
        self.assertEqual((ticket.raised_by, ticket.via_customer_portal), (CLEO, 1))

    def test_agents_file_for_somebody_else(self):
        with acting_as(ANNA):
            ticket = api.new({"subject": "By phone", "raised_by": CLEO})
        self.assertEqual((ticket.raised_by, ticket.owner), (CLEO, ANNA))

    def test_customers_do_not_set_what_the_desk_computes(self):
        doc = {"subject": "Free lunch", "resolution_by": "2099-01-01", "feedback_rating": 1, "owner": ANNA, "name": 1}
        with acting_as(CLEO):
            ticket = api.new(doc)
        self.assertEqual(ticket.owner, CLEO)
        self.assertFalse(ticket.feedback_rating)
        self.assertNotEqual(str(ticket.resolution_by)[:4], "2099")

    def test_customers_do_not_insert_tickets_of_others(self):
        with acting_as(CLEO):
            self.assert_refused(make_ticket, raised_by=CARL)

    def test_b16_the_key_is_unique_and_stays(self):
        ticket, other = make_ticket(key="known"), make_ticket()
        self.assertRegex(ticket.key, r"^[0-9a-f-]{36}$")
        self.assertNotEqual(ticket.key, other.key)
        key = ticket.key
        ticket.priority = "High"
        self.assertEqual(ticket.save().key, key)

    def test_b17_everybody_hears_of_a_new_ticket(self):
        with published() as events:
            make_ticket()
        rooms = [room for event, _message, room in events if event == "helpdesk:new-ticket"]
        self.assertEqual(rooms, ["website"])

    def test_b18_guests_only_while_the_switch_is_on(self):
        def file_as_guest():
            with acting_as("Guest"):
                return make_ticket(raised_by="guest@elsewhere.example")

        self.assert_refused(file_as_guest)
        settings = frappe.get_doc("HD Settings")
        settings.allow_anyone_to_create_tickets = 1
        settings.save()
        ticket, other = file_as_guest(), make_ticket()
        with acting_as("Guest"):
            self.assertFalse(frappe.has_permission("HD Ticket", "read", doc=ticket))
            self.assertFalse(frappe.has_permission("HD Ticket", "read", doc=other))
            self.assertEqual(frappe.get_list("HD Ticket"), [])
            self.assert_refused(api.get_one, ticket.name)
            self.assertEqual(api.new({"subject": "Another"}).owner, "Guest")
        settings.reload()
        settings.allow_anyone_to_create_tickets = 0
        settings.save()
        self.assert_refused(file_as_guest)
        self.assertFalse(frappe.db.exists("Custom DocPerm", {"parent": "HD Ticket", "role": "Guest"}))

    def test_b19_the_inserted_document_is_older_than_the_row(self):
        ticket = frappe.get_doc({"doctype": "HD Ticket", "subject": "Stale", "description": "<p>x</p>"}).insert()
        ticket.subject = "Fresh"
        with self.assertRaises(frappe.TimestampMismatchError):
            ticket.save()
        ticket.reload()
        ticket.subject = "Fresh"
        self.assertEqual(ticket.save().subject, "Fresh")

    def test_without_an_account_that_sends_nothing_is_acknowledged_and_nothing_fails(self):
        with self.settings(send_acknowledgement_email=1), outbox(has_account=False) as mails:
            make_ticket()
        self.assertEqual(mails, [])

    def test_mail_tickets_are_acknowledged_and_portal_tickets_are_not(self):
        """I08"""
        with self.settings(send_acknowledgement_email=1), outbox() as mails:
            ticket = make_ticket()
            make_ticket(via_customer_portal=1)
            frappe.flags.initial_sync = True
            self.addCleanup(frappe.flags.pop, "initial_sync", None)
            make_ticket()
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails[0]["recipients"], [CLEO])
        self.assertTrue(mails[0]["subject"].startswith(f"Ticket #{ticket.name}"))
        self.assertEqual(mails[0]["email_headers"], {"X-Auto-Generated": "hd-acknowledgement"})

    def test_the_clock_starts_at_the_creation(self):
        with self.at(TUESDAY):
            ticket = make_ticket(priority="Medium")
        self.assertEqual(str(ticket.response_by), "2026-03-04 13:00:00")
        self.assertEqual(str(ticket.resolution_by), "2026-03-06 13:00:00")
        self.assertEqual(ticket.agreement_status, "First Response Due")

    def test_a_ticket_costs_few_statements(self):
        make_ticket(description="<p>warm</p>")
        with self.assert_statements(30):
            ticket = {"doctype": "HD Ticket", "subject": "Counted", "description": "<p>x</p>", "raised_by": CLEO}
            frappe.get_doc(ticket).insert()

    def test_saving_a_ticket_costs_few_statements(self):
        ticket = make_ticket(description="<p>warm</p>")
        with acting_as(ANNA):
            set_status(ticket, "Replied")
            ticket.reload()
            ticket.priority = "High"
            with self.assert_statements(6):
                ticket.save()

    def test_outsiders_file_tickets_too(self):
        with acting_as(XENIA):
            self.assertEqual(api.new({"subject": "Me too"}).raised_by, XENIA)

    def test_an_agent_files_with_labels_and_may_tell_the_requester(self):
        doc = {"subject": "By phone", "description": "<p>x</p>", "raised_by": CLEO, "channel": "Phone"}
        with outbox() as mails:
            with acting_as(ANNA):
                silent = api.new(doc)
                told = api.new(doc, labels=["VIP", "Printer"], acknowledge=True)
            with acting_as(CLEO):
                own = api.new(doc, labels=["VIP"], acknowledge=True)
        self.assertEqual((silent.get_tags(), sorted(told.get_tags()), own.get_tags()), ([], ["Printer", "VIP"], []))
        self.assertEqual(told.channel, "Phone")
        self.assertEqual([mail["recipients"] for mail in mails], [[CLEO]])
