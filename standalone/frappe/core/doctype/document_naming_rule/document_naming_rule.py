"""Controller of the DocType Document Naming Rule: names with a prefix and a counter of their own."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import parse_naming_series
from frappe.utils import cint
from frappe.utils.values import evaluate_filters


class DocumentNamingRule(Document):
    """Names documents that meet the conditions `<prefix><counter>`."""

    if TYPE_CHECKING:
        document_type: str
        prefix: str
        prefix_digits: int

    def validate(self) -> None:
        fields = frappe.get_meta(self.document_type)
        for row in self.get("conditions"):
            if not fields.has_field(row.field):
                frappe.throw(_("{0} has no field {1}.").format(_(self.document_type), frappe.bold(row.field)))
        if not 1 <= cint(self.prefix_digits) <= 20:
            frappe.throw(_("The counter has between {0} and {1} digits.").format(1, 20))

    def apply(self, doc: Any) -> None:
        """Name a document if it meets the conditions, and count up."""
        conditions = [[self.document_type, row.field, row.condition, row.value] for row in self.get("conditions")]
        if conditions and not evaluate_filters(doc, conditions):
            return
        count = cint(frappe.db.get_value(self.doctype, self.name, "counter", for_update=True)) + 1
        doc.name = f"{parse_naming_series(self.prefix, doc=doc)}{count:0{cint(self.prefix_digits)}d}"
        # The counter is read from the table each time, so the cached rule may keep an old one.
        rules = frappe.qb.DocType(self.doctype)
        frappe.qb.update(rules).set(rules.counter, count).where(rules.name == self.name).run()


@frappe.whitelist(methods=["POST"])
def update_current(name: str, new_counter: int) -> None:
    """Set the counter of a rule."""
    frappe.only_for("System Manager")
    frappe.db.set_value("Document Naming Rule", name, "counter", cint(new_counter))
