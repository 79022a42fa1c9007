"""One thing done to many records."""

import csv
from unittest.mock import patch

import frappe

from helpdesk.api.bulk import export, get_export_limits, get_outcome, start
from helpdesk.bulk import exporting, operations, paper, running, sheets
from helpdesk.conversation import comments
from helpdesk.test_utils import (
    ACME,
    ANNA,
    ARNE,
    CLEO,
    MONA,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    contact_of,
    make_message,
    make_team,
    make_ticket,
    published,
)


def field(name, fieldname: str):
    return frappe.db.get_value("HD Ticket", name, fieldname)


class TestBulk(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.tickets = [make_ticket(subject=f"Zorblax {number}").name for number in range(3)]

    def test_every_ticket_has_its_outcome_and_a_failure_spoils_no_other(self):
        names = [self.tickets[0], 987_654_321, *self.tickets[1:]]
        with acting_as(ANNA):
            outcome = start("update", {"priority": "High", "note": "<p>All at once</p>"}, names=names)
        self.assertEqual((outcome["status"], outcome["total"], outcome["done"], outcome["failed"]), ("Done", 4, 3, 1))
        self.assertEqual([failure["name"] for failure in outcome["failures"]], ["987654321"])
        self.assertTrue(outcome["failures"][0]["error"])
        self.assertEqual({field(name, "priority") for name in self.tickets}, {"High"})
        self.assertEqual(frappe.db.count("HD Ticket Comment", {"reference_ticket": ["in", self.tickets]}), 3)

    def test_all_that_match_are_those_the_caller_may_see(self):
        make_team("Elsewhere", ARNE)
        make_team("First Line", ANNA)
        frappe.db.set_value("HD Ticket", self.tickets[0], "agent_group", "Elsewhere")
        for name in self.tickets[1:]:
            frappe.db.set_value("HD Ticket", name, "agent_group", "First Line")
        with self.settings(restrict_tickets_by_agent_group=1), acting_as(ANNA):
            outcome = start("tag", {"tag": "storm"}, filters={"subject": ["like", "Zorblax%"]})
            self.assertEqual((outcome["done"], outcome["failed"]), (2, 0))
            named = start("tag", {"tag": "storm"}, names=[self.tickets[0]])
        self.assertEqual((named["done"], named["failed"]), (0, 1))

    def test_one_that_breaks_off_says_so_and_can_be_gone_on_with(self):
        with acting_as(ANNA), patch("helpdesk.bulk.running.AT_ONCE", 0), patch("frappe.enqueue"):
            operation = start("tag", {"tag": "storm"}, names=self.tickets)["operation"]
        with acting_as(ANNA):
            with patch("helpdesk.bulk.running._one", side_effect=MemoryError), self.assertRaises(MemoryError):
                running.run(operation)
            self.assertEqual(get_outcome(operation)["status"], "Failed")
            running.run(operation)
            self.assertEqual([get_outcome(operation)[key] for key in ("status", "done")], ["Done", 3])

    def test_an_unexpected_error_is_logged_and_undone(self):
        with acting_as(ANNA), patch.dict("helpdesk.bulk.actions.ACTIONS", {"tag": (lambda *_args: 1 / 0, ("tag",))}):
            outcome = start("tag", {"tag": "x"}, names=self.tickets[:1])
        self.assertEqual(outcome["failed"], 1)
        title = f"Bulk action tag failed on {self.tickets[0]}"
        self.assertEqual(frappe.db.count("Error Log", {"method": title}), 1)

    def test_many_are_done_in_the_background_with_progress_and_go_on_after_a_crash(self):
        with patch.object(running, "AT_ONCE", 1), patch("frappe.enqueue") as enqueue, acting_as(ANNA):
            outcome = start("assign", {"agent": ARNE}, names=self.tickets)
        self.assertEqual(outcome["status"], "Queued")
        enqueue.assert_called_once()
        frappe.db.set_value(operations.OPERATION, outcome["operation"], "done", 1)
        with published() as events, acting_as(ANNA):
            running.run(outcome["operation"])
            found = get_outcome(outcome["operation"])
        self.assertEqual((found["status"], found["done"]), ("Done", 3))
        progress = [message["done"] for event, message, _room in events if event == operations.PROGRESS]
        self.assertEqual(progress, [3, 3])
        assigned = [bool(frappe.get_doc("HD Ticket", name).get_assigned_agents()) for name in self.tickets]
        self.assertEqual(assigned, [False, True, True])

    def test_what_makes_no_sense_is_refused_before_anything_is_done(self):
        for action, values, names in (
            ("dance", {}, [1]),
            ("assign", {}, [1]),
            ("update", {}, [1]),
            ("archive", {}, []),
        ):
            with self.subTest(action), self.assertRaises(frappe.ValidationError):
                start(action, values, names=names)
        with self.assertRaises(frappe.ValidationError):
            start("archive")

    def test_only_managers_delete_many(self):
        with acting_as(ANNA):
            self.assertEqual(start("delete", names=self.tickets[:1])["failed"], 1)
        with acting_as(MONA):
            self.assertEqual(start("delete", names=self.tickets[:1])["done"], 1)
        self.assertFalse(frappe.db.exists("HD Ticket", self.tickets[0]))

    def test_the_other_actions(self):
        with acting_as(ANNA):
            for action, values in (
                ("archive", {}),
                ("restore", {}),
                ("tag", {"tag": "storm"}),
                ("untag", {"tag": "storm"}),
                ("reply", {"message": "<p>Soon</p>"}),
                ("merge", {"into": self.tickets[2]}),
            ):
                with self.subTest(action), self.settings(skip_email_workflow=1):
                    outcome = start(action, values, names=self.tickets[:2])
                    self.assertEqual((outcome["done"], outcome["failures"]), (2, []))
        self.assertEqual(str(field(self.tickets[0], "merged_with")), str(self.tickets[2]))

    def test_every_reply_carries_the_attachments(self):
        with acting_as(ANNA), self.settings(skip_email_workflow=1):
            content = {"doctype": "File", "file_name": "steps.txt", "content": "1. Restart", "is_private": 1}
            upload = frappe.get_doc(content).insert(ignore_permissions=True)
            values = {"message": "<p>See the steps</p>", "attachments": [upload.name]}
            self.assertEqual(start("reply", values, names=self.tickets)["done"], 3)
        for ticket in self.tickets:
            message = frappe.get_last_doc("Communication", {"reference_name": str(ticket), "sent_or_received": "Sent"})
            attached = {"attached_to_doctype": "Communication", "attached_to_name": message.name}
            self.assertTrue(frappe.db.exists("File", {**attached, "file_url": upload.file_url}))

    def test_operations_are_their_owners_and_go_after_a_month(self):
        with acting_as(ANNA):
            name = start("tag", {"tag": "x"}, names=self.tickets)["operation"]
        with acting_as(ARNE):
            self.assert_refused(get_outcome, name)
        frappe.db.set_value(operations.OPERATION, name, "creation", "2020-01-01", update_modified=False)
        operations.forget_old()
        self.assertFalse(frappe.db.exists(operations.OPERATION, name))


class TestOutreach(HelpdeskTestCase):
    def write(self, **values):
        given = {"subject": "News for {{ customer.name }}", "message": "<p>Dear {{ contact.first_name }}</p>", **values}
        with acting_as(ANNA), self.settings(skip_email_workflow=1):
            return start("write_to_customer", given, names=[ACME])

    def setUp(self) -> None:
        super().setUp()
        customer = frappe.get_doc("HD Customer", ACME)
        customer.primary_contact = contact_of(CLEO)
        customer.save()

    def test_a_ticket_begins_with_our_message(self):
        self.assertEqual(self.write(status="Replied", agent=ARNE)["done"], 1)
        ticket = frappe.get_last_doc("HD Ticket", {"customer": ACME})
        self.assertEqual((ticket.subject, ticket.status, ticket.raised_by), ("News for Acme", "Replied", CLEO))
        self.assertEqual(ticket.get_last_communication().content, "<p>Dear Cleo</p>")
        self.assertEqual([agent.name for agent in ticket.get_assigned_agents()], [ARNE])

    def test_once_is_not_twice(self):
        self.write()
        failed = self.write(once=1)["failures"]
        self.assertIn(ACME, failed[0]["error"])


class TestExport(HelpdeskTestCase):
    def rows(self, url: str, delimiter: str = ",") -> list[list[str]]:
        with open(frappe.get_site_path(url.lstrip("/")), encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, delimiter=delimiter))

    def test_all_rows_in_their_order_and_no_formula(self):
        for subject in ("Zorblax b", "Zorblax a", "=Zorblax()"):
            make_ticket(subject=subject)
        filters = {"subject": ["like", "%Zorblax%"]}
        with patch.object(exporting, "CHUNK", 2), acting_as(ANNA):
            outcome = export("HD Ticket", ["subject", "priority"], filters, "subject desc", ";")
            found = self.rows(outcome["file"], ";")
            self.assertTrue(
                frappe.has_permission("File", "read", frappe.get_doc("File", {"file_url": outcome["file"]}))
            )
        self.assertEqual(found[0], ["Subject", "Priority"])
        self.assertEqual([row[0] for row in found[1:]], ["Zorblax b", "Zorblax a", "'=Zorblax()"])
        with acting_as(ARNE):
            self.assert_refused(get_outcome, outcome["operation"])

    def test_long_ones_are_written_in_the_background(self):
        make_ticket()
        with patch.dict(exporting.AT_ONCE, {"CSV": 0}), patch("frappe.enqueue"), acting_as(ANNA):
            outcome = export("HD Ticket", ["subject"])
        self.assertEqual((outcome["status"], outcome["file"]), ("Queued", None))
        with acting_as(ANNA):
            with patch.object(exporting, "_chunks", side_effect=OSError), self.assertRaises(OSError):
                exporting.run(outcome["operation"])
            self.assertEqual(get_outcome(outcome["operation"])["status"], "Failed")
            exporting.run(outcome["operation"])
            found = get_outcome(outcome["operation"])
        self.assertEqual(len(self.rows(found["file"])), found["total"] + 1)
        told = frappe.get_last_doc("HD Notification", {"user_to": ANNA, "notification_type": "Export"})
        self.assertEqual(told.message, found["file"])

    def test_unknown_columns_and_separators_are_refused(self):
        wrong = (
            {"columns": ["nonsense"]},
            {"delimiter": "x"},
            {"file_format": "Word"},
            {"file_format": "PDF", "orientation": "Upside down"},
            {"names": []},
        )
        for values in ({"columns": ["subject"], **each} for each in wrong):
            with self.subTest(**values), self.assertRaises(frappe.ValidationError):
                export("HD Ticket", **values)
        with acting_as(XENIA):
            self.assert_refused(export, "HD Ticket", ["subject"])

    def test_only_the_chosen_ones(self):
        names = [make_ticket(subject=f"Zorblax {letter}").name for letter in "abc"]
        frappe.db.set_value("HD Ticket", names[1], "is_archived", 1)
        with acting_as(ANNA):
            outcome = export("HD Ticket", ["subject"], names=names[:2], order_by="subject asc")
        self.assertEqual(self.rows(outcome["file"])[1:], [["Zorblax a"], ["Zorblax b"]])

    def test_excel_gets_the_same_cells(self):
        ticket = make_ticket(subject="=Zorblax()")
        with acting_as(ANNA), patch.object(sheets, "make_xlsx", wraps=sheets.make_xlsx) as made:
            start("assign", {"agent": ARNE}, names=[ticket.name])
            outcome = export("HD Ticket", ["subject", "_assign"], names=[ticket.name], file_format="Excel")
        self.assertTrue(outcome["file"].endswith(".xlsx"))
        self.assertEqual(made.call_args.args[0][1], ["'=Zorblax()", ARNE])


class TestPaper(HelpdeskTestCase):
    """What stands on the pages; the program that makes PDF of them is the framework's."""

    def setUp(self) -> None:
        super().setUp()
        printer = patch.object(paper, "get_pdf", return_value=b"%PDF-")
        self.printed = printer.start()
        self.addCleanup(printer.stop)
        able = patch.object(exporting, "can_make_pdf", return_value=True)
        able.start()
        self.addCleanup(able.stop)

    def html(self) -> str:
        return self.printed.call_args.args[0]

    def test_a_table_in_the_chosen_orientation(self):
        ticket = make_ticket(subject="<b>Zorblax</b>")
        with acting_as(ANNA):
            start("assign", {"agent": ARNE}, names=[ticket.name])
            given = {"names": [ticket.name], "file_format": "PDF", "orientation": "Landscape"}
            outcome = export("HD Ticket", ["subject", "status", "_assign", "creation"], **given)
        self.assertTrue(outcome["file"].endswith(".pdf"))
        self.assertEqual(self.printed.call_args.args[1]["orientation"], "Landscape")
        self.assertIn("&lt;b&gt;Zorblax&lt;/b&gt;", self.html())
        self.assertIn(frappe.utils.get_fullname(ARNE), self.html())

    def test_conversations_hold_notes_only_when_they_are_asked_for(self):
        ticket = make_ticket(subject="Zorblax")
        make_message(ticket, "Received", "<p>It hums</p>")
        with acting_as(ANNA):
            comments.add(ticket.name, "<p>They owe us money</p>")
            given = {"names": [ticket.name], "file_format": "Conversations"}
            export("HD Ticket", ["status"], **given)
            self.assertIn("It hums", self.html())
            self.assertNotIn("They owe us money", self.html())
            export("HD Ticket", ["status"], **given, with_notes=True)
        self.assertIn("They owe us money", self.html())

    def test_what_others_wrote_fetches_nothing(self):
        ticket = make_ticket(subject="Zorblax")
        hostile = (
            '<img src="http://169.254.169.254/x"><iframe src="file:///etc/passwd"></iframe><script>steal()</script>'
            '<p style="background:url(http://10.0.0.1)">Hello</p><img src="/files/mine.png"><a href="file:///etc">x</a>'
        )
        make_message(ticket, "Received", hostile)
        with acting_as(ANNA):
            export("HD Ticket", ["status"], names=[ticket.name], file_format="Conversations")
        for bad in ("169.254", "<iframe", "<script", "10.0.0.1", 'href="file'):
            with self.subTest(bad):
                self.assertNotIn(bad, self.html())
        self.assertIn("/files/mine.png", self.html())

    def test_many_tickets_take_as_many_queries_as_few(self):
        names = [make_ticket(subject=f"Zorblax {number}").name for number in range(6)]
        given = {"columns": ["status"], "file_format": "Conversations", "with_notes": True}
        with acting_as(ANNA), patch.dict(exporting.AT_ONCE, {"Conversations": 10}):
            export("HD Ticket", names=names[:1], **given)
            with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as few:
                export("HD Ticket", names=names[:2], **given)
            with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as many:
                export("HD Ticket", names=names, **given)
        self.assertEqual(many.call_count, few.call_count)

    def test_where_no_pdf_can_be_made_and_of_too_many_it_is_refused(self):
        names = [make_ticket().name, make_ticket().name]
        with acting_as(ANNA):
            with patch.object(exporting, "can_make_pdf", return_value=False):
                self.assertFalse(get_export_limits()["has_pdf"])
                with self.assertRaisesRegex(frappe.ValidationError, "cannot make PDF"):
                    export("HD Ticket", ["subject"], file_format="PDF")
            with patch.dict(exporting.MOST, {"PDF": 1}), self.assertRaisesRegex(frappe.ValidationError, "1 rows"):
                export("HD Ticket", ["subject"], names=names, file_format="PDF")
