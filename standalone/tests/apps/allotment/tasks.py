import frappe


def every_tick():
    frappe.cache.set_value("allotment_tick", frappe.utils.now())


def end_leases():
    over = frappe.get_all(
        "Plot Lease",
        filters={"docstatus": 1, "status": "Active", "ends_on": ["<", frappe.utils.today()]},
        pluck="name",
    )
    for name in over:
        frappe.db.set_value("Plot Lease", name, "status", "Ended")


def count_cans():
    frappe.db.set_default("allotment_cans", frappe.db.count("Watering Can"))


def open_the_gate():
    frappe.publish_realtime("gate", {"open": True})


def water(plot, liters=1.0):
    frappe.get_doc(doctype="Meter Reading", plot=plot, liters=liters).insert()
