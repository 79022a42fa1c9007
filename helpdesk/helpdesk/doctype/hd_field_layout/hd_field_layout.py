"""HD Field Layout: how a user arranged a page."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDFieldLayout(Document):
    """How a user arranged a page."""

    if TYPE_CHECKING:
        document_type: str | None
        user: str | None
        type: str
        apply_to_system: int
        layout: str
