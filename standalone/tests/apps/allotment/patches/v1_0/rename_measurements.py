import frappe
from frappe.model.utils.rename_field import rename_field


def execute():
    """Once the size of a plot was called `size`."""
    if not frappe.db.has_column("Plot", "size"):
        return
    frappe.reload_doc("allotment", "doctype", "plot", force=True)
    rename_field("Plot", "size", "square_meters")
