"""Web forms: the page, what may be sent, and by whom."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe.app import get_test_client
from frappe.testing.people import ANNA, CLEO, CLERK, ERRAND, make_errand, make_errands, make_user
from frappe.types import _dict
from frappe.website.doctype.web_form import inputs

ACCEPT = "/api/method/frappe.website.doctype.web_form.web_form.accept"
DELETE = "/api/method/frappe.website.doctype.web_form.web_form.delete"
FORM = "send-an-errand"
PASSWORD = "a long and odd password"
FIELDS = (
    {"fieldname": "subject", "label": "What is it?", "fieldtype": "Data", "reqd": 1},
    {"fieldname": "status", "label": "Status", "fieldtype": "Select", "options": "Open\nClosed", "default": "Open"},
    {"fieldname": "due", "label": "Until", "fieldtype": "Date"},
)


@pytest.fixture(autouse=True)
def _errands(site: Any) -> None:
    make_errands()
    frappe.db.commit()


def make_form(fields: Any = FIELDS, **values: Any) -> Any:
    form = frappe.get_doc(
        {
            "doctype": "Web Form",
            "title": "Send an errand",
            "route": "errands",
            "doc_type": ERRAND,
            "published": 1,
            "web_form_fields": [dict(field) for field in fields],
            **values,
        }
    ).insert()
    frappe.db.commit()
    return form


def send(client: Any, data: Any = None, headers: Any = None, **values: Any) -> Any:
    return client.post(ACCEPT, json={"web_form": FORM, "data": values if data is None else data}, headers=headers)


def said(response: Any) -> str:
    return str(json.loads(json.loads(response.json["_server_messages"])[0])["message"])


def sign_in(client: Any, email: str, *roles: str) -> Any:
    user = make_user(email, *roles)
    user.new_password = PASSWORD
    user.save()
    frappe.db.commit()
    assert client.post("/api/method/login", json={"usr": email, "pwd": PASSWORD}).status_code == 200
    return client


def token_of(client: Any, page: str) -> dict[str, str]:
    """Return the header with the CSRF token that a page carries, as its script sends it."""
    html = client.get(page).get_data(as_text=True)
    return {"X-Frappe-CSRF-Token": html.split('frappe.csrf_token = "')[1].split('"')[0]}


def errands(**filters: Any) -> list[Any]:
    frappe.db.rollback()
    return list(frappe.get_all(ERRAND, filters=filters, fields=["*"], order_by="creation asc"))


# -- the page ---------------------------------------------------------------------------------------------------------


def test_a_published_form_is_shown_to_guests(client: Any) -> None:
    make_form(introduction_text="<p>Tell us</p>", button_label="Off it goes")
    page = client.get("/errands/new")
    html = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "<h1>Send an errand</h1>" in html
    assert '<label for="field-subject">What is it?</label>' in html
    assert '<option value="Open" selected>Open</option>' in html
    assert "Off it goes" in html and "<p>Tell us</p>" in html
    assert 'name="referrer" content="no-referrer"' in html


def test_the_bare_route_leads_to_a_new_form_with_its_parameters(client: Any) -> None:
    make_form()
    answer = client.get("/errands?subject=Milk")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/errands/new?subject=Milk")


def test_a_form_that_is_not_published_is_not_there(client: Any) -> None:
    make_form(published=0)
    assert client.get("/errands/new").status_code == 404
    assert send(client, subject="Milk").status_code == 404
    assert errands() == []


def test_publishing_and_moving_a_form_counts_at_once(client: Any) -> None:
    form = make_form()
    assert client.get("/errands/new").status_code == 200
    form.route = "little/errands"
    form.save()
    frappe.db.commit()
    assert client.get("/errands/new").status_code == 404
    assert client.get("/little/errands/new").status_code == 200
    form.delete()
    frappe.db.commit()
    assert client.get("/little/errands/new").status_code == 404


def test_an_address_may_fill_in_fields_and_cannot_smuggle_in_markup(client: Any) -> None:
    make_form()
    html = client.get("/errands/new?subject=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_script_of_a_form_cannot_break_out_of_its_place(client: Any) -> None:
    make_form(client_script="frappe.ready(() => '</script><b>out</b>')")
    assert "</script><b>out" not in client.get("/errands/new").get_data(as_text=True)


def test_a_rating_is_a_group_of_stars(client: Any) -> None:
    frappe.get_doc(
        {"doctype": "Custom Field", "dt": ERRAND, "fieldname": "stars", "label": "Stars", "fieldtype": "Rating"}
    ).insert()
    make_form([{"fieldname": "stars", "label": "Stars", "fieldtype": "Rating", "reqd": 1, "options": "4"}])
    html = client.get("/errands/new").get_data(as_text=True)
    assert html.count('type="radio"') == 4
    assert "<legend>Stars</legend>" in html and "1 star<" in html and "4 stars<" in html
    assert send(client, stars="0.75").status_code == 200
    assert errands()[0].stars == 0.75
    assert said(send(client, stars="")) == "Please fill in: Stars"
    assert said(send(client, stars="7")) == "Stars must be a number of stars."


# -- sending ----------------------------------------------------------------------------------------------------------


def test_guests_may_send_an_open_form(client: Any) -> None:
    make_form()
    answer = send(client, subject="Milk", due="2026-03-01")
    assert answer.status_code == 200
    (made,) = errands()
    assert (made.subject, made.status, str(made.due), made.owner) == ("Milk", "Open", "2026-03-01", "Guest")
    assert answer.json["message"] == {
        "doctype": ERRAND,
        "name": made.name,
        "subject": "Milk",
        "status": "Open",
        "due": "2026-03-01",
    }


def test_data_may_come_as_json_text(client: Any) -> None:
    make_form()
    answer = client.post(ACCEPT, data={"web_form": FORM, "data": json.dumps({"subject": "Milk"})})
    assert answer.status_code == 200
    assert errands()[0].subject == "Milk"


def test_only_fields_of_the_form_count(client: Any) -> None:
    make_form()
    send(client, subject="Milk", helper="Administrator", owner="Administrator", docstatus=1, doctype="User", flags={})
    (made,) = errands()
    assert (made.helper, made.owner, made.docstatus) == (None, "Guest", 0)


def test_a_field_that_is_read_only_keeps_its_default(client: Any) -> None:
    make_form([FIELDS[0], {**FIELDS[1], "read_only": 1}])
    send(client, subject="Milk", status="Closed")
    assert errands()[0].status == "Open"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({}, "Please fill in: What is it?"),
        ({"subject": "  "}, "Please fill in: What is it?"),
        ({"subject": "x" * 141}, "What is it? must not be longer than 140 characters."),
        ({"subject": "Milk", "status": "Lost"}, "Status must be one of the choices."),
        ({"subject": "Milk", "due": "soonish"}, "Until must be a date or a time such as the calendar gives it."),
        ({"subject": ["Milk"]}, "What is it? must be a single value."),
    ],
)
def test_what_is_wrong_is_said_in_words(client: Any, values: dict[str, Any], problem: str) -> None:
    make_form()
    answer = send(client, values)
    assert answer.status_code == 417
    assert said(answer) == problem
    assert errands() == []


def test_incomplete_forms_can_be_allowed(client: Any) -> None:
    make_form(allow_incomplete=1)
    assert send(client, status="Closed").status_code == 200


def test_the_eleventh_time_within_a_minute_is_too_often(client: Any) -> None:
    make_form()
    answers = [send(client, subject="Milk").status_code for _time in range(11)]
    assert answers == [200] * 10 + [429]


def test_somebody_who_logged_in_must_send_the_token_of_the_page(client: Any) -> None:
    make_form()
    sign_in(client, CLEO)
    client.get("/errands/new")
    assert send(client, subject="Milk").status_code == 400
    assert send(client, subject="Milk", headers=token_of(client, "/errands/new")).status_code == 200
    assert errands()[0].owner == CLEO


def test_anonymous_responses_do_not_say_who_sent_them(client: Any) -> None:
    make_form(anonymous=1)
    sign_in(client, CLEO)
    assert send(client, subject="Milk").status_code == 200
    assert (errands()[0].owner, errands()[0].modified_by) == ("Guest", "Guest")
    assert client.get("/api/method/frappe.auth.get_logged_user").json["message"] == CLEO


def test_a_file_counts_only_if_the_sender_has_just_uploaded_it(client: Any) -> None:
    frappe.get_doc(
        {"doctype": "Custom Field", "dt": ERRAND, "fieldname": "paper", "label": "Paper", "fieldtype": "Attach"}
    ).insert()
    make_form([FIELDS[0], {"fieldname": "paper", "label": "Paper", "fieldtype": "Attach"}], login_required=1)
    theirs = frappe.get_doc(
        {"doctype": "File", "file_name": "secret.txt", "content": "theirs", "is_private": 1}
    ).insert()
    frappe.db.commit()
    sign_in(client, CLEO)
    assert said(send(client, subject="Milk", paper=theirs.file_url)) == "Paper: upload a file first."


# -- people who logged in ---------------------------------------------------------------------------------------------

FOR_MEMBERS = {"login_required": 1, "show_list": 1, "allow_edit": 1, "allow_delete": 1, "allow_multiple": 1}


def test_a_form_for_members_sends_guests_to_the_login_page(client: Any) -> None:
    make_form(**FOR_MEMBERS)
    answer = client.get("/errands/new?subject=Milk")
    assert answer.headers["Location"] == "/login?redirect-to=%2Ferrands%2Fnew%3Fsubject%3DMilk"
    assert send(client, subject="Milk").status_code == 403


def test_members_list_read_change_and_delete_what_they_sent(client: Any) -> None:
    make_form(**FOR_MEMBERS)
    sign_in(client, CLEO)
    name = send(client, subject="Milk").json["message"]["name"]
    assert client.get("/errands").headers["Location"] == "/errands/list"
    assert f'href="/errands/{name}"' in client.get("/errands/list").get_data(as_text=True)
    assert "Milk" in client.get(f"/errands/{name}").get_data(as_text=True)
    assert 'value="Milk"' in client.get(f"/errands/{name}/edit").get_data(as_text=True)
    token = token_of(client, "/errands/list")
    assert send(client, {"name": name, "subject": "Bread"}, headers=token).status_code == 200
    assert errands()[0].subject == "Bread"
    answer = client.post(DELETE, json={"web_form_name": FORM, "docname": name}, headers=token)
    assert answer.status_code == 200
    assert errands() == []


def test_what_others_sent_looks_as_if_it_were_not_there(client: Any) -> None:
    make_form(**FOR_MEMBERS)
    theirs = make_errand("Theirs").name
    sign_in(client, CLEO)
    assert "Theirs" not in client.get("/errands/list").get_data(as_text=True)
    assert client.get(f"/errands/{theirs}").status_code == 404
    assert client.get(f"/errands/{theirs}/edit").status_code == 404
    assert client.get("/errands/missing").status_code == 404
    token = token_of(client, "/errands/list")
    assert send(client, {"name": theirs, "subject": "Mine"}, headers=token).status_code == 404
    assert errands()[0].subject == "Theirs"


def test_one_response_each_is_all_a_form_takes_unless_it_allows_more(client: Any) -> None:
    make_form(login_required=1)
    sign_in(client, CLEO)
    name = send(client, subject="Milk").json["message"]["name"]
    assert said(send(client, subject="More milk")) == "You have sent this form already."
    assert client.get("/errands/new").headers["Location"] == f"/errands/{name}"


def test_changing_must_be_allowed_by_the_form(client: Any) -> None:
    make_form(login_required=1, allow_multiple=1)
    sign_in(client, CLEO)
    name = send(client, subject="Milk").json["message"]["name"]
    assert send(client, {"name": name, "subject": "Bread"}).status_code == 403
    assert client.get(f"/errands/{name}/edit").status_code == 404
    assert client.post(DELETE, json={"web_form_name": FORM, "docname": name}).status_code == 403


def test_a_form_may_go_by_the_permissions_of_its_doctype(client: Any) -> None:
    make_form(**FOR_MEMBERS, apply_document_permissions=1)
    sign_in(client, ANNA, CLERK)
    theirs = make_errand("Theirs").name
    frappe.db.commit()
    assert "Theirs" in client.get("/errands/list").get_data(as_text=True)
    assert client.get(f"/errands/{theirs}").status_code == 200
    other = sign_in(get_test_client(), CLEO)
    assert other.get(f"/errands/{theirs}").status_code == 404
    assert send(other, subject="Milk").status_code == 403


# -- making forms -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"web_form_fields": [{"fieldname": "rows", "fieldtype": "Table", "label": "Rows"}]}, "Table"),
        ({"web_form_fields": [{"fieldname": "nothing", "fieldtype": "Data", "label": "N"}]}, "has no field"),
        ({"allow_edit": 1}, "Login Required"),
        ({"condition_json": "{"}, "JSON list"),
        ({"condition_json": '{"a": 1}'}, "JSON list"),
    ],
)
def test_a_form_that_cannot_work_is_refused(site: Any, values: dict[str, Any], problem: str) -> None:
    with pytest.raises(frappe.ValidationError, match=problem):
        make_form(**values) if "web_form_fields" not in values else make_form(values["web_form_fields"])


def test_a_form_without_a_route_gets_one_from_its_title(site: Any) -> None:
    assert make_form(route="").route == "send-an-errand"


# -- values -----------------------------------------------------------------------------------------------------------


def field(fieldtype: str, **values: Any) -> Any:
    return _dict({"fieldname": "x", "label": "X", "fieldtype": fieldtype, **values})


@given(st.text(max_size=60))
def test_plain_text_becomes_html_without_markup_of_its_own(text: str) -> None:
    html = inputs.paragraphs(text)
    assert html.count("<") == html.count("<p>") + html.count("</p>") + html.count("<br>")


@given(st.text(max_size=30), st.sampled_from(["Int", "Float", "Rating", "Check", "Date", "Time", "Datetime"]))
def test_any_text_is_a_value_or_refused(text: str, fieldtype: str) -> None:
    try:
        value = inputs.to_value(field(fieldtype), text)
    except frappe.ValidationError as error:
        assert "X" in str(error)
    else:
        assert value is None or isinstance(value, int | float | str)


@pytest.mark.parametrize(
    ("fieldtype", "sent", "value"),
    [
        ("Check", "1", 1),
        ("Check", "", 0),
        ("Int", " 12 ", 12),
        ("Float", "1.5", 1.5),
        ("Rating", "0.61", 0.6),
        ("Data", "  ", None),
        ("Text Editor", "a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("Text Editor", "<b>a</b>", "<b>a</b>"),
    ],
)
def test_what_is_sent_becomes_a_value(fieldtype: str, sent: str, value: Any) -> None:
    assert inputs.to_value(field(fieldtype), sent) == value
