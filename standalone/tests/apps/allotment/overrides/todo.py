import frappe
from frappe.desk.doctype.todo.todo import ToDo


class GardenToDo(ToDo):
    def validate(self):
        super().validate()
        if self.get("plot") and not self.description:
            self.description = f"Look after {self.plot}"

    @frappe.whitelist()
    def postpone(self, days: int = 1):
        self.date = frappe.utils.add_days(self.date or frappe.utils.today(), days)
        self.save()
        return self.date
