import frappe
from frappe.model.document import Document


class MeterReading(Document):
    @staticmethod
    def clear_old_logs(days=400):
        table = frappe.qb.DocType("Meter Reading")
        from frappe.query_builder import Interval
        from frappe.query_builder.functions import Now

        frappe.db.delete(table, filters=(table.creation < (Now() - Interval(days=days))))
