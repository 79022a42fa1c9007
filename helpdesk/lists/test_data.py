"""Lists: filters, columns, defaults, groups."""

import json

import frappe
from frappe.utils import add_to_date, getdate

from helpdesk.api.doc import (
    get_filterable_fields,
    get_group_counts,
    get_list_count,
    get_list_data,
    get_quick_filters,
    sort_options,
)
from helpdesk.lists.columns import AGENT_TICKETS, PORTAL_TICKETS, TICKET_MARKS
from helpdesk.test_utils import (
    ANNA,
    CARL,
    CLEO,
    MONA,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    make_ticket,
)
from helpdesk.tickets.archiving import archive


def make_view(user: str = ANNA, **values):
    fields = {"doctype": "HD View", "label": "Mine", "dt": "HD Ticket", "user": user, "type": "list"}
    return frappe.get_doc({**fields, **values}).insert(ignore_permissions=True)


def keys(result) -> list[str]:
    return [column["key"] for column in result["columns"]]


class TestListData(HelpdeskTestCase):
    def ask(self, user: str = ANNA, **options):
        with acting_as(user):
            return get_list_data("HD Ticket", **options)

    def test_t01_mine_in_both_forms(self):
        mine, _other = make_ticket(), make_ticket()
        mine.assign_agent(ANNA)
        forms = ({"_assign": ["like", "%@me%"]}, [["_assign", "like", "%@me%"]])
        for filters in (*forms, *(json.dumps(each) for each in forms)):
            with self.subTest(filters=filters):
                self.assertEqual([row.name for row in self.ask(filters=filters)["data"]], [mine.name])

    def test_t02_columns_that_nobody_chose(self):
        make_ticket()
        self.assertEqual(keys(self.ask()), [column["key"] for column in AGENT_TICKETS])
        portal = self.ask(CLEO, show_customer_portal_fields=True)
        self.assertEqual(keys(portal), [column["key"] for column in PORTAL_TICKETS])
        allowed = {"name", "subject", "status", "priority", "response_by", "resolution_by", "creation"}
        self.assertEqual({field["value"] for field in portal["fields"]}, allowed)

    def test_customers_and_articles_have_columns_of_their_own(self):
        with acting_as(ANNA):
            customers, articles = get_list_data("HD Customer"), get_list_data("HD Article")
        self.assertEqual(keys(customers), ["name", "customer_type", "email_id", "mobile_no", "creation"])
        self.assertEqual(keys(articles), ["title", "status", "author", "modified"])

    def test_t03_the_default_view_counts(self):
        columns = [{"label": "Subject", "key": "subject", "type": "Data", "width": "10rem"}]
        make_view(is_default=1, columns=json.dumps(columns), rows=json.dumps(["name", "subject", "owner"]))
        high = make_ticket(priority="High")
        make_ticket(priority="Low")
        found = self.ask(default_filters={"priority": "High"}, is_default=True)
        self.assertEqual((keys(found), [row.name for row in found["data"]]), (["subject"], [high.name]))
        low = self.ask(default_filters={"priority": "High"}, filters={"priority": "Low"}, is_default=True)
        self.assertEqual({row.priority for row in low["data"] if "priority" in row} | {"Low"}, {"Low"})

    def test_t04_own_columns_bring_their_rows(self):
        for _time in range(3):
            make_ticket()
        columns = [{"label": "Owner", "key": "owner", "type": "Link", "width": "10rem"}]
        found = self.ask(columns=columns, page_length=2)
        self.assertLessEqual({"owner", "name"}, set(found["data"][0]))
        self.assertEqual(found["row_count"], 2)
        self.assertEqual(found["total_count"], frappe.db.count("HD Ticket"))

    def test_a_list_knows_of_a_promise_what_the_page_of_its_ticket_knows(self):
        ticket = make_ticket()
        columns = [{"label": "Resolution", "key": "resolution_by", "type": "Datetime", "width": "8rem"}]
        for user, portal in ((ANNA, False), (CLEO, True)):
            found = self.ask(user, columns=columns, show_customer_portal_fields=portal)["data"]
            row = next(row for row in found if row.name == ticket.name)
            self.assertEqual(
                {mark: row[mark] for mark in TICKET_MARKS[1:]}, {m: ticket.get(m) for m in TICKET_MARKS[1:]}
            )

    def test_t05_assigned_on_without_a_match_is_an_empty_list(self):
        make_ticket()
        filters = {"__assigned_on": ["timespan", "last week"]}
        self.assertEqual(self.ask(MONA, filters=filters)["data"], [])

    def test_words_find_who_asked_and_the_number(self):
        wanted, other = make_ticket(subject="The printer hums"), make_ticket(subject="Something else")
        found = [row.name for row in self.ask(filters=[["__text", "like", f"%{wanted.name}%"]])["data"]]
        self.assertIn(wanted.name, found)
        self.assertNotIn(other.name, found)
        both = [row.name for row in self.ask(filters=[["__text", "like", f"%{CLEO}%"]])["data"]]
        self.assertLessEqual({wanted.name, other.name}, set(both))
        nothing = self.ask(filters=[["__text", "like", f"%{CLEO}%"], ["__text", "like", "%nowhere%"]])
        self.assertEqual(nothing["data"], [])

    def test_words_find_nothing_that_one_may_not_see(self):
        make_ticket(subject="The printer hums")
        self.assertEqual(self.ask(CARL, filters=[["__text", "like", "%hums%"]])["data"], [])

    def test_words_are_contained_in_tickets_or_refused(self):
        with self.assertRaises(frappe.ValidationError):
            self.ask(filters=[["__text", "=", "hums"]])
        with acting_as(ANNA), self.assertRaises(frappe.ValidationError):
            get_list_data("HD Customer", filters=[["__text", "like", "%x%"]])

    def test_labels_and_words_are_fields_for_agents(self):
        with acting_as(ANNA):
            found = {field["fieldname"] for field in get_filterable_fields("HD Ticket")}
        self.assertLessEqual({"_user_tags", "__text"}, found)

    def test_16_1_assigned_on_compares_days(self):
        yesterday, older = make_ticket(), make_ticket()
        for ticket, days in ((yesterday, -1), (older, -10)):
            ticket.assign_agent(ANNA)
            noon = add_to_date(getdate(), days=days, hours=12, as_datetime=True)
            frappe.db.set_value("ToDo", {"reference_name": str(ticket.name)}, "creation", noon, update_modified=False)
        day = str(add_to_date(getdate(), days=-1))
        expected = {
            "=": [yesterday],
            "!=": [older],
            ">": [],
            ">=": [yesterday],
            "<": [older],
            "<=": [older, yesterday],
        }
        for operator, tickets in expected.items():
            with self.subTest(operator=operator):
                found = self.ask(filters={"__assigned_on": [operator, day]}, order_by="name desc")["data"]
                self.assertEqual([row.name for row in found], [ticket.name for ticket in tickets])
        found = self.ask(filters=[["__assigned_on", "<=", day], ["__assigned_on", "!=", day]])["data"]
        self.assertEqual([row.name for row in found], [older.name])

    def test_t06_groups_are_sorted_with_general_first_and_blank_last(self):
        for title in ("Zebra", "Apple"):
            category = frappe.get_doc({"doctype": "HD Article Category", "category_name": title}).insert()
            frappe.get_doc({"doctype": "HD Article", "title": title, "category": category.name}).insert()
        frappe.get_doc({"doctype": "HD Article", "title": "Loose"}).insert()
        view = {"view_type": "group_by", "group_by_field": "category"}
        with acting_as(ANNA):
            found = get_list_data("HD Article", view=view, order_by="category asc")
        labels = [option["label"] for option in found["group_by_field"]["options"]]
        self.assertEqual(labels, ["General", "Apple", "Zebra", ""])

    def test_what_is_no_field_is_refused_by_name(self):
        hostile = (
            {"filters": {"nothing": 1}},
            {"filters": [["nothing", "=", 1]]},
            {"order_by": "rand()"},
            {"order_by": "(select 1) desc"},
            {"order_by": "nothing desc"},
            {"rows": ["nothing"]},
            {"rows": ["sleep(3)"]},
            {"columns": [{"key": "nothing"}]},
            {"filters": {"status": ["sleeps", 1]}},
            {"filters": "{"},
            {"page_length": -1},
        )
        for options in hostile:
            with self.subTest(options=options), self.assertRaises(frappe.ValidationError):
                self.ask(**options)

    def test_other_peoples_accounts_are_no_list_for_customers(self):
        with acting_as(CLEO):
            self.assert_refused(get_list_data, "HD Ticket Comment")
            with self.assertRaises(frappe.DoesNotExistError):
                get_list_data("No Such Thing")

    def test_customers_see_their_own(self):
        mine, other = make_ticket(), make_ticket(raised_by=CARL)
        names = [row.name for row in self.ask(CLEO)["data"]]
        self.assertIn(mine.name, names)
        self.assertNotIn(other.name, names)

    def test_rows_need_not_wait_for_their_number(self):
        for _time in range(3):
            make_ticket()
        everything = frappe.db.count("HD Ticket")
        self.assertIsNone(self.ask(page_length=2, with_total=False)["total_count"])
        self.assertEqual(self.ask(page_length=everything + 1, with_total=False)["total_count"], everything)
        with acting_as(ANNA):
            self.assertEqual(get_list_count("HD Ticket"), everything)

    def test_counting_means_what_the_list_means(self):
        mine, other = make_ticket(priority="High"), make_ticket(raised_by=CARL)
        mine.assign_agent(ANNA)
        forms = ({"_assign": ["like", "%@me%"]}, '[["_assign", "like", "%@me%"]]')
        with acting_as(ANNA):
            self.assertEqual([get_list_count("HD Ticket", filters) for filters in forms], [1, 1])
            self.assertEqual(get_list_count("HD Ticket", {"__assigned_on": ["timespan", "last year"]}), 0)
        with acting_as(CLEO):
            self.assertEqual(get_list_count("HD Ticket", {"name": ["in", [mine.name, other.name]]}), 1)

    def test_counting_may_end_early(self):
        for _time in range(3):
            make_ticket()
        with acting_as(ANNA):
            self.assertEqual(get_list_count("HD Ticket", at_most=2), 2)
            self.assertEqual(get_list_count("HD Ticket", {"name": 0}, at_most=2), 0)

    def test_groups_are_counted_whole_whatever_the_page_shows(self):
        for priority in ("High", "High", "Low"):
            make_ticket(priority=priority, subject="Counted")
        make_ticket(priority="Low", subject="Counted").db_set("priority", None)
        filters = {"subject": "Counted"}
        with acting_as(ANNA):
            get_group_counts("HD Ticket", "priority")
        with acting_as(ANNA), self.assert_statements(1):
            self.assertEqual(get_group_counts("HD Ticket", "priority", filters), {"High": 2, "Low": 1, "": 1})

    def test_groups_count_only_what_one_may_see_and_no_field_that_is_not_there(self):
        with acting_as(ANNA):
            for options in ({"group_by": "nothing"}, {"group_by": "status", "filters": {"nothing": 1}}):
                with self.subTest(options=options), self.assertRaises(frappe.ValidationError):
                    get_group_counts("HD Ticket", **options)
        with acting_as(CLEO):
            self.assert_refused(get_group_counts, "HD Ticket", "status")

    def test_what_cannot_be_counted_is_refused_by_name(self):
        with acting_as(ANNA):
            for options in ({"filters": {"nothing": 1}}, {"filters": "{"}, {"at_most": 0}, {"at_most": -1}):
                with self.subTest(options=options), self.assertRaises(frappe.ValidationError):
                    get_list_count("HD Ticket", **options)
            self.assertRaises(frappe.DoesNotExistError, get_list_count, "No Such Thing")
        with acting_as(CLEO):
            self.assert_refused(get_list_count, "HD Ticket Comment")

    def test_a_page_without_its_number_and_the_number_cost_no_more_than_both_together(self):
        for _time in range(20):
            make_ticket()
        with acting_as(ANNA):
            get_list_data("HD Ticket", page_length=20)
            get_list_count("HD Ticket")
            with self.assert_statements(4):
                get_list_data("HD Ticket", page_length=20, with_total=False)
            with self.assert_statements(1):
                get_list_count("HD Ticket")

    def test_what_people_filter_and_sort_by_has_an_index(self):
        filtered = ("status_category", "status", "agent_group", "customer", "contact", "priority", "ticket_type")
        ordered = ("response_by", "resolution_by", "subject", "feedback_rating")
        names = [f"{field}_modified_index" for field in filtered] + [f"helpdesk_{field}" for field in ordered]
        for name in (*names, "modified_subject__assign_index"):
            with self.subTest(index=name):
                self.assertTrue(frappe.db.has_index("tabHD Ticket", name))

    def test_a_page_costs_few_statements(self):
        for _time in range(20):
            make_ticket()
        self.ask()
        with acting_as(ANNA):
            get_list_data("HD Ticket", page_length=20)
            with self.assert_statements(5):
                get_list_data("HD Ticket", page_length=20)


class TestFields(HelpdeskTestCase):
    def names(self, user: str = ANNA, **options) -> set[str]:
        with acting_as(user):
            return {field["fieldname"] for field in get_filterable_fields("HD Ticket", **options)}

    def test_t07_customers_do_not_filter_by_customer(self):
        with acting_as(CLEO):
            quick = get_quick_filters("HD Ticket", show_customer_portal_fields=True)
        self.assertEqual([each["name"] for each in quick], ["name", "subject"])
        with acting_as(ANNA):
            self.assertIn("customer", [each["name"] for each in get_quick_filters("HD Ticket")])

    def test_t08_restriction_hides_the_team(self):
        self.assertLessEqual({"agent_group", "_assign", "__assigned_on", "name", "owner"}, self.names())
        with self.settings(restrict_tickets_by_agent_group=1):
            self.assertNotIn("agent_group", self.names())
            self.assertIn("agent_group", self.names(ignore_team_restrictions=True))

    def test_customers_filter_by_what_they_see(self):
        self.assertNotIn("agent_group", self.names(CLEO))
        self.assertNotIn("_assign", self.names(CLEO))

    def test_lists_can_be_sorted(self):
        with acting_as(ANNA):
            values = [each["value"] for each in sort_options("HD Ticket")]
        self.assertLessEqual({"subject", "modified", "creation", "agent_group"}, set(values))

    def test_customers_sort_by_what_they_see_and_by_the_times_every_list_has(self):
        standard = ["name", "creation", "modified", "modified_by", "owner"]
        for user, asked in ((CLEO, False), (CLEO, True), (ANNA, True)):
            with self.subTest(user=user, asked=asked), acting_as(user):
                values = [each["value"] for each in sort_options("HD Ticket", asked)]
                self.assertEqual(values[:5], ["subject", "status", "priority", "response_by", "resolution_by"])
                self.assertEqual(values[-5:], standard)
                self.assertNotIn("agent_group", values)


class TestViews(HelpdeskTestCase):
    def test_t09_one_default_view_each(self):
        make_view(is_default=1)
        with self.assertRaises(frappe.ValidationError):
            make_view(is_default=1)
        self.assertTrue(make_view(MONA, is_default=1).name)

    def test_t10_pinned_and_public_exclude_each_other(self):
        view = make_view(pinned=1)
        view.public = 1
        view.save()
        self.assertEqual((view.pinned, view.public), (0, 1))
        view.pinned = 1
        view.save()
        self.assertEqual((view.pinned, view.public), (1, 0))

    def test_t11_shipped_views_are_protected(self):
        with self.assertRaises(frappe.ValidationError):
            frappe.delete_doc("HD View", "STD-VIEW-SLA-ALERTS")
        self.assertEqual(make_view(is_standard=1).is_standard, 0)

    def test_agents_do_not_publish_views(self):
        with acting_as(ANNA):
            self.assert_refused(
                frappe.get_doc({"doctype": "HD View", "label": "x", "dt": "HD Ticket", "public": 1}).insert
            )

    def test_t12_the_neighbours_of_a_ticket(self):
        from helpdesk.helpdesk.doctype.hd_ticket.api import get_navigation_tickets

        tickets = [make_ticket(subject=f"Number {number}", priority="Low") for number in range(3)]
        view = make_view(filters=json.dumps({"priority": "Low"}), order_by="creation asc")
        for asked in (tickets[1].name, str(tickets[1].name)):  # w15
            with self.subTest(asked=asked), acting_as(ANNA):
                found = get_navigation_tickets(asked, view.name)
                self.assertEqual(found, [tickets[1].name, tickets[0].name, tickets[2].name])

    def test_t12_neighbours_of_views_that_name_the_doctype_and_when_it_was_assigned(self):
        from helpdesk.helpdesk.doctype.hd_ticket.api import get_navigation_tickets

        tickets = [make_ticket(priority="Low") for _time in range(2)]
        filters = [["HD Ticket", "priority", "=", "Low"], ["HD Ticket", "__assigned_on", "timespan", "last week"]]
        view = make_view(filters=json.dumps(filters))
        with acting_as(ANNA):
            found = get_navigation_tickets(tickets[0].name, view.name)
        self.assertEqual(found, [tickets[0].name, tickets[1].name])

    def test_t12_outsiders_get_no_neighbours_of_a_ticket_that_is_not_theirs(self):
        from helpdesk.helpdesk.doctype.hd_ticket.api import get_navigation_tickets

        ticket = make_ticket(raised_by=CLEO)
        for user, asked in ((XENIA, ticket.name), (ANNA, 987654321), (ANNA, "none")):
            with self.subTest(user=user, asked=asked), acting_as(user):
                self.assertEqual(get_navigation_tickets(asked), [])
        with acting_as(CLEO):
            self.assertEqual(get_navigation_tickets(ticket.name)[0], ticket.name)

    def test_t12_archived_tickets_are_no_neighbours(self):
        from helpdesk.helpdesk.doctype.hd_ticket.api import get_navigation_tickets

        tickets = [make_ticket(priority="Low") for _time in range(3)]
        archive(tickets[1])
        view = make_view(filters=json.dumps({"priority": "Low"}))
        with acting_as(ANNA):
            self.assertEqual(get_navigation_tickets(tickets[0].name, view.name), [tickets[0].name, tickets[2].name])
