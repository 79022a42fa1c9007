"""Controller of the DocType User Social Login."""

from frappe.model.document import Document


class UserSocialLogin(Document):
    """One row of a table: user social login."""
