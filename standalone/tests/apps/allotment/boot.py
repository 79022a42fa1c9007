import frappe


def extend(bootinfo):
    bootinfo.allotment = {"association": frappe.get_cached_doc("Allotment Settings").association}
