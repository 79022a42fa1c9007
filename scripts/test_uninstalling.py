"""The app goes as it came: the site that is left works without it."""

import frappe
import pytest
from frappe.installer import remove_app
from frappe.testing.plugin import make_bench


def test_nothing_of_the_app_is_left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    bench = make_bench(request, tmp_path_factory, "leaving", ["helpdesk"])
    bench.connect()
    request.addfinalizer(bench.disconnect)
    remove_app("helpdesk", yes=True, no_backup=True)
    assert frappe.get_installed_apps() == ["frappe"]
    assert [name for name in frappe.db.get_tables(cached=False) if name.startswith(("tabHD ", "helpdesk"))] == []
    for doctype in ("Custom Field", "Property Setter", "Assignment Rule"):
        assert frappe.get_all(doctype, pluck="name") == [], doctype
    assert not frappe.db.get_single_value("Portal Settings", "default_portal_home")
