import frappe
from frappe import _
from frappe.model.document import Document


class SoilMissing(frappe.ValidationError):
    pass


class Plot(Document):
    def before_insert(self):
        self.soil = self.soil or "Loam"

    def validate(self):
        if self.square_meters and self.square_meters > 1000:
            frappe.throw(_("No garden plot has {0} square meters").format(self.square_meters), SoilMissing)
        rate = frappe.db.get_single_value("Allotment Settings", "rent_per_square_meter")
        self.rent = frappe.utils.flt(self.square_meters) * frappe.utils.flt(rate)

    def on_trash(self):
        if self.soil == "Clay":
            frappe.throw(_("Clay stays where it is"))


def on_doctype_update():
    frappe.db.add_index("Plot", ["area", "number"])
