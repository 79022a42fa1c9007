"""What an app brings along is there after its installation: roles, fields, fixtures, jobs, templates, overrides."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.installer import remove_app

from .conftest import GRETA, WARDEN


def test_roles_of_permissions_and_fixtures_are_there(site: Any) -> None:
    assert frappe.db.exists("Role", "Allotment Warden")
    assert frappe.db.get_value("Role", "Allotment Gardener", "desk_access") == 1
    assert frappe.get_all("Skill", order_by="name", pluck="name") == ["Grafting", "Pruning"]
    assert frappe.db.get_value("Skill", "Pruning", "rate") == 0.8


def test_custom_fields_and_property_setters_change_core_doctypes(site: Any) -> None:
    user = frappe.get_meta("User")
    assert user.get_field("gardener").is_custom_field
    names = [field.fieldname for field in user.fields]
    assert names.index("allotment_section") == names.index("language") + 1
    assert frappe.db.has_column("User", "gardener")
    assert frappe.db.has_column("Contact", "plot")
    assert frappe.get_meta("ToDo").get_field("priority").default == "Low"
    assert frappe.new_doc("ToDo").priority == "Low"


def test_customisation_files_are_applied(site: Any) -> None:
    address = frappe.get_meta("Address")
    assert address.get_field("garden_area").options == "Garden Area"
    assert address.get_label("address_title") == "Headline"
    assert frappe.db.has_column("Address", "garden_area")


def test_patches_of_the_past_are_recorded_and_not_run(site: Any) -> None:
    lines = frappe.get_all("Patch Log", filters={"patch": ["like", "%allotment%"]}, pluck="patch")
    assert "allotment.patches.v1_0.fill_soil #2026-03-02" in lines
    assert frappe.db.get_default("allotment_executed") is None


def test_a_patch_runs_when_its_line_changes(site: Any) -> None:
    from frappe.modules.patch_handler import run_single

    frappe.db.set_value("Plot", "PLOT-1", "soil", "")
    assert run_single("allotment.patches.v1_0.fill_soil #2026-04-01")
    assert frappe.db.get_value("Plot", "PLOT-1", "soil") == "Loam"
    assert frappe.db.exists("Patch Log", {"patch": "allotment.patches.v1_0.fill_soil #2026-04-01"})


def test_a_field_that_was_renamed_keeps_its_values(site: Any) -> None:
    from frappe.model.utils.rename_field import rename_field

    frappe.db.sql_ddl("alter table `tabPlot` add column `size` int not null default 0")
    frappe.db.sql("update `tabPlot` set size = 12 where name = 'PLOT-1'")
    rename_field("Plot", "size", "square_meters")
    assert frappe.db.get_value("Plot", "PLOT-1", "square_meters") == 12


def test_a_second_install_and_migrate_change_nothing(site: Any) -> None:
    from frappe.installer import install_app
    from frappe.migrate import SiteMigration

    before = frappe.db.count("Custom Field")
    install_app("allotment")
    SiteMigration().run(site.site)
    frappe.init(site.site, sites_path=site.sites_path, force=True)
    frappe.connect()
    assert frappe.db.get_default("allotment_migrated") == "1"
    assert frappe.db.count("Custom Field") == before


def test_scheduled_jobs_have_their_rows(site: Any) -> None:
    rows = frappe.get_all(
        "Scheduled Job Type",
        filters={"method": ["like", "allotment.%"]},
        fields=["method", "frequency", "cron_format"],
        order_by="method",
    )
    assert [(row.method, row.frequency) for row in rows] == [
        ("allotment.tasks.count_cans", "Weekly Long"),
        ("allotment.tasks.end_leases", "Daily"),
        ("allotment.tasks.every_tick", "All"),
        ("allotment.tasks.open_the_gate", "Cron"),
    ]
    assert rows[3].cron_format == "15 6 * * 1-5"


def test_a_scheduled_job_can_be_run_by_hand(site: Any) -> None:
    frappe.get_doc(doctype="Watering Can", label_text="Green").insert()
    job = frappe.get_doc("Scheduled Job Type", {"method": "allotment.tasks.count_cans"})
    job.execute()
    assert frappe.db.get_default("allotment_cans") == "1"


def test_hooks_of_the_app_are_read_as_frappe_reads_them(site: Any) -> None:
    assert frappe.get_hooks("weather_sources") == ["allotment.sources.almanac"]
    assert frappe.get_hooks("app_title", app_name="allotment") == ["Allotment"]
    assert frappe.get_hooks("doc_events")["Plot Lease"]["validate"] == ["allotment.events.no_lease_without_days"]
    assert frappe.get_attr(frappe.get_hooks("weather_sources")[0])() == "Cloudy"


def test_the_class_of_a_core_doctype_is_overridden(site: Any) -> None:
    todo = frappe.get_doc(doctype="ToDo", plot="PLOT-2").insert()
    assert type(todo).__name__ == "GardenToDo"
    assert todo.description == "Look after PLOT-2"
    frappe.get_doc("ToDo", todo.name).postpone(days=2)
    assert frappe.db.get_value("ToDo", todo.name, "date") == frappe.utils.getdate(frappe.utils.add_days(None, 2))


def test_events_of_other_doctypes_reach_the_app(site: Any) -> None:
    frappe.get_doc(doctype="Gardener", full_name="New", email="new@example.com").insert()
    frappe.get_doc(doctype="User", email="new@example.com", first_name="New", send_welcome_email=0).insert()
    assert frappe.db.get_value("Gardener", {"email": "new@example.com"}, "user") == "new@example.com"
    harvest = frappe.get_doc(doctype="Harvest", plot="PLOT-1", crop="Beans").insert()
    harvest.delete()
    assert frappe.utils.cint(frappe.cache.hget("allotment_deleted", "Harvest")) == 1


def test_methods_and_filters_reach_templates(site: Any) -> None:
    assert frappe.render_template("{{ plots_of('North') }} {{ 12.5 | as_area }}", {}) == "['PLOT-1'] 12.5 m²"
    assert frappe.render_template("{{ greet(who) }}", {"who": "Greta"}) == "Good day, Greta"


def test_the_app_stands_on_the_apps_screen_of_its_people(site: Any) -> None:
    from frappe.apps import get_apps

    frappe.set_user(GRETA)
    assert "allotment" in [app["name"] for app in get_apps()]
    frappe.set_user("Guest")
    assert "allotment" not in [app["name"] for app in get_apps()]


def test_boot_carries_what_the_app_adds(site: Any) -> None:
    from frappe.boot import get_bootinfo

    frappe.set_user(WARDEN)
    boot = get_bootinfo()
    assert (boot.allotment, boot.greeting) == ({"association": "The Green Corner"}, "Mind the slugs")


@pytest.mark.slow
def test_an_app_goes_without_a_trace(site: Any) -> None:
    remove_app("allotment", yes=True, no_backup=True)
    assert frappe.get_installed_apps() == ["frappe"]
    assert not frappe.db.table_exists("Plot")
    assert not frappe.db.exists("DocType", "Plot Lease")
    assert not frappe.get_all("Scheduled Job Type", filters={"method": ["like", "allotment.%"]})
