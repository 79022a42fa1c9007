"""Controller of the DocType User: an account, what it may do, and what follows when it changes.

The endpoints of this dotted path are imported from the modules beside this one: passwords, signing up, look-ups.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

import frappe
from frappe import STANDARD_USERS, _
from frappe.core.doctype.user import mails
from frappe.core.doctype.user import roles as user_roles
from frappe.core.doctype.user.contacts import create_contact
from frappe.core.doctype.user.lookups import (
    get_all_roles,
    get_perm_info,
    get_permission_query_conditions,
    get_roles,
    get_timezones,
    has_permission,
    switch_theme,
    user_query,
    validate_timezone,
)
from frappe.core.doctype.user.passwords import (
    check_strength,
    generate_keys,
    new_reset_link,
    reset_password,
    test_password_strength,
    update_password,
    verify_password,
)
from frappe.core.doctype.user.removal import remove_traces, rename_traces
from frappe.core.doctype.user.sign_up import sign_up
from frappe.core.doctype.user.usernames import settle_username
from frappe.model.document import Document
from frappe.utils import cint, cstr, strip_html, today, validate_email_address

__all__ = [
    "User",
    "create_contact",
    "generate_keys",
    "get_all_roles",
    "get_perm_info",
    "get_permission_query_conditions",
    "get_roles",
    "get_timezones",
    "has_permission",
    "reset_password",
    "sign_up",
    "switch_theme",
    "test_password_strength",
    "update_password",
    "user_query",
    "verify_password",
]

LOCALE_DEFAULTS = ("date_format", "time_format", "number_format", "first_day_of_the_week")
"""Fields of a Language that become defaults of the users who choose it."""

PROFILE_FIELDS = ("first_name", "last_name", "full_name", "user_image", "mobile_no", "phone", "gender", "email")
"""Fields that the user's Contact follows."""


class User(Document):
    """An account. Its name is the e-mail address in lower case."""

    if TYPE_CHECKING:
        enabled: int
        email: str
        first_name: str
        middle_name: str | None
        last_name: str | None
        full_name: str | None
        send_welcome_email: int
        language: str | None
        time_zone: str | None
        mobile_no: str | None
        new_password: str | None
        logout_all_sessions: int
        last_password_reset_date: str | date | None
        thread_notify: int
        send_me_a_copy: int
        allowed_in_mentions: int

    # -- life cycle ----------------------------------------------------------------------------------------------------

    def autoname(self) -> None:
        if self.flags.is_standard_user:
            self.name = self.first_name
            return
        self.email = cstr(self.email).strip().lower()
        self.name = self.email

    def before_insert(self) -> None:
        self.flags.in_insert = True
        _slow_down_creation()

    def after_insert(self) -> None:
        from frappe.desk.doctype.notification_settings.notification_settings import create_notification_settings

        create_notification_settings(self.name)
        self.share_with_self()

    def before_validate(self) -> None:
        self._take_password()

    def validate(self) -> None:
        self._validate_identity()
        self._set_full_name()
        self._check_enabled()
        user_roles.settle(self)
        settle_username(self)
        self._set_time_zone()
        self._check_password_policy()

    def on_update(self) -> None:
        frappe.clear_cache(user=self.name)
        self._store_password()
        self._send_welcome()
        self._follow_up_on_changes()
        self.flags.in_insert = False

    def on_trash(self) -> None:
        if self.name in STANDARD_USERS:
            frappe.throw(_("User {0} cannot be deleted.").format(self.name))
        remove_traces(self.name)
        frappe.clear_cache(user=self.name)

    def before_rename(self, old: str, new: str, merge: bool = False) -> None:
        if old in STANDARD_USERS:
            frappe.throw(_("User {0} cannot be renamed.").format(old))
        validate_email_address(new, throw=True)
        _end_sessions(old)
        frappe.clear_cache(user=old)

    def after_rename(self, old: str, new: str, merge: bool = False) -> None:
        rename_traces(old, new)
        frappe.db.set_value("User", new, "email", new.strip().lower(), update_modified=False)
        frappe.clear_cache(user=new)

    # -- methods of the API --------------------------------------------------------------------------------------------

    def append_roles(self, *roles: str) -> None:
        """Add roles without saving."""
        present = {row.role for row in self.get("roles")}
        for role in dict.fromkeys(roles):
            if role not in present:
                self.append("roles", {"role": role})

    def add_roles(self, *roles: str) -> None:
        """Add roles and save."""
        self.append_roles(*roles)
        self.save()

    def remove_roles(self, *roles: str) -> None:
        """Remove roles and save."""
        for row in [row for row in self.get("roles") if row.role in roles]:
            self.remove(row)
        self.save()

    def reset_password(self, send_email: bool = False, password_expired: bool = False) -> str:
        """Make a new link for setting the password, mail it if asked, and return it."""
        link = new_reset_link(self, password_expired)
        if send_email:
            mails.send_reset_link(self, link)
        return link

    def get_fullname(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name)))

    def get_social_login_userid(self, provider: str) -> str | None:
        """Return the user's id at a login provider."""
        return next((row.userid for row in self.get("social_logins") if row.provider == provider), None)

    def set_social_login_userid(self, provider: str, userid: str, username: str | None = None) -> None:
        """Remember the user's id at a login provider; does not save."""
        self.append("social_logins", {"provider": provider, "userid": userid, "username": username})

    def share_with_self(self) -> None:
        """Let the user read and change the own record, whatever the roles say."""
        if self.name not in STANDARD_USERS:
            frappe.share.add_docshare(
                self.doctype, self.name, self.name, write=1, share=1, flags={"ignore_share_permission": True}
            )

    @classmethod
    def find_by_email(cls, email: str) -> Any:
        """Return the User with an address, None when there is none."""
        name = frappe.db.get_value("User", {"email": cstr(email).strip().lower()})
        return frappe.get_doc("User", name) if name else None

    @classmethod
    def find_by_credentials(cls, user_name: str, password: str, validate_password: bool = True) -> Any:
        """Return `{name, enabled, is_authenticated}` of who logs in as `user_name`, None when there is nobody."""
        from frappe.auth import find_user
        from frappe.utils.password import check_password

        name = find_user(user_name)
        if not name:
            return None
        found = frappe._dict(name=name, enabled=frappe.db.get_value("User", name, "enabled"), is_authenticated=True)
        if validate_password:
            try:
                check_password(name, password)
            except frappe.AuthenticationError:
                found.is_authenticated = False
        return found

    # -- validation ----------------------------------------------------------------------------------------------------

    def _validate_identity(self) -> None:
        if self.name in STANDARD_USERS:
            return
        self.email = cstr(self.email).strip().lower()
        validate_email_address(self.email, throw=True)
        if not self.is_new() and self.email != self.name.lower():
            frappe.throw(_("The address of an account is its name; rename the user {0} instead.").format(self.name))

    def _set_full_name(self) -> None:
        for field in ("first_name", "middle_name", "last_name"):
            if self.get(field):
                self.set(field, strip_html(self.get(field)).strip())
        self.full_name = self.get_fullname()

    def _check_enabled(self) -> None:
        if cint(self.enabled):
            return
        if self.name in STANDARD_USERS:
            frappe.throw(_("User {0} cannot be disabled.").format(self.name))
        self.thread_notify = self.send_me_a_copy = self.allowed_in_mentions = 0

    def _set_time_zone(self) -> None:
        from frappe.utils import get_system_timezone

        self.time_zone = self.time_zone or get_system_timezone()
        if self.is_new() or self.has_value_changed("time_zone"):
            validate_timezone(self.time_zone)

    # -- password ------------------------------------------------------------------------------------------------------

    def _take_password(self) -> None:
        """Keep a new password out of the record; it is stored as a hash after saving."""
        given = cstr(self.new_password)
        self.flags.password_to_set = given if given.strip("*") else None
        self.new_password = ""

    def _check_password_policy(self) -> None:
        password = self.flags.password_to_set
        if not password:
            return
        self.last_password_reset_date = today()
        if not (self.flags.ignore_password_policy or frappe.flags.in_test or frappe.flags.in_install):
            check_strength(password, [self.name, self.first_name, self.middle_name, self.last_name, self.mobile_no])

    def _store_password(self) -> None:
        password, self.flags.password_to_set = self.flags.password_to_set, None
        if password:
            from frappe.utils.password import update_password as store

            # A new account has no sessions to end.
            logout = bool(cint(self.logout_all_sessions)) and not self.flags.in_insert
            store(self.name, password, logout_all_sessions=logout)

    # -- consequences --------------------------------------------------------------------------------------------------

    def _send_welcome(self) -> None:
        wanted = self.flags.in_insert and cint(self.send_welcome_email) and not self.flags.no_welcome_mail
        if wanted and self.name not in STANDARD_USERS and not frappe.flags.in_import:
            self.flags.email_sent = mails.send_welcome(self)

    def _follow_up_on_changes(self) -> None:
        if self.flags.in_insert or self.has_value_changed("allowed_in_mentions") or self.has_value_changed("enabled"):
            frappe.cache.delete_value("users_for_mentions")
        if not self.flags.in_insert and self.has_value_changed("enabled"):
            self._apply_enabled()
        if self.has_value_changed("language") and self.language:
            _write_locale_defaults(self.name, self.language)
        if self.name not in STANDARD_USERS and any(self.has_value_changed(field) for field in PROFILE_FIELDS):
            self._update_contact()

    def _apply_enabled(self) -> None:
        from frappe.desk.doctype.notification_settings.notification_settings import toggle_notifications

        toggle_notifications(self.name, enable=bool(cint(self.enabled)), ignore_permissions=True)
        if not cint(self.enabled):
            _end_sessions(self.name)

    def _update_contact(self) -> None:
        now = bool(frappe.flags.in_test or frappe.flags.in_install)
        frappe.enqueue(
            "frappe.core.doctype.user.user.create_contact",
            user=self if now else self.name,
            ignore_mandatory=True,
            now=now,
            enqueue_after_commit=True,
            job_id=f"create_contact::{self.name}",
            deduplicate=True,
        )


def _end_sessions(user: str) -> None:
    from frappe.sessions import clear_sessions

    clear_sessions(user=user, force=True)


def _write_locale_defaults(user: str, language: str) -> None:
    """Give the user the date, time and number formats of the language."""
    values = frappe.db.get_value("Language", language, LOCALE_DEFAULTS, as_dict=True) or {}
    for key, value in values.items():
        if value:
            frappe.defaults.set_user_default(key, value, user)


def _slow_down_creation() -> None:
    """Refuse more new users an hour than the site allows (conf `throttle_user_limit`, 60)."""
    if frappe.flags.in_import or frappe.flags.in_install or frappe.flags.in_test:
        return
    limit = cint(frappe.conf.throttle_user_limit) or 60
    if frappe.db.get_creation_count("User", 60) > limit:
        frappe.throw(_("More than {0} users were created within an hour. Try again later.").format(limit))


def has_website_permission(doc: Any, ptype: str, user: str, verbose: bool = False) -> bool:
    """Let people see their own account on the website."""
    return bool(doc.name == user)


def on_doctype_update() -> None:
    """Index what logins and API keys look up."""
    frappe.db.add_index("User", ["api_key"])
    frappe.db.add_index("User", ["last_active"])
