"""Which words stand in more subjects than they did before."""

from collections import Counter
from typing import Any

from frappe import _

from helpdesk.access import staff_only
from helpdesk.analytics.reports import Result, tickets_for, window_of
from helpdesk.analytics.windows import Window
from helpdesk.words import relevant_words

MOST = 30
LEAST = 2
"""A word that stands in fewer subjects is no trend."""


@staff_only
def execute(filters: dict[str, Any] | None = None) -> Result:
    """Return the words of the window's subjects: in how many tickets, in how many before, and the change."""
    wanted = filters or {}
    window = window_of(wanted)
    now, before = words_in(wanted, window), words_in(wanted, window.before())
    rows: list[dict[str, Any]] = [
        {"word": word, "tickets": count, "before": before[word], "change": count - before[word]}
        for word, count in now.items()
        if count >= LEAST
    ]
    rows.sort(key=lambda row: (-row["change"], -row["tickets"], row["word"]))
    columns = [
        {"fieldname": "word", "label": _("Word"), "fieldtype": "Data", "width": 200},
        {"fieldname": "tickets", "label": _("Tickets"), "fieldtype": "Int", "width": 120},
        {"fieldname": "before", "label": _("Before"), "fieldtype": "Int", "width": 120},
        {"fieldname": "change", "label": _("Change"), "fieldtype": "Int", "width": 120},
    ]
    return columns, rows[:MOST], None, None


def words_in(wanted: dict[str, Any], window: Window) -> Counter[str]:
    """Return in how many subjects each word stands."""
    return Counter(word for row in tickets_for(wanted, window) for word in set(relevant_words(row.subject)))
