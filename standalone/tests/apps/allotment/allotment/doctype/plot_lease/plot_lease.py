import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt


class PlotLease(Document):
    def validate(self):
        for row in self.plots:
            row.amount = flt(row.rent) * row.months
        self.total_rent = sum(flt(row.amount) for row in self.plots)
        self.forbid_taken_plots()

    def forbid_taken_plots(self):
        item = frappe.qb.DocType("Plot Lease Item")
        taken = (
            frappe.qb.from_(item)
            .select(item.plot, item.parent)
            .where(item.plot.isin([row.plot for row in self.plots]))
            .where((item.docstatus == 1) & (item.parent != (self.name or "")))
        ).run(as_dict=True)
        if taken:
            frappe.throw(_("{0} is leased by {1}").format(taken[0].plot, taken[0].parent), frappe.DuplicateEntryError)

    def before_submit(self):
        self.status = "Active"

    def on_submit(self):
        self.notify_update()

    def before_update_after_submit(self):
        self.flags.edited_after_submit = True

    def on_cancel(self):
        self.db_set("status", "Ended")
        for row in self.plots:
            frappe.db.set_value("Plot", row.plot, "is_free", 1)

    def on_discard(self):
        self.db_set("status", "Ended")
