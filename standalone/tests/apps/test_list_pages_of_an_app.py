"""List pages: the published documents of a DocType with a web view, at the DocType's own route."""

from __future__ import annotations

import sys
from typing import Any

import frappe
import pytest

from .conftest import GRETA, WARDEN

CONTROLLER = "allotment.allotment.doctype.garden_post.garden_post"


def post(title: str, *, published: int = 1, **values: Any) -> Any:
    route = frappe.scrub(title).replace("_", "-")
    doc = frappe.get_doc(doctype="Garden Post", title=title, content="x", route=route, published=published, **values)
    return doc.insert()


def shown(client: Any, query: str = "") -> str:
    answer = client.get(f"/news{query}")
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def close_to_guests() -> None:
    frappe.db.set_value("DocType", "Garden Post", "allow_guest_to_view", 0)
    frappe.db.delete("DocPerm", {"parent": "Garden Post", "role": "Guest"})
    frappe.clear_cache()
    frappe.db.commit()


def let_module_say(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    frappe.get_meta("Garden Post")
    __import__(CONTROLLER)
    monkeypatch.setattr(sys.modules[CONTROLLER], "get_list_context", lambda context: values, raising=False)


def test_guests_find_what_is_published_with_links_to_it(browser: Any, site: Any) -> None:
    post("beans & peas")
    post("draft", published=0)
    frappe.db.commit()
    html = shown(browser())
    assert '<a href="/beans-&-peas">Beans &amp; Peas</a>' in html or 'href="/beans-%26-peas"' in html
    assert "draft" not in html
    assert "<title>Garden Post</title>" in html


def test_an_empty_list_and_a_doctype_without_web_view(browser: Any, site: Any) -> None:
    assert "There is nothing here yet." in shown(browser())
    frappe.db.set_value("DocType", "Garden Post", "has_web_view", 0)
    frappe.clear_cache()
    frappe.db.commit()
    assert browser().get("/news").status_code == 404


def test_a_list_is_paged(browser: Any, site: Any) -> None:
    for number in range(25):
        post(f"post-{number:02}", creation=f"2026-01-{number + 1:02} 08:00:00")
    frappe.db.commit()
    first, second = shown(browser()), shown(browser(), "?start=20")
    assert "post-24" in first and "post-05" in first and "post-04" not in first
    assert 'href="?start=20" rel="next"' in first and 'rel="prev"' not in first
    assert "post-04" in second and "post-05" not in second
    assert 'href="?start=0" rel="prev"' in second and 'rel="next"' not in second
    for odd in ("-5", "x", "9" * 30):
        shown(browser(), f"?start={odd}")


def test_a_list_is_searched(browser: Any, site: Any) -> None:
    post("beans")
    post("roses")
    frappe.db.commit()
    html = shown(browser(), "?txt=bean")
    assert "beans" in html and "roses" not in html
    odd = shown(browser(), '?txt="><script>alert(1)</script>')
    assert "<script>alert" not in odd and "&lt;script&gt;" in odd


def test_without_guests_the_permissions_decide(browser: Any, site: Any) -> None:
    post("beans")
    post("draft", published=0)
    close_to_guests()
    assert browser().get("/news").status_code == 403
    assert browser(GRETA).get("/news").status_code == 403
    html = shown(browser(WARDEN))
    assert "beans" in html and "draft" not in html


def test_people_who_read_their_own_find_their_own(browser: Any, site: Any) -> None:
    close_to_guests()
    rule = {"parent": "Garden Post", "parenttype": "DocType", "parentfield": "permissions", "permlevel": 0}
    frappe.get_doc({"doctype": "DocPerm", **rule, "role": "Allotment Gardener", "read": 1, "if_owner": 1}).db_insert()
    post("beans")
    frappe.db.set_value("Garden Post", post("roses").name, "owner", GRETA)
    frappe.clear_cache()
    frappe.db.commit()
    html = shown(browser(GRETA))
    assert "roses" in html and "beans" not in html


def test_the_module_of_the_controller_shapes_the_list(browser: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    post("beans", author=WARDEN)
    post("roses")
    frappe.db.commit()
    words = {"title": "News <3", "introduction": "<em>Fresh</em>", "filters": {"author": WARDEN}}
    let_module_say(monkeypatch, **words, row_template="allotment/templates/garden_post.html")
    html = shown(browser())
    assert "<h1>News &lt;3</h1>" in html and "<em>Fresh</em>" in html
    assert html.count("<article>") == 1 and "roses" not in html


def test_the_module_may_find_the_rows_itself(browser: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def get_list(doctype: str, txt: str, filters: Any, limit_start: int, limit_page_length: int = 20) -> list[Any]:
        asked.append((doctype, txt, filters, limit_start, limit_page_length))
        return [frappe._dict(name="x", title="From elsewhere", route="far/away")]

    let_module_say(monkeypatch, get_list=get_list)
    assert '<a href="/far/away">From elsewhere</a>' in shown(browser(), "?txt=b&start=20")
    assert asked == [("Garden Post", "b", {"published": 1}, 20, 21)]


def test_a_template_beside_the_controller_shows_the_rows(browser: Any, site: Any) -> None:
    frappe.db.set_value("DocType", "Plot", {"has_web_view": 1, "route": "plots", "allow_guest_to_view": 1})
    frappe.clear_cache()
    frappe.db.commit()
    html = str(browser().get("/plots").get_data(as_text=True))
    assert '<b class="plot">PLOT-1</b>' in html


def test_the_way_back_and_a_sub_title_are_shown(browser: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    parents = [{"title": "Home & garden", "route": "/garden"}]
    let_module_say(monkeypatch, parents=parents, sub_title="Fresh <daily>")
    html = shown(browser())
    assert '<a href="/garden">Home &amp; garden</a>' in html and "Fresh &lt;daily&gt;" in html
    let_module_say(monkeypatch, parents=parents, no_breadcrumbs=True)
    assert "Home &amp; garden" not in shown(browser())


def test_a_template_of_the_app_shows_the_list(browser: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(21):
        post(f"post-{number:02}")
    frappe.db.commit()
    let_module_say(monkeypatch, list_template="allotment/templates/garden_posts.html")
    html = shown(browser())
    assert "<title>Garden Post</title>" in html, "it stands in the base template"
    assert html.count("<article>") == 20 and "more from 20" in html
    assert "more from" not in shown(browser(), "?start=20")


def test_search_looks_into_the_field_for_the_website(browser: Any, site: Any) -> None:
    post("beans", author=WARDEN)
    frappe.db.commit()
    assert "beans" not in shown(browser(), "?txt=warden")
    frappe.db.set_value("DocType", "Garden Post", "website_search_field", "author")
    frappe.clear_cache()
    frappe.db.commit()
    assert "beans" in shown(browser(), "?txt=warden")


def test_search_engines_are_told_of_lists_for_guests(browser: Any, site: Any) -> None:
    assert browser().get("/sitemap.xml").get_data(as_text=True).count("/news</loc>") == 1
    close_to_guests()
    assert "/news</loc>" not in browser().get("/sitemap.xml").get_data(as_text=True)
