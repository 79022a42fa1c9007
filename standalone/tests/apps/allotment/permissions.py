import frappe


def may_open_app():
    return "Allotment Warden" in frappe.get_roles() or "Allotment Gardener" in frappe.get_roles()


def lease_conditions(user):
    if "Allotment Warden" in frappe.get_roles(user):
        return ""
    return f"(`tabPlot Lease`.owner = {frappe.db.escape(user)})"


def may_see_lease(doc, ptype=None, user=None):
    if "Allotment Warden" in frappe.get_roles(user):
        return True
    return doc.is_new() or doc.owner == user


def may_read_post(doc, ptype, user, verbose=False):
    return bool(doc.published)
