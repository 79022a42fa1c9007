"""HD Synonyms: a word and what else people call it."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDSynonyms(Document):
    """A word and what else people call it."""

    if TYPE_CHECKING:
        word: str
        synonyms: list[Document]
