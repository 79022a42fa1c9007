"""HD Holiday: one day on which the desk stays closed."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDHoliday(Document):
    """One day on which the desk stays closed."""

    if TYPE_CHECKING:
        holiday_date: str
        weekly_off: int
        description: str
