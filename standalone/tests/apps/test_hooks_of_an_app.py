"""Hooks that an app may use, each with its effect."""

from __future__ import annotations

import io
import os
from typing import Any

import frappe
from frappe.email.mime.building import load
from frappe.tests.utils import patch_hooks
from PIL import Image

from .conftest import WARDEN


def stored(name: str, **values: Any) -> Any:
    return frappe.get_doc(doctype="File", file_name=name, content=f"content of {name}", **values).insert()


def test_files_kept_elsewhere_are_removed_by_the_app(site: Any) -> None:
    kept = stored("kept.txt")
    with patch_hooks({"delete_file_data_content": ["allotment.extras.remove_content"]}):
        kept.delete()
        assert not frappe.cache.lrange("allotment_removed", 0, -1), "nothing goes before the commit"
        frappe.db.commit()
        assert kept.exists_on_disk()
        frappe.get_doc(doctype="File", file_name="far.txt", file_url="https://shed.example/far.txt").insert().delete()
        frappe.db.commit()
    assert frappe.cache.lrange("allotment_removed", 0, -1) == [
        b"/files/kept.txt False",
        b"https://shed.example/far.txt False",
    ]


def test_a_file_goes_although_the_app_cannot_remove_its_content(site: Any) -> None:
    file = stored("stuck.txt")
    with patch_hooks({"delete_file_data_content": ["allotment.extras.cannot_remove"]}):
        file.delete()
        frappe.db.commit()
    assert not frappe.db.exists("File", file.name)
    assert "The shed is locked." in frappe.get_last_doc("Error Log").error


def picture() -> Any:
    content = io.BytesIO()
    Image.new("RGB", (900, 900), "green").save(content, "PNG")
    return frappe.get_doc(doctype="File", file_name="bed.png", content=content.getvalue()).insert()


def test_the_small_picture_goes_with_its_file(site: Any) -> None:
    file = picture()
    small = frappe.get_site_path("public", str(file.make_thumbnail()).lstrip("/"))
    assert os.path.exists(small)
    file.delete()
    frappe.db.commit()
    assert not os.path.exists(small)


def test_a_picture_that_becomes_private_leaves_no_public_copy(site: Any) -> None:
    file = picture()
    small = frappe.get_site_path("public", str(file.make_thumbnail()).lstrip("/"))
    file.is_private = 1
    file.save()
    frappe.db.commit()
    assert not os.path.exists(small)
    assert not frappe.db.get_value("File", file.name, "thumbnail_url")


def test_mails_carry_the_picture_of_the_app(site: Any) -> None:
    with patch_hooks({"email_brand_image": ["/assets/allotment/plot.svg"]}):
        frappe.conf.mail_server, frappe.conf.auto_email_id = "localhost", "office@example.com"
        frappe.sendmail(recipients="cleo@example.com", message="x", header="News", now=True)
    body = load(frappe.flags.sent_mail).get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert f'src="{frappe.utils.get_url("/assets/allotment/plot.svg")}"' in body


def test_the_app_shows_its_own_form_for_new_accounts(browser: Any, site: Any) -> None:
    frappe.db.set_single_value("Website Settings", "disable_signup", 0)
    frappe.db.commit()
    frappe.clear_cache()
    with patch_hooks({"signup_form_template": ["allotment.extras.signup_form"]}):
        page = browser().get("/login").get_data(as_text=True)
    assert '<form id="join">' in page and 'id="signup-form"' not in page


def test_a_doctype_without_web_view_gets_pages_by_name(browser: Any, site: Any) -> None:
    frappe.db.set_value("DocType", "Garden Post", {"has_web_view": 0, "is_published_field": ""})
    frappe.clear_cache()
    for title, published in (("Open", 1), ("Draft", 0)):
        frappe.get_doc(
            doctype="Garden Post", title=title, content="x", route=title.lower(), published=published
        ).insert()
    frappe.db.commit()
    assert browser().get("/open").status_code == 404
    frappe.clear_cache()
    with patch_hooks({"website_generators": ["Garden Post"]}):
        assert browser().get("/open").status_code == 200


def test_the_condition_of_a_controller_hides_drafts(browser: Any, site: Any, monkeypatch: Any) -> None:
    from allotment.allotment.doctype.garden_post.garden_post import GardenPost

    monkeypatch.setattr(GardenPost, "website", {**GardenPost.website, "condition_field": "published"})
    frappe.db.set_value("DocType", "Garden Post", "is_published_field", "")
    frappe.clear_cache()
    frappe.get_doc(doctype="Garden Post", title="Draft", content="x", route="draft").insert()
    frappe.db.commit()
    assert browser().get("/draft").status_code == 404


def test_the_app_adds_to_the_history_of_a_document(browser: Any, site: Any) -> None:
    with patch_hooks({"additional_timeline_content": {"Plot": ["allotment.extras.timeline"]}}):
        answer = browser(WARDEN).get("/api/method/frappe.desk.form.load.get_docinfo?doctype=Plot&name=PLOT-1")
    assert answer.json["docinfo"]["additional_timeline_content"] == [{"icon": "leaf", "content": "PLOT-1 was weeded"}]


def test_the_app_adds_to_the_lists_of_its_forms(browser: Any, site: Any) -> None:
    values = {"title": "Harvests", "route": "harvests", "doc_type": "Harvest", "module": "Allotment", "published": 1}
    field = {"fieldname": "crop", "fieldtype": "Data", "label": "Crop"}
    form = frappe.get_doc({"doctype": "Web Form", **values, "login_required": 1, "show_list": 1})
    form.append("web_form_fields", field)
    form.insert()
    frappe.db.commit()
    with patch_hooks({"webform_list_context": ["allotment.extras.list_context"]}):
        page = browser(WARDEN).get("/harvests/list")
    assert "<h1>Everything about Allotment</h1>" in page.get_data(as_text=True), page.status


def test_published_documents_are_found_by_search_engines(browser: Any, site: Any) -> None:
    frappe.get_doc(doctype="Garden Post", title="Frost & Co", content="x", published=1).insert()
    frappe.get_doc(doctype="Garden Post", title="Draft", content="x").insert()
    frappe.db.commit()
    text = browser().get("/sitemap.xml").get_data(as_text=True)
    assert f"/news/frost-co</loc><lastmod>{frappe.utils.nowdate()}</lastmod>" in text
    assert "draft" not in text
