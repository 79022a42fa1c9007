import frappe


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def gardener_query(doctype, txt, searchfield, start, page_len, filters, as_dict=False):
    gardener = frappe.qb.DocType("Gardener")
    return (
        frappe.qb.from_(gardener)
        .select(gardener.name, gardener.full_name)
        .where(gardener.full_name.like(f"%{txt}%") & (gardener.membership != "Trial"))
        .orderby(gardener.full_name)
        .limit(page_len)
        .offset(start)
        .run(as_dict=as_dict)
    )
