"""What a new site starts with: roles, the two standard users, masters, folders, settings."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.geo import masters
from frappe.utils import cint

STANDARD_ROLES = ("Administrator", "System Manager", "Guest", "All", "Desk User", "Report Manager", "Translator")
WITHOUT_DESK = ("Guest", "All")
GENDERS = ("Male", "Female", "Other", "Transgender", "Genderqueer", "Non-Conforming", "Prefer not to say")
SALUTATIONS = ("Mr", "Ms", "Mx", "Dr", "Mrs", "Madam", "Miss", "Master", "Prof")
MAILBOXES = (("Notifications", "notifications@example.com", "outgoing"), ("Replies", "replies@example.com", "incoming"))
SYSTEM_DEFAULTS = {
    "language": "en",
    "date_format": "yyyy-mm-dd",
    "time_format": "HH:mm:ss",
    "number_format": "#,###.##",
}


def after_install() -> None:
    """Insert the records of a new site; what is there already stays as it is."""
    _insert_roles()
    _insert_user_types()
    masters.insert_all()
    _insert_masters()
    _insert_users()
    _insert_mailboxes()
    _insert_folders()
    _write_settings()
    frappe.clear_cache()


def _insert(doctype: str, name: str, **values: Any) -> Any:
    if frappe.db.exists(doctype, name):
        return None
    doc = frappe.get_doc({"doctype": doctype, "name": name, **values})
    doc.flags.ignore_links = True
    return doc.insert(ignore_permissions=True)


def _insert_roles() -> None:
    named = frappe.get_all("DocPerm", pluck="role", distinct=True)
    for role in dict.fromkeys([*STANDARD_ROLES, *named]):
        if role:
            _insert("Role", role, role_name=role, desk_access=cint(role not in WITHOUT_DESK))
    frappe.db.set_value("Role", {"name": ("in", WITHOUT_DESK)}, "desk_access", 0, update_modified=False)


def _insert_user_types() -> None:
    for name in ("System User", "Website User"):
        _insert("User Type", name, is_standard=1)


def _insert_masters() -> None:
    for gender in GENDERS:
        _insert("Gender", gender, gender=gender)
    for salutation in SALUTATIONS:
        _insert("Salutation", salutation, salutation=salutation)


def _insert_users() -> None:
    every_role = frappe.get_all("Role", filters={"name": ("not in", ("Guest", "All", "Desk User"))}, pluck="name")
    _insert_user("Administrator", "admin@example.com", every_role)
    _insert_user("Guest", "guest@example.com", ["Guest"])


def _insert_user(name: str, email: str, roles: list[str]) -> None:
    if frappe.db.exists("User", name):
        return
    user = frappe.get_doc(
        {
            "doctype": "User",
            "first_name": name,
            "email": email,
            "enabled": 1,
            "thread_notify": 0,
            "send_me_a_copy": 0,
            "send_welcome_email": 0,
            "roles": [{"role": role} for role in roles],
        }
    )
    user.flags.is_standard_user = True
    user.flags.no_welcome_mail = True
    user.flags.ignore_links = True
    user.insert(ignore_permissions=True)


def _insert_mailboxes() -> None:
    """Insert an example domain and two accounts that show how mail is set up; neither is switched on."""
    _insert_unchecked(
        "Email Domain",
        "example.com",
        domain_name="example.com",
        email_server="imap.example.com",
        smtp_server="smtp.example.com",
        use_imap=1,
        use_ssl=1,
    )
    for name, address, direction in MAILBOXES:
        _insert_unchecked(
            "Email Account",
            name,
            email_account_name=name,
            email_id=address,
            domain="example.com",
            **{f"default_{direction}": 1},
        )


def _insert_unchecked(doctype: str, name: str, **values: Any) -> None:
    if frappe.db.exists(doctype, name):
        return
    doc = frappe.get_doc({"doctype": doctype, "name": name, **values})
    # The servers of the example do not exist, so nothing is asked of them.
    doc.flags.ignore_validate = True
    doc.flags.ignore_links = True
    doc.insert(ignore_permissions=True)


def _insert_folders() -> None:
    folders: tuple[tuple[str, dict[str, Any]], ...] = (
        ("Home", {"is_home_folder": 1}),
        ("Home/Attachments", {"is_attachments_folder": 1, "folder": "Home"}),
    )
    for path, values in folders:
        if not frappe.db.exists("File", path):
            folder = frappe.get_doc({"doctype": "File", "file_name": path.rsplit("/", 1)[-1], "is_folder": 1, **values})
            folder.insert(ignore_permissions=True)


def _write_settings() -> None:
    settings = frappe.get_single("System Settings")
    for field, value in {**SYSTEM_DEFAULTS, "time_zone": frappe.conf.time_zone or "UTC"}.items():
        if not settings.get(field):
            settings.set(field, value)
    skipped = cint(frappe.conf.skip_setup_wizard)
    settings.setup_complete = cint(settings.setup_complete) or skipped
    settings.flags.ignore_mandatory = True
    settings.save(ignore_permissions=True)
    frappe.db.set_default("desktop:home_page", "workspace" if skipped else "setup-wizard")
