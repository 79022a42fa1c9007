"""Moving documents through the states of a Workflow.

What the workflow says holds wherever a document is saved: who may take which step, and which document status a state
has. Code that saves with `ignore_permissions`, and the Administrator, are held to the states alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.exceptions import (
    ValidationError,
    WorkflowPermissionError,
    WorkflowStateError,
    WorkflowTransitionError,
)
from frappe.types import _dict
from frappe.utils import cint, cstr

CACHE_KEY = "active_workflows"
MOST_AT_ONCE = 500
INLINE = 20


# -- which workflow ----------------------------------------------------------------------------------------------------


def get_workflow_name(doctype: str) -> str | None:
    """Return the name of the active Workflow of a DocType."""
    names: dict[str, str] = frappe.cache.get_value(CACHE_KEY, _read_names)
    return names.get(doctype)


def _read_names() -> dict[str, str]:
    if not frappe.db.table_exists("Workflow"):
        return {}
    rows = frappe.get_all("Workflow", filters={"is_active": 1}, fields=["document_type", "name"], order_by="modified")
    return {row.document_type: row.name for row in rows}


def forget_workflows() -> None:
    """Read anew which workflows are active, now and once more after the commit that makes the change seen."""
    frappe.cache.delete_value(CACHE_KEY)
    frappe.db.after_commit.add(lambda: frappe.cache.delete_value(CACHE_KEY))
    frappe.db.after_rollback.add(lambda: frappe.cache.delete_value(CACHE_KEY))


def get_workflow(doctype: str) -> Any:
    """Return the active Workflow of a DocType. Raises DoesNotExistError."""
    name = get_workflow_name(doctype)
    if not name:
        frappe.throw(_("{0} has no workflow.").format(_(doctype)), frappe.DoesNotExistError)
    return frappe.get_cached_doc("Workflow", str(name))


def get_workflow_state_field(workflow_name: str) -> str:
    """Return the field of the documents that holds their state."""
    return cstr(frappe.get_cached_value("Workflow", workflow_name, "workflow_state_field"))


def can_cancel_document(doctype: str) -> bool:
    """Tell whether documents may be cancelled past the workflow: only when no step of it leads there."""
    name = get_workflow_name(doctype)
    if not name:
        return True
    workflow = frappe.get_cached_doc("Workflow", name)
    cancelled = {row.state for row in workflow.states if cint(row.doc_status) == 2}
    return not any(row.next_state in cancelled for row in workflow.transitions)


# -- which steps -------------------------------------------------------------------------------------------------------


@frappe.whitelist()
def get_transitions(
    doc: Any, workflow: Any = None, raise_exception: bool = False, user: str | None = None
) -> list[_dict]:
    """Return the steps that the session user may take from the state a document is stored in.

    A document that is not stored yet has none. `doc` is a document or its JSON; only its name is believed, and the
    workflow is always the active one. A web caller asks for other people as System Manager only.
    """
    asks_for_another = user and user != frappe.session.user and frappe.request
    if asks_for_another and "System Manager" not in frappe.get_roles():
        raise frappe.PermissionError(_("You may not ask what other people may do."))
    document = _stored(doc)
    if document is None:
        return []
    document.check_permission("read")
    return _steps(document, get_workflow(document.doctype), user or frappe.session.user, raise_exception)


def _stored(doc: Any) -> Any:
    given = frappe.parse_json(doc)
    doctype, name = given.get("doctype"), given.get("name")
    if not doctype or not name or given.get("__islocal"):
        return None
    return frappe.get_doc(doctype, name)


def _steps(document: Any, workflow: Any, user: str, raise_exception: bool = False) -> list[_dict]:
    state = document.get(workflow.workflow_state_field)
    if not state:
        if raise_exception:
            raise WorkflowStateError(_("{0} has no workflow state.").format(document.name))
        state = workflow.states[0].state
    roles = set(frappe.get_roles(user))
    rows = [row for row in workflow.transitions if row.state == state and row.allowed in roles]
    return [_dict(row.as_dict()) for row in rows if is_transition_condition_satisfied(row, document)]


def is_transition_condition_satisfied(transition: Any, doc: Any) -> bool:
    """Tell whether the condition of a step holds for a document; a step without one is always open."""
    if not transition.condition:
        return True
    return bool(frappe.safe_eval(transition.condition, get_workflow_safe_globals(), {"doc": doc.as_dict()}))


def get_workflow_safe_globals() -> dict[str, Any]:
    """Return what conditions can use besides `doc`."""
    utils = frappe.utils
    helpers = _dict(
        now_datetime=utils.now_datetime, add_to_date=utils.add_to_date, get_datetime=utils.get_datetime, now=utils.now
    )
    database = _dict(get_value=frappe.db.get_value, get_list=frappe.get_list)
    return {"frappe": _dict(session=_dict(user=frappe.session.user), db=database, utils=helpers)}


def has_approval_access(user: str, doc: Any, transition: Any) -> bool:
    """Tell whether a user may take a step with this document: some are not for those who made it."""
    return user == "Administrator" or bool(cint(transition.get("allow_self_approval"))) or user != doc.owner


# -- taking a step -----------------------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def apply_workflow(doc: Any, action: str) -> Any:
    """Take a step with a document and return it. Raises WorkflowTransitionError when the user may not take it now."""
    document = _stored(doc)
    if document is None:
        raise WorkflowTransitionError(_("Save the document before you go on with it."))
    document.check_permission("read")
    workflow = get_workflow(document.doctype)
    user = frappe.session.user
    step = next((each for each in _steps(document, workflow, user) if each.action == action), None)
    if step is None:
        raise WorkflowTransitionError(_("{0} is not possible now.").format(_(action)))
    if not has_approval_access(user, document, step):
        raise WorkflowPermissionError(_("You made this document, so somebody else has to take this step."))
    _go_to(document, workflow, _state_of(workflow, step.next_state))
    document.add_comment("Workflow", _(step.next_state))
    return document


def _state_of(workflow: Any, state: str) -> Any:
    found = next((row for row in workflow.states if row.state == state), None)
    if found is None:
        raise WorkflowStateError(_("{0} is no state of the workflow {1}.").format(state, workflow.name))
    return found


def _go_to(document: Any, workflow: Any, state: Any) -> None:
    document.set(workflow.workflow_state_field, state.state)
    if state.update_field:
        document.set(state.update_field, state.update_value)
    before, after = int(document.docstatus), cint(state.doc_status)
    if (before, after) == (0, 1):
        document.submit()
    elif (before, after) == (1, 2):
        document.cancel()
    elif before == after and after < 2:
        document.save()
    else:
        raise WorkflowTransitionError(
            _("A document cannot go from {0} to {1}.").format(document.docstatus, state.doc_status)
        )


@frappe.whitelist(methods=["POST"])
def bulk_workflow_approval(docnames: str | list[Any], doctype: str, action: str) -> None:
    """Take a step with several documents, each by itself; what was not possible is told at the end.

    More than twenty are left to a job.
    """
    names = frappe.parse_json(docnames)
    if not isinstance(names, list) or len(names) > MOST_AT_ONCE:
        raise ValidationError(_("A list of at most {0} names is needed.").format(MOST_AT_ONCE))
    if len(names) > INLINE:
        frappe.enqueue(take_steps, docnames=names, doctype=doctype, action=action)
    else:
        take_steps(names, doctype, action)


def take_steps(docnames: list[Any], doctype: str, action: str) -> None:
    """Take a step with each document and tell the session user which could not go on."""
    failed: list[str] = []
    for name in docnames:
        frappe.db.savepoint("workflow_step")
        try:
            apply_workflow({"doctype": doctype, "name": name}, action)
        except (ValidationError, frappe.PermissionError) as error:
            frappe.db.rollback(save_point="workflow_step")
            frappe.clear_messages()
            failed.append(f"{name}: {error}")
    if failed:
        text = "<br>".join(frappe.utils.escape_html(line) for line in failed)
        frappe.msgprint(text, title=_("Not possible for {0} documents").format(len(failed)), indicator="red")


@frappe.whitelist()
def get_common_transition_actions(docs: str | list[Any], doctype: str) -> list[str]:
    """Return the actions that the session user may take with every one of some documents."""
    common: set[str] | None = None
    for given in frappe.parse_json(docs):
        name = given.get("name") if isinstance(given, dict) else given
        document = frappe.get_doc(doctype, name)
        open_steps = [
            step for step in get_transitions(document) if has_approval_access(frappe.session.user, document, step)
        ]
        actions = {step.action for step in open_steps}
        common = actions if common is None else common & actions
    return sorted(common or ())


# -- saving ------------------------------------------------------------------------------------------------------------


def validate_workflow(doc: Any) -> None:
    """Check the state of a document that is being saved; fill it in where it is missing.

    Raises WorkflowPermissionError for a step the user may not take or a document the user may not edit in its state,
    WorkflowStateError for a state that is none or does not fit the document status.
    """
    name = get_workflow_name(doc.doctype)
    if not name:
        return
    workflow = frappe.get_cached_doc("Workflow", name)
    field = workflow.workflow_state_field
    before = doc.get_doc_before_save()
    current = (before.get(field) if before is not None else None) or workflow.states[0].state
    if not doc.get(field):
        doc.set(field, current)
    stored = before if before is not None else doc
    if doc.get(field) == current and int(doc.docstatus) != (int(before.docstatus) if before is not None else 0):
        doc.set(field, _state_for(doc, stored, workflow).state)
    _check_move(doc, before, workflow, current)
    state = _state_of(workflow, doc.get(field))
    if cint(state.doc_status) != int(doc.docstatus):
        names = [_("a draft"), _("submitted"), _("cancelled")]
        text = _("In the state {0} a document is {1}, not {2}.")
        raise WorkflowStateError(text.format(state.state, names[cint(state.doc_status)], names[int(doc.docstatus)]))


def _state_for(doc: Any, before: Any, workflow: Any) -> Any:
    """Return the state of a document that is submitted or cancelled without a step of the workflow being named."""
    fitting = [row for row in workflow.states if cint(row.doc_status) == int(doc.docstatus)]
    if not fitting:
        raise WorkflowStateError(_("The workflow has no state for documents like this."))
    allowed = {step.next_state for step in _steps(before, workflow, frappe.session.user)}
    return next((row for row in fitting if row.state in allowed), fitting[0])


def _check_move(doc: Any, before: Any, workflow: Any, current: str) -> None:
    if doc.flags.ignore_permissions or frappe.session.user == "Administrator":
        return
    wanted = doc.get(workflow.workflow_state_field)
    if wanted == current:
        if before is not None:
            _check_may_edit(_state_of(workflow, current))
        return
    origin = before if before is not None else doc
    steps = _steps(_in_state(origin, workflow, current), workflow, frappe.session.user)
    if not any(step.next_state == wanted and has_approval_access(frappe.session.user, origin, step) for step in steps):
        raise WorkflowPermissionError(_("You may not move this document from {0} to {1}.").format(current, wanted))


def _in_state(document: Any, workflow: Any, state: str) -> Any:
    copied = frappe.get_doc(document.as_dict())
    copied.set(workflow.workflow_state_field, state)
    return copied


def _check_may_edit(state: Any) -> None:
    if state.allow_edit and state.allow_edit not in frappe.get_roles():
        text = _("In the state {0} only the role {1} may edit this document.")
        raise WorkflowPermissionError(text.format(state.state, _(state.allow_edit)))


def documents_for_forms(doctype: str) -> Iterable[dict[str, Any]]:
    """Return what a form shows a workflow with: the Workflow and its states."""
    name = get_workflow_name(doctype)
    if not name:
        return []
    workflow = frappe.get_cached_doc("Workflow", name)
    states = [frappe.get_cached_doc("Workflow State", row.state).as_dict() for row in workflow.states]
    return [workflow.as_dict(), *states]


__all__ = [
    "apply_workflow",
    "bulk_workflow_approval",
    "can_cancel_document",
    "get_common_transition_actions",
    "get_transitions",
    "get_workflow",
    "get_workflow_name",
    "get_workflow_safe_globals",
    "get_workflow_state_field",
    "has_approval_access",
    "is_transition_condition_satisfied",
    "validate_workflow",
]
