"""Controller of the DocType Server Script. Records can be kept and moved; this runtime does not run them."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.exceptions import ServerScriptNotEnabled
from frappe.model.document import Document
from frappe.utils import cint


class ServerScript(Document):
    """Python text stored in the site. It stays disabled here."""

    if TYPE_CHECKING:
        disabled: int

    def validate(self) -> None:
        frappe.only_for("Script Manager")
        if not cint(self.disabled):
            frappe.throw(
                _("This runtime does not run Server Scripts. Keep the record disabled, or put the code into an app."),
                ServerScriptNotEnabled,
            )
