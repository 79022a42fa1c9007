"""Controller of the DocType Assignment Rule, and the engine that applies the rules after a document was saved.

The engine runs on every save of every document. Which doctypes have rules, and the rules themselves, come from the
cache, so a document of a doctype without rules costs no statement.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.automation.doctype.assignment_rule import rotation
from frappe.desk.doctype.todo.todo import ENDED, rows_of
from frappe.desk.form import assign_to
from frappe.model import log_types
from frappe.model.document import Document
from frappe.utils import cint, get_weekday, now_datetime

RULES_BY_DOCTYPE = "assignment_rules"
"""Cache key: `{doctype: [rule names]}`, disabled rules included. The document cache drops it when any rule changes."""


class AssignmentRule(Document):
    """Who gets a document when it meets a condition, and when the assignment ends by itself."""

    if TYPE_CHECKING:
        document_type: str
        description: str
        unassign_condition: str | None
        rule: str
        users: list[Any]
        weighted_users: list[Any]
        last_user: str | None
        due_date_based_on: str | None
        field: str | None

    def validate(self) -> None:
        self.validate_document_types()
        self.validate_assignment_days()
        self._validate_field()

    def validate_document_types(self) -> None:
        """Refuse ToDo: its own assignments would be ToDos again."""
        if self.document_type == "ToDo":
            frappe.throw(_("Documents of type {0} cannot be assigned by a rule.").format(frappe.bold(_("ToDo"))))

    def validate_assignment_days(self) -> None:
        days = self.get_assignment_days()
        repeated = sorted({day for day in days if days.count(day) > 1})
        if repeated:
            frappe.throw(_("These days are listed more than once: {0}").format(frappe.bold(", ".join(repeated))))

    def _validate_field(self) -> None:
        if self.rule == "Based on Field" and not self.field:
            frappe.throw(_("Name the field that holds the user; the rule is {0}.").format(frappe.bold(_(self.rule))))

    # -- what the engine asks ------------------------------------------------------------------------------------------

    def apply_unassign(self, doc: dict[str, Any], assignments: Sequence[dict[str, Any]]) -> bool:
        """Clear every assignment if this rule made one of them and its condition to unassign holds."""
        if self.unassign_condition and self.name in [row["assignment_rule"] for row in assignments]:
            return self.clear_assignment(doc)
        return False

    def apply_assign(self, doc: dict[str, Any]) -> bool:
        """Assign the document if the condition holds and somebody is found."""
        return bool(self.safe_eval("assign_condition", doc)) and self.do_assignment(doc)

    def do_assignment(self, doc: dict[str, Any]) -> bool:
        """Replace the assignments of the document by the user whose turn it is; False when there is nobody."""
        user = self._pick(doc)
        if not user:
            return False
        existing = self.flags.existing
        if existing is None:
            assign_to.clear(doc["doctype"], doc["name"], ignore_permissions=True)
        self._hand_over(doc, user, [] if existing is None else existing)
        self._remember(user)
        return True

    def clear_assignment(self, doc: dict[str, Any]) -> bool:
        """Cancel every assignment if the condition to unassign holds."""
        if self.safe_eval("unassign_condition", doc):
            return assign_to.clear(doc["doctype"], doc["name"], ignore_permissions=True)
        return False

    def close_assignments(self, doc: dict[str, Any]) -> bool:
        """Mark every assignment as done if the condition to close holds."""
        if self.safe_eval("close_condition", doc):
            return assign_to.close_all_assignments(doc["doctype"], doc["name"], ignore_permissions=True)
        return False

    def get_user(self, doc: dict[str, Any]) -> str | None:
        """Return whose turn it is, by the strategy of the rule."""
        if self.rule == "Round Robin":
            return self.get_user_round_robin()
        if self.rule == "Load Balancing":
            return self.get_user_load_balancing()
        if self.rule == "Weighted Distribution":
            return self.get_user_weighted_distribution()
        if self.rule == "Based on Field":
            return self.get_user_based_on_field(doc)
        return None

    def get_user_round_robin(self) -> str | None:
        return rotation.next_in_turn([row.user for row in self.users], self.last_user)

    def get_user_load_balancing(self) -> str | None:
        users = [row.user for row in self.users]
        return rotation.least_loaded(users, open_assignments(self.document_type, users))

    def get_user_weighted_distribution(self) -> str | None:
        weights = rotation.reduced({row.user: cint(row.weight) for row in self.weighted_users})
        return rotation.most_owed(weights, self._latest_assignees(rotation.window(weights)))

    def get_user_based_on_field(self, doc: dict[str, Any]) -> str | None:
        user = doc.get(self.field or "")
        name: str | None = frappe.get_cached_value("User", user, "name") if user else None
        return name

    def safe_eval(self, fieldname: str, doc: dict[str, Any]) -> bool:
        """Evaluate one of the rule's conditions; one that fails is reported and counts as not met."""
        condition = self.get(fieldname)
        if not condition:
            return False
        try:
            return bool(frappe.safe_eval(condition, None, doc))
        except Exception as error:  # the condition is the administrator's text and may fail in any way
            frappe.logger("assignment").warning("%s of assignment rule %s: %s", fieldname, self.name, error)
            frappe.msgprint(
                _("Assignment rule {0}: {1} could not be evaluated: {2}").format(
                    self.name, frappe.bold(_(self.meta.get_label(fieldname))), error
                ),
                indicator="orange",
            )
            return False

    def get_assignment_days(self) -> list[str]:
        return [row.day for row in self.get("assignment_days") or []]

    def is_rule_not_applicable_today(self) -> bool:
        """True when days are set and today is none of them."""
        days = self.get_assignment_days()
        today = frappe.flags.assignment_day or get_weekday(now_datetime())
        return bool(days) and today not in days

    # -- handing over --------------------------------------------------------------------------------------------------

    def _pick(self, doc: dict[str, Any]) -> str | None:
        if self.rule == "Round Robin":
            # The cached rule does not follow every turn; two tickets at once must not see the same turn.
            self.last_user = frappe.db.get_value("Assignment Rule", self.name, "last_user", for_update=True)
        return self.get_user(doc)

    def _hand_over(self, doc: dict[str, Any], user: str, existing: list[Any]) -> None:
        document = self.flags.document or frappe.get_doc(doc["doctype"], doc["name"])
        options = {
            "description": frappe.render_template(self.description, doc) if self.description else None,
            "assignment_rule": self.name,
            "date": doc.get(self.due_date_based_on) if self.due_date_based_on else None,
        }
        assign_to.assign(document, [user], options, existing=existing, ignore_permissions=True)

    def _remember(self, user: str) -> None:
        """Store whose turn it was, without touching the cached rule: the turn is read from the table."""
        self.last_user = user
        rules = frappe.qb.DocType("Assignment Rule")
        frappe.qb.update(rules).set(rules.last_user, user).where(rules.name == self.name).run()

    def _latest_assignees(self, count: int) -> list[str]:
        if not count:
            return []
        users: list[str] = frappe.get_all(
            "ToDo",
            filters={"assignment_rule": self.name},
            pluck="allocated_to",
            order_by="creation desc",
            limit=count,
        )
        return users


# -- the engine -------------------------------------------------------------------------------------------------------


def apply(
    doc: Any = None, method: str | None = None, doctype: str | None = None, name: str | int | None = None
) -> None:
    """Assign, unassign, close or reopen by the rules of the document's doctype; runs after each save."""
    if _is_paused():
        return
    if doc is None and doctype and name:
        doc = frappe.get_doc(doctype, name)
    if doc is None or doc.doctype in log_types:
        return
    rules = rules_for(doc.doctype)
    if rules:
        _Application(doc, rules).run()


class _Application:
    """One pass of the rules over one document."""

    def __init__(self, doc: Any, rules: Sequence[Any]):
        self.doc = doc
        self.values = doc.as_dict()
        self.rules = [rule for rule in rules if not rule.is_rule_not_applicable_today()]

    def run(self) -> None:
        if not self.rules:
            return
        rows = rows_of(self.doc.doctype, self.doc.name)
        assignments = [row for row in rows if row.status != "Cancelled"]
        cleared = bool(assignments) and any(rule.apply_unassign(self.values, assignments) for rule in self.rules)
        free = cleared or not assignments
        assigned = free and self._assign()
        if assigned:
            self._close_what_is_done()
        elif not free:
            self._close_or_reopen(assignments)

    def _assign(self) -> bool:
        for rule in self.rules:
            # Nobody is on the document now, which saves the rule from looking again.
            rule.flags.update(existing=[], document=self.doc)
            if rule.apply_assign(self.values):
                return True
        return False

    def _close_what_is_done(self) -> None:
        for rule in self.rules:
            rule.close_assignments(self.values)

    def _close_or_reopen(self, assignments: Sequence[Any]) -> None:
        for rule in self.rules:
            if rule.safe_eval("close_condition", self.values):
                assign_to.end_all(self.doc, assignments, "Closed", ENDED)
                return
            if assign_to.reopen(self.doc, assignments):
                return


def rules_for(doctype: str) -> list[AssignmentRule]:
    """Return fresh copies of the enabled rules of a doctype, most important first."""
    names = rules_by_doctype().get(doctype, ())
    cached = [frappe.get_cached_doc("Assignment Rule", name) for name in names]
    active = [rule for rule in cached if not rule.disabled and rule.document_type == doctype]
    active.sort(key=lambda rule: -cint(rule.priority))
    # Subclasses may narrow the list of users while they choose; the cached rule must not change with it.
    return [frappe.get_doc(rule.as_dict()) for rule in active]


def rules_by_doctype() -> dict[str, list[str]]:
    """Return `{doctype: [rule names]}`, disabled ones included; one query when it is not cached."""
    found: dict[str, list[str]] | None = frappe.cache.get_value(RULES_BY_DOCTYPE)
    if found is None:
        found = {}
        for row in frappe.get_all("Assignment Rule", fields=["name", "document_type"], order_by="creation asc"):
            found.setdefault(row.document_type, []).append(row.name)
        frappe.cache.set_value(RULES_BY_DOCTYPE, found)
    return found


def open_assignments(doctype: str, users: Sequence[str]) -> dict[str, int]:
    """Return `{user: open assignments of this doctype}` for those who have any."""
    if not users:
        return {}
    from frappe.query_builder.functions import Count

    todo = frappe.qb.DocType("ToDo")
    query = (
        frappe.qb.from_(todo)
        .select(todo.allocated_to, Count(todo.name))
        .where((todo.reference_type == doctype) & (todo.status == "Open") & todo.allocated_to.isin(list(users)))
        .groupby(todo.allocated_to)
    )
    return dict(query.run())


def _is_paused() -> bool:
    flags = frappe.flags
    return bool(flags.in_patch or flags.in_install or flags.in_setup_wizard)


@frappe.whitelist()
def bulk_apply(doctype: str, docnames: str | list[str | int]) -> None:
    """Apply the rules to several documents, in the background when there are more than five."""
    frappe.has_permission(doctype, "write", throw=True)
    names = frappe.parse_json(docnames)
    in_background = len(names) > 5
    for name in names:
        frappe.has_permission(doctype, "write", doc=name, throw=True)
        if in_background:
            frappe.enqueue(apply, doctype=doctype, name=name)
        else:
            apply(doctype=doctype, name=name)


def reopen_closed_assignment(doc: Any) -> bool:
    """Open the finished assignments of a document again; True when there was one."""
    return assign_to.reopen(doc, rows_of(doc.doctype, doc.name))


def update_due_date(doc: Any, method: str | None = None) -> None:
    """Carry a changed date into the open ToDos of the rules that take their due date from it."""
    if _is_paused():
        return
    for name in rules_by_doctype().get(doc.doctype, ()):
        rule = frappe.get_cached_doc("Assignment Rule", name)
        field = rule.due_date_based_on
        if field and not rule.disabled and doc.get_doc_before_save() and doc.has_value_changed(field):
            _move_due_date(doc, rule.name, doc.get(field))


def _move_due_date(doc: Any, rule: str, due: date | str | None) -> None:
    frappe.db.set_value(
        "ToDo",
        {"assignment_rule": rule, "reference_type": doc.doctype, "reference_name": doc.name, "status": "Open"},
        "date",
        due,
    )
