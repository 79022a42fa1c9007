"""The app over HTTP: REST, methods, jobs, pages."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.tests.utils import patch_hooks

from .conftest import GRETA, WARDEN


def test_rest_speaks_the_apps_doctypes(browser: Any) -> None:
    client = browser(WARDEN)
    made = client.post("/api/resource/Gardener", json={"full_name": "Ruth", "skills": [{"skill": "Pruning"}]})
    assert made.status_code == 200, made.text
    name = made.json["data"]["name"]
    listed = client.get('/api/resource/Gardener?fields=["name","full_name"]&filters=[["full_name","=","Ruth"]]')
    assert listed.json["data"] == [{"name": name, "full_name": "Ruth"}]
    changed = client.put(f"/api/v2/document/Gardener/{name}", json={"membership": "Honorary"})
    assert changed.json["data"]["membership"] == "Honorary"
    assert client.delete(f"/api/resource/Gardener/{name}").status_code == 202


def test_methods_of_documents_and_modules(browser: Any) -> None:
    client = browser(WARDEN)
    person = client.post("/api/resource/Gardener", json={"full_name": "Ruth"}).json["data"]["name"]
    path = f"/api/v2/document/Gardener/{person}/method"
    assert client.post(f"{path}/promote", json={"membership": "Full"}).json["data"] == {"membership": "Full"}
    assert client.post(f"{path}/unlisted").status_code in (403, 404)
    run = client.post("/api/method/run_doc_method", json={"dt": "Gardener", "dn": person, "method": "promote"})
    assert run.json["message"] == {"membership": "Full"}
    assert client.get(f"/api/resource/Gardener/{person}?run_method=promote").status_code in (403, 200)


def test_guests_see_free_plots(browser: Any) -> None:
    free = browser().get("/api/method/allotment.api.free_plots?area=North")
    assert [row["name"] for row in free.json["message"]] == ["PLOT-1", "PLOT-2"]
    assert browser().get("/api/method/allotment.api.yields").status_code == 403


def test_sums_over_a_join(browser: Any, site: Any) -> None:
    for plot, kilograms in (("PLOT-1", 2), ("PLOT-1", 3.5), ("PLOT-3", 1)):
        frappe.get_doc(doctype="Harvest", plot=plot, crop="Beans", kilograms=kilograms).insert()
    frappe.db.commit()
    assert browser(WARDEN).get("/api/method/allotment.api.yields").json["message"] == [
        {"area": "North", "kilograms": 5.5, "harvests": 2},
        {"area": "South", "kilograms": 1.0, "harvests": 1},
    ]


def test_a_job_is_enqueued_after_the_commit_and_runs(browser: Any, site: Any) -> None:
    from frappe.jobs import drain

    answer = browser(GRETA).post("/api/method/allotment.api.water", json={"plot": "PLOT-1", "liters": 12})
    assert "The hose is on." in answer.json["_server_messages"]
    drain()
    assert frappe.get_last_doc("Meter Reading").liters == 12


def test_a_link_field_is_searched_by_the_apps_query(browser: Any, site: Any) -> None:
    frappe.get_doc(doctype="Gardener", full_name="Full Flora", membership="Full").insert()
    frappe.get_doc(doctype="Gardener", full_name="Trial Flora").insert()
    frappe.db.commit()
    answer = browser(WARDEN).get("/api/method/frappe.desk.search.search_link?doctype=Gardener&txt=Flora")
    assert [(row["label"], row["found_by"]) for row in answer.json["message"]] == [("Full Flora", "allotment")]


def test_a_report_of_the_app_runs(browser: Any, site: Any) -> None:
    frappe.get_doc(doctype="Harvest", plot="PLOT-1", crop="Beans", kilograms=4).insert()
    frappe.db.commit()
    answer = browser(WARDEN).get("/api/method/frappe.desk.query_report.run?report_name=Yield by Plot")
    assert answer.json["message"]["result"] == [{"plot": "PLOT-1", "kilograms": 4.0}]
    assert browser(GRETA).get("/api/method/frappe.desk.query_report.run?report_name=Yield by Plot").status_code == 403


def test_pages_of_the_app(browser: Any) -> None:
    page = browser().get("/garden/plot-7?area=North")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "<h1>The Green Corner</h1>" in text
    assert "Good day, reader of plot-7" in text
    assert "PLOT-1: 50 m²" in text
    moved = browser().get("/plot/12")
    assert (moved.status_code, moved.headers["Location"].endswith("/garden/plot-12")) == (301, True)


def test_a_post_has_a_page_of_its_own(browser: Any, site: Any) -> None:
    post = frappe.get_doc(doctype="Garden Post", title="First Frost", published=1, content="Take the **pumpkins** in.")
    post.insert()
    frappe.get_doc(doctype="Garden Post", title="Secret", content="Not yet").insert()
    frappe.db.commit()
    assert post.route == "news/first-frost"
    text = browser().get("/news/first-frost").get_data(as_text=True)
    assert "<strong>pumpkins</strong>" in text
    assert "Written by Administrator" in text
    assert browser().get("/news/secret").status_code == 404


def test_an_apps_own_way_to_sign_in(browser: Any, site: Any) -> None:
    frappe.get_doc(doctype="Gardener", full_name="Greta", town="key-1", user=GRETA).insert()
    frappe.db.commit()
    who = browser().get("/api/method/frappe.auth.get_logged_user", headers={"X-Key-Code": "key-1"})
    assert who.json["message"] == GRETA


def test_hooks_can_be_exchanged_in_a_test(site: Any) -> None:
    with patch_hooks({"weather_sources": ["allotment.sources.other"]}):
        assert frappe.get_hooks("weather_sources") == ["allotment.sources.other"]
    assert frappe.get_hooks("weather_sources") == ["allotment.sources.almanac"]
