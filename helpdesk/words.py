"""Words of a text that say what it is about; standard library only."""

import re

WORD = re.compile(r"[^\W_]{2,}", re.UNICODE)

STOP_WORDS = frozenset(
    WORD.findall(
        """
        about after again all also am an and any are as at be because been before being but by can cannot could did do
        does doing done down each few for from get had has have having he hello help her here hers him his how if in
        into is issue it its just me more most my need no nor not of off on once only or other our out over own please
        problem re regarding same she should so some still such than thank thanks that the their them then there these
        they this those through to too under until up us very want was we were what when where which while who whom
        why will with would you your

        aber alle als am auf aus bei beim bin bis bitte da damit danke dann das dass dem den der des die diese diesem
        diesen dieser dieses doch durch ein eine einem einen einer eines er es euch euer für gegen gibt habe haben
        hallo hat hatte ich ihm ihn ihnen ihr ihre ihrem ihren im immer ist ja jetzt kann kein keine keinen können
        könnte man mehr mein meine meinem meinen meiner mich mir mit muss nach nein nicht noch nur ob oder ohne schon
        sehr sich sie sind soll um und uns unser unsere vom von vor wann warum weil wenn wer werde werden wie wieder
        wieso wird wo wurde zu zum zur über
        """
    )
)
"""English and German, so that a sentence in either is about its nouns and verbs."""

ENDINGS = (*WORD.findall("ings ern ers est ies ing ten ed em en er es et te"), "e", "n", "s", "y")
"""The longest first: of those that fit, it is taken."""
SHORTEST_STEM = 4
UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def stem(word: str) -> str:
    """Return what the forms of an English or German word have in common, such as `rechnung` of `Rechnungen`.

    It takes off one ending and what doubles the letter before it; that it is no word does not matter, as long as the
    forms of a word end up alike. Stemmers such as Snowball's want to know the language, which an article does not say.
    """
    plain = word.casefold().translate(UMLAUTS)
    ending = next((one for one in ENDINGS if plain.endswith(one) and len(plain) - len(one) >= SHORTEST_STEM), "")
    plain = plain.removesuffix(ending)
    return plain[:-1] if len(plain) >= SHORTEST_STEM and plain[-1] == plain[-2] else plain


def relevant_words(text: str | None) -> list[str]:
    """Return the words of a text in lower case, without stop words and repeats."""
    words = (word.casefold() for word in WORD.findall(text or ""))
    return list(dict.fromkeys(word for word in words if word not in STOP_WORDS))
