"""Controller of the DocType Workflow: the states documents of a DocType go through, and who moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.custom.doctype.custom_field.custom_field import create_custom_field
from frappe.model.document import Document
from frappe.model.workflow import forget_workflows
from frappe.utils import cint


class Workflow(Document):
    """States and the steps between them. One workflow of a DocType is active."""

    if TYPE_CHECKING:
        document_type: str
        is_active: int
        workflow_state_field: str
        states: list[Any]
        transitions: list[Any]

    def validate(self) -> None:
        self._check_states()
        self._check_transitions()

    def on_update(self) -> None:
        if self.is_active:
            self._deactivate_others()
        self._make_state_field()
        self._fill_missing_states()
        self._forget()

    def on_trash(self) -> None:
        self._forget()

    def _check_states(self) -> None:
        meta = frappe.get_meta(self.document_type)
        if meta.istable or meta.issingle or meta.is_virtual:
            frappe.throw(_("Documents of {0} cannot go through a workflow.").format(_(self.document_type)))
        names = [row.state for row in self.states]
        if len(set(names)) < len(names):
            frappe.throw(_("A state stands in a workflow once."))
        for row in self.states:
            if cint(row.doc_status) and not meta.is_submittable:
                frappe.throw(_("{0}: {1} cannot be submitted.").format(row.state, _(self.document_type)))
            if row.update_field and meta.get_field(row.update_field) is None:
                frappe.throw(_("{0}: {1} has no field {2}.").format(row.state, _(self.document_type), row.update_field))
        if cint(self.states[0].doc_status):
            frappe.throw(_("A workflow begins with a draft."))

    def _check_transitions(self) -> None:
        states = {row.state: cint(row.doc_status) for row in self.states}
        for row in self.transitions:
            for state in (row.state, row.next_state):
                if state not in states:
                    frappe.throw(_("{0} is no state of this workflow.").format(state))
            before, after = states[row.state], states[row.next_state]
            if before == 2 or after < before or (before, after) == (0, 2):
                frappe.throw(
                    _(
                        "A document cannot go from {0} to {1}: drafts are submitted, and submitted documents cancelled."
                    ).format(row.state, row.next_state)
                )

    def _deactivate_others(self) -> None:
        others = {"document_type": self.document_type, "is_active": 1, "name": ("!=", self.name)}
        for name in frappe.get_all("Workflow", filters=others, pluck="name"):
            frappe.db.set_value("Workflow", name, "is_active", 0)

    def _make_state_field(self) -> None:
        if frappe.get_meta(self.document_type).has_field(self.workflow_state_field):
            return
        field = {
            "fieldname": self.workflow_state_field,
            "label": self.workflow_state_field.replace("_", " ").title(),
            "fieldtype": "Link",
            "options": "Workflow State",
            "allow_on_submit": 1,
            "no_copy": 1,
            "read_only": 1,
        }
        create_custom_field(self.document_type, field)

    def _fill_missing_states(self) -> None:
        """Put documents that have no state into the first one for their document status."""
        for docstatus in (0, 1, 2):
            state = next((row.state for row in self.states if cint(row.doc_status) == docstatus), None)
            if state:
                frappe.db.set_value(
                    self.document_type,
                    {"docstatus": docstatus, self.workflow_state_field: ("is", "not set")},
                    self.workflow_state_field,
                    state,
                    update_modified=False,
                )

    def _forget(self) -> None:
        forget_workflows()
        frappe.clear_cache(doctype=self.document_type)
