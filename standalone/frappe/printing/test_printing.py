"""Documents on paper: who may print what, in which look, and that nothing in a document runs or reaches outside."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.app import get_test_client
from frappe.exceptions import PrintFormatError
from frappe.printing.page import Choice, sheet_of
from frappe.utils.pdf import can_make_pdf, get_pdf, page_rule, read_from_site

needs_renderer = pytest.mark.skipif(not can_make_pdf(), reason="WeasyPrint or its libraries are not installed")


@pytest.fixture
def invoice(site: Any) -> Any:
    """An Invoice of Boskoop's with two rows, a secret field, and one kept off paper."""
    make_doctype("Invoice Line", [("item", "Data"), ("amount", "Int")], istable=1)
    make_doctype(
        "Invoice",
        [
            ("customer", "Data"), ("due", "Date"), ("paid", "Check"), ("note", "Small Text"), ("empty", "Data"),
            ("pin", "Password"), ("internal", "Data", {"print_hide": 1}), ("margin", "Data", {"permlevel": 1}),
            ("below", "Section Break", {"label": "Lines below"}),
            ("lines", "Table", {"options": "Invoice Line"}), ("letter", "Text Editor"),
        ],
        permissions=[
            {"role": "Invoice Reader", "read": 1}, {"role": "System Manager", "read": 1, "write": 1, "create": 1},
        ],
    )  # fmt: skip
    values = {
        "customer": "Boskoop & Sons", "due": "2026-03-01", "paid": 1, "note": "one\n2 < 3", "pin": "4711",
        "internal": "for us", "margin": "12 %", "letter": "<p>Dear <b>you</b></p>",
        "lines": [{"item": "Apples", "amount": 3}, {"item": "Pears", "amount": 4}],
    }  # fmt: skip
    made = frappe.get_doc({"doctype": "Invoice", "name": "INV-1", **values}).insert()
    frappe.db.commit()
    return made


def make_doctype(name: str, fields: list[Any], **values: Any) -> None:
    described = [
        {"fieldname": field[0], "fieldtype": field[1], "label": field[0].title(), **(field[2] if field[2:] else {})}
        for field in fields
    ]
    for row in values.get("permissions", []):
        if not frappe.db.exists("Role", row["role"]):
            frappe.get_doc(doctype="Role", role_name=row["role"]).insert()
    values.setdefault("autoname", "hash" if values.get("istable") else "Prompt")
    frappe.get_doc(
        {"doctype": "DocType", "name": name, "module": "Core", "custom": 1, "fields": described, **values}
    ).insert()


def make_format(name: str = "Bill", html: str = "<i>{{ doc.customer }}</i>", **values: Any) -> Any:
    described = {"doctype": "Print Format", "name": name, "doc_type": "Invoice", "html": html}
    return frappe.get_doc({**described, **values}).insert()


def reader() -> str:
    user = frappe.new_doc("User", email="rita@example.com", first_name="Rita", send_welcome_email=0)
    user.insert(ignore_permissions=True)
    user.add_roles("Invoice Reader")
    return "rita@example.com"


# -- the look ---------------------------------------------------------------------------------------------------------


def test_the_standard_look_has_labels_values_and_tables(invoice: Any) -> None:
    page = frappe.get_print("Invoice", "INV-1")
    assert "<title>INV-1</title>" in page
    for shown in ("Boskoop &amp; Sons", "2026-03-01", "Yes", "one<br>2 &lt; 3", "Lines below", "<td>Pears</td>"):
        assert shown in page
    assert "<p>Dear <b>you</b></p>" in page
    for hidden in ("4711", "for us", "Empty"):
        assert hidden not in page


def test_a_format_of_the_site_is_a_template_with_styles_and_margins(invoice: Any) -> None:
    make_format(html="<i>{{ doc.get_formatted('due') }}</i>", css="i { color: red }", margin_top=30)
    sheet = sheet_of(invoice, Choice("Bill"))
    assert sheet.html == "<i>2026-03-01</i>"
    assert "margin: 30.0mm 15.0mm 15.0mm 15.0mm" in sheet.style
    assert "i { color: red }" in sheet.style


def test_the_format_of_the_doctype_is_used_where_none_is_named(invoice: Any) -> None:
    make_format()
    setter = {"doctype": "Invoice", "doctype_or_field": "DocType", "property": "default_print_format", "value": "Bill"}
    frappe.make_property_setter(setter)
    assert "<i>Boskoop &amp; Sons</i>" in frappe.get_print("Invoice", "INV-1").replace(" & ", " &amp; ")
    assert "Lines below" in frappe.get_print("Invoice", "INV-1", "Standard")


def test_a_format_speaks_its_language(invoice: Any) -> None:
    frappe.get_doc(doctype="Translation", language="de", source_text="Bill for", translated_text="Rechnung an").insert()
    make_format(html="{{ _('Bill for') }}", default_print_language="de")
    assert sheet_of(invoice, Choice("Bill")).html == "Rechnung an"


def test_a_format_that_is_off_or_of_another_doctype_is_refused(invoice: Any) -> None:
    make_format("Off", disabled=1)
    make_format("Other", doc_type="ToDo")
    for name in ("Off", "Other"):
        with pytest.raises(PrintFormatError, match=name):
            frappe.get_print("Invoice", "INV-1", name)
    with pytest.raises(frappe.DoesNotExistError):
        frappe.get_print("Invoice", "INV-1", "Nowhere")
    with pytest.raises(frappe.TemplateNotFoundError):
        frappe.get_print("Invoice", "INV-1", make_format("Bare", html="").name)


def test_a_template_that_cannot_be_read_is_not_saved(invoice: Any) -> None:
    with pytest.raises(frappe.ValidationError):
        make_format(html="{% if %}")
    with pytest.raises(frappe.ValidationError, match="Jinja"):
        make_format(print_format_type="JS")


def test_an_app_may_bring_the_template(invoice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from frappe.tests.helpers import patch_hooks

    make_format()
    monkeypatch.setattr("frappe.printing.page.own_template", own_template, raising=False)
    with patch_hooks({"get_print_format_template": ["frappe.printing.page.own_template"]}):
        assert sheet_of(invoice, Choice("Bill")).html == "by the app: Bill"


def own_template(jenv: Any, print_format: Any) -> Any:
    return jenv.from_string(f"by the app: {print_format.name}")


def test_the_letter_head_is_the_named_one_or_the_default_or_none(invoice: Any) -> None:
    for name, is_default in (("Old", 1), ("Plain", 0), ("House", 1)):
        head = {"letter_head_name": name, "source": "HTML", "content": f"<b>{name} for {{{{ doc.customer }}}}</b>"}
        frappe.get_doc({"doctype": "Letter Head", **head, "footer": "Thanks", "is_default": is_default}).insert()
    assert frappe.get_all("Letter Head", filters={"is_default": 1}, pluck="name") == ["House"]
    page = frappe.get_print("Invoice", "INV-1")
    assert "House for Boskoop" in page and "Thanks" in page
    assert "Plain for Boskoop" in frappe.get_print("Invoice", "INV-1", letterhead="Plain")
    assert "Thanks" not in frappe.get_print("Invoice", "INV-1", no_letterhead=1)
    frappe.db.set_single_value("Print Settings", "with_letterhead", 0)
    assert "Thanks" not in sheet_of(invoice, Choice()).html


def test_a_letter_head_may_be_a_picture(site: Any) -> None:
    head = {"letter_head_name": "Logo", "source": "Image", "image": "/files/logo.png", "image_height": 40}
    content = frappe.get_doc({"doctype": "Letter Head", **head, "align": "Center"}).insert().content
    assert 'src="/files/logo.png"' in content and 'height="40"' in content and "text-align:center" in content


def test_the_document_hears_that_it_is_printed(invoice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(
        type(invoice), "run_method", lambda self, method, *args: heard.append((method, args[0].doctype))
    )
    sheet_of(invoice, Choice())
    assert heard == [("before_print", "Print Settings")]
    assert invoice.flags.in_print


# -- who may ----------------------------------------------------------------------------------------------------------


def test_only_who_may_read_a_document_may_print_it(invoice: Any) -> None:
    user = reader()
    frappe.set_user(user)
    page = frappe.get_print("Invoice", "INV-1")
    assert "Boskoop" in page
    assert "12 %" not in page, "a field on a level that she may not read"
    frappe.set_user("Guest")
    with pytest.raises(frappe.PermissionError):
        frappe.get_print("Invoice", "INV-1")
    frappe.set_user("Administrator")
    assert "12 %" in frappe.get_print("Invoice", "INV-1")


def test_the_page_is_at_printview_and_lets_no_script_of_a_document_run(invoice: Any) -> None:
    make_format(html="<script>alert({{ doc.customer }})</script>")
    path = "/printview?doctype=Invoice&name=INV-1&format=Bill&trigger_print=1"
    guest = get_test_client()
    assert guest.get(path).status_code in (302, 403)
    assert guest.get("/printview?doctype=Nothing&name=x").status_code == 404
    answer = logged_in().get(path)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "form-action 'none'" in policy
    assert "/assets/frappe/js/print.js" in answer.get_data(as_text=True)
    assert logged_in().get("/printview?doctype=Invoice&name=INV-2").status_code == 404


def test_a_document_is_printed_at_its_own_path_for_those_who_may_see_it(invoice: Any) -> None:
    assert "Boskoop" in logged_in().get("/Invoice/INV-1").get_data(as_text=True)
    assert get_test_client().get("/Invoice/INV-1").status_code == 404
    assert logged_in().get("/invoice/inv-1").status_code in (200, 404), "as the database compares names"
    assert logged_in().get("/Invoice/INV-2").status_code == 404


def logged_in() -> Any:
    from frappe.utils.password import update_password

    update_password("Administrator", "correct horse")
    frappe.db.commit()
    client = get_test_client()
    assert client.post("/api/method/login", data={"usr": "Administrator", "pwd": "correct horse"}).status_code == 200
    return client


def test_html_and_style_are_given_to_interfaces(invoice: Any) -> None:
    answer = logged_in().get("/api/method/frappe.www.printview.get_html_and_style?doc=Invoice&name=INV-1")
    assert set(answer.get_json()["message"]) == {"html", "style"}
    assert "Boskoop" in answer.get_json()["message"]["html"]
    refused = get_test_client().get("/api/method/frappe.www.printview.get_html_and_style?doc=Invoice&name=INV-1")
    assert refused.status_code == 403


def test_a_draft_is_printed_only_where_the_site_allows_it(site: Any) -> None:
    make_doctype("Contract", [("terms", "Data")], is_submittable=1)
    draft = frappe.get_doc({"doctype": "Contract", "name": "C-1", "terms": "none"}).insert()
    assert "none" in sheet_of(draft, Choice()).html
    frappe.db.set_single_value("Print Settings", "allow_print_for_draft", 0)
    frappe.clear_document_cache("Print Settings")
    with pytest.raises(frappe.PermissionError):
        sheet_of(draft, Choice())
    draft.submit()
    sheet_of(draft, Choice())
    draft.cancel()
    with pytest.raises(frappe.PermissionError):
        sheet_of(draft, Choice())


def test_a_switch_that_was_never_saved_stands_at_its_default(site: Any) -> None:
    frappe.db.delete("Singles", {"doctype": "Print Settings"})
    frappe.db.set_single_value("Print Settings", "with_letterhead", 0)
    settings = frappe.get_single("Print Settings")
    names = ("with_letterhead", "allow_print_for_draft", "allow_print_for_cancelled")
    assert [settings.is_on(name) for name in names] == [False, True, False]


# -- mail and PDF -----------------------------------------------------------------------------------------------------


def test_without_pdf_a_printed_document_is_attached_as_html(invoice: Any) -> None:
    frappe.db.set_single_value("Print Settings", "send_print_as_pdf", 0)
    frappe.clear_document_cache("Print Settings")
    frappe.set_user("Guest")
    attached = frappe.attach_print("Invoice", "INV-1", file_name="Bill 1")
    assert attached["fname"] == "Bill1.html"
    assert b"Boskoop" in attached["fcontent"]


def test_a_mail_carries_a_document_on_paper(invoice: Any) -> None:
    frappe.db.set_single_value("Print Settings", "send_print_as_pdf", 0)
    account = {"email_account_name": "Support", "email_id": "support@example.com", "enable_outgoing": 1}
    servers = {"smtp_server": "localhost", "no_smtp_authentication": 1, "default_outgoing": 1}
    frappe.get_doc({"doctype": "Email Account", **account, **servers}).insert()
    printed = {"print_format_attachment": 1, "doctype": "Invoice", "name": "INV-1", "print_letterhead": 0}
    row = frappe.sendmail(recipients=["cleo@example.com"], subject="Bill", content="x", attachments=[printed])
    (file,) = frappe.get_all("File", filters={"attached_to_name": row.name}, fields=["file_name", "is_private"])
    assert file == {"file_name": "INV-1.html", "is_private": 1}


@needs_renderer
def test_a_document_is_downloaded_as_pdf(invoice: Any) -> None:
    path = "/api/method/frappe.utils.print_format.download_pdf?doctype=Invoice&name=INV-1"
    assert get_test_client().get(path).status_code == 403
    answer = logged_in().get(path)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename=INV-1.pdf"
    assert answer.data.startswith(b"%PDF-")
    assert frappe.attach_print("Invoice", "INV-1")["fname"] == "INV-1.pdf"
    assert frappe.get_print("Invoice", "INV-1", as_pdf=True)[:5] == b"%PDF-"


@needs_renderer
def test_a_pdf_is_made_without_network_and_disk(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def read(url: str) -> bytes:
        asked.append(url)
        return b""

    monkeypatch.setattr("frappe.utils.pdf.read_from_site", read)
    page = '<img src="file:///etc/passwd"><img src="http://169.254.169.254/x"><link rel="attachment" href="/files/a">'
    assert get_pdf(page + '<style>@import "http://10.0.0.1/a.css"</style>').startswith(b"%PDF-")
    assert sorted(asked) == [
        "file:///etc/passwd", "http://10.0.0.1/a.css", "http://169.254.169.254/x", "http://test.localhost/files/a",
    ]  # fmt: skip


def test_what_a_page_may_show_is_the_sites_own_and_readable(site: Any) -> None:
    public = frappe.get_doc(doctype="File", file_name="a.txt", content=b"public").insert()
    private = frappe.get_doc(doctype="File", file_name="b.txt", content=b"private", is_private=1).insert()
    base = "http://test.localhost"
    assert read_from_site(base + private.file_url) == b"private"
    frappe.set_user("Guest")
    assert read_from_site(base + public.file_url) == b"public"
    assert b"print-format" in read_from_site(f"{base}/assets/frappe/css/print.css")
    for url in (
        base + private.file_url, "file:///etc/passwd", "http://169.254.169.254/files/a.txt",
        f"{base}/assets/frappe/../hooks.py", f"{base}/assets/frappe/%2e%2e/hooks.py", f"{base}/assets/other/x.css",
    ):  # fmt: skip
        with pytest.raises((ValueError, OSError)):
            read_from_site(url)


def test_options_of_wkhtmltopdf_are_told_in_css() -> None:
    assert page_rule({"page-size": "A5", "orientation": "Landscape", "margin-top": "5mm"}) == (
        "@page { size: A5 landscape; margin-top: 5mm }"
    )
    assert page_rule({"page-width": "8cm", "page-height": "4cm"}) == "@page { size: 8cm 4cm }"
