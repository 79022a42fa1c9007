import frappe
from frappe.model.document import Document

STORE = "allotment_weather"


class WeatherDay(Document):
    """Days that live in the cache rather than in a table."""

    def db_insert(self, *args, **kwargs):
        frappe.cache.hset(STORE, self.name, self.get_valid_dict(convert_dates_to_str=True))

    def load_from_db(self):
        values = frappe.cache.hget(STORE, self.name)
        if not values:
            frappe.throw(f"Weather Day {self.name} not found", frappe.DoesNotExistError)
        super(Document, self).__init__({"doctype": self.doctype, **values})

    def db_update(self, *args, **kwargs):
        self.db_insert()

    def delete(self):
        frappe.cache.hdel(STORE, self.name)

    @staticmethod
    def get_list(args=None, **kwargs):
        rows = list((frappe.cache.hgetall(STORE) or {}).values())
        return [frappe._dict(row) for row in rows]

    @staticmethod
    def get_count(args=None, **kwargs):
        return len(frappe.cache.hgetall(STORE) or {})

    @staticmethod
    def get_stats(args=None, **kwargs):
        return {}
