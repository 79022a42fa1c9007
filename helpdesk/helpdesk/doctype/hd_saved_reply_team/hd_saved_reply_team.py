"""HD Saved Reply Team: one team that may use a saved reply."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDSavedReplyTeam(Document):
    """One team that may use a saved reply."""

    if TYPE_CHECKING:
        team: str
