import frappe

no_cache = 1


def get_context(context):
    context.title = "Our garden"
    context.area = frappe.form_dict.get("area") or "North"
    context.app_path = frappe.form_dict.app_path
