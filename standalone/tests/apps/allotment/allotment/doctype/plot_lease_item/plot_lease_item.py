from frappe.model.document import Document


class PlotLeaseItem(Document):
    pass
