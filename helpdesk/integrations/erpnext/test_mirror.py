"""Rights on a customer are rights on its twin."""

from unittest.mock import patch

import frappe
from frappe import share

from helpdesk.integrations.erpnext import bulk, customer
from helpdesk.integrations.erpnext.test_customer import TwinTestCase, make_ours, make_theirs
from helpdesk.test_utils import ANNA, ARNE, published

PERMISSION = "User Permission"


def permit(doctype: str, name: str, user: str = ANNA, **values):
    fields = {"doctype": PERMISSION, "user": user, "allow": doctype, "for_value": name, "apply_to_all_doctypes": 1}
    return frappe.get_doc({**fields, **values}).insert()


def permitted(doctype: str, **filters) -> list[str]:
    return frappe.get_all(PERMISSION, filters={"allow": doctype, **filters}, pluck="for_value", order_by="for_value")


def shared(doctype: str, name: str) -> list[tuple]:
    fields = ["user", "read", "write"]
    rows = frappe.get_all("DocShare", filters={"share_doctype": doctype, "share_name": name}, fields=fields)
    return sorted((row.user, row.read, row.write) for row in rows)


class TestMirror(TwinTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.switch(True)
        make_ours("Bolt")
        make_ours("Nut")

    def test_w07_a_permission_goes_both_ways_once(self):
        permit("HD Customer", "Bolt")
        permit("Customer", "Nut", ARNE)
        for doctype in ("HD Customer", "Customer"):
            with self.subTest(doctype=doctype):
                self.assertEqual(permitted(doctype, user=ANNA), ["Bolt"])
                self.assertEqual(permitted(doctype, user=ARNE), ["Nut"])
        self.assertEqual(frappe.db.count(PERMISSION, {"allow": ["in", ["HD Customer", "Customer"]]}), 4)

    def test_w07_permissions_for_other_doctypes_are_other_permissions(self):
        permit("HD Customer", "Bolt", apply_to_all_doctypes=0, applicable_for="HD Ticket")
        permit("HD Customer", "Bolt", apply_to_all_doctypes=0, applicable_for="Contact")
        rows = frappe.get_all(PERMISSION, filters={"allow": "Customer"}, pluck="applicable_for")
        self.assertEqual(sorted(rows), ["Contact", "HD Ticket"])

    def test_w07_what_a_permission_is_about_may_change(self):
        ours = permit("HD Customer", "Bolt")
        ours.for_value = "Nut"
        ours.save()
        self.assertEqual(permitted("Customer"), ["Nut"])
        ours.reload()
        ours.is_default = 1
        ours.save()
        self.assertEqual(frappe.get_all(PERMISSION, {"allow": "Customer"}, pluck="is_default"), [1])

    def test_w07_a_permission_leaves_on_both_sides(self):
        permit("HD Customer", "Bolt")
        name = frappe.db.get_value(PERMISSION, {"allow": "Customer"})
        frappe.delete_doc(PERMISSION, name)
        self.assertEqual(permitted("HD Customer") + permitted("Customer"), [])

    def test_w07_shares_come_change_and_go_on_both_sides(self):
        share.add("HD Customer", "Bolt", ANNA, read=1)
        self.assertEqual(shared("Customer", "Bolt"), [(ANNA, 1, 0)])
        share.add("Customer", "Bolt", ANNA, write=1)
        self.assertEqual(shared("HD Customer", "Bolt"), [(ANNA, 1, 1)])
        share.remove("HD Customer", "Bolt", ANNA)
        self.assertEqual(shared("HD Customer", "Bolt") + shared("Customer", "Bolt"), [])

    def test_w07_other_records_and_a_site_without_the_sync_are_left_alone(self):
        permit("Contact", frappe.db.get_value("Contact", {"email_id": ["is", "set"]}))
        with patch.object(customer, "is_active", lambda: False):
            permit("HD Customer", "Bolt")
            share.add("HD Customer", "Bolt", ANNA, read=1)
        self.assertEqual((permitted("Customer"), shared("Customer", "Bolt")), ([], []))

    def test_all_at_once_mirrors_the_rights_too_once(self):
        with patch.object(customer, "is_active", lambda: False):
            make_theirs("Right")
            permit("Customer", "Right")
            permit("HD Customer", "Bolt")
            share.add("Customer", "Bolt", ARNE, read=1)
        with published():
            for _time in range(2):
                bulk.sync_all("Administrator")
        self.assertEqual(permitted("HD Customer"), ["Bolt", "Right"])
        self.assertEqual(permitted("Customer"), ["Bolt", "Right"])
        self.assertEqual(shared("HD Customer", "Bolt"), [(ARNE, 1, 0)])
