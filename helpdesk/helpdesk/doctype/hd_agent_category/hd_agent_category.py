"""HD Agent Category: a category whose tickets an agent sees."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDAgentCategory(Document):
    """A category whose tickets an agent sees."""

    if TYPE_CHECKING:
        category: str
