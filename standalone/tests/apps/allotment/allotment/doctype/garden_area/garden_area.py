from frappe.utils.nestedset import NestedSet


class GardenArea(NestedSet):
    nsm_parent_field = "parent_garden_area"

    def on_update(self):
        super().on_update()
        self.flags.was_updated = True
