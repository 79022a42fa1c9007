"""HD Synonym: another word for a head word."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDSynonym(Document):
    """Another word for a head word."""

    if TYPE_CHECKING:
        synonym: str
