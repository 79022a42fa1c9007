import frappe
from frappe import _


def count_deletions(doc, method=None):
    if doc.doctype == "Harvest":
        frappe.cache.hincrby("allotment_deleted", doc.doctype, 1)


def welcome_gardener(doc, method):
    assert method == "after_insert"
    if frappe.db.exists("Gardener", {"email": doc.email}):
        frappe.db.set_value("Gardener", {"email": doc.email}, "user", doc.name)


def no_lease_without_days(doc, method):
    if doc.ends_on and frappe.utils.date_diff(doc.ends_on, doc.starts_on) < 1:
        frappe.throw(_("A lease takes at least one day"), title=_("Too short"))


def plots_are_taken(doc, method):
    for row in doc.plots:
        frappe.db.set_value("Plot", row.plot, "is_free", 0)
