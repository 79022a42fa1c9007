"""Articles and categories."""

import frappe

from helpdesk.api import knowledge_base as api
from helpdesk.api.article import get_article_stats, search
from helpdesk.knowledge_base import categories, public
from helpdesk.test_utils import ANNA, CLEO, HelpdeskTestCase, acting_as, requesting


def make_category(title: str) -> str:
    return frappe.get_doc({"doctype": "HD Article Category", "category_name": title}).insert().name


def make_article(title: str, category: str | None = None, **values):
    fields = {"doctype": "HD Article", "title": title, "category": category, "content": "<p>Text</p>"}
    return frappe.get_doc({**fields, **values}).insert()


class TestArticles(HelpdeskTestCase):
    def test_u01_the_life_of_an_article(self):
        with self.assertRaises(frappe.ValidationError):
            make_article("Empty", content="", status="Published")
        article = make_article("How to", make_category("Guides"), status="Published")
        make_article("Other", article.category)
        self.assertTrue(article.published_on)
        article.status = "Draft"
        self.assertIsNone(article.save().published_on)
        article.status = "Archived"
        self.assertIsNone(article.save().category)

    def test_u05_outsiders_read_what_is_published(self):
        draft, published = make_article("Draft"), make_article("Out", status="Published")
        for user in ("Guest", CLEO):
            with acting_as(user):
                self.assert_refused(api.get_article, draft.name)
                self.assert_refused(api.get_article, "missing")
                self.assertEqual(api.get_article(published.name)["title"], "Out")
        with acting_as(ANNA):
            self.assertEqual(api.get_article(draft.name)["status"], "Draft")
        with acting_as(CLEO):
            self.assertEqual(frappe.get_list("HD Article", filters={"status": "Draft"}), [])

    def test_u06_one_vote_each(self):
        article = make_article("Out", status="Published")
        for value, counts in ((1, (1, 0)), (1, (1, 0)), (2, (0, 1)), (0, (0, 0))):
            with acting_as(CLEO):
                frappe.get_doc("HD Article", article.name).set_feedback(value)
                found = get_article_stats(article.name)
            self.assertEqual((found["likes"], found["dislikes"]), counts)
        self.assertEqual(frappe.db.count("HD Article Feedback", {"article": article.name}), 1)

    def test_u07_five_views_an_hour_count(self):
        article = make_article("Out", status="Published")
        article.reload()
        before = article.modified
        with requesting("/api/method/count", article=article.name), acting_as("Guest"):
            for _time in range(5):
                api.increment_views(article.name)
            with self.assertRaises(frappe.RateLimitExceededError):
                api.increment_views(article.name)
        article.reload()
        self.assertEqual((article.views, article.modified), (5, before))

    def test_u08_a_question_finds_the_passage(self):
        text = "<h2>Parcels</h2><p>They arrive soon.</p><h2>Refunds</h2><p>You get your money back.</p>"
        article = make_article("Shipping", status="Published", content=text)
        with acting_as(CLEO):
            self.assertEqual(search("How do I get my money")[0]["name"], f"{article.name}#refunds")

    def test_a_question_finds_and_marks_other_forms_of_its_words(self):
        article = make_article("Konto", status="Published", content="<p>Zorblaxungen stehen hier.</p>")
        with acting_as(CLEO):
            (hit,) = search("Wo finde ich meine Zorblaxung?")
        self.assertEqual(hit["name"], article.name)
        self.assertIn("<mark>Zorblaxungen</mark>", hit["description"])


class TestCategories(HelpdeskTestCase):
    def test_u02_a_category_keeps_an_article(self):
        category, other = make_category("Guides"), make_category("Other")
        article = make_article("Only", category)
        with acting_as(ANNA):
            for call in (api.move_to_category,):
                with self.assertRaises(frappe.ValidationError):
                    call(other, [article.name])
            with self.assertRaises(frappe.ValidationError):
                api.delete_articles([article.name])

    def test_u03_general_is_reserved(self):
        general = categories.general()
        document = frappe.get_doc("HD Article Category", general)
        document.category_name = "Specific"
        for call in (
            document.save,
            lambda: frappe.delete_doc("HD Article Category", general, force=True),
            lambda: api.merge_category(general, make_category("Other")),
            lambda: api.create_category(" gEneral "),
            lambda: make_category("GENERAL"),
        ):
            with self.assertRaises(frappe.ValidationError):
                call()

    def test_u04_articles_of_a_deleted_category_go_to_general(self):
        category = make_category("Guides")
        article = make_article("Left", category)
        frappe.delete_doc("HD Article Category", category, force=True)
        self.assertEqual(frappe.db.get_value("HD Article", article.name, "category"), categories.general())

    def test_categories_and_articles_stand_in_the_order_they_were_put_in(self):
        small, large = make_category("Small"), make_category("Large")
        make_article("Only", small, status="Published")
        first, second = (make_article(title, large, status="Published").name for title in ("First", "Second"))
        own = {small, large}
        self.assertEqual([row.name for row in api.get_categories() if row.name in own], [large, small])
        with acting_as(ANNA):
            api.order_categories([small, large])
            api.order_articles([second, first])
        self.assertEqual([row.name for row in api.get_categories() if row.name in own], [small, large])
        self.assertEqual([row.name for row in api.get_category_articles(large)], [second, first])
        third, fourth = (make_article(title, large, status="Published").name for title in ("Third", "Fourth"))
        self.assertEqual([row.name for row in api.get_category_articles(large)], [second, first, fourth, third])
        self.assertEqual([row.name for row in public.published(category=large)], [second, first, fourth, third])
        with acting_as(CLEO):
            self.assert_refused(api.order_articles, [first, second])

    def test_the_public_list_has_what_is_published(self):
        category = make_category("Guides")
        make_article("Draft", category)
        with acting_as(CLEO):
            self.assertNotIn(category, [row["name"] for row in api.get_categories()])
        make_article("Out", category, status="Published")
        with acting_as(CLEO):
            found = next(row for row in api.get_categories() if row["name"] == category)
            self.assertEqual(found["article_count"], 1)
            self.assertEqual([row["title"] for row in api.get_category_articles(category)], ["Out"])
