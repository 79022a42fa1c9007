"""What readers without an account say about an article."""

import frappe

from helpdesk.guests.test_links import GuestTestCase
from helpdesk.knowledge_base import articles
from helpdesk.knowledge_base.test_articles import make_article, make_category
from helpdesk.test_utils import CLEO, set_settings


class TestVotes(GuestTestCase):
    def setUp(self) -> None:
        super().setUp()
        shelf = make_category("Guides")
        self.article = make_article("How to print", shelf, status="Published", content="<p>Press the button</p>")
        self.draft = make_article("Secret plans", shelf)
        self.path = f"/kb/articles/{self.article.name}"

    def votes(self) -> tuple[int, int]:
        found = articles.statistics(self.article)
        return found["likes"], found["dislikes"]

    def test_a_guest_says_that_an_article_helped(self):
        self.assertIn(f'action="{self.path}/vote"', self.text(self.path))
        response = self.ask(f"{self.path}/vote", "POST", value="1")
        self.assertEqual((response.status_code, response.location), (303, f"{self.path}?voted=1#helpful"))
        self.assertEqual(self.votes(), (1, 0))
        self.assertIn("Thank you for your feedback.", self.text(self.path, voted="1"))

    def test_one_place_has_one_vote_a_day(self):
        for value in ("2", "2", "1"):
            self.assertEqual(self.ask(f"{self.path}/vote", "POST", value=value).status_code, 303)
        self.assertEqual(self.votes(), (0, 1))

    def test_who_is_signed_in_may_change_their_mind(self):
        for value in ("1", "2"):
            self.ask(f"{self.path}/vote", "POST", user=CLEO, value=value)
        self.assertEqual(self.votes(), (0, 1))
        self.assertEqual(articles.vote_of(self.article.name, CLEO), articles.DISLIKE)

    def test_only_a_form_that_says_yes_or_no_counts(self):
        self.ask(f"{self.path}/vote", value="1")
        self.ask(f"{self.path}/vote", "POST", value="7")
        self.ask(f"{self.path}/vote", "POST")
        self.assertEqual(self.votes(), (0, 0))

    def test_a_draft_takes_no_votes(self):
        response = self.ask(f"/kb/articles/{self.draft.name}/vote", "POST", value="1")
        self.assertEqual(response.status_code, 404)
        self.assertFalse(frappe.db.exists(articles.FEEDBACK, {"article": self.draft.name}))

    def test_a_private_knowledge_base_takes_no_votes_of_guests(self):
        set_settings(public_knowledge_base=0)
        self.assertEqual(self.ask(f"{self.path}/vote", "POST", value="1").status_code, 404)
        self.assertEqual(self.votes(), (0, 0))
