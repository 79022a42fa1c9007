"""What a desk asks of an app's documents: trees, calendars, links between documents, counts of what is open."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.desk import calendar, notifications, treeview
from frappe.desk.form import linked_with
from frappe.desk.reportview import build_match_conditions, execute, get_filters_cond, get_match_cond
from frappe.utils import add_days, today

from .conftest import GRETA, GUS, WARDEN
from .test_documents_of_an_app import gardener, lease

EVENTS = {"start": "starts_on", "end": "ends_on", "title": "gardener_name"}


# -- trees ------------------------------------------------------------------------------------------------------------


def test_a_tree_opens_branch_by_branch(site: Any) -> None:
    assert treeview.get_children("Garden Area") == [{"value": "Everything", "expandable": 1}]
    below = treeview.get_children("Garden Area", "Everything")
    assert [row.value for row in below] == ["North", "South"]
    frappe.set_user("Guest")
    with pytest.raises(frappe.PermissionError):
        treeview.get_children("Garden Area")


def test_all_branches_open_at_once_through_a_whitelisted_method_alone(site: Any) -> None:
    method = "frappe.desk.treeview.get_children"
    found = treeview.get_all_nodes("Garden Area", "All", "Everything", method)
    assert [(branch["parent"], [row["value"] for row in branch["data"]]) for branch in found] == [
        ("All", ["North", "South"]),
        ("North", ["Pond"]),
        ("South", []),
    ]
    with pytest.raises(frappe.PermissionError):
        treeview.get_all_nodes("Garden Area", "All", "Everything", "allotment.events.count_deletions")


def test_a_node_is_added_by_those_who_may(browser: Any) -> None:
    node = {"doctype": "Garden Area", "parent": "Pond", "area_name": "Reeds", "cmd": "x"}
    path = "/api/method/frappe.desk.treeview.add_node"
    assert browser(GRETA).post(path, json=node).status_code == 403
    warden = browser(WARDEN)
    assert warden.post(path, json={**node, "parent": "South"}).status_code == 200
    root = {"doctype": "Garden Area", "is_root": True, "area_name": "Elsewhere", "parent": "South"}
    assert treeview.make_tree_args(**root) == {
        "doctype": "Garden Area",
        "area_name": "Elsewhere",
        "parent_garden_area": None,
    }
    assert frappe.db.get_value("Garden Area", "Reeds", "parent_garden_area") == "South"


# -- calendars --------------------------------------------------------------------------------------------------------


def test_a_calendar_shows_what_takes_place_in_its_span(site: Any) -> None:
    past = lease(starts_on=add_days(today(), -20), ends_on=add_days(today(), -10))
    running = lease(starts_on=add_days(today(), -5), ends_on=add_days(today(), 5), plots=["PLOT-2"])
    later = lease(starts_on=add_days(today(), 20), ends_on=add_days(today(), 30), plots=["PLOT-3"])

    def shown(start: int, end: int, **options: Any) -> list[Any]:
        span = (add_days(today(), start), add_days(today(), end))
        return [row.name for row in calendar.get_events("Plot Lease", *span, field_map=EVENTS, **options)]

    assert shown(-1, 1) == [running.name]
    assert shown(-30, 40) == [past.name, running.name, later.name]
    assert shown(-30, 40, filters={"name": later.name}) == [later.name]
    assert calendar.get_events("Plot Lease", today(), today(), frappe.as_json(EVENTS))[0].gardener_name == "Greta Green"
    frappe.db.set_value("Plot Lease", past.name, "ends_on", None)
    assert past.name not in shown(-1, 1), "what has no end is over when it begins"


def test_a_calendar_has_the_readers_own_and_refuses_unknown_fields(site: Any) -> None:
    lease(ends_on=add_days(today(), 5))
    frappe.set_user(GUS)
    assert calendar.get_events("Plot Lease", today(), today(), EVENTS) == []
    for wrong in ({**EVENTS, "start": "starts_on) or (1=1"}, {"end": "ends_on"}):
        with pytest.raises((frappe.ValidationError, frappe.DataError, frappe.PermissionError)):
            calendar.get_events("Plot Lease", today(), today(), wrong)


def test_an_event_is_moved_by_those_who_may_write(site: Any) -> None:
    doc = lease(ends_on=add_days(today(), 5))
    moved = {"doctype": "Plot Lease", "name": doc.name, "start": add_days(today(), 1), "end": add_days(today(), 9)}
    calendar.update_event(frappe.as_json(moved), EVENTS)
    assert str(frappe.db.get_value("Plot Lease", doc.name, "ends_on")) == add_days(today(), 9)
    frappe.set_user(GUS)
    with pytest.raises(frappe.PermissionError):
        calendar.update_event(moved, EVENTS)


# -- links between documents ------------------------------------------------------------------------------------------


def test_links_to_a_doctype_are_known_with_their_fields(site: Any) -> None:
    found = linked_with.get_linked_doctypes("Plot")
    assert found["Harvest"] == {"fieldname": ["plot"]}
    assert found["Plot Lease"]["child_doctype"] == "Plot Lease Item"
    dynamic = linked_with.get_linked_doctypes("Weather Day")["Plot Lease"]
    assert (dynamic["fieldname"], dynamic["doctype_fieldname"]) == (["reference_name"], "reference_type")
    frappe.set_user("Guest")
    with pytest.raises(frappe.PermissionError):
        linked_with.get_linked_doctypes("Gardener")


def test_linked_documents_are_those_one_may_read(site: Any) -> None:
    person = gardener()
    doc = lease(gardener=person.name)
    assert [row.name for row in linked_with.get("Gardener", person.name)["Plot Lease"]] == [doc.name]
    assert [row.name for row in linked_with.get_linked_docs("Plot", "PLOT-1")["Plot Lease"]] == [doc.name]
    assert linked_with.get_linked_docs("Plot", "PLOT-1", {"Harvest": {"fieldname": ["owner"]}}) == {}
    frappe.set_user(GUS)
    assert "Plot Lease" not in linked_with.get_linked_docs("Plot", "PLOT-1")
    frappe.set_user("Guest")
    with pytest.raises(frappe.PermissionError):
        linked_with.get_linked_docs("Gardener", person.name)


def test_what_depends_on_a_document_is_cancelled_along(site: Any) -> None:
    first = lease()
    first.submit()
    second = lease(plots=["PLOT-2"], reference_type="Plot Lease", reference_name=first.name)
    second.submit()
    third = lease(plots=["PLOT-3"], reference_type="Plot Lease", reference_name=second.name)
    third.submit()
    found = linked_with.get_submitted_linked_docs("Plot Lease", first.name)
    assert [doc["name"] for doc in found["docs"]] == [second.name, third.name]
    assert found["count"] == 2
    assert linked_with.get_submitted_linked_docs("Plot Lease", first.name, '["Plot Lease"]')["count"] == 0
    frappe.set_user(GUS)
    with pytest.raises(frappe.PermissionError):
        linked_with.cancel_all_linked_docs(found["docs"])
    frappe.set_user("Administrator")
    linked_with.cancel_all_linked_docs(frappe.as_json(found["docs"]))
    assert {frappe.db.get_value("Plot Lease", doc.name, "docstatus") for doc in (second, third)} == {2}
    assert not linked_with.validate_linked_doc({"doctype": "Plot Lease", "name": second.name})
    assert linked_with.validate_linked_doc({"doctype": "Plot Lease", "name": first.name})
    assert linked_with.get_exempted_doctypes() == ["Season"]


# -- counts of what is open -------------------------------------------------------------------------------------------


def test_open_documents_are_counted_for_their_reader(site: Any) -> None:
    lease()
    everything = notifications.get_notifications()
    assert everything["open_count_doctype"] == {"Plot Lease": 1, "Plot": 3}
    assert everything["open_count_other"] == {"Areas": 4}
    frappe.set_user(GRETA)
    assert notifications.get_notifications()["open_count_doctype"]["Plot Lease"] == 0
    frappe.set_user("Guest")
    with pytest.raises(frappe.PermissionError):
        notifications.get_notifications()


def test_counts_are_kept_until_a_document_changes(site: Any) -> None:
    doc = lease()
    frappe.db.commit()

    def count() -> int:
        return int(notifications.get_notifications()["open_count_doctype"]["Plot Lease"])

    assert count() == 1
    frappe.db.sql("update `tabPlot Lease` set docstatus = 2")
    assert count() == 1
    notifications.delete_notification_count_for("Plot Lease")
    assert count() == 0
    frappe.db.sql("update `tabPlot Lease` set docstatus = 0")
    notifications.clear_notifications("Administrator")
    assert count() == 1
    doc.reload()
    doc.submit()
    assert count() == 0
    frappe.db.sql("update `tabPlot Lease` set docstatus = 0")
    frappe.db.commit()
    notifications.clear_notifications()
    assert count() == 1
    notifications.clear_doctype_notifications(frappe.get_doc("Skill", "Pruning"))
    assert notifications.get_filters_for("Plot Lease") == {"docstatus": 0}
    assert notifications.get_filters_for("Plot") is None
    assert set(notifications.get_notification_config()) == {"for_doctype", "for_other"}


def test_connected_documents_are_counted_by_the_dashboard(site: Any) -> None:
    person = gardener()
    lease(gardener=person.name)
    lease(gardener=person.name, plots=["PLOT-2"]).submit()
    counted = notifications.get_open_count("Gardener", person.name)
    assert counted["count"]["external_links_found"] == [{"doctype": "Plot Lease", "count": 2, "open_count": 1}]
    assert notifications.get_open_count("Gardener", person.name, '["Plot"]')["count"]["external_links_found"] == []


# -- conditions for an app's own SQL ----------------------------------------------------------------------------------


def test_an_apps_own_sql_takes_the_readers_conditions(site: Any) -> None:
    frappe.set_user(GRETA)
    own = lease(gardener=gardener_of(GRETA))
    frappe.set_user("Administrator")
    other = lease(plots=["PLOT-2"])
    query = "select name from `tabPlot Lease` where docstatus < %s"

    def names() -> list[str]:
        return frappe.db.sql_list(query + get_match_cond("Plot Lease"), (2,))

    assert sorted(names()) == sorted([own.name, other.name])
    assert get_match_cond("Plot Lease") == ""
    frappe.set_user(GRETA)
    assert names() == [own.name]
    assert build_match_conditions("Plot Lease") in get_match_cond("Plot Lease")
    assert build_match_conditions("Plot Lease", as_condition=False) == get_match_cond("Plot Lease", as_condition=False)
    assert build_match_conditions("Plot Lease", "Administrator", as_condition=False) == []
    assert [row.name for row in execute("Plot Lease")] == [own.name]


def gardener_of(user: str) -> str:
    current = frappe.session.user
    frappe.set_user("Administrator")
    name = str(gardener("Somebody", email=user).name)
    frappe.set_user(current)
    return name


@pytest.mark.parametrize(
    "filters",
    [{"crop": "50% peas"}, '{"crop": "50% peas"}', [["Harvest", "crop", "like", "50%"], ["kilograms", "=", 0]]],
)
def test_filters_become_a_condition(site: Any, filters: Any) -> None:
    frappe.get_doc(doctype="Harvest", plot="PLOT-1", crop="50% peas").insert()
    frappe.get_doc(doctype="Harvest", plot="PLOT-2", crop="Leeks' best").insert()
    conditions: list[str] = []
    condition = get_filters_cond("Harvest", filters, conditions)
    assert condition.startswith(" and ")
    assert condition == "".join(f" and {part}" for part in conditions)
    query = "select crop from `tabHarvest` where plot != %s"
    assert frappe.db.sql_list(query + condition, ("none",)) == ["50% peas"]
    assert get_filters_cond("Harvest", None, []) == ""
    quoted = get_filters_cond("Harvest", {"crop": "Leeks' best"}, [], with_match_conditions=True)
    assert frappe.db.sql_list(query + quoted, ("none",)) == ["Leeks' best"]
    assert calendar.get_event_conditions("Harvest", {"crop": "Leeks' best"}) == quoted
    with pytest.raises(frappe.DataError):
        get_filters_cond("Harvest", {"crop) or (1=1": 1}, [])
    with pytest.raises(frappe.ValidationError):
        get_filters_cond("Plot Lease", [["Plot Lease Item", "plot", "=", "PLOT-1"]], [])
