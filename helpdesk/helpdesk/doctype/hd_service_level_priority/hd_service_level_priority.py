"""HD Service Level Priority: what an agreement promises for one priority."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDServiceLevelPriority(Document):
    """What an agreement promises for one priority."""

    if TYPE_CHECKING:
        default_priority: int
        priority: str
        response_time: float
        resolution_time: float | None
