"""What somebody with bad intentions tries, by the numbers of the list of hostile inputs.

Number 17 is `api/test_roles.py`. What concerns reading mail, files and passwords is tested with the framework.
"""

import frappe
from frappe.handler import run_doc_method

from helpdesk.api import doc as lists
from helpdesk.api import knowledge_base, saved_replies
from helpdesk.api.search import search
from helpdesk.conversation.test_replies import make_account
from helpdesk.helpdesk.doctype.hd_ticket import api
from helpdesk.notifications import mail
from helpdesk.test_utils import (
    ACME,
    ANNA,
    ARNE,
    CARL,
    CLEO,
    MONA,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    contact_of,
    make_agreement,
    make_message,
    make_team,
    make_ticket,
    outbox,
    requesting,
    set_settings,
    set_status,
)
from helpdesk.tickets import merging, splitting

SECRET = "zorblax"
REFUSED = (frappe.PermissionError, frappe.ValidationError)
SQL = (
    "subject; drop table `tabHD Ticket`",
    "(select password from __Auth)",
    "sleep(5)",
    "subject asc, (select 1)",
    "`tabUser`.api_secret",
    "name -- ",
)


class TestIdentity(HelpdeskTestCase):
    def acknowledgements(self, **values) -> list:
        with self.settings(send_acknowledgement_email=1), outbox() as mails:
            make_ticket(**values)
        return mails

    def test_hostile_9_an_acknowledgement_repeats_nothing_that_a_stranger_wrote(self):
        found = self.acknowledgements(raised_by="victim@elsewhere.example", subject="Evil", description="<p>Evil</p>")
        self.assertEqual(len(found), 1)
        self.assertNotIn("Evil", f"{found[0]['subject']} {found[0]['message']}")

    def test_hostile_9_an_acknowledgement_repeats_no_link_to_anybody(self):
        for link in ("https://evil.example/x", "www.evil.example"):
            found = self.acknowledgements(subject=f"{link} buy", description=f"<p><a href='{link}'>buy</a></p>")
            self.assertNotIn("evil", f"{found[0]['subject']} {found[0]['message']}")
        found = self.acknowledgements(subject="My printer")
        self.assertIn("My printer", found[0]["message"])

    def test_hostile_9_one_address_is_acknowledged_a_few_times_an_hour(self):
        with self.settings(send_acknowledgement_email=1), outbox() as mails:
            for _time in range(mail.ACKNOWLEDGED_PER_HOUR + 3):
                make_ticket(raised_by="victim@elsewhere.example")
            self.assertEqual(len(mails), mail.ACKNOWLEDGED_PER_HOUR)
            make_ticket(raised_by="other@elsewhere.example")
        self.assertEqual(len(mails), mail.ACKNOWLEDGED_PER_HOUR + 1)


class TestContent(HelpdeskTestCase):
    TRICK = "{{ 7*7 }}{% for x in [1] %}{{ frappe.db }}{% endfor %}"

    def test_hostile_13_what_people_write_is_no_template(self):
        ticket = make_ticket(subject=self.TRICK, description=f"<p>{self.TRICK}</p>", via_customer_portal=1)
        make_account(default_outgoing=1)
        texts = []
        content = {"acknowledgement_email_content": "{{ doc.subject }}"}
        with self.settings(send_acknowledgement_email=1, **content), outbox() as mails:
            make_ticket(subject=self.TRICK)
        texts.append(mails[0]["message"])
        with acting_as(ANNA), outbox() as mails:
            frappe.get_doc("HD Ticket", ticket.name).reply_via_agent(self.TRICK)
        texts.append(mails[0]["message"])
        reply = {"doctype": "HD Saved Reply", "title": "x", "scope": "Global", "message": "<p>{{ subject }}</p>"}
        name = frappe.get_doc(reply).insert().name
        with acting_as(ANNA):
            texts.append(saved_replies.get_rendered_saved_reply(ticket.name, name))
        for text in texts:
            self.assertNotIn("49", text)
            self.assertIn("7*7", text)

    def test_hostile_13_an_assignment_does_not_fill_in_a_subject(self):
        make_team("First Line", ANNA)
        ticket = make_ticket(subject=self.TRICK, agent_group="First Line")
        todo = frappe.get_last_doc("ToDo", {"reference_type": "HD Ticket", "reference_name": str(ticket.name)})
        self.assertNotIn("49", todo.description)


class TestInternalNotes(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.ticket = make_ticket(description="<p>Smoke</p>")
        with acting_as(ANNA):
            frappe.get_doc("HD Ticket", self.ticket.name).new_comment(f"<p>{SECRET}</p>")
        self.note = frappe.get_last_doc("HD Ticket Comment", {"reference_ticket": self.ticket.name})

    def test_hostile_18_a_note_is_on_no_page_of_the_requester(self):
        with acting_as(CLEO):
            pages = [
                api.get_one(self.ticket.name),
                api.get_one(self.ticket.name, is_customer_portal=False),
                api.get_ticket_activities(self.ticket.name),
                api.get_recent_similar_tickets(self.ticket.name),
                search(SECRET),
                frappe.get_list("HD Ticket", fields=["*"]),
                frappe.get_doc("HD Ticket", self.ticket.name).as_dict(),
            ]
        for page in pages:
            self.assertNotIn(SECRET, frappe.as_json(page))

    def test_hostile_18_notes_cannot_be_asked_for(self):
        tries = (
            lambda: frappe.get_list("HD Ticket Comment", fields=["*"]),
            lambda: frappe.get_list("HD Ticket Comment", parent_doctype="HD Ticket"),
            lambda: lists.get_list_data("HD Ticket Comment", rows=["content"]),
            lambda: frappe.get_list("HD Ticket", fields=["`tabHD Ticket Comment`.content"]),
            lambda: frappe.get_doc("HD Ticket Comment", self.note.name).check_permission("read"),
        )
        for number, attempt in enumerate(tries):
            with self.subTest(number=number), acting_as(CLEO), self.assertRaises(Exception) as refused:
                attempt()
            self.assertIsInstance(refused.exception, (*REFUSED, frappe.db.ProgrammingError))

    def test_hostile_18_merging_and_splitting_keep_notes_internal(self):
        other = make_ticket()
        second = make_message(self.ticket, "Received", "<p>Another thing</p>")
        set_settings(skip_email_workflow=1)
        self.addCleanup(set_settings, skip_email_workflow=0)
        new = splitting.split("Apart", second.name)
        merging.merge(frappe.get_doc("HD Ticket", self.ticket.name), into=frappe.get_doc("HD Ticket", other.name))
        for name in (new, other.name, self.ticket.name):
            with self.subTest(ticket=name), acting_as(CLEO):
                self.assertNotIn(SECRET, frappe.as_json(api.get_one(name)))

    def test_hostile_18_a_reply_quotes_no_note(self):
        make_account(default_outgoing=1)
        with acting_as(ANNA), outbox() as mails:
            frappe.get_doc("HD Ticket", self.ticket.name).reply_via_agent("<p>Soon</p>")
        self.assertNotIn(SECRET, mails[0]["message"])

    def test_hostile_18_blind_copies_stay_blind(self):
        make_message(self.ticket, "Sent", bcc="boss@example.com", recipients=CLEO)
        with acting_as(CLEO):
            self.assertNotIn("boss@example.com", frappe.as_json(api.get_one(self.ticket.name)))
        with acting_as(ANNA):
            self.assertIn("boss@example.com", frappe.as_json(api.get_one(self.ticket.name)))


class TestWriting(HelpdeskTestCase):
    EVIL = {
        "raised_by": XENIA,
        "customer": "Bolt",
        "status": "Closed",
        "sla": "Gold",
        "resolution_date": "2020-01-01 00:00:00",
        "response_by": "2099-01-01 00:00:00",
        "feedback_rating": 1.0,
        "agreement_status": "Fulfilled",
        "docstatus": 1,
        "name": 4711,
        "owner": XENIA,
        "creation": "2020-01-01 00:00:00",
        "key": "guessed",
        "ignore_permissions": 1,
        "flags": {"ignore_permissions": True, "written_by_helpdesk": True},
        "__islocal": 0,
        "doctype": "User",
        "_assign": f'["{CLEO}"]',
        "_user_tags": ",vip",
    }

    def setUp(self) -> None:
        super().setUp()
        frappe.get_doc({"doctype": "HD Customer", "customer_name": "Bolt"}).insert()
        make_agreement("Gold")

    def assert_harmless(self, ticket) -> None:
        stored = frappe.get_doc("HD Ticket", ticket.name)
        self.assertEqual((stored.raised_by, stored.owner, stored.status), (CLEO, CLEO, "Open"))
        self.assertEqual((stored.docstatus, stored.feedback_rating or 0, stored.sla), (0, 0, "Default"))
        self.assertEqual((stored.resolution_date, stored.customer), (None, ACME))
        self.assertEqual(stored.agreement_status, "First Response Due")
        self.assertGreater(str(stored.creation), "2021")
        self.assertNotEqual(stored.key, "guessed")
        self.assertNotIn(CLEO, stored.get("_assign") or "")

    def test_hostile_19_a_new_ticket_is_what_the_help_desk_makes_of_it(self):
        harmless = {key: value for key, value in self.EVIL.items() if key != "customer"}
        with acting_as(CLEO):
            ticket = api.new({"subject": "Mine", **harmless})
        self.assert_harmless(ticket)
        with acting_as(CLEO), self.assertRaises(REFUSED):
            api.new({"subject": "Mine", "customer": "Bolt"})

    def test_hostile_19_fields_that_are_not_the_requesters_cannot_be_changed(self):
        with acting_as(CLEO):
            ticket = api.new({"subject": "Mine"})
        for field in ("raised_by", "customer", "sla", "response_by", "agreement_status", "agent_group", "priority"):
            value = {"agent_group": "Product Experts", "priority": "Urgent"}.get(field, self.EVIL.get(field))
            with self.subTest(field=field), acting_as(CLEO):
                document = frappe.get_doc("HD Ticket", ticket.name)
                document.set(field, value)
                with self.assertRaises(REFUSED):
                    document.save()
        self.assert_harmless(ticket)

    def test_hostile_19_the_framework_keeps_owner_name_and_time(self):
        with acting_as(CLEO):
            ticket = api.new({"subject": "Mine"})
            document = frappe.get_doc("HD Ticket", ticket.name)
            document.update({"owner": XENIA, "creation": "2020-01-01 00:00:00", "key": "guessed"})
            try:
                document.save()
            except (*REFUSED, frappe.CannotChangeConstantError):
                frappe.clear_messages()
        self.assert_harmless(ticket)

    def test_hostile_21_nobody_moves_a_ticket_by_its_links(self):
        make_team("First Line", ANNA)
        ticket, foreign = make_ticket(), make_ticket(raised_by=XENIA)
        for values in ({"customer": "Bolt"}, {"contact": contact_of(XENIA)}, {"agent_group": "First Line"}):
            with self.subTest(values=values), acting_as(CLEO), self.assertRaises(REFUSED):
                frappe.get_doc("HD Ticket", ticket.name).update(values).save()
        with acting_as(CLEO):
            self.assert_refused(api.merge_ticket, foreign.name, ticket.name)
            self.assert_refused(api.split_ticket, "x", make_message(ticket, "Received").name)

    def test_hostile_21_a_merged_ticket_keeps_its_own_readers(self):
        mine, foreign = make_ticket(), make_ticket(raised_by=XENIA)
        set_settings(skip_email_workflow=1)
        self.addCleanup(set_settings, skip_email_workflow=0)
        merging.merge(mine, into=foreign)
        with acting_as(CLEO):
            self.assert_refused(api.get_one, foreign.name)
            self.assertEqual(api.get_one(mine.name)["status"], "Closed")


class TestAsking(HelpdeskTestCase):
    def test_hostile_20_lists_take_no_sql(self):
        make_ticket()
        before = frappe.db.count("HD Ticket")
        for text in SQL:
            for options in (
                {"order_by": text},
                {"rows": [text]},
                {"columns": [{"label": "x", "key": text, "type": "Data"}]},
                {"filters": {text: 1}},
                {"view": {"view_type": "group_by", "group_by_field": text}},
            ):
                with self.subTest(options=options), acting_as(ANNA), self.assertRaises(REFUSED):
                    lists.get_list_data("HD Ticket", **options)
        self.assertEqual(frappe.db.count("HD Ticket"), before)

    def test_hostile_20_values_are_values(self):
        make_ticket()
        for value in ("' or 1=1 --", "%s", "{{ 1 }}", "\\", "x' union select name from `tabUser` --"):
            with self.subTest(value=value), acting_as(ANNA):
                self.assertEqual(lists.get_list_data("HD Ticket", filters={"subject": value})["data"], [])

    def test_hostile_20_other_doctypes_have_their_own_rights(self):
        for doctype in ("User", "Email Account", "HD Settings", "Error Log", "__Auth", "tabUser"):
            for user in (CLEO, XENIA):
                with self.subTest(doctype=doctype, user=user), acting_as(user), self.assertRaises(REFUSED):
                    lists.get_list_data(doctype, rows=["name", "email_id", "password"])

    def test_hostile_20_a_list_has_a_limit(self):
        with acting_as(ANNA):
            self.assertLessEqual(len(lists.get_list_data("HD Ticket", page_length=10**9)["data"]), 1000)
            for length in (0, -1):
                with self.assertRaises(frappe.ValidationError):
                    lists.get_list_data("HD Ticket", page_length=length)
            self.assertLessEqual(len(search("printer", limit=10**9)["results"]), 100)

    def test_hostile_20_patterns_are_cheap(self):
        make_ticket(subject="x" * 140)
        with acting_as(ANNA):
            lists.get_list_data("HD Ticket")
            for pattern in ("%" * 500, "%_" * 200, "x%" * 200):
                with self.subTest(pattern=pattern[:4]), self.assert_statements(6):
                    lists.get_list_data("HD Ticket", filters={"subject": ["like", pattern]})

    def refusal(self, call, *arguments) -> tuple[type, str]:
        frappe.clear_messages()
        with self.assertRaises(frappe.PermissionError) as refused:
            call(*arguments)
        return type(refused.exception), str(refused.exception)

    def test_hostile_22_what_is_hidden_and_what_is_missing_look_alike(self):
        hidden = make_ticket(raised_by=XENIA)
        draft = frappe.get_doc({"doctype": "HD Article", "title": "Draft", "content": "x"}).insert()
        for user in (CLEO, CARL, "Guest"):
            for call, there, missing in (
                (api.get_one, str(hidden.name), "999999"),
                (api.get_ticket_activities, str(hidden.name), "999999"),
                (api.get_ticket_contact, str(hidden.name), "999999"),
                (api.get_recent_similar_tickets, str(hidden.name), "999999"),
                (knowledge_base.get_article, draft.name, "missing123"),
            ):
                with self.subTest(user=user, call=call.__name__), acting_as(user):
                    kind, text = self.refusal(call, there)
                    other_kind, other_text = self.refusal(call, missing)
                    self.assertEqual((kind, text.replace(there, "#")), (other_kind, other_text.replace(missing, "#")))

    def test_h23_hostile_22_document_methods_refuse_outsiders(self):
        ticket = make_ticket()
        with acting_as(XENIA), requesting("/api/method/run_doc_method"):
            for method in ("create_communication_via_contact", "mark_seen", "get_last_communication"):
                arguments = {"message": "<p>Let me in</p>"} if method.startswith("create") else {}
                with self.subTest(method=method):
                    self.assert_refused(
                        run_doc_method, method, dt="HD Ticket", dn=ticket.name, args=frappe.as_json(arguments)
                    )
        self.assertEqual(frappe.db.count("Communication", {"reference_name": str(ticket.name)}), 0)

    def test_hostile_19_what_a_client_says_of_a_closed_ticket_does_not_count(self):
        ticket = set_status(make_ticket(via_customer_portal=1), "Closed")
        with acting_as(CLEO), requesting("/api/method/run_doc_method"):
            sent = {**frappe.get_doc("HD Ticket", ticket.name).as_dict(), "status": "Open", "via_customer_portal": 0}
            message = frappe.as_json({"message": "<p>Once more</p>"})
            self.assert_refused(
                run_doc_method, "create_communication_via_contact", docs=frappe.as_json(sent), args=message
            )
        self.assertEqual(frappe.db.get_value("HD Ticket", ticket.name, "status"), "Closed")

    def test_hostile_17_each_method_of_a_ticket_asks_about_the_stored_one(self):
        ticket = make_ticket(raised_by=XENIA)
        with acting_as(CLEO):
            claimed = frappe.get_doc("HD Ticket", ticket.name)
            claimed.update({"owner": CLEO, "raised_by": CLEO})
            self.assert_refused(claimed.get_last_communication)
            self.assert_refused(claimed.create_communication_via_contact, "<p>Let me in</p>")
            self.assert_refused(claimed.mark_seen)
        make_team("First Line", ARNE)
        frappe.db.set_value("HD Ticket", ticket.name, "agent_group", "First Line")
        with self.settings(restrict_tickets_by_agent_group=1), acting_as(ANNA):
            claimed = frappe.get_doc("HD Ticket", ticket.name)
            claimed.owner = ANNA
            self.assert_refused(claimed.reply_via_agent, "<p>Answer</p>")
            self.assert_refused(claimed.new_comment, "<p>Note</p>")
            self.assert_refused(claimed.assign_agent, ANNA)

    def test_hostile_22_managers_of_one_customer_learn_nothing_of_another(self):
        customer = frappe.get_doc("HD Customer", ACME)
        for row in customer.contacts:
            row.is_manager = int(row.contact_name == contact_of(CARL))
        customer.save()
        foreign = make_ticket(raised_by=XENIA, subject=f"{SECRET} inside")
        with acting_as(CARL):
            self.assertEqual(search(SECRET)["summary"]["total_matches"], 0)
            self.assertNotIn(foreign.name, [row["name"] for row in lists.get_list_data("HD Ticket")["data"]])
        with acting_as(MONA):
            self.assertIn(foreign.name, [row["name"] for row in lists.get_list_data("HD Ticket")["data"]])
