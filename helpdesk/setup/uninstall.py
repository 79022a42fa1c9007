"""Gives a site back to its framework. Our own records go with their DocTypes; here goes what refers to them."""

import frappe

from helpdesk.assignment.team_rules import RULE, TICKET
from helpdesk.inbox.accounts import ACCOUNT
from helpdesk.integrations.erpnext import fields
from helpdesk.search import indexing
from helpdesk.setup import data


def before_uninstall() -> None:
    """Take back what was put into the framework's records. The index goes last, because DDL commits."""
    remove_custom_fields()
    remove_property_setters()
    close_portal()
    release_mail_accounts()
    remove_assignment_rules()
    indexing.drop()


def remove_custom_fields() -> None:
    """Remove our fields from the framework's DocTypes, some of which link to ours."""
    for added in (data.CUSTOM_FIELDS, fields.FIELDS):
        for doctype, rows in added.items():
            for row in rows:
                frappe.delete_doc_if_exists("Custom Field", f"{doctype}-{row['fieldname']}", force=1)


def remove_property_setters() -> None:
    """Undo our changes to the framework's forms, unless the site has changed them again."""
    for doctype, field, prop, value in data.PROPERTY_SETTERS:
        name = f"{doctype}-{field or 'main'}-{prop}"
        if frappe.db.get_value("Property Setter", name, "value") == value:
            frappe.delete_doc("Property Setter", name, force=True)


def close_portal() -> None:
    """Send nobody to a portal that is gone, and give new people no role that says nothing any more."""
    for role in data.PORTAL_ROLES:
        if frappe.db.get_value("Role", role, "home_page") == data.PORTAL_HOME:
            frappe.db.set_value("Role", role, "home_page", None)
    for field, value in (("default_role", data.PORTAL_ROLES[0]), ("default_portal_home", data.PORTAL_HOME)):
        if frappe.db.get_single_value("Portal Settings", field) == value:
            frappe.db.set_single_value("Portal Settings", field, None)


def release_mail_accounts() -> None:
    """Let mail come in as it is, where it was made into tickets."""
    for doctype in (ACCOUNT, "IMAP Folder"):
        if frappe.db.exists(doctype, {"append_to": TICKET}):
            frappe.db.set_value(doctype, {"append_to": TICKET}, "append_to", None)


def remove_assignment_rules() -> None:
    """Remove the rules for tickets, past the check that keeps the last one."""
    names = frappe.get_all(RULE, filters={"document_type": TICKET}, pluck="name")
    if not names:
        return
    for table in frappe.get_meta(RULE).get_table_fields():
        frappe.db.delete(table.options, {"parenttype": RULE, "parent": ["in", names]})
    frappe.db.delete(RULE, {"name": ["in", names]})
    frappe.clear_cache(doctype=RULE)
