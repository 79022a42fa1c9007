"""Invitations that carry the name of the site's own help desk."""

from frappe.core.doctype.user_invitation.user_invitation import UserInvitation

from helpdesk.settings import get_settings


class HelpdeskUserInvitation(UserInvitation):
    """Names the brand in the subject of invitations to the help desk; other apps' invitations stay as they are."""

    def get_app_title(self) -> str:
        """Return how the app calls itself to the invited person."""
        title = super().get_app_title()
        brand = get_settings().brand_name
        return f"{brand} on {title}" if brand and self.app_name == "helpdesk" else title
