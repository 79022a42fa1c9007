"""The look of mails: whole, accessible, readable without HTML."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.email import layout
from frappe.email.conftest import make_account
from frappe.email.mime.building import load
from frappe.email.mime.plain import html_to_text


def test_a_mail_is_a_whole_page_in_the_readers_language(site: Any) -> None:
    frappe.local.lang = "ar"
    html = layout.get_formatted_html("<Subject>", "<p>Text</p>", header=["Title", "red"], with_container=True)
    assert '<html lang="ar" dir="rtl">' in html
    assert "<title>&lt;Subject&gt;</title>" in html and 'aria-label="&lt;Subject&gt;"' in html
    assert "<h1" in html and "max-width: 600px" in html and "<p>Text</p>" in html


def test_links_become_absolute_and_the_accounts_footer_is_added(site: Any) -> None:
    account = make_account(footer="<p>Example Ltd</p>")
    html = layout.get_formatted_html("s", '<a href="/app">x</a><img src="cid:a">', email_account=account)
    assert 'href="http://test.localhost/app"' in html and 'src="cid:a"' in html
    assert "Example Ltd" in html


def test_styles_of_apps_are_written_into_the_tags(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    css = "/* x */ p, .note { color: red; } @media print { p { color: blue } } a:hover { color: green }"
    assert layout.parse_rules(css) == [("p, .note", "color: red")]
    monkeypatch.setattr(layout, "_app_rules", lambda: layout.parse_rules(css))
    html = layout.inline_style_in_html('<p style="margin: 0">x</p><div class="note">y</div>')
    assert html == '<p style="color: red; margin: 0">x</p><div class="note" style="color: red">y</div>'


def test_html_is_readable_as_text() -> None:
    html = "<style>x</style><h1>Hi</h1><p>one <b>two</b><br>three</p><ul><li>a</li><li>b</li></ul><a href='https://x.example'>here</a>"
    assert html_to_text(html) == "Hi\n\none two\nthree\n\n- a\n\n- b\n\nhere (https://x.example)"
    assert html_to_text("") == html_to_text("<style>x") == ""


@pytest.mark.parametrize(
    ("template", "args", "shown"),
    [
        (
            "password_reset",
            {"first_name": "<i>A", "user": "a@x", "link": "https://x/?k=1", "site_title": "S"},
            "https://x/?k=1",
        ),
        ("new_user", {"first_name": "A", "user": "a@x", "link": "https://x/?k=1", "site_title": "S"}, "https://x/?k=1"),
        ("auto_reply", {}, "written by a machine"),
    ],
)
def test_the_mails_of_the_runtime_can_be_sent(site: Any, template: str, args: dict[str, str], shown: str) -> None:
    make_account()
    frappe.sendmail(recipients="cleo@example.com", subject="s", template=template, args=args, now=True)
    body = load(frappe.flags.sent_mail).get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert shown in body and "<i>A" not in body


def test_an_email_template_is_filled_in_within_the_sandbox(site: Any) -> None:
    values = {
        "doctype": "Email Template",
        "name": "Greeting",
        "subject": "Hi {{ name }}",
        "response": "<p>{{ text }}</p>",
    }
    template = frappe.get_doc(values).insert()
    filled = template.get_formatted_email({"name": "Cleo", "text": "{{ 7*7 }}"})
    assert filled == {"subject": "Hi Cleo", "message": "<p>{{ 7*7 }}</p>"}
    template.response = "{% if %}"
    with pytest.raises(frappe.ValidationError):
        template.save()
    template.reload()
    template.response = "{{ ''.__class__ }}"
    with pytest.raises(frappe.ValidationError):
        template.get_formatted_email({})


def test_markdown_becomes_html(site: Any) -> None:
    make_account()
    frappe.sendmail(recipients="cleo@example.com", subject="s", message="**bold**", as_markdown=True, now=True)
    assert "<strong>bold</strong>" in load(frappe.flags.sent_mail).get_body(("html",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("account", "wanted", "sender"),
    [
        ({}, None, "Support <support@example.org>"),
        ({}, "support@example.org", "Support <support@example.org>"),
        ({}, "Anna <anna@example.org>", "Anna <anna@example.org>"),
        ({"always_use_account_email_id_as_sender": 1}, "Anna <anna@example.org>", "Anna <support@example.org>"),
        ({"always_use_account_name_as_sender_name": 1}, "Anna <anna@example.org>", "Support <anna@example.org>"),
    ],
)
def test_the_sender_is_who_the_account_allows(
    site: Any, account: dict[str, int], wanted: str | None, sender: str
) -> None:
    from frappe.email.accounts import sender_of

    assert sender_of(make_account(**account), wanted) == sender


def test_the_senders_name_cannot_add_a_line(site: Any) -> None:
    from frappe.email.accounts import sender_of

    found = sender_of(make_account(), "Anna\r\nBcc: x@y <anna@example.org>")
    assert "\n" not in found and "\r" not in found
