"""ERPNext HD Settings: the switch of the customer sync."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.integrations.erpnext import fields


class ERPNextHDSettings(Document):
    """The switch of the customer sync."""

    if TYPE_CHECKING:
        enabled: int

    def validate(self) -> None:
        if self.enabled and "erpnext" not in frappe.get_installed_apps():
            frappe.throw(_("Please install ERPNext on this site first."), frappe.AppNotInstalledError)

    def before_save(self) -> None:
        if self.enabled:
            fields.create()
