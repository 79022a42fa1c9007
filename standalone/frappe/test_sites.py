"""A new site has what the framework promises, and a site that could not be made leaves nothing."""

import json
from pathlib import Path

import pytest

import frappe
from frappe.sites import SitePlan, new_site
from frappe.testing.sites import PASSWORD, TestBench
from frappe.utils.password import check_password

pytestmark = pytest.mark.slow


def test_the_standard_users_roles_and_records_are_there(site: TestBench) -> None:
    assert set(frappe.get_all("User", pluck="name")) == {"Administrator", "Guest"}
    roles = set(frappe.get_all("Role", pluck="name", limit=0))
    assert {"Administrator", "System Manager", "Guest", "All", "Desk User", "Report Manager"} <= roles
    assert set(frappe.get_all("User Type", pluck="name")) >= {"System User", "Website User"}
    assert frappe.db.exists("File", "Home")
    assert frappe.db.exists("File", "Home/Attachments")
    assert frappe.db.count("Country") > 200
    assert frappe.db.exists("Language", "de")
    assert frappe.db.exists("Email Domain", "example.com")
    assert {"Notifications", "Replies"} <= set(frappe.get_all("Email Account", pluck="name"))


def test_the_administrator_has_the_password_that_was_given(site: TestBench) -> None:
    assert check_password("Administrator", PASSWORD) == "Administrator"


def test_installed_apps_are_recorded(site: TestBench) -> None:
    assert frappe.get_installed_apps() == ["frappe"]
    rows = frappe.get_single("Installed Applications").installed_applications
    assert [row.app_name for row in rows] == ["frappe"]


def test_every_line_of_patches_counts_as_done(site: TestBench) -> None:
    from frappe.modules.patch_handler import executed_patches, get_patches_from_app

    assert set(get_patches_from_app("frappe")) <= executed_patches()


def test_scheduled_jobs_follow_the_hooks(site: TestBench) -> None:
    methods = frappe.get_all("Scheduled Job Type", pluck="method", limit=0)
    assert "frappe.deferred_insert.save_to_db" in methods
    assert len(methods) == len(set(methods))


def test_secrets_are_readable_by_the_owner_only(site: TestBench) -> None:
    path = Path(site.sites_path, site.site, "site_config.json")
    assert path.stat().st_mode & 0o077 == 0
    assert json.loads(path.read_text())["db_type"] == frappe.db.db_type


def test_an_existing_site_is_not_overwritten(frappe_bench: TestBench) -> None:
    with pytest.raises(frappe.ValidationError, match="--force"):
        new_site(SitePlan(frappe_bench.site, frappe_bench.sites_path))


def test_a_site_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(frappe.ValidationError, match="no_such_app"):
        new_site(SitePlan("new.localhost", str(tmp_path), install_apps=("no_such_app",)))
    assert not (tmp_path / "new.localhost").exists()
