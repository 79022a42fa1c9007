"""HD Ticket Priority: how urgent a request is."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document

RANKS = {"Urgent": 100, "High": 200, "Medium": 300, "Low": 400}


class HDTicketPriority(Document):
    """How urgent a request is. `level` and `integer_value` (lower is more urgent) say the same."""

    if TYPE_CHECKING:
        name: str
        level: str
        description: str | None
        disabled: int
        integer_value: int

    def validate(self) -> None:
        self.agree_on_rank()

    def before_save(self) -> None:
        if not self.disabled and not frappe.db.exists("HD Service Level Priority", {"priority": self.name}):
            frappe.msgprint(
                _("No service level agreement promises anything for {0} yet.").format(frappe.bold(self.name)),
                indicator="orange",
                alert=True,
            )

    def agree_on_rank(self) -> None:
        """Derive the rank from the level, or the level from a rank that alone was changed."""
        if not self.is_new() and self.has_value_changed("integer_value") and not self.has_value_changed("level"):
            self.level = level_of(self.integer_value)
        elif not self.integer_value or level_of(self.integer_value) != self.level:
            self.integer_value = RANKS[self.level]


def level_of(rank: int) -> str:
    """Return the nearest built-in level at or above a rank in urgency; ranks beyond the last are the lowest."""
    return next((level for level, limit in RANKS.items() if rank <= limit), "Low")
