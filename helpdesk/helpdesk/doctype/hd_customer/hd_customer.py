"""HD Customer: an organisation whose people ask for help."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import validate_email_address

from helpdesk.access import ADMINISTRATOR, agents_only, has_role, is_agent, refuse
from helpdesk.compat import has_doctype, literal
from helpdesk.customers import domains, invitations, members, outsiders, removal
from helpdesk.customers.membership import customers_of_user
from helpdesk.customers.roles import MANAGER, MEMBER, user_of_contact
from helpdesk.lists import columns

MAY_ADD = frozenset({"System Manager", "Agent Manager", "Administrator"})
SUPPORT = frozenset({"System Manager"})


class HDCustomer(Document):
    """An organisation whose people ask for help."""

    if TYPE_CHECKING:
        name: str
        image: str | None
        customer_name: str
        customer_type: str
        domain: str | None
        erpnext_customer: str | None
        country: str | None
        primary_contact: str | None
        email_id: str | None
        mobile_no: str | None
        contacts: list[Any]

    def validate(self) -> None:
        outsiders.check_customer(self)
        if self.domain:
            self.domain = ", ".join(domains.domains_in(self.domain))
        members.check(self)

    def before_save(self) -> None:
        members.promote_primary(self)

    def on_update(self) -> None:
        members.follow_roles(self)

    def before_rename(self, old: str, new: str, merge: bool = False) -> None:
        outsiders.check_rename(self)

    def on_trash(self) -> None:
        outsiders.check_removal(self)
        removal.release_customer(self)

    @staticmethod
    def default_list_data() -> columns.ListDefaults:
        """Return the columns and rows of a list that nobody has configured."""
        return columns.CUSTOMERS

    @frappe.whitelist()
    @agents_only
    def get_contacts(self) -> list[dict[str, Any]]:
        """Return the members with their numbers and open tickets, the primary contact first."""
        return members.overview(self)

    @frappe.whitelist()
    def add_contacts(self, contacts: str | list, role: str = MEMBER) -> dict[str, Any]:
        """Add contacts with an account as members, and invite everybody else. Entries are contacts or addresses."""
        if not has_role(None, MAY_ADD):
            refuse(_("Only managers may add contacts."))
        if role not in (MEMBER, MANAGER):
            frappe.throw(_("The role must be {0} or {1}.").format(MEMBER, MANAGER))
        entries = frappe.parse_json(contacts) if isinstance(contacts, str) and contacts.startswith("[") else contacts
        entries = [entries] if isinstance(entries, str) else entries
        entries = [entry.strip() for entry in entries if isinstance(entry, str) and entry.strip()]
        if not entries:
            frappe.throw(_("Please name at least one contact."))
        return self._add(list(dict.fromkeys(entries)), role)

    def _add(self, entries: list[str], role: str) -> dict[str, Any]:
        added: list[str] = []
        invited: dict[str, str] = {}
        for entry in entries:
            contact, email = _find(entry)
            if contact and user_of_contact(contact):
                if members.add(self, contact, is_manager=role == MANAGER):
                    added.append(contact)
            else:
                invited[email] = contact or ""
        if added:
            self.save()
        known = {email: contact for email, contact in invited.items() if contact}
        return {
            "added": added,
            "invite_result": invitations.invite(list(invited), role, customer=self.name, contacts=known),
        }

    @frappe.whitelist()
    def get_pending_invites(self) -> list[dict[str, Any]]:
        """Return the invitations that nobody has accepted yet. Managers only."""
        if not has_role(None, MAY_ADD):
            refuse(_("Only managers may see invitations."))
        if not has_doctype(invitations.INVITATION):
            return []
        names = frappe.get_all(
            invitations.INVITATION, filters={"customer": self.name, "status": "Pending"}, pluck="name"
        )
        return [_pending(frappe.get_doc(invitations.INVITATION, name)) for name in names]


def _pending(invitation: Document) -> dict[str, Any]:
    return {
        "name": invitation.name,
        "email": invitation.email,
        "invited_by": invitation.invited_by,
        "invited_on": invitation.creation,
        "roles": [row.role for row in invitation.roles],
    }


def _find(entry: str) -> tuple[str | None, str]:
    """Return the contact and address that an entry stands for. Raises ValidationError when there is no address."""
    if frappe.db.exists("Contact", entry):
        email = frappe.db.get_value("Contact", entry, "email_id")
        if not email:
            frappe.throw(_("The contact {0} has no e-mail address.").format(frappe.bold(entry)))
        return entry, email
    email = validate_email_address(entry, throw=True)
    return frappe.db.get_value("Contact", {"email_id": email}, "name", order_by="creation asc"), email


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether `user` may do this: agents all that their role says, managers write, members read."""
    user = user or frappe.session.user
    if user == ADMINISTRATOR or is_agent(user) or has_role(user, SUPPORT):
        return True
    role = members.role_in(doc.name, user) if doc.name else None
    return role == "manager" or (role == "member" and ptype in ("read", "select", "print", "report", "export", "email"))


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the customers that `user` may list."""
    user = user or frappe.session.user
    if user == ADMINISTRATOR or is_agent(user) or has_role(user, SUPPORT):
        return ""
    names = [] if user == "Guest" else customers_of_user(user)
    if not names:
        return "1 = 0"
    return f"`tabHD Customer`.`name` in ({', '.join(literal(name) for name in names)})"
