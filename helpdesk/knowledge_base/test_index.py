"""Finding passages of articles."""

import unittest

from helpdesk.knowledge_base.index import Index, Weights, differs_by_one, question, snippet, split
from helpdesk.tests.properties import given, settings, st
from helpdesk.words import stem

ARTICLE = """<p>How we ship.</p><h2>Delivery times</h2><p>Parcels arrive in two days.</p>
<h2>Returns</h2><p>Send the parcel back and get a refund.</p>"""


class TestIndex(unittest.TestCase):
    def setUp(self) -> None:
        self.index = Index(split("a1", "Shipping", ARTICLE), Weights())

    def names(self, text: str, synonyms=None) -> list[str]:
        hits = self.index.search(question(text, frozenset({"hello"})), synonyms or {}, 5)
        return [passage.name for passage, _score in hits]

    def test_u08_a_word_under_a_heading_leads_to_that_heading(self):
        self.assertEqual(self.names("refund"), ["a1#returns"])

    def test_u08_a_typo_in_a_long_word_is_forgiven(self):
        self.assertEqual(self.names("refnud"), ["a1#returns"])

    def test_u08_a_synonym_finds_it(self):
        group = frozenset({"money", "refund"})
        self.assertEqual(self.names("money", {"money": group}), ["a1#returns"])

    def test_u08_stop_words_do_not_count(self):
        self.assertEqual(self.names("hello where is the"), [])

    def test_other_forms_of_a_word_are_found_after_the_word_itself(self):
        both = [*split("a2", "Parcels", "<p>x</p>"), *split("a1", "Parcel", "<p>x</p>")]
        for word, names in (("parcel", ["a1", "a2"]), ("parcels", ["a2", "a1"])):
            found = Index(both, Weights()).search([word], {}, 5)
            self.assertEqual([passage.name for passage, _score in found], names)

    def test_forms_of_a_word_share_their_stem(self):
        for forms in (
            "printer printers printing printed",
            "delivery deliveries delivered",
            "install installing installed installs",
            "address addresses",
            "invoice invoices invoicing",
            "user users",
            "Rechnung Rechnungen",
            "Passwort Passwörter passwortes",
            "Haus Häuser",
            "Kunde Kunden",
            "Drucker drucken druckers druckern",
            "bestellte bestellten bestelle",
        ):
            with self.subTest(forms=forms):
                self.assertEqual(len({stem(form) for form in forms.split()}), 1)
        for one, other in (("mail", "main"), ("order", "ordner"), ("bill", "bild"), ("konto", "kontakt")):
            self.assertNotEqual(stem(one), stem(other))

    def test_a_german_question_is_about_its_nouns(self):
        self.assertEqual(question("Wie kann ich meine Rechnung ändern?", frozenset()), ["rechnung", "ändern"])
        index = Index(split("a1", "Rechnungen", "<p>Hier.</p>"), Weights())
        self.assertEqual(index.search(["rechnung"], {}, 5)[0][0].name, "a1")

    def test_passages_with_all_words_come_first(self):
        self.assertEqual(self.names("parcel refund")[0], "a1#returns")

    def test_a_snippet_marks_the_words_and_nothing_else_is_html(self):
        self.assertEqual(snippet("a <b> refund", ["refund"]), "a &lt;b&gt; <mark>refund</mark>")

    @settings(deadline=None)
    @given(st.text("abcd", min_size=2, max_size=8), st.integers(0, 7), st.sampled_from("abcd"))
    def test_one_wrong_letter_is_one_difference(self, word, at, letter):
        at %= len(word)
        self.assertTrue(differs_by_one(word, word[:at] + letter + word[at + 1 :]))
        self.assertTrue(differs_by_one(word, word[:at] + word[at + 1 :]))
        self.assertTrue(differs_by_one(word, word[:at] + letter + word[at:]))
