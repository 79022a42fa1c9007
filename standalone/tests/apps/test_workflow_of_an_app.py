"""Leases that are asked for, granted and ended: documents that go through a workflow."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.model import workflow as api
from frappe.utils import today

from .conftest import GRETA, GUS, WARDEN
from .test_documents_of_an_app import gardener

GARDENER_ROLE, WARDEN_ROLE = "Allotment Gardener", "Allotment Warden"
STATES = [
    {"state": "Sketched", "doc_status": "0", "allow_edit": GARDENER_ROLE},
    {"state": "Asked", "doc_status": "0", "allow_edit": WARDEN_ROLE},
    {
        "state": "Granted",
        "doc_status": "1",
        "allow_edit": WARDEN_ROLE,
        "update_field": "remarks",
        "update_value": "Yes",
    },
    {"state": "Over", "doc_status": "2", "allow_edit": WARDEN_ROLE},
]
STEPS = [
    {"state": "Sketched", "action": "Ask", "next_state": "Asked", "allowed": GARDENER_ROLE},
    {"state": "Asked", "action": "Send back", "next_state": "Sketched", "allowed": WARDEN_ROLE},
    {
        "state": "Asked", "action": "Grant", "next_state": "Granted", "allowed": WARDEN_ROLE,
        "allow_self_approval": 0, "condition": "doc.remarks != 'too late'",
    },
    {"state": "Granted", "action": "End", "next_state": "Over", "allowed": WARDEN_ROLE},
]  # fmt: skip


def make_workflow(**values: Any) -> Any:
    for state in STATES:
        if not frappe.db.exists("Workflow State", state["state"]):
            frappe.get_doc(doctype="Workflow State", workflow_state_name=state["state"]).insert()
    for step in STEPS:
        if not frappe.db.exists("Workflow Action Master", step["action"]):
            frappe.get_doc(doctype="Workflow Action Master", workflow_action_name=step["action"]).insert()
    fields = {"workflow_name": "Leasing", "document_type": "Plot Lease", "is_active": 1}
    rows = {"states": [dict(row) for row in STATES], "transitions": [dict(row) for row in STEPS]}
    return frappe.get_doc({"doctype": "Workflow", **fields, **rows, **values}).insert()


@pytest.fixture
def leasing(site: Any) -> Any:
    made = make_workflow()
    frappe.db.commit()
    return made


def sketch(user: str = GRETA, **values: Any) -> Any:
    """Insert a lease as somebody and stay that person."""
    frappe.set_user("Administrator")
    person = gardener("Somebody").name
    frappe.set_user(user)
    rows = [{"plot": "PLOT-1"}]
    doc = {"doctype": "Plot Lease", "gardener": person, "starts_on": today(), "plots": rows, **values}
    return frappe.get_doc(doc).insert()


def take(doc: Any, action: str, user: str) -> Any:
    frappe.set_user(user)
    return api.apply_workflow(doc, action)


def asked(user: str = GRETA) -> Any:
    return take(sketch(user), "Ask", user)


def test_a_document_goes_from_state_to_state(leasing: Any) -> None:
    doc = sketch()
    assert doc.workflow_state == "Sketched"
    assert [step.action for step in api.get_transitions(doc)] == ["Ask"]
    doc = take(doc, "Ask", GRETA)
    assert (doc.workflow_state, doc.docstatus) == ("Asked", 0)
    doc = take(frappe.as_json(doc.as_dict()), "Grant", WARDEN)
    assert (doc.workflow_state, doc.docstatus, doc.remarks) == ("Granted", 1, "Yes")
    doc = take(doc, "End", WARDEN)
    assert (doc.workflow_state, doc.docstatus) == ("Over", 2)
    told = frappe.get_all("Comment", filters={"reference_name": doc.name, "comment_type": "Workflow"}, pluck="content")
    assert sorted(told) == ["Asked", "Granted", "Over"]


def test_only_the_named_role_takes_a_step_and_only_from_its_state(leasing: Any) -> None:
    doc = sketch()
    for user, action in ((GRETA, "Grant"), (GRETA, "Dance"), (WARDEN, "Ask")):
        with pytest.raises(frappe.WorkflowTransitionError):
            take(doc, action, user)
    doc = take(doc, "Ask", GRETA)
    with pytest.raises(frappe.WorkflowTransitionError):
        take(doc, "Grant", GRETA)
    frappe.set_user(GUS)
    with pytest.raises(frappe.PermissionError):
        api.get_transitions(doc)
    with pytest.raises(frappe.WorkflowTransitionError):
        api.apply_workflow({"doctype": "Plot Lease"}, "Ask")


def test_a_condition_closes_a_step(leasing: Any) -> None:
    doc = asked()
    frappe.db.set_value("Plot Lease", doc.name, "remarks", "too late")
    frappe.set_user(WARDEN)
    assert [step.action for step in api.get_transitions(doc)] == ["Send back"]
    pretended = {**doc.as_dict(), "remarks": "in time"}
    with pytest.raises(frappe.WorkflowTransitionError):
        api.apply_workflow(pretended, "Grant")
    assert api.is_transition_condition_satisfied(frappe._dict(condition="doc.name and frappe.session.user"), doc)
    assert set(api.get_workflow_safe_globals()["frappe"]) == {"session", "db", "utils"}


def test_who_made_a_document_does_not_grant_it(leasing: Any) -> None:
    frappe.set_user("Administrator")
    frappe.get_doc("User", WARDEN).add_roles(GARDENER_ROLE)
    doc = asked(WARDEN)
    with pytest.raises(frappe.WorkflowPermissionError):
        take(doc, "Grant", WARDEN)
    step = frappe._dict(allow_self_approval=0)
    assert not api.has_approval_access(WARDEN, doc, step)
    assert api.has_approval_access("Administrator", doc, step)
    assert api.has_approval_access(WARDEN, doc, frappe._dict(allow_self_approval=1))


def test_saving_another_state_is_a_step_too(leasing: Any) -> None:
    doc = sketch()
    doc.workflow_state = "Granted"
    with pytest.raises(frappe.WorkflowPermissionError):
        doc.save()
    doc.reload()
    doc.workflow_state = "Asked"
    doc.save()
    with pytest.raises(frappe.WorkflowPermissionError, match="Allotment Warden"):
        doc.save()
    frappe.set_user(WARDEN)
    doc.reload()
    doc.workflow_state = "Granted"
    with pytest.raises(frappe.WorkflowStateError, match="submitted"):
        doc.save()
    with pytest.raises(frappe.WorkflowPermissionError):
        sketch(workflow_state="Granted")


def test_code_may_save_in_any_state_but_not_in_none(leasing: Any) -> None:
    doc = asked()
    doc.remarks = "Noted"
    doc.save(ignore_permissions=True)
    frappe.set_user("Administrator")
    doc = frappe.get_doc("Plot Lease", doc.name)
    frappe.get_doc(doctype="Workflow State", workflow_state_name="Elsewhere").insert()
    doc.workflow_state = "Elsewhere"
    with pytest.raises(frappe.WorkflowStateError, match="Elsewhere"):
        doc.save()


def test_submitting_and_cancelling_follow_the_steps(leasing: Any) -> None:
    doc = sketch()
    frappe.set_user(WARDEN)
    doc = frappe.get_doc("Plot Lease", doc.name)
    with pytest.raises(frappe.WorkflowPermissionError):
        doc.submit()
    doc = asked()
    frappe.set_user(WARDEN)
    doc = frappe.get_doc("Plot Lease", doc.name)
    doc.submit()
    assert doc.workflow_state == "Granted"
    doc.cancel()
    assert frappe.db.get_value("Plot Lease", doc.name, ["workflow_state", "docstatus"]) == ("Over", 2)
    assert not api.can_cancel_document("Plot Lease")
    assert api.can_cancel_document("Gardener")
    frappe.set_user("Administrator")
    at_once = sketch("Administrator", docstatus=1)
    assert (at_once.workflow_state, at_once.docstatus) == ("Granted", 1)


def test_several_documents_take_a_step_and_failures_are_told(leasing: Any) -> None:
    good, early = asked(), sketch()
    frappe.set_user(WARDEN)
    assert api.get_common_transition_actions([good.name], "Plot Lease") == ["Grant", "Send back"]
    assert api.get_common_transition_actions([{"name": good.name}, early.name], "Plot Lease") == []
    api.bulk_workflow_approval(frappe.as_json([good.name, early.name]), "Plot Lease", "Grant")
    states = [frappe.db.get_value("Plot Lease", doc.name, "workflow_state") for doc in (good, early)]
    assert states == ["Granted", "Sketched"]
    assert early.name in frappe.get_message_log()[-1]["message"]
    with pytest.raises(frappe.ValidationError):
        api.bulk_workflow_approval(["x"] * 501, "Plot Lease", "Grant")


def test_many_documents_are_left_to_a_job(leasing: Any) -> None:
    api.bulk_workflow_approval([f"LEASE-{number}" for number in range(21)], "Plot Lease", "Grant")
    frappe.db.commit()
    waiting = frappe.db.sql("select method from `__jobs` where method like %s", "%take_steps")
    assert len(waiting) == 1


def test_the_web_takes_steps_by_post(leasing: Any, browser: Any) -> None:
    doc = sketch()
    frappe.set_user("Administrator")
    frappe.db.commit()
    path = "/api/method/frappe.model.workflow.apply_workflow"
    body = {"doc": frappe.as_json({"doctype": "Plot Lease", "name": doc.name}), "action": "Ask"}
    assert browser(GUS).post(path, json=body).status_code == 403
    assert browser(GRETA).get(path, query_string=body).status_code == 403
    answer = browser(GRETA).post(path, json=body)
    assert answer.status_code == 200, answer.text
    asking = {"doc": body["doc"], "user": WARDEN}
    steps = "/api/method/frappe.model.workflow.get_transitions"
    assert browser(GRETA).post(steps, json=asking).status_code == 403
    assert browser(GRETA).post(steps, json={"doc": body["doc"]}).json["message"] == []
    put = browser(GRETA).put(f"/api/resource/Plot Lease/{doc.name}", json={"workflow_state": "Granted"})
    assert put.status_code == 417, put.text


def test_a_workflow_gives_documents_a_state_and_forms_what_they_show(site: Any) -> None:
    before = sketch("Administrator")
    assert api.get_workflow_name("Plot Lease") is None
    with pytest.raises(frappe.DoesNotExistError):
        api.get_workflow("Plot Lease")
    made = make_workflow()
    assert frappe.db.get_value("Plot Lease", before.name, "workflow_state") == "Sketched"
    field = frappe.get_meta("Plot Lease").get_field("workflow_state")
    assert (field.options, field.allow_on_submit, field.no_copy) == ("Workflow State", 1, 1)
    assert frappe.get_meta("Plot Lease").get_workflow() == api.get_workflow("Plot Lease").name == made.name
    assert api.get_workflow_state_field(made.name) == "workflow_state"
    from frappe.desk.form.load import form_meta

    shown = form_meta(frappe.get_meta("Plot Lease"))["__workflow_docs"]
    assert [doc["doctype"] for doc in shown] == ["Workflow", *["Workflow State"] * 4]


def test_one_workflow_of_a_doctype_is_active(leasing: Any) -> None:
    other = make_workflow(workflow_name="Other leasing")
    assert api.get_workflow_name("Plot Lease") == other.name
    assert frappe.db.get_value("Workflow", leasing.name, "is_active") == 0
    other.delete()
    assert api.get_workflow_name("Plot Lease") is None
    doc = sketch("Administrator")
    doc.validate_workflow()
    assert not doc.workflow_state
    api.validate_workflow(doc)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"document_type": "Allotment Settings"}, "workflow"),
        ({"document_type": "Gardener"}, "cannot be submitted"),
        ({"states": [STATES[0], STATES[0]]}, "once"),
        ({"states": STATES[:3]}, "Over"),
        ({"states": [STATES[2]]}, "begins"),
        ({"states": [{**STATES[0], "update_field": "moon"}]}, "moon"),
        ({"transitions": [{**STEPS[0], "next_state": "Over"}]}, "cannot go"),
        ({"transitions": [{**STEPS[3], "next_state": "Asked"}]}, "cannot go"),
    ],
)
def test_an_impossible_workflow_is_refused(site: Any, values: dict[str, Any], message: str) -> None:
    with pytest.raises(frappe.ValidationError, match=message):
        make_workflow(**{key: [dict(row) for row in v] if isinstance(v, list) else v for key, v in values.items()})
