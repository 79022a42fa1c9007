"""Every feature of a DocType, used as the controllers of an app use it."""

from __future__ import annotations

import datetime
from typing import Any

import frappe
import pytest
from frappe.client import get_count
from frappe.desk.form.load import getdoc
from frappe.tests import records
from frappe.utils import add_days, today

from .conftest import GRETA, GUS, WARDEN


def gardener(name: str = "Greta Green", **values: Any) -> Any:
    return frappe.get_doc({"doctype": "Gardener", "full_name": name, **values}).insert()


def lease(**values: Any) -> Any:
    person = values.pop("gardener", None) or gardener().name
    rows = [{"plot": plot} for plot in values.pop("plots", ["PLOT-1"])]
    doc = {"doctype": "Plot Lease", "gardener": person, "starts_on": today(), "plots": rows, **values}
    return frappe.get_doc(doc).insert()


# -- names ------------------------------------------------------------------------------------------------------------


def test_every_kind_of_naming(site: Any) -> None:
    year = today()[:4]
    assert gardener().name == f"GRD-{year}-00001"
    assert gardener("Vera", naming_series="VIP-.####").name == "VIP-0001"
    assert frappe.get_doc("Plot", "PLOT-1").number == 1
    assert frappe.get_doc(doctype="Harvest", plot="PLOT-1", crop="Peas").insert().name == f"HARVEST-{year}-00001"
    first = frappe.get_doc(doctype="Meter Reading", plot="PLOT-1", liters=3).insert()
    second = frappe.get_doc(doctype="Meter Reading", plot="PLOT-1", liters=4).insert()
    assert (type(first.name), second.name - first.name) == (int, 1)
    assert len(frappe.get_doc(doctype="Watering Can", label_text="Red").insert().name) == 10
    assert frappe.get_doc(doctype="Season", title="Autumn", year=2026).insert().name == "Autumn 2026"
    assert len(frappe.get_doc(doctype="Bed", plot="PLOT-1").insert().name) == 36
    assert frappe.get_doc(doctype="Skill", skill_name="Digging", __newname="Digging").insert().name == "Digging"
    with pytest.raises(frappe.ValidationError):
        frappe.get_doc(doctype="Skill", skill_name="Nameless").insert()


def test_a_document_naming_rule_comes_first(site: Any) -> None:
    rule = {"document_type": "Watering Can", "prefix": "CAN-", "prefix_digits": 3, "priority": 1}
    condition = {"field": "label_text", "condition": "=", "value": "Blue"}
    frappe.get_doc({"doctype": "Document Naming Rule", **rule, "conditions": [condition]}).insert()
    assert frappe.get_doc(doctype="Watering Can", label_text="Blue").insert().name == "CAN-001"
    assert not frappe.get_doc(doctype="Watering Can", label_text="Red").insert().name.startswith("CAN")


def test_names_given_twice_are_refused(site: Any) -> None:
    with pytest.raises(frappe.DuplicateEntryError):
        frappe.get_doc(doctype="Plot", number=1, area="North").insert()
    with pytest.raises(frappe.UniqueValidationError):
        gardener(email="a@example.com")
        gardener(email="a@example.com")


def test_a_rename_reaches_links_and_dynamic_links(site: Any) -> None:
    person = gardener()
    doc = lease(gardener=person.name, reference_type="Gardener", reference_name=person.name)
    frappe.rename_doc("Gardener", person.name, "Greta")
    doc.reload()
    assert (doc.gardener, doc.reference_name) == ("Greta", "Greta")
    assert frappe.db.get_default("allotment_renamed") == f"{person.name}>Greta"


def test_two_records_become_one(site: Any) -> None:
    one, other = gardener("One"), gardener("Other")
    doc = lease(gardener=one.name)
    frappe.rename_doc("Gardener", one.name, other.name, merge=True)
    assert not frappe.db.exists("Gardener", one.name)
    assert frappe.db.get_value("Plot Lease", doc.name, "gardener") == other.name


# -- fields -----------------------------------------------------------------------------------------------------------


def test_values_have_the_types_of_their_fields(site: Any) -> None:
    harvest = frappe.get_doc(
        doctype="Harvest", plot="PLOT-1", crop="Leek", kilograms="2.5", watering_time="90", starts="7:30", share="12.5"
    ).insert()
    harvest.reload()
    assert harvest.kilograms == 2.5
    assert harvest.watering_time == 90
    assert harvest.starts == datetime.timedelta(hours=7, minutes=30)
    assert isinstance(harvest.picked_at, datetime.datetime)
    plot = frappe.get_doc("Plot", "PLOT-1")
    plot.map = {"beds": [1, 2]}
    plot.save()
    assert frappe.parse_json(frappe.db.get_value("Plot", "PLOT-1", "map")) == {"beds": [1, 2]}


def test_a_virtual_field_is_computed(site: Any) -> None:
    person = gardener(joined_on=add_days(today(), -10))
    assert person.seniority == 10
    assert frappe.get_doc("Gardener", person.name).as_dict().seniority == 10
    assert not frappe.db.has_column("Gardener", "seniority")


def test_secrets_are_kept_apart(site: Any) -> None:
    person = gardener(key_code="4711")
    assert set(frappe.db.get_value("Gardener", person.name, "key_code")) == {"*"}
    assert frappe.get_doc("Gardener", person.name).get_password("key_code") == "4711"
    settings = frappe.get_doc("Allotment Settings")
    settings.api_secret = "hush"
    settings.save()
    assert frappe.get_single("Allotment Settings").get_password("api_secret") == "hush"


def test_values_are_fetched_from_linked_documents(site: Any) -> None:
    person = gardener(town="Lund")
    doc = lease(gardener=person.name)
    assert (doc.gardener_name, doc.gardener_town) == ("Greta Green", "Lund")
    kept = lease(gardener=person.name, gardener_town="Malmö", plots=["PLOT-2"])
    assert kept.gardener_town == "Malmö"
    assert doc.plots[0].rent == 75


def test_what_fields_forbid_is_refused(site: Any) -> None:
    for values, error in (
        ({"soil": "Moon dust"}, frappe.ValidationError),
        ({"area": "Nowhere"}, frappe.LinkValidationError),
        ({"area": None}, frappe.MandatoryError),
        ({"square_meters": -1}, frappe.NonNegativeError),
    ):
        plot = frappe.get_doc({"doctype": "Plot", "number": 99, "area": "North", **values})
        with pytest.raises(error):
            plot.insert()
    with pytest.raises(frappe.InvalidEmailAddressError):
        gardener(email="not an address")
    person = gardener()
    person.naming_series = "VIP-.####"
    with pytest.raises(frappe.CannotChangeConstantError):
        person.save()


def test_many_to_many_is_a_table_of_links(site: Any) -> None:
    person = gardener(skills=[{"skill": "Pruning"}, {"skill": "Grafting"}])
    assert [row.skill for row in person.skills] == ["Pruning", "Grafting"]
    found = frappe.get_all("Gardener", filters=[["Gardener Skill", "skill", "=", "Grafting"]], pluck="name")
    assert found == [person.name]


def test_a_single_has_defaults_children_and_types(site: Any) -> None:
    assert frappe.db.get_single_value("Allotment Settings", "rent_per_square_meter") == 1.5
    settings = frappe.get_doc("Allotment Settings")
    assert settings.association == "The Green Corner"
    settings.append("closed_days", {"day": "2026-12-25", "reason": "Christmas"})
    settings.founded_on = "1999-05-01"
    settings.save()
    assert frappe.db.get_single_value("Allotment Settings", "founded_on") == datetime.date(1999, 5, 1)
    assert frappe.get_cached_doc("Allotment Settings").closed_days[0].reason == "Christmas"
    frappe.db.set_single_value("Allotment Settings", "allow_trial", 0)
    assert frappe.db.get_single_value("Allotment Settings", "allow_trial") == 0


# -- trees ------------------------------------------------------------------------------------------------------------


def test_a_tree_knows_ancestors_and_descendants(site: Any) -> None:
    from frappe.utils.nestedset import get_ancestors_of, get_descendants_of, get_root_of

    assert get_root_of("Garden Area") == "Everything"
    assert sorted(get_descendants_of("Garden Area", "Everything")) == ["North", "Pond", "South"]
    assert get_ancestors_of("Garden Area", "Pond") == ["North", "Everything"]
    found = frappe.get_all("Plot", filters={"area": ["descendants of (inclusive)", "North"]}, pluck="name")
    assert sorted(found) == ["PLOT-1", "PLOT-2"]
    assert frappe.get_all("Garden Area", filters={"name": ["ancestors of", "Pond"]}, pluck="name", order_by="lft") == [
        "Everything",
        "North",
    ]


def test_branches_move_and_loops_are_refused(site: Any) -> None:
    from frappe.utils.nestedset import NestedSetRecursionError, get_descendants_of

    pond = frappe.get_doc("Garden Area", "Pond")
    pond.parent_garden_area = "South"
    pond.save()
    assert get_descendants_of("Garden Area", "South") == ["Pond"]
    south = frappe.get_doc("Garden Area", "South")
    south.parent_garden_area = "Pond"
    with pytest.raises(NestedSetRecursionError):
        south.save()


def test_a_branch_with_leaves_is_not_deleted(site: Any) -> None:
    from frappe.utils.nestedset import NestedSetChildExistsError

    with pytest.raises(NestedSetChildExistsError):
        frappe.delete_doc("Garden Area", "North")


# -- submitting -------------------------------------------------------------------------------------------------------


def test_a_lease_lives_from_draft_to_amendment(site: Any) -> None:
    doc = lease(ends_on=add_days(today(), 30))
    assert (doc.docstatus, doc.docstatus.is_draft(), doc.total_rent) == (0, True, 900)
    doc.submit()
    assert (doc.docstatus, doc.status) == (1, "Active")
    assert {row.docstatus for row in doc.plots} == {1}
    assert frappe.db.get_value("Plot", "PLOT-1", "is_free") == 0
    doc.cancel()
    assert (doc.docstatus.is_cancelled(), frappe.db.get_value("Plot Lease", doc.name, "status")) == (True, "Ended")
    amended = frappe.copy_doc(doc, ignore_no_copy=False)
    amended.amended_from = doc.name
    amended.docstatus = 0
    amended.insert()
    assert amended.name == f"{doc.name}-1"
    assert amended.status == "Draft"


def test_after_submission_only_some_fields_change(site: Any) -> None:
    doc = lease()
    doc.submit()
    doc.remarks = "Likes roses"
    doc.plots[0].note = "By the gate"
    doc.save()
    assert doc.flags.edited_after_submit
    doc.starts_on = add_days(today(), 3)
    with pytest.raises(frappe.UpdateAfterSubmitError):
        doc.save()


def test_forbidden_steps_of_docstatus(site: Any) -> None:
    doc = lease()
    with pytest.raises(frappe.DocstatusTransitionError):
        doc.cancel()
    doc.reload()
    doc.submit()
    with pytest.raises(frappe.ValidationError):
        doc.delete()
    doc.cancel()
    with pytest.raises(frappe.ValidationError):
        doc.save()
    doc.delete()
    assert not frappe.db.exists("Plot Lease", doc.name)


def test_a_taken_plot_is_not_leased_twice(site: Any) -> None:
    lease().submit()
    with pytest.raises(frappe.DuplicateEntryError):
        lease(gardener=gardener("Second").name)


def test_a_draft_is_discarded(site: Any) -> None:
    doc = lease()
    doc.discard()
    assert frappe.db.get_value("Plot Lease", doc.name, ["docstatus", "status"]) == (2, "Ended")


def test_linked_documents_are_not_deleted_or_cancelled(site: Any) -> None:
    doc = lease()
    doc.submit()
    frappe.get_doc(doctype="Harvest", lease=doc.name, plot="PLOT-1", crop="Kale").insert()
    with pytest.raises(frappe.LinkExistsError):
        frappe.delete_doc("Gardener", doc.gardener)
    doc.cancel()
    with pytest.raises(frappe.LinkExistsError):
        doc.delete()


def test_an_event_of_the_app_refuses(site: Any) -> None:
    with pytest.raises(frappe.ValidationError, match="at least one day"):
        lease(ends_on=today())
    with pytest.raises(frappe.ValidationError, match="Clay stays"):
        frappe.get_doc(doctype="Plot", number=7, area="North", soil="Clay").insert().delete()


# -- virtual documents ------------------------------------------------------------------------------------------------


def test_a_virtual_doctype_keeps_its_own_store(site: Any) -> None:
    frappe.get_doc(doctype="Weather Day", day="2026-05-01", degrees=18, sky="Clear").insert()
    doc = frappe.get_doc("Weather Day", "2026-05-01")
    assert doc.sky == "Clear"
    doc.sky = "Cloudy"
    doc.save()
    assert [row.sky for row in frappe.get_list("Weather Day")] == ["Cloudy"]
    assert get_count("Weather Day") == 1
    assert not frappe.db.table_exists("Weather Day")
    doc.delete()
    with pytest.raises(frappe.DoesNotExistError):
        frappe.get_doc("Weather Day", "2026-05-01")


# -- who may what -----------------------------------------------------------------------------------------------------


def test_list_and_form_agree_about_leases(site: Any) -> None:
    doc = lease()
    doc.db_set("owner", GRETA)
    frappe.set_user(GUS)
    assert frappe.get_list("Plot Lease") == []
    assert not frappe.has_permission("Plot Lease", "read", doc.name)
    with pytest.raises(frappe.PermissionError):
        frappe.get_doc("Plot Lease", doc.name).check_permission("read")
    frappe.set_user(GRETA)
    assert [row.name for row in frappe.get_list("Plot Lease")] == [doc.name]
    frappe.set_user(WARDEN)
    assert [row.name for row in frappe.get_list("Plot Lease")] == [doc.name]


def test_a_field_of_a_higher_level_is_for_wardens(site: Any) -> None:
    person = gardener(notes="<p>Pays late</p>")
    frappe.set_user(GRETA)
    seen = frappe.get_doc("Gardener", person.name)
    seen.apply_fieldlevel_read_permissions()
    assert seen.get("notes") is None
    seen = frappe.get_doc("Gardener", person.name)
    seen.notes = "<p>Pays on time</p>"
    seen.save()
    assert frappe.db.get_value("Gardener", person.name, "notes") == "<p>Pays late</p>"


def test_custom_permissions_replace_those_of_the_app(site: Any) -> None:
    from frappe.permissions import add_permission, update_permission_property

    frappe.set_user(GRETA)
    assert not frappe.has_permission("Plot", "write")
    frappe.set_user("Administrator")
    add_permission("Plot", "Allotment Gardener", 0)
    update_permission_property("Plot", "Allotment Gardener", 0, "write", 1)
    frappe.clear_cache()
    frappe.set_user(GRETA)
    assert frappe.has_permission("Plot", "write")


def test_user_permissions_narrow_lists(site: Any) -> None:
    frappe.get_doc(doctype="User Permission", user=GRETA, allow="Garden Area", for_value="South").insert()
    frappe.set_user(GRETA)
    assert [row.name for row in frappe.get_list("Plot")] == ["PLOT-3"]


def test_user_permissions_of_a_tree_reach_down(site: Any) -> None:
    frappe.get_doc(doctype="User Permission", user=GRETA, allow="Garden Area", for_value="North").insert()
    frappe.set_user(GRETA)
    assert sorted(row.name for row in frappe.get_list("Plot")) == ["PLOT-1", "PLOT-2"]


def test_a_shared_lease_is_seen(site: Any) -> None:
    import frappe.share

    doc = lease()
    frappe.share.add("Plot Lease", doc.name, GUS, read=1)
    frappe.set_user(GUS)
    assert frappe.has_permission("Plot Lease", "read", doc.name)
    assert not frappe.has_permission("Plot Lease", "write", doc.name)
    assert [row.name for row in frappe.get_list("Plot Lease")] == [doc.name]


# -- history ----------------------------------------------------------------------------------------------------------


def test_changes_are_kept(site: Any) -> None:
    person = gardener()
    person.membership = "Full"
    person.save(ignore_version=False)
    data = frappe.parse_json(frappe.get_last_doc("Version", {"docname": person.name}).data)
    assert ["membership", "Trial", "Full"] in data["changed"]
    comments = frappe.get_all("Comment", {"reference_name": person.name, "comment_type": "Info"}, pluck="content")
    assert comments == ["Membership is now Full"]


def test_a_deleted_document_can_come_back(site: Any) -> None:
    can = frappe.get_doc(doctype="Watering Can", label_text="Lost").insert()
    can.delete()
    from frappe.core.doctype.deleted_document.deleted_document import restore

    restore(frappe.db.get_value("Deleted Document", {"deleted_name": can.name}))
    assert frappe.db.get_value("Watering Can", can.name, "label_text") == "Lost"


# -- forms and tests --------------------------------------------------------------------------------------------------


def test_the_form_of_a_page_says_whether_it_is_published(site: Any) -> None:
    doc = frappe.get_doc(doctype="Garden Post", title="Beans", content="x", published=1).insert()
    getdoc("Garden Post", doc.name)
    assert frappe.response.docs[0]["__onload"] == {"is_website_generator": True, "published": True}
    doc.run_method("onload")  # without a form as well
    assert doc.get_onload("published") is True


def test_records_of_linked_doctypes_are_made_for_a_doctype_without_any(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = {"Skill": [{"name": "Pruning", "skill_name": "Pruning"}]}
    monkeypatch.setattr(records, "get_test_records", lambda doctype: shipped.get(doctype, []))
    records.make_test_records("Gardener")  # whose rows link to Skill
    assert frappe.db.exists("Skill", "Pruning")
