import frappe


def get_config():
    return {
        "for_doctype": {"Plot Lease": {"docstatus": 0}, "Plot": "allotment.notifications.free_plots"},
        "for_other": {"Areas": "allotment.notifications.areas"},
    }


def free_plots():
    return len(frappe.get_list("Plot", filters={"is_free": 1}, pluck="name"))


def areas():
    return frappe.db.count("Garden Area")
