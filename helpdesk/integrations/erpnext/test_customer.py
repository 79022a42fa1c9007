"""Customers and their twins in ERPNext, which is played by a DocType of the same name."""

from unittest import SkipTest
from unittest.mock import patch

import frappe

from helpdesk.integrations.erpnext import api, bulk, customer
from helpdesk.test_utils import CARL, MONA, HelpdeskTestCase, acting_as, make_user, published

FIELDS = (("customer_name", "Data"), ("customer_type", "Data"), ("image", "Data"), ("hd_customer", "Data"))


def make_ours(name: str, **values):
    return frappe.get_doc({"doctype": "HD Customer", "customer_name": name, **values}).insert()


def make_theirs(name: str, **values):
    return frappe.get_doc({"doctype": "Customer", "customer_name": name, **values}).insert()


def twin_of_ours(name: str) -> str | None:
    return frappe.db.get_value("HD Customer", name, "erpnext_customer")


def twin_of_theirs(name: str) -> str | None:
    return frappe.db.get_value("Customer", name, "hd_customer")


class TwinTestCase(HelpdeskTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        if frappe.db.exists("DocType", "Customer"):
            raise SkipTest("needs a site without ERPNext, whose customers these tests would change")
        fields = [{"fieldname": name, "label": name.title(), "fieldtype": kind} for name, kind in FIELDS]
        fields[0]["unique"] = 1
        permissions = [{"role": "System Manager", "read": 1, "write": 1, "create": 1, "delete": 1}]
        frappe.get_doc(
            {
                "doctype": "DocType",
                "name": "Customer",
                "module": "Helpdesk",
                "custom": 1,
                "allow_rename": 1,
                "autoname": "field:customer_name",
                "fields": fields,
                "permissions": permissions,
            }
        ).insert()
        frappe.db.commit()
        cls.addClassCleanup(cls.remove_doctype)

    @staticmethod
    def remove_doctype() -> None:
        frappe.set_user("Administrator")
        frappe.delete_doc("DocType", "Customer", force=True)
        frappe.db.commit()

    def switch(self, on: bool) -> None:
        switched = patch.object(customer, "is_active", lambda: on)
        switched.start()
        self.addCleanup(switched.stop)


class TestOff(TwinTestCase):
    def test_w07_without_the_sync_nothing_happens_to_the_other_side(self):
        self.switch(False)
        make_ours("Bolt")
        self.assertFalse(frappe.db.exists("Customer", "Bolt"))
        theirs = make_theirs("Nut")
        self.assertFalse(frappe.db.exists("HD Customer", "Nut"))
        frappe.db.set_value("Customer", "Nut", "hd_customer", "Bolt")
        frappe.rename_doc("Customer", "Nut", "Nuts")
        theirs = frappe.get_doc("Customer", "Nuts")
        theirs.delete()
        self.assertTrue(frappe.db.exists("HD Customer", "Bolt"))

    def test_w07_without_erpnext_the_sync_is_off(self):
        self.assertFalse(customer.is_active())
        with acting_as(MONA):
            self.assertEqual(api.get_sync_info(), {"enabled": False})
            with self.assertRaisesRegex(frappe.ValidationError, "off"):
                api.sync_hd_erpnext_customers()
        make_user(CARL, "Carl Customer", "HD Customer Manager")
        with acting_as(CARL):
            self.assert_refused(api.sync_hd_erpnext_customers)


class TestOn(TwinTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.switch(True)

    def test_w07_a_customer_gets_its_twin_in_both_directions(self):
        make_ours("Bolt", customer_type="Individual")
        self.assertEqual((twin_of_ours("Bolt"), twin_of_theirs("Bolt")), ("Bolt", "Bolt"))
        self.assertEqual(frappe.db.get_value("Customer", "Bolt", "customer_type"), "Individual")
        make_theirs("Nut", customer_type="Partnership")
        self.assertEqual((twin_of_ours("Nut"), twin_of_theirs("Nut")), ("Nut", "Nut"))
        self.assertEqual(frappe.db.count("Customer"), 2)

    def test_w07_changes_go_both_ways_and_end_there(self):
        ours = make_ours("Bolt")
        ours.reload()
        ours.customer_type = "Individual"
        ours.save()
        theirs = frappe.get_doc("Customer", "Bolt")
        self.assertEqual(theirs.customer_type, "Individual")
        theirs.customer_type = "Partnership"
        theirs.save()
        self.assertEqual(frappe.db.get_value("HD Customer", "Bolt", "customer_type"), "Partnership")

    def test_w07_a_new_name_is_a_new_name_for_both(self):
        make_ours("Bolt")
        frappe.rename_doc("HD Customer", "Bolt", "Bolts")
        self.assertEqual((twin_of_ours("Bolts"), twin_of_theirs("Bolts")), ("Bolts", "Bolts"))
        frappe.rename_doc("Customer", "Bolts", "Bolts and Nuts")
        self.assertEqual(twin_of_ours("Bolts and Nuts"), "Bolts and Nuts")
        self.assertEqual((frappe.db.count("Customer"), frappe.db.exists("HD Customer", "Bolts")), (1, None))

    def test_w07_deleting_one_deletes_both(self):
        for doctype, name in (("HD Customer", "Bolt"), ("Customer", "Nut")):
            make_ours(name)
            frappe.delete_doc(doctype, name)
            with self.subTest(doctype=doctype):
                self.assertFalse(frappe.db.exists("HD Customer", name) or frappe.db.exists("Customer", name))

    def test_w07_merging_merges_the_twins(self):
        make_ours("Bolt")
        make_ours("Nut")
        frappe.rename_doc("HD Customer", "Bolt", "Nut", merge=True)
        self.assertEqual(frappe.get_all("Customer", pluck="name"), ["Nut"])
        self.assertEqual((twin_of_ours("Nut"), twin_of_theirs("Nut")), ("Nut", "Nut"))

    def test_w08_a_name_that_a_stranger_bears_is_refused_before_the_renaming(self):
        make_ours("Bolt")
        with patch.object(customer, "is_active", lambda: False):
            make_theirs("Stranger")
        with self.assertRaisesRegex(frappe.ValidationError, "Stranger"):
            frappe.rename_doc("HD Customer", "Bolt", "Stranger")
        self.assertTrue(frappe.db.exists("HD Customer", "Bolt"))
        self.assertEqual(twin_of_ours("Bolt"), "Bolt")

    def test_a_customer_that_one_side_lacks_is_out_of_step_whichever_it_is(self):
        frappe.db.delete("HD Customer", {"name": ["!=", "Bolt"]})
        for make, doctype in ((make_ours, "HD Customer"), (make_theirs, "Customer")):
            with patch.object(customer, "is_active", lambda: False):
                make("Bolt")
            with self.subTest(only=doctype):
                self.assertEqual(api.get_sync_info(), {"enabled": True, "in_sync": False})
            frappe.db.delete(doctype, {"name": "Bolt"})
        self.assertEqual(api.get_sync_info(), {"enabled": True, "in_sync": True})

    def test_all_at_once_links_what_has_the_same_name_and_makes_the_rest(self):
        with patch.object(customer, "is_active", lambda: False):
            make_ours("Bolt")
            make_theirs("Bolt")
            make_ours("Left")
            make_theirs("Right")
        with published() as events:
            for _time in range(2):
                bulk.sync_all("Administrator")
        for name in ("Bolt", "Left", "Right"):
            with self.subTest(name=name):
                self.assertEqual((twin_of_ours(name), twin_of_theirs(name)), (name, name))
        self.assertEqual(api.get_sync_info(), {"enabled": True, "in_sync": True})
        told = [event for event, _message, _room in events if event.startswith("helpdesk:erpnext")]
        self.assertEqual(told, ["helpdesk:erpnext-sync-start", "helpdesk:erpnext-sync-end"] * 2)
