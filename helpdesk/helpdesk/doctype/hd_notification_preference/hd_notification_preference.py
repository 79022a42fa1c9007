"""HD Notification Preference: how one kind of notification reaches a person, or everybody who has not chosen."""

from typing import TYPE_CHECKING

from frappe.model.document import Document

from helpdesk.notifications import preferences


class HDNotificationPreference(Document):
    """How one kind of notification reaches a person; without a user, everybody who has not chosen."""

    if TYPE_CHECKING:
        name: str
        user: str | None
        notification_type: str
        in_app: int
        email: int
        locked: int

    def validate(self) -> None:
        preferences.refuse_second(self)

    def on_update(self) -> None:
        preferences.changed()

    def after_delete(self) -> None:
        preferences.changed()
