import frappe


def plots_of(area):
    return frappe.get_all("Plot", filters={"area": area}, order_by="number asc", pluck="name")


def greet(name):
    return f"Good day, {name}"


def as_area(square_meters):
    return f"{square_meters:g} m²"


def add_association(context):
    context.association = frappe.db.get_single_value("Allotment Settings", "association")
