"""HD Stopword: a word that the article search ignores."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDStopword(Document):
    """A word that the article search ignores."""

    if TYPE_CHECKING:
        word: str
        enabled: int
