"""HD Service Day: the open hours of one weekday."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDServiceDay(Document):
    """The open hours of one weekday."""

    if TYPE_CHECKING:
        workday: str
        start_time: str
        end_time: str
