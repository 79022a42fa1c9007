import frappe
from frappe.desk.search import search_link as original


@frappe.whitelist()
def search_link(doctype, txt, query=None, filters=None, page_length=10, searchfield=None, **kwargs):
    kwargs.pop("cmd", None)
    results = original(
        doctype, txt, query=query, filters=filters, page_length=page_length, searchfield=searchfield, **kwargs
    )
    for row in results or []:
        row["found_by"] = "allotment"
    return results
