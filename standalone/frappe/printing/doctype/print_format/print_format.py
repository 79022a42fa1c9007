"""Controller of the DocType Print Format."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document


class PrintFormat(Document):
    """How documents of one DocType look on paper: a template for their HTML."""

    if TYPE_CHECKING:
        doc_type: str
        module: str | None
        standard: str
        disabled: int
        print_format_type: str
        default_print_language: str | None
        html: str | None
        css: str | None

    def validate(self) -> None:
        if self.print_format_type == "JS":
            frappe.throw(_("Formats in JavaScript need Frappe's desk; write the template in Jinja."))
        if self.html:
            from frappe.utils.jinja import validate_template

            validate_template(self.html)
