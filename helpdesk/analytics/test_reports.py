"""The script reports, run as the desk runs them."""

from datetime import datetime
from typing import Any
from unittest import skipUnless

import frappe

from helpdesk.test_utils import ANNA, CLEO, MONA, TUESDAY, XENIA, HelpdeskTestCase, acting_as, make_ticket, make_user

try:
    from frappe.desk.query_report import get_script, run
except ImportError:  # a framework without reports
    run = get_script = None

FOR_MANAGERS = "Team Performance"
REPORTS = (
    "First Response Time for Tickets",
    "Support Hour Distribution",
    "Ticket Analytics",
    "Ticket Summary",
    "Ticket-Search Analysis",
    "Trending Subjects",
)
MARCH = {"from_date": "2026-03-01", "to_date": "2026-03-31"}


@skipUnless(run, "needs reports")
class TestReports(HelpdeskTestCase):
    """Behaviour 17.6."""

    def setUp(self) -> None:
        super().setUp()
        with self.at(TUESDAY):
            self.tickets = [
                make_ticket(subject="The printer is on fire", priority="Urgent"),
                make_ticket(subject="No paper", priority="Low"),
            ]
        for ticket in self.tickets:
            created = datetime(2026, 3, 3, 13, 30)
            values = {"creation": created, "opening_date": created.date(), "first_response_time": 600}
            frappe.db.set_value("HD Ticket", ticket.name, values, update_modified=False)

    def report(self, name: str, **filters: Any) -> dict[str, Any]:
        answer: dict[str, Any] = run(name, {**MARCH, **filters})
        return answer

    def test_all_reports_came_with_the_app(self) -> None:
        found = frappe.get_all("Report", filters={"ref_doctype": "HD Ticket", "is_standard": "Yes"}, pluck="name")
        self.assertEqual(sorted(found), sorted([*REPORTS, FOR_MANAGERS]))

    def test_managers_see_what_each_agent_did(self) -> None:
        for ticket in self.tickets:
            ticket.reload()
            ticket.assign_agent(ANNA)
        values = {"status": "Resolved", "status_category": "Resolved", "agreement_status": "Fulfilled"}
        frappe.db.set_value("HD Ticket", self.tickets[0].name, {**values, "feedback_rating": 0.8})
        with acting_as(MONA):
            rows = {row["agent"]: row for row in self.report(FOR_MANAGERS)["result"]}
        anna = rows["Anna Agent"]
        self.assertEqual((anna["tickets"], anna["resolved"], anna["rating"]), (2, 1, 4))
        self.assertEqual((anna["sla_fulfilled"], anna["first_response_time"]), (100, 600))
        self.assertGreaterEqual(anna["open_now"], 1)
        with acting_as(ANNA):
            self.assert_refused(self.report, FOR_MANAGERS)

    def test_words_that_come_up_more_often_than_before(self) -> None:
        with self.at(TUESDAY):
            make_ticket(subject="Another zorblax"), make_ticket(subject="Zorblax?")
        with acting_as(ANNA):
            rows = {row["word"]: row for row in self.report("Trending Subjects")["result"]}
        self.assertEqual((rows["zorblax"]["tickets"], rows["zorblax"]["change"]), (2, 2))
        self.assertNotIn("another", rows)

    def test_agents_and_managers_run_every_report(self) -> None:
        for user in (ANNA, MONA):
            for name in REPORTS:
                with self.subTest(user=user, report=name), acting_as(user):
                    answer = self.report(name)
                    for key in ("columns", "result", "message", "chart", "report_summary"):
                        self.assertIn(key, answer)
                    fieldnames = {column["fieldname"] for column in answer["columns"]}
                    for row in answer["result"]:
                        self.assertLessEqual(set(row), fieldnames)

    def test_a_system_manager_runs_the_reports_that_name_the_role(self) -> None:
        system_manager = make_user("sam@example.com", "Sam System", "System Manager").name
        with acting_as(system_manager):
            for name in ("Support Hour Distribution", "Ticket-Search Analysis"):
                with self.subTest(report=name):
                    self.assertTrue(run(name, MARCH)["columns"])

    def test_customers_and_outsiders_run_none(self) -> None:
        for user in (CLEO, XENIA):
            for name in REPORTS:
                with self.subTest(user=user, report=name), acting_as(user):
                    self.assert_refused(run, name, MARCH)
                    self.assert_refused(get_script, name)

    def test_the_first_response_is_averaged_per_day(self) -> None:
        answer = self.report("First Response Time for Tickets")
        (row,) = [row for row in answer["result"] if str(row["creation_date"]) == "2026-03-03"]
        self.assertEqual(row["first_response_time"], 600)
        self.assertEqual(answer["chart"]["type"], "line")

    def test_tickets_are_counted_in_slots_of_three_hours(self) -> None:
        answer = self.report("Support Hour Distribution")
        (row,) = [row for row in answer["result"] if str(row["date"]) == "2026-03-03"]
        self.assertEqual((row["from_12"], row["from_15"]), (2, 0))
        self.assertEqual(answer["columns"][-1]["label"], "21:00 - 24:00")

    def test_tickets_are_counted_by_group_and_period(self) -> None:
        answer = self.report("Ticket Analytics", based_on="Ticket Priority", range="Monthly")
        counts = {row["group"]: (row["2026-03"], row["total"]) for row in answer["result"]}
        self.assertEqual((counts["Urgent"], counts["Low"]), ((1, 1), (1, 1)))

    def test_the_summary_counts_each_status(self) -> None:
        answer = self.report("Ticket Summary", based_on="Ticket Priority")
        row = next(row for row in answer["result"] if row["group"] == "Urgent")
        self.assertEqual((row["open"], row["total_tickets"], row["first_response_time"]), (1, 1, 600))
        opened = next(each for each in answer["report_summary"] if each["label"] == "Open")
        self.assertEqual((opened["value"], opened["indicator"]), (2, "Red"))

    def test_the_end_must_not_come_before_the_start(self) -> None:
        with self.assertRaises(frappe.ValidationError):
            run("Ticket Analytics", {"from_date": "2026-03-31", "to_date": "2026-03-01"})
