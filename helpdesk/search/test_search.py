"""Search finds what was just written, and nothing that one may not read."""

from unittest.mock import patch

import frappe

from helpdesk.api.search import get_filter_options, search
from helpdesk.search import indexing
from helpdesk.search.backends import TABLE, Scope, get_backend
from helpdesk.search.backends.mariadb import MariaDB, _places
from helpdesk.search.backends.sqlite import ENTRIES_DDL, OLD_TEXTS, TEXTS, TOKENIZER
from helpdesk.search.query import parse
from helpdesk.search.tickets import named_or_about as tickets_found
from helpdesk.test_utils import (
    ANNA,
    ARNE,
    CARL,
    CLEO,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    make_message,
    make_team,
    make_ticket,
    set_settings,
)
from helpdesk.tickets import merging, splitting
from helpdesk.tickets.visibility import Newest


class SearchTestCase(HelpdeskTestCase):
    """MariaDB shows in its index what is committed; so every step is, and what was made goes away again."""

    def setUp(self) -> None:
        super().setUp()
        self.made: list[str] = []
        self.addCleanup(self._remove)

    def _remove(self) -> None:
        frappe.set_user("Administrator")
        for name in self.made:
            frappe.delete_doc("HD Ticket", name, force=True, ignore_missing=True)
        frappe.db.commit()

    def ticket(self, **values):
        ticket = make_ticket(**values)
        self.made.append(ticket.name)
        frappe.db.commit()
        return ticket

    def found(self, query: str, user: str = ANNA, **options) -> list[tuple[str, str]]:
        """Return `(doctype, ticket)` of what a person finds."""
        frappe.db.commit()
        with acting_as(user):
            answer = search(query, **options)
        self.assertEqual(answer["summary"]["returned_matches"], len(answer["results"]))
        self.answer = answer
        return [(hit["doctype"], hit["reference_ticket"]) for hit in answer["results"]]

    def total(self) -> int:
        return self.answer["summary"]["total_matches"]


class TestFinding(SearchTestCase):
    def test_a_ticket_is_found_by_its_number_before_those_that_mention_it(self):
        wanted = self.ticket(subject="Zorblax")
        self.ticket(subject=f"Like {wanted.name}", description=f"<p>see #{wanted.name} {wanted.name}</p>")
        for query in (f"#{wanted.name}", f" #{wanted.name} "):
            with self.subTest(query=query):
                self.assertEqual(self.found(query)[0], ("HD Ticket", str(wanted.name)))

    def test_a_list_of_tickets_is_asked_for_words_in_them_and_in_what_was_said(self):
        wanted, other = self.ticket(subject="The printer hums"), self.ticket(subject="Something else")
        make_message(wanted, "Received", "<p>It smells of zorblax</p>")
        frappe.db.commit()
        for text in ("hums", "zorblax", "printer hums"):
            with self.subTest(text), acting_as(ANNA):
                found = tickets_found(text)
                self.assertIn(int(wanted.name), found)
                self.assertNotIn(int(other.name), found)

    def test_a_word_that_is_nearly_right_finds_what_the_caller_may_read(self):
        own = self.ticket(subject="Zorblaxian flickers")
        self.assertEqual(self.found("zorblaxain"), [("HD Ticket", str(own.name))])
        self.assertEqual(self.answer["summary"]["corrected_query"], "zorblaxian")
        self.assertEqual(self.answer["summary"]["corrected_words"], {"zorblaxain": "zorblaxian"})
        self.assertEqual(self.found("zorblaxain", user=XENIA), [])
        self.assertNotIn("corrected_query", self.answer["summary"])
        self.assertEqual(self.found("zorblaxian"), [("HD Ticket", str(own.name))])
        self.assertNotIn("corrected_query", self.answer["summary"])

    def test_a_ticket_is_found_by_who_asked(self):
        ticket = self.ticket(raised_by="zorblax@quux.example")
        for query in ("zorblax@quux.example", "zorblax", "quux.exam"):
            with self.subTest(query=query):
                self.assertIn(("HD Ticket", str(ticket.name)), self.found(query))

    def test_a10_subject_and_description_are_in_a_full_text_index(self):
        ticket = self.ticket(subject="Zorblax on fire", description="<p>Since the quuxation</p>")
        for word in ("zorblax", "quuxation"):
            with self.subTest(word=word):
                self.assertIn(("HD Ticket", str(ticket.name)), self.found(word))
        on_the_ticket_table = {"mariadb": True, "sqlite": False}[frappe.db.db_type]
        for index in ("ft_subject", "ft_description"):
            self.assertEqual(bool(frappe.db.has_index("tabHD Ticket", index)), on_the_ticket_table)

    def test_all_words_must_be_there_and_the_last_may_be_cut_short(self):
        ticket = self.ticket(subject="Zorblax printer on fire")
        self.assertEqual(self.found("fire zorbl"), [("HD Ticket", str(ticket.name))])
        self.assertEqual(self.found("zorblax water"), [])

    def test_words_in_quotes_stand_together(self):
        ticket = self.ticket(subject="Zorblax paper jam")
        self.assertEqual(self.found('zorblax "paper jam"'), [("HD Ticket", str(ticket.name))])
        self.assertEqual(self.found('"zorblax jam"'), [])

    def test_a_subject_counts_more_than_a_text(self):
        text = self.ticket(subject="Other", description="<p>The zorblax</p>")
        subject = self.ticket(subject="The zorblax", description="<p>Other</p>")
        hits = [ticket for doctype, ticket in self.found("zorblax") if doctype == "HD Ticket"]
        self.assertEqual(hits, [str(subject.name), str(text.name)])

    def test_the_title_alone(self):
        self.ticket(subject="Other", description="<p>zorblax</p>")
        ticket = self.ticket(subject="Zorblax", description="<p>zorblax</p>")
        self.assertEqual(self.found("zorblax", title_only=True), [("HD Ticket", str(ticket.name))])

    def test_a_hit_is_marked_and_safe(self):
        self.ticket(subject="Code", description="<p>zorblax &lt;script&gt;alert(1)&lt;/script&gt;</p>")
        self.found("zorblax", filters='{"doctype": ["HD Ticket"]}')
        content = self.answer["results"][0]["content"]
        self.assertEqual(content, "<mark>zorblax</mark> &lt;script&gt;alert(1)&lt;/script&gt;")

    def test_filters_narrow_the_hits_and_not_the_total(self):
        urgent = self.ticket(subject="Zorblax one", priority="Urgent")
        self.ticket(subject="Zorblax two", priority="Low")
        self.assertEqual(self.found("zorblax", filters='{"priority": ["Urgent"]}'), [("HD Ticket", str(urgent.name))])
        summary = self.answer["summary"]
        self.assertEqual((summary["total_matches"], summary["filtered_matches"]), (2, 1))
        self.assertEqual(len(self.found("zorblax", filters="{not json")), 2)
        self.assertEqual(self.found("zorblax", filters='{"priority": ["%", "x\' or 1=1 --"]}'), [])

    def test_articles_are_found_when_asked_for(self):
        fields = {"doctype": "HD Article", "title": "Zorblax guide", "content": "<p>x</p>"}
        article = frappe.get_doc(fields).insert()
        self.addCleanup(frappe.delete_doc, "HD Article", article.name, force=True)
        only = '{"doctype": ["HD Article"]}'
        self.assertEqual(self.found("zorblax", filters=only), [("HD Article", None)])
        self.assertEqual(self.found("zorblax", CLEO, filters=only), [])
        article.status = "Published"
        article.save()
        self.assertEqual(self.found("zorblax", CLEO, filters=only), [("HD Article", None)])

    def test_search_costs_few_statements(self):
        for number in range(5):
            self.ticket(subject=f"Zorblax {number}", description="<p>zorblax</p>")
        self.found("zorblax")
        with acting_as(ANNA):
            with self.assert_statements(5):
                search("zorblax")
            with self.assert_statements(6):
                search("zorblax", filters='{"priority": ["Medium"]}')

    def test_common_words_are_found_and_counted_for_everybody(self):
        for team, agent in (("Tiny", ARNE), ("Other", ANNA)):
            make_team(team, agent)
            self.addCleanup(frappe.delete_doc, "HD Team", team, force=True)
        set_settings(restrict_tickets_by_agent_group=1)
        self.addCleanup(set_settings, restrict_tickets_by_agent_group=0)
        mine, assigned, hidden = (self.ticket(subject=f"Zorblax {number}", agent_group="Other") for number in range(3))
        frappe.db.set_value("HD Ticket", mine.name, "agent_group", "Tiny")
        assigned.assign_agent(ARNE)
        seen = [("HD Ticket", str(ticket.name)) for ticket in (assigned, mine)]
        for few, many in ((20_000, 50_000), (2, 0), (1, 50_000)):
            with (
                self.subTest(few=few, many=many),
                patch("helpdesk.search.backends.mariadb.SMALL", 0 if not many else 50_000),
                patch("helpdesk.search.backends.sqlite.MANY", many),
                patch("helpdesk.search.tickets.FEW", few),
            ):
                self.assertEqual(self.found("zorblax", ARNE), seen)
                self.assertEqual(self.answer["summary"]["total_matches"], 2)
                self.assertEqual(self.found("zorblax nothing", ARNE), [])
                self.assertIn(("HD Ticket", str(hidden.name)), self.found("zorblax", ANNA))

    def test_of_very_many_tickets_a_common_word_finds_the_newest_one_may_see(self):
        make_team("Many", ARNE)
        self.addCleanup(frappe.delete_doc, "HD Team", "Many", force=True)
        tickets = [self.ticket(subject=f"Zorblax {number}", agent_group="Many") for number in range(4)]
        self.ticket(subject="Zorblax of others")
        set_settings(restrict_tickets_by_agent_group=1)
        self.addCleanup(set_settings, restrict_tickets_by_agent_group=0)
        rare = patch("helpdesk.search.backends.sqlite.MANY", 50), patch("helpdesk.search.backends.mariadb.SMALL", 50)
        common = patch("helpdesk.search.backends.sqlite.MANY", 0), patch("helpdesk.search.backends.mariadb.SMALL", 0)
        for (sqlite, mariadb), seen in ((rare, tickets), (common, tickets[2:])):
            with self.subTest(seen=len(seen)), patch("helpdesk.search.tickets.FEW", 2), sqlite, mariadb:
                found = self.found("zorblax", ARNE)
                self.assertEqual(found, [("HD Ticket", str(ticket.name)) for ticket in reversed(seen)])
                self.assertEqual(self.total(), len(seen))

    def test_the_figures_beside_a_search_count_each_ticket_once(self):
        team = make_team("Zorb 100 % 'sure'", ARNE)
        self.addCleanup(frappe.delete_doc, "HD Team", team.name, force=True)
        both = self.ticket(priority="Urgent", agent_group=team.name)
        assigned = self.ticket(priority="Urgent", agent_group=None)
        self.ticket(priority="Urgent", agent_group=None)
        for ticket in (both, assigned):
            ticket.assign_agent(ARNE)
        frappe.db.commit()
        set_settings(restrict_tickets_by_agent_group=1)
        self.addCleanup(set_settings, restrict_tickets_by_agent_group=0)
        for few in (20_000, 0):
            with self.subTest(few=few), patch("helpdesk.search.tickets.FEW", few), acting_as(ARNE):
                options = get_filter_options()
                self.assertEqual((options["teams"], options["priorities"]), ({team.name: 1}, {"Urgent": 2}))
                self.assertEqual(options["doctypes"], {"HD Ticket": 2})

    def test_saving_what_is_not_looked_through_costs_nothing(self):
        ticket = self.ticket(subject="Zorblax")
        rows = frappe.db.sql(f"select id from {TABLE} where ticket = %s", (ticket.name,))
        ticket.reload()
        ticket.priority = "High"
        ticket.save()
        self.assertFalse(indexing._has_changed(ticket, indexing.SOURCES["HD Ticket"]))
        self.assertEqual(frappe.db.sql(f"select id from {TABLE} where ticket = %s", (ticket.name,)), rows)


class TestCommonWords(HelpdeskTestCase):
    def test_where_the_tickets_are_known_fewer_words_are_looked_up(self):
        terms = parse("frequent common rare")
        shares = [(0.2, 0.05, 0.01)]
        large = patch("helpdesk.search.backends.mariadb._size", lambda: 1_000_000)
        for tickets, looked_up in ((None, terms[1:]), (Newest((1,), are_all=False), terms[2:])):
            scope = Scope(join="", tickets=tickets)
            with self.subTest(tickets=tickets), large, patch.object(frappe.db, "sql", lambda *_arguments: shares):
                self.assertEqual(MariaDB()._worth_looking_up(terms, scope), looked_up)

    def test_known_tickets_are_read_in_chunks_the_newest_first(self):
        with patch("helpdesk.search.backends.mariadb.CHUNK", 2):
            places = list(_places((), Newest((5, 4, 3), are_all=False)))
        self.assertEqual([place for *_order, place in places], [["entry.ticket in (5, 4)"], ["entry.ticket in (3)"]])
        self.assertEqual(list(_places((), Newest((), are_all=True))), [])


class TestFollowing(SearchTestCase):
    def test_every_change_shows_at_once(self):
        ticket = self.ticket(subject="Zorblax")
        self.assertEqual(len(self.found("zorblax")), 1)
        ticket.reload()
        ticket.subject = "Quuxation"
        ticket.save()
        self.assertEqual((len(self.found("zorblax")), len(self.found("quuxation"))), (0, 1))

    def test_messages_and_comments_are_found_changed_and_gone(self):
        ticket = self.ticket(description="<p>Hello</p>")
        make_message(ticket, "Received", "<p>my zorblax</p>")
        frappe.get_doc("HD Ticket", ticket.name).new_comment("<p>their quuxation</p>")
        comment = frappe.get_last_doc("HD Ticket Comment", {"reference_ticket": ticket.name})
        self.assertEqual(self.found("zorblax"), [("Communication", str(ticket.name))])
        self.assertEqual(self.found("quuxation"), [("HD Ticket Comment", str(ticket.name))])
        self.assertEqual(self.answer["results"][0]["owner"], comment.commented_by)
        comment.content = "<p>nothing</p>"
        comment.save()
        self.assertEqual(self.found("quuxation"), [])

    def test_a_deleted_ticket_leaves_nothing_behind(self):
        ticket = self.ticket(subject="Zorblax", description="<p>zorblax</p>")
        frappe.get_doc("HD Ticket", ticket.name).new_comment("<p>zorblax</p>")
        self.assertEqual(len(self.found("zorblax")), 3)
        frappe.delete_doc("HD Ticket", ticket.name)
        self.assertEqual(self.found("zorblax"), [])
        self.assertEqual(frappe.db.sql(f"select count(*) from {TABLE} where ticket = %s", (ticket.name,))[0][0], 0)

    def test_what_is_rolled_back_is_not_found(self):
        frappe.db.commit()
        make_ticket(subject="Zorblax")
        frappe.db.rollback()
        self.assertEqual(self.found("zorblax"), [])

    def test_merging_and_splitting_move_the_hits(self):
        source, target = self.ticket(), self.ticket()
        make_message(source, "Received", "<p>first</p>")
        moved = make_message(source, "Received", "<p>zorblax</p>")
        frappe.db.set_single_value("HD Settings", "skip_email_workflow", 1)
        self.addCleanup(frappe.db.set_single_value, "HD Settings", "skip_email_workflow", 0)
        new = splitting.split("Apart", moved.name)
        self.made.append(new)
        self.assertEqual(self.found("zorblax", filters='{"doctype": ["Communication"]}'), [("Communication", str(new))])
        merging.copy_conversation(new, target.name)
        both = self.found("zorblax", filters='{"doctype": ["Communication"]}')
        self.assertEqual(sorted(ticket for _doctype, ticket in both), sorted([str(new), str(target.name)]))


class TestRights(SearchTestCase):
    def test_u09_comments_are_for_agents(self):
        ticket = self.ticket(subject="Open to Cleo")
        frappe.get_doc("HD Ticket", ticket.name).new_comment("<p>secret zorblax</p>")
        self.assertEqual(len(self.found("zorblax")), 1)
        self.assertEqual((self.found("zorblax", CLEO), self.total()), ([], 0))
        asked = '{"doctype": ["HD Ticket Comment"]}'
        self.assertEqual((self.found("zorblax", CLEO, filters=asked), self.total()), ([], 0))

    def test_u09_a_query_has_two_characters(self):
        for query in ("", " ", "z", "--", '"'):
            with self.subTest(query=query), acting_as(ANNA), self.assertRaises(frappe.ValidationError):
                search(query)

    def test_u09_guests_search_nothing(self):
        with acting_as("Guest"):
            self.assert_refused(search, "zorblax")
            self.assert_refused(get_filter_options)

    def test_hits_and_counts_are_those_one_may_read(self):
        mine = self.ticket(subject="Zorblax of Cleo")
        self.ticket(subject="Zorblax of Xenia", raised_by=XENIA)
        self.assertEqual((len(self.found("zorblax")), self.total()), (2, 2))
        self.assertEqual((self.found("zorblax", CLEO), self.total()), ([("HD Ticket", str(mine.name))], 1))
        self.assertEqual((self.found("zorblax", CARL), self.total()), ([], 0))

    def test_team_restriction_holds_and_follows_at_once(self):
        team = make_team("Zorb 100 % 'sure'", ANNA)
        self.addCleanup(frappe.delete_doc, "HD Team", team.name, force=True)
        ticket = self.ticket(subject="Zorblax", agent_group=team.name)
        set_settings(restrict_tickets_by_agent_group=1)
        self.addCleanup(set_settings, restrict_tickets_by_agent_group=0)
        self.assertEqual((len(self.found("zorblax", ANNA)), self.total()), (1, 1))
        self.assertEqual((len(self.found("zorblax", ARNE)), self.total()), (0, 0))
        frappe.get_doc("HD Ticket", ticket.name).assign_agent(ARNE)
        self.assertEqual((len(self.found("zorblax", ARNE)), self.total()), (1, 1))

    def test_what_to_filter_by_counts_readable_tickets(self):
        self.ticket(subject="Zorblax", priority="Urgent")
        with acting_as(CARL):
            self.assertEqual(get_filter_options()["priorities"], {})
        with acting_as(CLEO):
            options = get_filter_options()
        self.assertEqual((options["priorities"], options["doctypes"]), ({"Urgent": 1}, {"HD Ticket": 1}))


class TestRebuilding(SearchTestCase):
    def test_a_rebuild_finds_everything_and_drops_what_is_gone(self):
        ticket = self.ticket(subject="Zorblax", description="<p>zorblax</p>")
        frappe.get_doc("HD Ticket", ticket.name).new_comment("<p>zorblax</p>")
        get_backend().remove("ticket = %s", (ticket.name,))
        get_backend().put([indexing.SOURCES["HD Article"].entry({"name": "gone", "title": "Zorblax", "content": ""})])
        self.assertEqual(self.found("zorblax"), [])
        indexing.rebuild()
        self.assertEqual(len(self.found("zorblax")), 3)
        self.assertEqual(frappe.db.sql(f"select count(*) from {TABLE} where name = 'gone'")[0][0], 0)
        self.assertTrue(indexing.is_built())

    def test_the_index_can_be_taken_away_and_made_anew(self):
        ticket = self.ticket(subject="Zorblax")
        self.addCleanup(indexing.rebuild)
        indexing.drop()
        self.assertFalse(indexing.is_ready() or indexing.is_built())
        with self.assertRaisesRegex(frappe.ValidationError, "no search index"):
            self.found("zorblax")
        indexing.rebuild()
        self.assertEqual(self.found("zorblax"), [("HD Ticket", str(ticket.name))])

    def make_older_index(self) -> None:
        self.addCleanup(indexing.rebuild)
        if frappe.db.db_type != "sqlite":  # of which there was one shape only
            frappe.db.set_default(indexing.BUILT, "0")
            return
        indexing.drop()
        frappe.db.sql_ddl(ENTRIES_DDL)
        frappe.db.sql_ddl(f'create virtual table {OLD_TEXTS} using fts5(title, content, tokenize = "{TOKENIZER}")')
        frappe.cache.delete_value(indexing.READY_KEY)
        for source in indexing.SOURCES.values():
            indexing._rebuild_source(source)
        frappe.db.set_default(indexing.BUILT, "2")

    def test_an_older_index_answers_until_the_new_one_is_built(self):
        before = self.ticket(subject="Zorblax before")
        self.make_older_index()
        self.assertFalse(indexing.is_built())
        self.assertEqual(self.found("zo"), [("HD Ticket", str(before.name))])

        indexing.create()
        meanwhile = self.ticket(subject="Zorblax meanwhile")
        both = [("HD Ticket", str(ticket.name)) for ticket in (meanwhile, before)]
        self.assertEqual(self.found("zo"), both)
        frappe.delete_doc("HD Ticket", self.ticket(subject="Zorblax, soon gone").name)

        indexing.rebuild()
        self.assertTrue(indexing.is_built())
        self.assertEqual(self.found("zo"), both)
        if frappe.db.db_type == "sqlite":
            self.expect_prefixes_and_no_old_table()

    def expect_prefixes_and_no_old_table(self) -> None:
        tables = dict(frappe.db.sql("select name, sql from sqlite_master where name in (%s, %s)", (OLD_TEXTS, TEXTS)))
        self.assertEqual(list(tables), [TEXTS])
        self.assertIn("prefix = '2 3'", tables[TEXTS])

    def test_a_rebuild_goes_on_beyond_a_chunk(self):
        for number in range(3):
            self.ticket(subject=f"Zorblax {number}")
        get_backend().remove("doctype = %s", ("HD Ticket",))
        self.addCleanup(setattr, indexing, "CHUNK", indexing.CHUNK)
        indexing.CHUNK = 2
        indexing.rebuild()
        self.assertEqual(len(self.found("zorblax")), 3)

    def test_without_an_index_people_are_told_and_work_goes_on(self):
        frappe.cache.set_value(indexing.READY_KEY, False)
        self.addCleanup(frappe.cache.delete_value, indexing.READY_KEY)
        self.ticket(subject="Zorblax")
        with acting_as(ANNA):
            with self.assertRaisesRegex(frappe.ValidationError, "no search index"):
                search("zorblax")
            self.assertEqual(set(map(len, get_filter_options().values())), {0})
