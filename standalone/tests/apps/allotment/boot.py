import frappe


def greet(boot):
    boot.greeting = "Mind the slugs"


def extend(bootinfo):
    bootinfo.allotment = {"association": frappe.get_cached_doc("Allotment Settings").association}
