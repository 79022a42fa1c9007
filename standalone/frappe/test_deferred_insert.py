"""Records that wait are written later, each for itself."""

import frappe
from frappe.deferred_insert import deferred_insert, pending, save_to_db
from frappe.testing.sites import TestBench


def test_a_record_that_cannot_be_inserted_does_not_take_the_others_with_it(site: TestBench) -> None:
    deferred_insert("ToDo", [{"description": "first"}, {"description": "bad", "status": "No Such Status"}])
    deferred_insert("ToDo", '[{"description": "last"}]')
    assert len(pending("ToDo")) == 3
    assert save_to_db() == 2
    assert set(frappe.get_all("ToDo", pluck="description")) == {"first", "last"}
    assert pending("ToDo") == []
