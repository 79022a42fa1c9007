"""Controller of the DocType Contact: a person we know, with addresses, numbers and links to other records."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.contacts.address_and_contact import fill_link_titles, without_repeated_links
from frappe.model.document import Document
from frappe.model.naming import append_number_if_name_exists
from frappe.utils import cint, cstr, validate_email_address


class Contact(Document):
    """A person. Several contacts may share an address."""

    if TYPE_CHECKING:
        email_id: str | None
        user: str | None
        company_name: str | None
        full_name: str | None

    def autoname(self) -> None:
        name = self._get_full_name() or self._first_address()
        if not name:
            frappe.throw(_("A contact needs a name, a company or an address."))
        links = self.get("links")
        if links:
            name = f"{name}-{cstr(links[0].link_name).strip()}"
        self.name = append_number_if_name_exists("Contact", name)

    def validate(self) -> None:
        self.full_name = self._get_full_name() or self._first_address()
        self.set_primary_email()
        self.set_primary("phone")
        self.set_primary("mobile_no")
        self.set_user()
        self.set("links", without_repeated_links(self.get("links")))
        fill_link_titles(self.get("links"))

    # -- methods of the API --------------------------------------------------------------------------------------------

    def add_email(self, email_id: str, is_primary: int | bool = 0, autosave: bool = False) -> None:
        """Add an address unless it is there; `autosave` saves."""
        known = {row.email_id.lower() for row in self.get("email_ids") if row.email_id}
        if email_id.strip().lower() not in known:
            self.append("email_ids", {"email_id": email_id.strip(), "is_primary": cint(is_primary)})
            if autosave:
                self.save(ignore_permissions=True)

    def add_phone(
        self,
        phone: str,
        is_primary_phone: int | bool = 0,
        is_primary_mobile_no: int | bool = 0,
        autosave: bool = False,
    ) -> None:
        """Add a number unless it is there; `autosave` saves."""
        if phone not in {row.phone for row in self.get("phone_nos")}:
            self.append(
                "phone_nos",
                {
                    "phone": phone,
                    "is_primary_phone": cint(is_primary_phone),
                    "is_primary_mobile_no": cint(is_primary_mobile_no),
                },
            )
            if autosave:
                self.save(ignore_permissions=True)

    def get_link_for(self, link_doctype: str) -> str | None:
        """Return the first linked record of a DocType."""
        return next((row.link_name for row in self.get("links") if row.link_doctype == link_doctype), None)

    def has_link(self, doctype: str, name: str) -> bool:
        return any(row.link_doctype == doctype and row.link_name == name for row in self.get("links"))

    def has_common_link(self, doc: Any) -> bool:
        """True when the other document is linked to one of the same records."""
        others = {(row.link_doctype, row.link_name) for row in doc.get("links") or []}
        return any((row.link_doctype, row.link_name) in others for row in self.get("links"))

    # -- validation ----------------------------------------------------------------------------------------------------

    def set_primary_email(self) -> None:
        """Make exactly one address the primary one and repeat it in `email_id`."""
        rows = self.get("email_ids")
        if not rows:
            self.email_id = ""
            return
        primary = [row for row in rows if cint(row.is_primary)]
        if len(primary) > 1:
            frappe.throw(_("Only one address can be the primary one."))
        if not primary and len(rows) == 1:
            rows[0].is_primary = 1
            primary = [rows[0]]
        if not primary:
            frappe.throw(_("Choose which address is the primary one."))
        for row in rows:
            row.email_id = cstr(row.email_id).strip()
            validate_email_address(row.email_id, throw=True)
        self.email_id = primary[0].email_id

    def set_primary(self, fieldname: str) -> None:
        """Repeat the primary number of one kind (`phone`, `mobile_no`) in the field of that name."""
        flag = f"is_primary_{fieldname}"
        rows = self.get("phone_nos")
        primary = [row for row in rows if cint(row.get(flag))]
        if len(primary) > 1:
            frappe.throw(_("Only one number can be the primary one ({0}).").format(_(self.meta.get_label(fieldname))))
        if not rows:
            self.set(fieldname, "")
        elif primary:
            self.set(fieldname, primary[0].phone)

    def set_user(self) -> None:
        """Link the User who has the primary address, if there is one and none is linked."""
        if self.email_id and not self.user:
            self.user = frappe.db.get_value("User", {"email": self.email_id}, "name")

    def _get_full_name(self) -> str:
        parts = [cstr(self.get(field)).strip() for field in ("first_name", "middle_name", "last_name")]
        return " ".join(part for part in parts if part) or cstr(self.company_name).strip()

    def _first_address(self) -> str:
        rows = self.get("email_ids")
        return cstr(rows[0].email_id).strip() if rows else ""


# -- functions of the API ---------------------------------------------------------------------------------------------


def get_contact_name(email_id: str) -> str | None:
    """Return the name of the first Contact with an address."""
    return frappe.db.get_value("Contact Email", {"email_id": email_id, "parenttype": "Contact"}, "parent") or None


def get_default_contact(doctype: str, name: str) -> str | None:
    """Return the Contact linked to a record, the primary one if there are several."""
    names = frappe.get_all(
        "Dynamic Link",
        filters={"parenttype": "Contact", "link_doctype": doctype, "link_name": name},
        pluck="parent",
    )
    if not names:
        return None
    found: list[str] = frappe.get_all(
        "Contact",
        filters={"name": ("in", names)},
        pluck="name",
        order_by="is_primary_contact desc, creation asc",
        limit=1,
    )
    return found[0] if found else None


@frappe.whitelist()
def get_contact_details(contact: str) -> dict[str, Any]:
    """Return what a form copies from a Contact one may read: `contact_person`, `contact_display`, … ."""
    doc = frappe.get_doc("Contact", contact)
    doc.check_permission("read")
    return {
        "contact_person": doc.name,
        "contact_display": doc.full_name or doc.name,
        "contact_email": doc.email_id,
        "contact_mobile": doc.mobile_no,
        "contact_phone": doc.phone,
        "contact_designation": doc.designation,
        "contact_department": doc.department,
    }


def get_contact_with_phone_number(number: str | None) -> str | None:
    """Return the Contact one of whose numbers ends in `number`; leading zeros do not count."""
    digits = cstr(number).strip().lstrip("0")
    if not digits:
        return None
    found: list[str] = frappe.get_all(
        "Contact Phone",
        filters={"phone": ("like", f"%{digits}"), "parenttype": "Contact"},
        pluck="parent",
        order_by="creation desc",
        limit=1,
    )
    return found[0] if found else None


def get_contacts_linking_to(doctype: str, docname: str, fields: list[str] | None = None) -> list[Any]:
    """Return the Contacts linked to a record."""
    rows: list[Any] = frappe.get_list(
        "Contact",
        fields=fields,
        filters=[
            ["Dynamic Link", "link_doctype", "=", doctype],
            ["Dynamic Link", "link_name", "=", docname],
        ],
    )
    return rows


@frappe.whitelist()
def invite_user(contact: str) -> str:
    """Make a website user of a Contact, with a welcome mail, and return the user's name."""
    doc = frappe.get_doc("Contact", contact)
    doc.check_permission("read")
    if not frappe.has_permission("User", "create"):
        frappe.throw(_("You may not create users."), frappe.PermissionError)
    if not doc.email_id:
        frappe.throw(_("The contact needs an address before it can be invited."))
    user = frappe.get_doc(
        {
            "doctype": "User",
            "first_name": doc.first_name or doc.full_name,
            "last_name": doc.last_name,
            "email": doc.email_id,
            "user_type": "Website User",
            "send_welcome_email": 1,
        }
    ).insert()
    return str(user.name)
