"""HD Agent Status: a way for agents to say whether they are there."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

from helpdesk.agents import availability


class HDAgentStatus(Document):
    """A way for agents to say whether they are there."""

    if TYPE_CHECKING:
        name: str
        agent_status: str
        enable: int
        category: str
        color: str | None
        status_order: int

    def validate(self) -> None:
        availability.keep_one_active(self)

    def on_trash(self) -> None:
        availability.keep_one_active(self, deleted=True)
