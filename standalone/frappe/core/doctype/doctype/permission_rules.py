"""Which permission rows of a DocType make sense together."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.exceptions import ValidationError
from frappe.permissions import rights
from frappe.utils import cint

_ABOVE_LEVEL_0 = (
    "create",
    "delete",
    "submit",
    "cancel",
    "amend",
    "import",
    "print",
    "email",
    "report",
    "export",
    "share",
)
_FOR_EVERYBODY = ("All", "Guest", "Desk User")


def check_rules(meta: Any, for_remove: bool = False, alert: bool = False) -> None:
    """Raise ValidationError when the rules of a DocType contradict each other.

    Rows that give no right are refused too, unless rows are just being removed (`for_remove`).
    """
    rules = meta.get("permissions") or []
    if not rules and alert and not meta.istable:
        frappe.msgprint(frappe._("Nobody has a permission on {0}").format(meta.name), alert=True, indicator="orange")
    seen: set[tuple[str, int, int]] = set()
    for rule in rules:
        _check_duplicate(rule, seen)
        _check_level(rule, rules)
        _check_dependent_rights(meta, rule)
        if not for_remove:
            _check_any_right(rule)
        _check_everybody(rule)


def _where(rule: Any) -> str:
    return str(frappe._("For {0} at level {1}:").format(rule.role, cint(rule.permlevel)))


def _fail(rule: Any, text: str) -> None:
    frappe.throw(f"{_where(rule)} {text}", ValidationError)


def _check_duplicate(rule: Any, seen: set[tuple[str, int, int]]) -> None:
    key = (rule.role, cint(rule.permlevel), cint(rule.if_owner))
    if key in seen:
        _fail(rule, frappe._("there is a rule for the same role and level already"))
    seen.add(key)


def _check_level(rule: Any, rules: list[Any]) -> None:
    level = cint(rule.permlevel)
    if level < 0 or level > 9:
        _fail(rule, frappe._("levels go from 0 to 9"))
    if not level:
        return
    if not any(other.role == rule.role and not cint(other.permlevel) for other in rules):
        _fail(rule, frappe._("the role needs a rule at level 0 before higher ones"))
    for right in _ABOVE_LEVEL_0:
        if cint(rule.get(right)):
            rule.set(right, 0)


def _check_any_right(rule: Any) -> None:
    if not any(cint(rule.get(right)) for right in rights):
        _fail(rule, frappe._("no right is given"))


def _check_dependent_rights(meta: Any, rule: Any) -> None:
    if cint(rule.get("cancel")) and not cint(rule.get("submit")):
        _fail(rule, frappe._("who may cancel must be allowed to submit"))
    if cint(rule.get("amend")) and not cint(rule.get("cancel")):
        _fail(rule, frappe._("who may amend must be allowed to cancel"))
    if any(cint(rule.get(right)) for right in ("submit", "cancel", "amend")) and not cint(meta.get("is_submittable")):
        _fail(rule, frappe._("documents of {0} cannot be submitted").format(meta.name))
    if cint(rule.get("import")) and not cint(rule.get("create")):
        _fail(rule, frappe._("who may import must be allowed to create"))


def _check_everybody(rule: Any) -> None:
    """Warn of rules that let everybody write fields on a higher level."""
    if rule.role in _FOR_EVERYBODY and cint(rule.permlevel) and cint(rule.get("write")):
        frappe.msgprint(
            f"{_where(rule)} {frappe._('everybody could change protected fields')}", alert=True, indicator="orange"
        )
