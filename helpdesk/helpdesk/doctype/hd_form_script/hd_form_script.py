"""HD Form Script: code that runs on ticket forms and lists."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.compat import capture
from helpdesk.forms import dependencies
from helpdesk.tickets import forms


class HDFormScript(Document):
    """Code that runs in the browser on ticket forms and lists."""

    if TYPE_CHECKING:
        name: str
        dt: str
        apply_to: str
        enabled: int
        is_standard: int
        apply_to_customer_portal: int
        apply_on_new_page: int
        script: str | None

    def validate(self) -> None:
        if self.apply_to_customer_portal and self.apply_on_new_page:
            frappe.throw(_("A script runs on the customer portal or on the new page, not on both."))

    def before_save(self) -> None:
        dependencies.apply(self)

    def after_insert(self) -> None:
        capture("form_script_created")

    def on_update(self) -> None:
        forms.forget_scripts()

    def on_trash(self) -> None:
        dependencies.clear(self)
        forms.forget_scripts()
