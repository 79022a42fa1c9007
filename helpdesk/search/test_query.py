"""Any text makes a valid expression, and what is shown of a hit is safe."""

import sqlite3
import unittest
from html import unescape

from helpdesk.search.backends.sqlite import TOKENIZER
from helpdesk.search.query import Term, for_boolean_mode, for_fts5, like, parse
from helpdesk.search.snippets import ELLIPSIS, LENGTH, snippet
from helpdesk.tests.properties import given, settings, st

NASTY = st.one_of(
    st.text(),
    st.text(alphabet="ab \"*():^+-~<>@{}[]NEAR AND OR NOT_'%\\\0"),
    st.lists(st.sampled_from(["NEAR(", '"', "title:", "AND", "a*", "^b", "-c", "{x}", "🖨", "é", "ß", "'"])).map(
        " ".join
    ),
)


class TestParsing(unittest.TestCase):
    def test_words_and_the_beginning_of_the_last_one(self):
        self.assertEqual(parse("red prin"), (Term(("red",)), Term(("prin",), is_open=True)))

    def test_words_in_quotes_stay_together(self):
        self.assertEqual(parse('"paper jam" x1'), (Term(("paper", "jam")), Term(("x1",), is_open=True)))
        self.assertEqual(parse('"paper jam"'), (Term(("paper", "jam")),))
        self.assertEqual(parse('"jam"'), (Term(("jam",)),))

    def test_a_quote_that_is_still_open_counts(self):
        self.assertEqual(parse('"paper ja'), (Term(("paper", "ja")),))

    def test_numbers_of_errors_and_orders_are_one_word(self):
        self.assertEqual(for_fts5(parse("ERR-401_b ")), '"ERR-401_b" *')

    def test_without_letters_there_is_nothing_to_look_for(self):
        for text in ("", "  ", "--", '""', "!?*", "_"):
            with self.subTest(text=text):
                self.assertEqual(parse(text), ())

    def test_the_title_alone(self):
        self.assertEqual(for_fts5(parse("red ink"), title_only=True), 'title : ("red" AND "ink" *)')

    def test_what_mariadb_does_not_index_is_left_out_of_its_expression(self):
        self.assertEqual(for_boolean_mode(parse("to the printer x-ray")), "+printer")
        self.assertEqual(for_boolean_mode(parse('"paper jam" ERR-401 ink')), '+"paper jam" +"ERR 401" +ink*')

    def test_patterns_mean_what_they_say(self):
        self.assertEqual(like(Term(("50_a",))), "%50!_a%")


class TestAnyText(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.database = sqlite3.connect(":memory:")
        cls.addClassCleanup(cls.database.close)
        cls.database.execute(f'create virtual table texts using fts5(title, content, tokenize = "{TOKENIZER}")')

    def found(self, expression: str) -> int:
        return self.database.execute("select count(*) from texts where texts match ?", (expression,)).fetchone()[0]

    @settings(deadline=None)
    @given(NASTY, st.booleans())
    def test_any_text_is_a_valid_expression(self, text, title_only):
        terms = parse(text)
        for expression in [for_fts5(terms, title_only=title_only)] * bool(terms):
            self.assertEqual(self.found(expression), 0)

    @settings(deadline=None)
    @given(NASTY)
    def test_no_operator_gets_through_to_mariadb(self, text):
        for part in for_boolean_mode(parse(text)).split(" +"):
            body = part.removeprefix("+").removesuffix("*").replace('"', "").replace(" ", "")
            self.assertTrue(body == "" or body.isalnum(), part)

    @settings(deadline=None)
    @given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=40))
    def test_a_text_is_found_by_its_own_words(self, word):
        self.database.execute("delete from texts")
        self.database.execute("insert into texts (title, content) values (?, ?)", ("", f"before {word} after"))
        self.assertEqual(self.found(for_fts5(parse(word))), 1)
        self.database.execute("delete from texts")


class TestSnippets(unittest.TestCase):
    def test_hits_are_marked(self):
        found = snippet("The printer and the Printers", parse("printer"))
        self.assertEqual(found, "The <mark>printer</mark> and the <mark>Printers</mark>")

    def test_accents_and_case_do_not_matter(self):
        self.assertEqual(snippet("Das CAFÉ", parse("cafe")), "Das <mark>CAFÉ</mark>")

    def test_a_long_text_is_cut_around_the_first_hit(self):
        found = snippet("word " * 200 + "needle" + " word" * 200, parse("needle"))
        self.assertIn("<mark>needle</mark>", found)
        self.assertTrue(found.startswith(ELLIPSIS) and found.endswith(ELLIPSIS))
        self.assertLess(len(found), LENGTH + 20)

    @settings(deadline=None)
    @given(st.text(max_size=400) | st.lists(st.sampled_from(["<b>", "mark", "&lt;", "x", '"'])).map(" ".join), NASTY)
    def test_a_snippet_is_safe_and_says_what_the_text_says(self, text, query):
        found = snippet(text, parse(query))
        bare = found.replace("<mark>", "").replace("</mark>", "")
        self.assertNotIn("<", bare)
        self.assertNotIn(">", bare)
        self.assertIn(unescape(bare).removeprefix(ELLIPSIS).removesuffix(ELLIPSIS), text)
