"""Pages, redirects and route rules of the website."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe.context import local
from frappe.website import messages, routing, utils
from frappe.website.serve import get_response, get_response_content

PAGES = {
    "plain.html": "<h1>Plain page</h1><p>{{ path }} for {{ user }}</p>",
    "spa/index.html": (
        "<!doctype html><html><body>{% for key in boot %}{{ key }}={{ boot[key] | tojson }};{% endfor %}</body></html>"
    ),
    "spa/index.py": "def get_context(context):\n    context.boot = {'lang': 'de', 'n': 1}\n    return context\n",
    "guide.md": "---\ntitle: The guide\n---\n# Guide\n\nSome *words*.",
    "moved.html": "never shown",
    "moved.py": (
        "import frappe\n\ndef get_context(context):\n"
        "    frappe.local.flags.redirect_location = '/plain'\n    raise frappe.Redirect(302)\n"
    ),
    "secret.html": "never shown",
    "secret.py": "import frappe\n\ndef get_context(context):\n    raise frappe.PermissionError('Managers only')\n",
    "gone.html": "never shown",
    "gone.py": "import frappe\n\ndef get_context(context):\n    raise frappe.PageDoesNotExistError\n",
    "item.html": "<h1>Item {{ frappe.form_dict.item }}</h1>",
    "blocks.html": "{% block page_content %}<p>in a block</p>{% endblock %}",
    "data.txt": "text for {{ lang }}",
    "logo.png": "not really a picture",
    "token.html": "<p>x</p><!-- csrf_token -->",
}


@pytest.fixture
def pages(site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An app `shop` with pages of its own, installed after the framework."""
    package = tmp_path / "shop"
    for name, text in PAGES.items():
        path = package / "www" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "hooks.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(frappe, "get_installed_apps", lambda *_args, **_kwargs: ["frappe", "shop"])
    yield package
    for name in [name for name in sys.modules if name == "shop" or name.startswith("shop.")]:
        del sys.modules[name]


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Adds values to hooks for one test."""
    original = frappe.get_hooks

    def add(**values: Any) -> None:
        def get_hooks(hook: str | None = None, default: Any = None, app_name: str | None = None) -> Any:
            if hook in values:
                return values[hook]
            return original(hook, *([default] if default is not None else []), app_name=app_name)

        monkeypatch.setattr(frappe, "get_hooks", get_hooks)
        for name in utils.CACHES:
            frappe.cache.delete_value(name)

    return add


def test_a_page_is_filled_in_and_framed(pages: Path) -> None:
    response = get_response("/plain")
    html = response.get_data(as_text=True)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    assert "<p>plain for Administrator</p>" in html
    assert "<title>Plain page</title>" in html
    assert html.count("</body>") == 1


def test_the_page_of_an_app_with_one_screen_is_used_whole_with_its_own_boot(pages: Path) -> None:
    html = get_response_content("spa")
    assert html.startswith("<!doctype html>")
    assert 'lang="de";n=1;' in html


def test_markdown_pages_take_their_title_from_the_front_matter(pages: Path) -> None:
    html = get_response_content("guide")
    assert "<title>The guide</title>" in html
    assert "<em>words</em>" in html


def test_blocks_and_text_files(pages: Path) -> None:
    assert "<p>in a block</p>" in get_response_content("blocks")
    text = get_response("data.txt")
    assert (text.mimetype, text.get_data(as_text=True)) == ("text/plain", "text for en")


def test_other_files_are_served_as_they_are_and_sources_never(pages: Path) -> None:
    with get_response("logo.png") as picture:
        assert picture.mimetype == "image/png"
    assert get_response("moved.py").status_code == 404
    assert get_response("spa/index.py").status_code == 404


@pytest.mark.parametrize("path", ["../hooks", "a/../../hooks", "..\\hooks", "a\0b", "x" * 5000, "no/such/page"])
def test_paths_that_lead_nowhere_are_not_found(pages: Path, path: str) -> None:
    assert get_response(path).status_code == 404


def test_pages_may_redirect_refuse_or_be_gone(pages: Path) -> None:
    moved = get_response("moved")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/plain")
    refused = get_response("secret")
    assert refused.status_code == 403
    assert "Managers only" in refused.get_data(as_text=True)
    assert get_response("gone").status_code == 404


def test_a_guest_who_may_not_see_a_page_is_offered_to_log_in(pages: Path) -> None:
    frappe.set_user("Guest")
    html = get_response_content("secret")
    assert 'href="/login?redirect-to=%2Fsecret"' in html
    assert "Managers only" not in html


def test_route_rules_lead_to_a_page_and_fill_form_values(pages: Path, hooks: Callable[..., None]) -> None:
    hooks(
        website_route_rules=[
            {"from_route": "/spa/<path:app_path>", "to_route": "spa"},
            {"from_route": "/items/<item>", "to_route": "item"},
        ]
    )
    assert "n=1" in get_response_content("/spa/tickets/7")
    assert local.form_dict.app_path == "tickets/7"
    assert "Item blue" in get_response_content("/items/blue/")


def test_redirects_of_apps_and_settings(pages: Path, hooks: Callable[..., None]) -> None:
    hooks(
        website_redirects=[
            {"source": "/old/(.*)", "target": r"/new/\1", "redirect_http_status": 302},
            {"source": "/elsewhere", "target": "https://example.com/x"},
            {"source": "/open/(.*)", "target": r"\1"},
        ]
    )
    settings = frappe.get_doc("Website Settings")
    settings.append("route_redirects", {"source": "/very-old", "target": "/plain", "redirect_http_status": "301"})
    settings.save()
    utils.clear_cache()
    for path, status, target in (
        ("old/a/b", 302, "/new/a/b"),
        ("elsewhere", 301, "https://example.com/x"),
        ("very-old", 301, "/plain"),
        ("open//evil.example", 301, "/evil.example"),
    ):
        response = get_response(path)
        assert (response.status_code, response.headers["Location"]) == (status, target)


def test_the_token_of_the_session_stands_where_the_marker_was(pages: Path) -> None:
    from frappe.sessions import get_csrf_token

    assert f'frappe.csrf_token = "{get_csrf_token()}"' in get_response_content("token")
    frappe.set_user("Guest")
    assert "csrf_token" not in get_response_content("token")


@pytest.mark.parametrize("path", ["login", "update-password?key=x", "message?id=0", "robots.txt", "404"])
def test_guests_see_the_public_pages(site: Any, client: Any, path: str) -> None:
    response = client.get(f"/{path}")
    expected = 404 if path in ("404", "message?id=0") else 200
    assert response.status_code == expected
    assert "{{" not in response.get_data(as_text=True)


def test_a_link_for_a_password_that_is_worth_nothing_says_so_before_anybody_types(site: Any, client: Any) -> None:
    html = client.get("/update-password?key=x").get_data(as_text=True)
    assert "used already or is not valid" in html
    assert "<form" not in html


def test_the_login_page_has_the_answers_of_the_server_in_the_visitors_language(site: Any, client: Any) -> None:
    html = client.get("/login", headers={"Accept-Language": "de"}).get_data(as_text=True)
    assert "Invalid login credentials" in html
    assert "Anmeldedaten" in html


def test_the_login_page_names_only_paths_of_this_site(site: Any, client: Any) -> None:
    assert 'data-redirect-to="/helpdesk/tickets/1"' in client.get("/login?redirect-to=/helpdesk/tickets/1").get_data(
        as_text=True
    )
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert 'data-redirect-to=""' in client.get("/login", query_string={"redirect-to": evil}).get_data(as_text=True)


@pytest.mark.parametrize("path", ["me", "apps"])
def test_guests_are_sent_to_log_in_and_back(site: Any, client: Any, path: str) -> None:
    response = client.get(f"/{path}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/login?redirect-to=%2F{path}")


def test_the_account_page_and_the_home_page_of_a_user(site: Any) -> None:
    assert "/update-password" in get_response_content("me")
    assert "<h1>" in get_response_content("")
    assert get_response("app/user/somebody").headers["Location"] == "/apps"


def test_the_home_page_is_that_of_settings_for_guests(site: Any) -> None:
    assert routing.get_home_page() == "me"
    frappe.set_user("Guest")
    frappe.cache.delete_value("home_page")
    assert routing.get_home_page() == "login"


def test_a_warm_page_for_guests_asks_the_database_for_nothing(site: Any, client: Any) -> None:
    client.get("/login")
    frappe.set_user("Guest")
    before = frappe.db.statement_count
    get_response("login")
    assert frappe.db.statement_count == before


def test_a_kept_message_is_shown_under_its_id(site: Any, client: Any) -> None:
    location = messages.redirect_to_message("Thanks", "<p>We will answer soon.</p>")
    page = client.get(location)
    assert "We will answer soon." in page.get_data(as_text=True)


def test_a_message_may_be_the_answer_to_a_call(site: Any) -> None:
    frappe.respond_as_web_page("Not now", "<p>Later.</p>", http_status_code=503)
    response = get_response(local.response.route, local.response.http_status_code)
    assert response.status_code == 503
    assert "Later." in response.get_data(as_text=True)


def test_texts_of_errors_are_escaped_by_those_who_pass_them(site: Any) -> None:
    local.request = None
    page = messages.error_response("Not Possible", "&lt;script&gt;", 417)
    assert page.status_code == 417
    assert "&lt;script&gt;" in page.get_data(as_text=True)
    assert "<script" not in page.get_data(as_text=True)


def test_search_engines_find_what_every_guest_may_see(pages: Path, client: Any) -> None:
    (pages / "www" / "hidden.html").write_text("<!-- no-sitemap --><p>x</p>", encoding="utf-8")
    answer = client.get("/sitemap.xml")
    assert answer.mimetype in ("application/xml", "text/xml")
    found = re.findall(r"<loc>http://[^/]+/(.*?)</loc>", answer.get_data(as_text=True))
    assert {"plain", "spa", "guide", "blocks"} <= set(found)
    assert not {"hidden", "login", "me", "data.txt", "spa/index"} & set(found)
    assert "Sitemap: http://" in client.get("/robots.txt").get_data(as_text=True)


def test_browsers_keep_what_is_the_same_for_all_guests_and_ask_again_cheaply(
    pages: Path, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    frappe.installer.update_site_config("host_name", "http://test.localhost")
    first = client.get("/plain")
    assert first.headers["Cache-Control"].startswith("public,s-maxage=300") and "Cookie" in first.headers["Vary"]
    assert "Set-Cookie" not in first.headers
    again = client.get("/plain", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert client.get("/plain?x=1").headers["Cache-Control"].startswith("no-store")
    assert client.get("/login").headers["Cache-Control"].startswith("no-store")
    assert client.get("/nowhere").headers["Cache-Control"].startswith("no-store")


# -- small questions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Hello, World!", "hello-world"),
        ("  A  --  b_c ", "a-b-c"),
        ("Größe & Preis", "größe-preis"),
        ("", ""),
        (None, ""),
    ],
)
def test_titles_become_parts_of_paths(title: str | None, expected: str) -> None:
    assert utils.cleanup_page_name(title) == expected


@given(st.text())
def test_a_part_of_a_path_leads_nowhere_else(title: str) -> None:
    part = utils.cleanup_page_name(title)
    assert not set("/\\?#%&<>\"'") & set(part)
    assert utils.cleanup_page_name(part) == part


@given(st.text(max_size=40).map(lambda text: "/" + text))
def test_a_local_path_stays_on_this_site(path: str) -> None:
    from urllib.parse import urljoin, urlsplit

    ours = "https://desk.example"
    target = urlsplit(urljoin(ours, path)) if routing.is_local_path(path) else urlsplit(ours)
    assert target.netloc == "desk.example"


def test_addresses_of_pages() -> None:
    assert [utils.abs_url(path) for path in ("x", "/x", "https://x", "#x", "")] == ["/x", "/x", "https://x", "#x", ""]
    assert utils.login_link("/me") == "/login?redirect-to=%2Fme"
    assert utils.login_link("//evil.example") == "/login?redirect-to=%2Fevil.example"


# -- the name of the site ---------------------------------------------------------------------------------------------


def use_hooks(monkeypatch: pytest.MonkeyPatch, hooks: dict[str, Any]) -> None:
    """Let these hooks stand in for those of the apps; others stay."""
    real = frappe.get_hooks

    def get_hooks(name: str | None = None, *args: Any, **options: Any) -> Any:
        return hooks[name] if name in hooks else real(name, *args, **options)

    monkeypatch.setattr(frappe, "get_hooks", get_hooks)


def test_the_site_is_called_like_the_app_installed_last_until_it_gets_a_name(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frappe.website.website_context import app_title

    use_hooks(monkeypatch, {"app_title": ["Runtime", "Shop"]})
    assert app_title() == "Shop"
    frappe.db.set_single_value("System Settings", "app_name", "Corner Shop")
    assert app_title() == "Corner Shop"
    frappe.db.set_single_value("Website Settings", "app_name", "The Corner")
    assert app_title() == "The Corner"


def test_a_logo_that_is_not_there_is_not_shown(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from frappe.website.website_context import app_logo

    tile = {"name": "shop", "logo": "/assets/frappe/images/missing.svg"}
    hooks: dict[str, Any] = {"add_to_apps_screen": [tile]}
    use_hooks(monkeypatch, hooks)
    assert app_logo() is None
    tile["logo"] = "/assets/frappe/images/favicon.svg"
    assert app_logo() == "/assets/frappe/images/favicon.svg"
    hooks["app_logo_url"] = ["https://shop.example/logo.svg"]
    assert app_logo() == "https://shop.example/logo.svg"
