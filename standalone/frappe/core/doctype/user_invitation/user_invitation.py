"""Controller of the DocType User Invitation."""

from frappe.model.document import Document


class UserInvitation(Document):
    """The `User Invitation` record."""
