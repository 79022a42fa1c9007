import frappe
from frappe.rate_limiter import rate_limit


@frappe.whitelist(allow_guest=True)
@rate_limit(limit=100, seconds=60)
def free_plots(area: str | None = None) -> list[dict]:
    filters = {"is_free": 1}
    if area:
        filters["area"] = ["descendants of (inclusive)", area]
    return frappe.get_all("Plot", filters=filters, fields=["name", "area", "square_meters"], order_by="number")


@frappe.whitelist(methods=["POST"])
def water(plot: str, liters: float = 10.0):
    frappe.has_permission("Plot", "read", plot, throw=True)
    frappe.enqueue("allotment.tasks.water", queue="short", plot=plot, liters=liters, enqueue_after_commit=True)
    frappe.msgprint("The hose is on.", alert=True)


@frappe.whitelist()
def yields():
    harvest, plot = frappe.qb.DocType("Harvest"), frappe.qb.DocType("Plot")
    from frappe.query_builder.functions import Count, Sum

    return (
        frappe.qb.from_(harvest)
        .join(plot)
        .on(harvest.plot == plot.name)
        .groupby(plot.area)
        .select(plot.area, Sum(harvest.kilograms).as_("kilograms"), Count("*").as_("harvests"))
        .orderby(plot.area)
    ).run(as_dict=True)
