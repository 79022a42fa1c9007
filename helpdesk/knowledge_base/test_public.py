"""The pages of the knowledge base that need no account."""

from unittest.mock import patch
from urllib.parse import unquote

import frappe

from helpdesk.conversation.rendering import text_of
from helpdesk.knowledge_base import public
from helpdesk.knowledge_base.test_articles import make_article, make_category
from helpdesk.test_utils import ANNA, HelpdeskTestCase, acting_as


class TestPublicPages(HelpdeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.shelf = make_category("Guides")
        self.published = make_article("How to print", self.shelf, status="Published", content="<p>Press the button</p>")
        self.draft = make_article("Secret plans", self.shelf)

    def test_guests_read_what_is_published_and_only_that(self):
        with acting_as("Guest"):
            public.require_public()
            self.assertEqual(public.article(self.published.name)["title"], "How to print")
            title, found = public.shelf(self.shelf)
            self.assertEqual((title, [row["name"] for row in found]), ("Guides", [self.published.name]))
            with self.assertRaises(frappe.DoesNotExistError):
                public.article(self.draft.name)
            with self.assertRaises(frappe.DoesNotExistError):
                public.article("no-such-article")

    def test_a_page_says_its_language_and_how_it_is_written(self):
        for language, direction in (("de", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl")):
            with self.subTest(language=language), patch.object(frappe.local, "lang", language):
                page = public.page("Title", "", "/kb")
                self.assertEqual((page["lang"], page["direction"]), (language, direction))
                html = frappe.render_template("helpdesk/templates/public_kb.html", {"page": page})
                self.assertIn(f'<html lang="{language}" dir="{direction}">', html)

    def test_a_draft_is_not_public_for_agents_either(self):
        with acting_as(ANNA), self.assertRaises(frappe.DoesNotExistError):
            public.article(self.draft.name)

    def test_a_shelf_without_published_articles_is_not_there(self):
        empty = make_category("Empty")
        make_article("Unfinished", empty)
        with self.assertRaises(frappe.DoesNotExistError):
            public.shelf(empty)
        self.assertNotIn(empty, [row["name"] for row in public.shelves()])

    def test_a_private_knowledge_base_has_no_public_pages(self):
        frappe.db.set_single_value("HD Settings", "public_knowledge_base", 0)
        frappe.clear_document_cache("HD Settings", "HD Settings")
        with acting_as("Guest"), self.assertRaises(frappe.DoesNotExistError):
            public.require_public()
        with acting_as(ANNA):
            public.require_public()

    def test_search_engines_learn_the_address_of_every_published_article(self):
        addresses = [address for address, _day in public.addresses()]
        self.assertTrue(any(address.endswith(f"/kb/articles/{self.published.name}") for address in addresses))
        self.assertFalse(any(self.draft.name in address for address in addresses))

    def test_scripts_in_an_article_do_not_reach_the_page(self):
        content = "<p onclick='x()'>Hi</p><script>x()</script>"
        frappe.db.set_value("HD Article", self.published.name, "content", content)
        shown = public.article(self.published.name)["content"]
        self.assertIn("Hi", shown)
        self.assertNotIn("<script", shown)
        self.assertNotIn("onclick", shown)

    def test_a_question_finds_the_article(self):
        with acting_as("Guest"):
            self.assertEqual([hit["subject"] for hit in public.answers("print")], ["How to print"])
            self.assertEqual(public.answers("pr"), [])

    def test_a_found_passage_leads_to_its_heading(self):
        text = "<p>Before</p><h2>Größe wählen</h2><p>Press the toggle</p>"
        make_article("How to scan", self.shelf, status="Published", content=text)
        with acting_as("Guest"):
            (hit,) = public.answers("toggle")
            path, anchor = hit["path"].split("#")
            shown = public.article(path.rsplit("/", 1)[1])["content"]
        self.assertEqual(unquote(anchor), "große-wahlen")
        self.assertIn('<h2 id="große-wahlen">Größe wählen</h2>', shown)

    def test_words_of_an_excerpt_are_kept_apart_only_where_lines_end(self):
        text = "<h2>Look around</h2><p>Open <b>Settings</b>, then<br>save.</p>"
        self.assertEqual(text_of(text), "Look around Open Settings, then save.")
