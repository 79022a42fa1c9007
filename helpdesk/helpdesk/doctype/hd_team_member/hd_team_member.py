"""HD Team Member: one user in a team."""

from typing import TYPE_CHECKING

from frappe.model.document import Document


class HDTeamMember(Document):
    """One user in a team."""

    if TYPE_CHECKING:
        user: str
