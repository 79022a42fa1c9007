"""Controller of the DocType Module Def: a part of an app, as listed in its `modules.txt`."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document


class ModuleDef(Document):
    """One module. Where its files are follows from `modules.txt`."""

    if TYPE_CHECKING:
        app_name: str
        custom: int

    def validate(self) -> None:
        in_setup = frappe.flags.in_install or frappe.flags.in_migrate or frappe.flags.in_install_app
        if not in_setup and self.app_name not in frappe.get_installed_apps():
            frappe.throw(_("The app {0} is not installed.").format(frappe.bold(str(self.app_name))))

    def on_trash(self) -> None:
        if not (self.custom or frappe.flags.in_uninstall or frappe.conf.developer_mode):
            frappe.throw(_("The module {0} belongs to an app; uninstall the app instead.").format(self.name))
