import frappe
from frappe.model.document import Document


class TPExotelSettings(Document):
    """The account at Exotel, which is tried when it is saved."""

    def validate(self) -> None:
        if self.enabled and self.get_password("api_token", raise_exception=False) != "a token that works":
            frappe.throw("Exotel does not know this account: 401 Unauthorized")
