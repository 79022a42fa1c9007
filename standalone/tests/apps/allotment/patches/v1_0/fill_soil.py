import frappe
from frappe.query_builder import DocType


def execute():
    plot = DocType("Plot")
    frappe.qb.update(plot).set(plot.soil, "Loam").where(plot.soil.isnull() | (plot.soil == "")).run()
