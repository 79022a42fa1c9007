"""What people outside the support team may do to contacts and customers: nothing that lets them see more.

The framework lets everybody keep contacts of their own, and managers of a customer may write its record. Membership,
mail domain and name decide who sees whose tickets; those are the support team's.
"""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from helpdesk.access import has_role, is_agent, refuse

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_customer.hd_customer import HDCustomer

CUSTOMER = "HD Customer"
STAFF = frozenset({"System Manager"})
FIXED = ("customer_name", "domain", "erpnext_customer")


def acts_for_itself(document: Any) -> bool:
    """Tell whether somebody outside the support team writes the document with their own rights.

    Code that writes with `ignore_permissions` has asked its own questions: the framework keeps the contact of each
    user that way.
    """
    user = frappe.session.user
    if document.flags.ignore_permissions or frappe.flags.in_install or frappe.flags.in_migrate:
        return False
    return not (is_agent(user) or has_role(user, STAFF))


def check_contact(contact: Any) -> None:
    """Refuse a contact that would make its writer another person, or a member of a customer."""
    if not acts_for_itself(contact):
        return
    before = contact.get_doc_before_save()
    if contact.user and contact.user != (before.user if before else None) and contact.user != frappe.session.user:
        refuse(_("You may not link a contact to another user."))
    if _customers(contact) - (_customers(before) if before else set()):
        refuse(_("Only the support team links contacts to customers."))


def _customers(contact: Any) -> set[str]:
    return {row.link_name for row in contact.get("links") or [] if row.link_doctype == CUSTOMER}


def check_customer(customer: "HDCustomer") -> None:
    """Let a customer's manager keep its record, but neither take in people nor claim a mail domain."""
    before = customer.get_doc_before_save()
    if before is None or not acts_for_itself(customer):
        return
    for field in FIXED:
        if customer.has_value_changed(field):
            refuse(_("Only the support team changes {0}.").format(_(customer.meta.get_label(field))))
    if {row.contact_name for row in customer.contacts} - {row.contact_name for row in before.contacts}:
        refuse(_("Only the support team adds contacts to a customer."))


def check_removal(customer: "HDCustomer") -> None:
    """Keep a customer that has tickets: deleting it would take them out of the support team's books."""
    if acts_for_itself(customer) and frappe.db.exists("HD Ticket", {"customer": customer.name}):
        refuse(_("{0} has tickets. Only the support team may delete it.").format(frappe.bold(customer.name)))


def check_rename(customer: "HDCustomer") -> None:
    """Leave names to the support team."""
    if acts_for_itself(customer):
        refuse(_("Only the support team renames customers."))
