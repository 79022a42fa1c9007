import frappe
from frappe.model.document import Document


class Gardener(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        email: DF.Data | None
        full_name: DF.Data
        membership: DF.Literal["Trial", "Full", "Honorary"]
        seniority: DF.Int
    # end: auto-generated types

    @property
    def seniority(self):
        return frappe.utils.date_diff(frappe.utils.today(), self.joined_on) if self.joined_on else 0

    def validate(self):
        if self.has_value_changed("membership") and not self.is_new():
            self.add_comment("Info", f"Membership is now {self.membership}")

    def after_rename(self, old, new, merge=False):
        frappe.db.set_default("allotment_renamed", f"{old}>{new}")

    @frappe.whitelist()
    def promote(self, membership: str = "Full"):
        self.membership = membership
        self.save()
        return {"membership": self.membership}

    def unlisted(self):
        return "not for the web"
