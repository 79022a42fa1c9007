"""Controller of the DocType User Type."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document


class UserType(Document):
    """A kind of user. The two standard ones follow from the roles' access to the desk."""

    if TYPE_CHECKING:
        is_standard: int

    def on_trash(self) -> None:
        if self.is_standard:
            frappe.throw(_("The standard user type {0} cannot be deleted.").format(frappe.bold(self.name)))
