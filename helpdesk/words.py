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
        """
    )
)


def relevant_words(text: str | None) -> list[str]:
    """Return the words of a text in lower case, without stop words and repeats."""
    words = (word.casefold() for word in WORD.findall(text or ""))
    return list(dict.fromkeys(word for word in words if word not in STOP_WORDS))
