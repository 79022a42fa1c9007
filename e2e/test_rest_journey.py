"""The same journey without mail: over REST and as Python, with good input and with bad."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from e2e.product import Product, wait_for
from e2e.rest import Refused, Rest
from e2e.team import AGENT_PASSWORD, ANNA, ARNE, CLEO, XENIA, make_agents, make_user

TICKET_API = "helpdesk.helpdesk.doctype.hd_ticket.api"


@pytest.fixture(scope="module")
def team(admin: Rest) -> Rest:
    make_agents(admin)
    for email, name in ((CLEO, "Cleo"), (XENIA, "Xenia")):
        make_user(admin, email, name, "HD Customer")
    return admin


@pytest.fixture(scope="module")
def anna(product: Product, team: Rest) -> Rest:
    return Rest(product.url).sign_in(ANNA, AGENT_PASSWORD)


@pytest.fixture(scope="module")
def cleo(product: Product, team: Rest) -> Rest:
    return Rest(product.url).sign_in(CLEO, AGENT_PASSWORD)


@pytest.fixture(scope="module")
def xenia(product: Product, team: Rest) -> Rest:
    return Rest(product.url).sign_in(XENIA, AGENT_PASSWORD)


@pytest.fixture(scope="module")
def ticket(cleo: Rest) -> dict[str, Any]:
    return dict(cleo.call(f"{TICKET_API}.new", doc={"subject": "Cannot sign in", "description": "<p>Help</p>"}))


def refusal(work: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value


def test_a_customer_files_a_ticket_and_an_agent_is_on_it(anna: Rest, ticket: dict[str, Any]) -> None:
    stored = anna.get("HD Ticket", ticket["name"])
    assert (stored["raised_by"], stored["status"], stored["priority"]) == (CLEO, "Open", "Medium")
    assert stored["via_customer_portal"] == 1
    assignees = anna.call(f"{TICKET_API}.get_ticket_assignees", ticket=ticket["name"])
    assert [row["name"] for row in assignees] in ([ANNA], [ARNE])


def test_an_agent_answers_the_customer_answers_back_and_it_is_resolved(
    anna: Rest, cleo: Rest, ticket: dict[str, Any]
) -> None:
    name = ticket["name"]
    anna.document_method("HD Ticket", name, "new_comment", content="<p>Looks like a typo</p>")
    anna.call("frappe.client.set_value", doctype="HD Ticket", name=str(name), fieldname="status", value="Replied")
    cleo.document_method("HD Ticket", name, "create_communication_via_contact", message="<p>No typo</p>")
    assert anna.get("HD Ticket", name)["status"] == "Open"
    anna.update("HD Ticket", name, status="Resolved")
    done = anna.get("HD Ticket", name)
    assert done["status_category"] == "Resolved"
    assert done["resolution_date"]


def test_customers_never_see_internal_comments(cleo: Rest, ticket: dict[str, Any]) -> None:
    activities = cleo.call(f"{TICKET_API}.get_ticket_activities", ticket=str(ticket["name"]))
    assert activities["comments"] == []
    assert refusal(lambda: cleo.list("HD Ticket Comment")).status == 403


def test_a_list_is_what_one_may_see(anna: Rest, cleo: Rest, xenia: Rest, ticket: dict[str, Any]) -> None:
    def names(who: Rest) -> set[Any]:
        return {row["name"] for row in who.call("helpdesk.api.doc.get_list_data", doctype="HD Ticket")["data"]}

    assert ticket["name"] in names(anna)
    assert names(cleo) == {ticket["name"]}
    assert names(xenia) == set()


@pytest.mark.parametrize(
    "values, status, said",
    [
        ({}, 417, "subject"),
        ({"subject": "x", "priority": "Sky high"}, 417, "Sky high"),
        ({"subject": "x", "opening_date": "tomorrowish"}, 417, "tomorrowish"),
        ({"subject": "x" * 200}, 417, "Subject"),
    ],
    ids=["no subject", "wrong link", "wrong type", "too long"],
)
def test_bad_input_is_refused_and_leaves_nothing(anna: Rest, values: dict[str, Any], status: int, said: str) -> None:
    before = anna.call("frappe.client.get_count", "GET", doctype="HD Ticket")
    error = refusal(lambda: anna.insert("HD Ticket", **values))
    assert error.status == status
    assert said.lower() in error.said.lower()
    assert anna.call("frappe.client.get_count", "GET", doctype="HD Ticket") == before


def test_unknown_fields_in_a_query_are_named(anna: Rest) -> None:
    error = refusal(lambda: anna.list("HD Ticket", fields=["name", "favourite_colour"]))
    assert 400 <= error.status < 500
    assert "favourite_colour" in error.said


def test_unknown_fields_in_a_write_change_nothing(anna: Rest, ticket: dict[str, Any]) -> None:
    answer = anna.update("HD Ticket", ticket["name"], favourite_colour="green")
    assert "favourite_colour" not in answer


def test_another_persons_ticket_looks_as_if_it_did_not_exist(xenia: Rest, ticket: dict[str, Any]) -> None:
    name = ticket["name"]
    calls = [
        lambda: xenia.get("HD Ticket", name),
        lambda: xenia.update("HD Ticket", name, subject="mine now"),
        lambda: xenia.delete("HD Ticket", name),
        lambda: xenia.call(f"{TICKET_API}.get_one", name=str(name)),
        lambda: xenia.call(f"{TICKET_API}.get_ticket_activities", ticket=str(name)),
        lambda: xenia.document_method("HD Ticket", name, "create_communication_via_contact", message="hi"),
        lambda: xenia.call("helpdesk.api.ticket.assign_ticket_to_agent", ticket_id=str(name)),
    ]
    assert {refusal(call).status for call in calls} <= {403, 404}


def test_the_web_cannot_switch_permissions_off(cleo: Rest, ticket: dict[str, Any]) -> None:
    for call in (
        lambda: cleo.call(
            "helpdesk.api.doc.remove_assignments",
            doctype="HD Ticket",
            name=str(ticket["name"]),
            assignees=[ANNA, ARNE],
            ignore_permissions=True,
        ),
        lambda: cleo.call(
            "frappe.desk.form.assign_to.add", doctype="HD Ticket", name=str(ticket["name"]), assign_to=[CLEO]
        ),
    ):
        assert refusal(call).status in (403, 417)


def test_nobody_gets_anywhere_without_a_session(product: Product, ticket: dict[str, Any]) -> None:
    guest = Rest(product.url)
    for call in (
        lambda: guest.get("HD Ticket", ticket["name"]),
        lambda: guest.list("HD Ticket"),
        lambda: guest.insert("HD Ticket", subject="spam"),
        lambda: guest.call("helpdesk.api.doc.get_list_data", doctype="HD Ticket"),
        lambda: guest.call("helpdesk.api.auth.get_user"),
    ):
        assert refusal(call).status == 403
    assert refusal(lambda: Rest(product.url).sign_in("Administrator", "guess")).status == 401


def test_a_stale_save_is_refused(anna: Rest, team: Rest, ticket: dict[str, Any]) -> None:
    old = anna.get("HD Ticket", ticket["name"])
    team.update("HD Ticket", ticket["name"], subject="Cannot sign in at all")
    error = refusal(lambda: anna.update("HD Ticket", ticket["name"], **{**old, "subject": "mine"}))
    assert (error.status, error.type) == (417, "TimestampMismatchError")


def test_assigning_to_somebody_who_is_no_agent_is_refused(anna: Rest, ticket: dict[str, Any]) -> None:
    error = refusal(
        lambda: anna.call("helpdesk.api.ticket.assign_ticket_to_agent", ticket_id=ticket["name"], agent_id=CLEO)
    )
    assert error.status == 417
    answer = anna.call("helpdesk.api.ticket.assign_ticket_to_agent", ticket_id=ticket["name"], agent_id=ARNE)
    assert ARNE in answer.get("_assign", ARNE)


def test_an_api_key_works_like_a_session(product: Product, admin: Rest, anna: Rest, ticket: dict[str, Any]) -> None:
    keys = anna.call("frappe.core.doctype.user.user.generate_keys", user=ANNA)
    key = admin.call("frappe.client.get_value", "GET", doctype="User", fieldname="api_key", filters=ANNA)["api_key"]
    script = Rest(product.url)
    script.http.headers["Authorization"] = f"token {key}:{keys['api_secret']}"
    assert script.get("HD Ticket", ticket["name"])["name"] == ticket["name"]
    script.http.headers["Authorization"] = f"token {key}:wrong"
    assert refusal(lambda: script.get("HD Ticket", ticket["name"])).status == 401


PYTHON_JOURNEY = """
import json
import frappe

def refused(values, user="Administrator"):
    frappe.set_user(user)
    try:
        frappe.get_doc({"doctype": "HD Ticket", **values}).insert()
    except Exception as error:
        return type(error).__name__
    finally:
        frappe.db.rollback()
        frappe.set_user("Administrator")

with frappe.init_site("helpdesk.localhost"):
    frappe.connect()
    before = frappe.db.count("HD Ticket")
    refusals = {
        "no subject": refused({}),
        "wrong link": refused({"subject": "x", "priority": "Sky high"}),
        "wrong type": refused({"subject": "x", "opening_date": "tomorrowish"}),
        "too long": refused({"subject": "x" * 200}),
        "guest": refused({"subject": "x"}, user="Guest"),
    }
    nothing_changed = frappe.db.count("HD Ticket") == before
    values = {"doctype": "HD Ticket", "subject": "By script", "raised_by": "cleo@customer.test"}
    ticket = frappe.get_doc(values).insert()
    ticket.reload()
    ticket.assign_agent("anna@helpdesk.test")
    ticket.new_comment("<p>noted</p>")
    ticket.reload()
    ticket.status = "Resolved"
    ticket.save()
    frappe.db.commit()
    stored = frappe.get_list("HD Ticket", filters={"name": ticket.name}, fields=["name", "status", "sla"])
    print(json.dumps([refusals, nothing_changed, stored]))
"""


def bulk_insert(rest: Rest, file: tuple[str, bytes] | None, **fields: str) -> Any:
    url = f"{rest.url}/api/method/helpdesk.extends.data_import.bulk_insert"
    files = {"file": file} if file else None
    return rest.http.post(url, data={"target_doctype": "HD Customer", **fields}, files=files, timeout=60)


def test_an_uploaded_table_becomes_records(admin: Rest, anna: Rest) -> None:
    table = ("../customers.csv", b"Customer Name\nBulk One\nBulk Two\n")
    answer = bulk_insert(admin, table)
    assert answer.status_code == 200, answer.text
    started = answer.json()["message"]
    assert (started["doctype"], started["reference_doctype"]) == ("Data Import", "HD Customer")

    def imported() -> bool:
        return bool(admin.get("Data Import", started["name"])["status"] == "Success")

    wait_for("the import", imported)
    names = [row["name"] for row in admin.list("HD Customer", filters=[["name", "like", "Bulk%"]])]
    assert sorted(names) == ["Bulk One", "Bulk Two"]
    refused = [
        bulk_insert(anna, table),
        bulk_insert(admin, None),
        bulk_insert(admin, ("c.csv", b"MZ\0")),
        bulk_insert(admin, table, import_type="Burn"),
        bulk_insert(admin, table, target_doctype="Nothing"),
    ]
    assert [answer.status_code for answer in refused] == [403, 417, 417, 417, 417]


def test_python_sees_the_same(product: Product, team: Rest) -> None:
    command = [sys.executable, "-c", PYTHON_JOURNEY]
    done = subprocess.run(command, cwd=product.bench / "sites", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    refusals, nothing_changed, stored = json.loads(done.stdout.strip().splitlines()[-1])
    assert refusals == {
        "no subject": "MandatoryError",
        "wrong link": "LinkValidationError",
        "wrong type": "UnreadableDate",
        "too long": "CharacterLengthExceededError",
        "guest": "PermissionError",
    }
    assert nothing_changed
    assert stored[0]["status"] == "Resolved"
    assert team.get("HD Ticket", stored[0]["name"])["subject"] == "By script"
