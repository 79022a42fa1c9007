import frappe
from frappe import _


def execute(filters=None):
    columns = [
        {"fieldname": "plot", "label": _("Plot"), "fieldtype": "Link", "options": "Plot", "width": 120},
        {"fieldname": "kilograms", "label": _("Kilograms"), "fieldtype": "Float"},
    ]
    conditions = "where plot = %(plot)s" if filters and filters.get("plot") else ""
    data = frappe.db.sql(
        f"select plot, sum(kilograms) as kilograms from `tabHarvest` {conditions} group by plot order by plot",
        filters or {},
        as_dict=True,
    )
    return columns, data
