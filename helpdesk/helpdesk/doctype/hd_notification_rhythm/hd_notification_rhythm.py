"""HD Notification Rhythm: when mails of the help desk may reach somebody, and whose tickets count as theirs."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

from helpdesk.notifications import rhythms


class HDNotificationRhythm(Document):
    """When mails may reach a person: at once, not in quiet hours, or together once a day or a week."""

    if TYPE_CHECKING:
        name: str
        user: str
        digest: str | None
        quiet_from: str | None
        quiet_until: str | None
        follow_teams: int

    def validate(self) -> None:
        rhythms.check(self)

    def on_update(self) -> None:
        rhythms.changed(self.user)

    def after_delete(self) -> None:
        rhythms.changed(self.user)
