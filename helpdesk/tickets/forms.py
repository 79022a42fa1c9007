"""The form of a ticket: template fields, and the scripts that belong to it."""

from typing import Any

import frappe
from frappe import _

from helpdesk import caching
from helpdesk.access import is_agent
from helpdesk.customers.membership import contact_of_user, customers_of_contact
from helpdesk.settings import get_settings

TEMPLATE = "HD Ticket Template"
DEFAULT_TEMPLATE = "Default"
SCRIPT = "HD Form Script"
SCRIPTS_KEY = "helpdesk:form_scripts"
FORBIDDEN_FIELDS = ("status", "agreement_status")
DEFINITION = (
    "description",
    "fieldtype",
    "label",
    "options",
    "link_filters",
    "depends_on",
    "mandatory_depends_on",
)
ROW = ("fieldname", "hide_from_customer", "required", "url_method", "placeholder", "idx")
BASE_FIELDS = ("ticket_type", "agent_group", "priority", "customer")


def check(template: Any) -> None:
    """Refuse rows about fields that a ticket does not have, or that a form must not set."""
    meta = frappe.get_meta("HD Ticket")
    for row in template.get("fields"):
        if row.fieldname in FORBIDDEN_FIELDS:
            frappe.throw(_("The field {0} cannot be part of a template.").format(frappe.bold(row.fieldname)))
        if not meta.has_field(row.fieldname):
            frappe.throw(_("Tickets have no field {0}.").format(frappe.bold(row.fieldname)))


def stored(name: str) -> Any | None:
    """Return a template from the cache, or None."""
    known = frappe.get_cached_value(TEMPLATE, name, "name")
    return frappe.get_cached_doc(TEMPLATE, known) if known else None


def describe(name: str, user: str) -> dict[str, Any]:
    """Return a template as the new-ticket form needs it; an unknown one has no fields."""
    template = stored(name)
    if template is None:
        return {"about": None, "fields": []}
    return {
        "about": template.about,
        "fields": template_fields(template, user),
        "description_template": template.description_template,
        "subject_template": template.subject_template,
        "_form_script": form_scripts("HD Ticket", new_page=True),
    }


def template_fields(template: Any, user: str) -> list[dict[str, Any]]:
    """Return the fields of a template in order, with what the ticket says about each. Customers get theirs only."""
    rows = [{key: row.get(key) for key in ROW} for row in template.get("fields")]
    fields = [entry for row in rows if (entry := _entry(row)) is not None]
    if is_agent(user):
        return fields
    return [each for each in _with_customer_choice(fields, user) if not each["hide_from_customer"]]


def hidden_from_customers(name: str) -> set[str]:
    """Return the custom fields that a template keeps from customers."""
    template = stored(name)
    rows = template.get("fields") if template else []
    meta = frappe.get_meta("HD Ticket")
    hidden = {row.fieldname for row in rows if row.hide_from_customer}
    return {field for field in hidden if (df := meta.get_field(field)) and df.get("is_custom_field")}


def _entry(row: dict[str, Any]) -> dict[str, Any] | None:
    df = frappe.get_meta("HD Ticket").get_field(row["fieldname"])
    return {**{key: df.get(key) for key in DEFINITION}, **row} if df else None


def _with_customer_choice(fields: list[dict[str, Any]], user: str) -> list[dict[str, Any]]:
    """Let a requester choose among their own customers, and require it when there are several."""
    if not get_settings().auto_set_customer_from_contact:
        return fields
    contact = contact_of_user(user)
    customers = customers_of_contact(contact) if contact else []
    choice = next((each for each in fields if each["fieldname"] == "customer"), None)
    if choice is None and len(customers) > 1:
        choice = _customer_entry(len(fields) + 1)
        fields.append(choice)
    if choice is not None:
        choice["link_filters"] = frappe.as_json([["HD Customer", "name", "in", customers]], indent=None)
        if len(customers) > 1:
            choice.update({"required": 1, "hide_from_customer": 0})
    return fields


def _customer_entry(idx: int) -> dict[str, Any]:
    df = frappe.get_meta("HD Ticket").get_field("customer")
    row = dict.fromkeys(ROW) | {"fieldname": "customer", "idx": idx, "required": 1, "hide_from_customer": 0}
    return {**{key: df.get(key) for key in DEFINITION}, **row}


def form_scripts(
    doctype: str, *, new_page: bool = False, portal: bool = False, apply_to: str = "Form"
) -> list[str] | None:
    """Return the enabled scripts for exactly this context, or None."""
    context = (doctype, apply_to, new_page, portal)
    return [script for place, script in _enabled_scripts() if place == context] or None


def _enabled_scripts() -> list[tuple[tuple[str, str, bool, bool], str]]:
    """Return all enabled scripts with their places, the oldest first, from the cache."""
    found = frappe.cache.get_value(SCRIPTS_KEY)
    if found is None:
        fields = ["dt", "apply_to", "apply_on_new_page", "apply_to_customer_portal", "script"]
        rows = frappe.get_all(SCRIPT, filters={"enabled": 1}, fields=fields, order_by="creation asc")
        found = [
            ((row.dt, row.apply_to, bool(row.apply_on_new_page), bool(row.apply_to_customer_portal)), row.script)
            for row in rows
        ]
        frappe.cache.set_value(SCRIPTS_KEY, found)
    return found


def forget_scripts() -> None:
    """Drop the cached scripts after one has changed."""
    caching.forget(SCRIPTS_KEY)


def base_fields() -> list[dict[str, Any]]:
    """Return the ticket fields that every form has."""
    meta = frappe.get_meta("HD Ticket")
    return [dict(meta.get_field(name).as_dict()) for name in BASE_FIELDS]
