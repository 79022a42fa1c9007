"""Controller of the DocType System Settings: how the site behaves for everybody."""

import re
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.core.doctype.user.lookups import timezones, validate_timezone
from frappe.model import no_value_fields
from frappe.model.document import Document
from frappe.utils import cint, cstr

EXPIRY = re.compile(r"^\d{1,5}:[0-5]?\d(:[0-5]?\d)?$")
CACHES = ("lang", "time_zone", "languages", "bootinfo")


class SystemSettings(Document):
    """The site's settings. What is saved here becomes the default of everybody (parent `__default`)."""

    if TYPE_CHECKING:
        language: str
        time_zone: str
        session_expiry: str | None
        disable_user_pass_login: int
        login_with_email_link: int

    def validate(self) -> None:
        self._validate_time_zone()
        self._validate_session_expiry()
        self._validate_ways_in()
        self._validate_limits()

    def on_update(self) -> None:
        self.set_defaults()
        for key in CACHES:
            frappe.cache.delete_value(key)
        frappe.clear_document_cache(self.doctype, self.name)

    def set_defaults(self) -> None:
        """Copy what changed into the global defaults; the language is also the default `lang`."""
        for field in self.meta.fields:
            if field.fieldtype in no_value_fields or not self.has_value_changed(field.fieldname):
                continue
            frappe.db.set_default(field.fieldname, _as_default(self.get(field.fieldname)))
            if field.fieldname == "language":
                frappe.db.set_default("lang", self.language)

    def _validate_time_zone(self) -> None:
        validate_timezone(self.time_zone)

    def _validate_session_expiry(self) -> None:
        expiry = cstr(self.session_expiry).strip()
        if expiry and (not EXPIRY.match(expiry) or not any(cint(part) for part in expiry.split(":"))):
            frappe.throw(_("The session expiry is a time such as {0} (hours:minutes).").format("170:00"))

    def _validate_ways_in(self) -> None:
        """Keep one way to log in open."""
        if cint(self.disable_user_pass_login) and not cint(self.login_with_email_link):
            frappe.throw(_("Allow logging in by e-mail link before passwords are switched off."))

    def _validate_limits(self) -> None:
        for fieldname in ("allow_consecutive_login_attempts", "password_reset_limit", "max_file_size", "backup_limit"):
            if cint(self.get(fieldname)) < 0:
                frappe.throw(_("{0} cannot be negative.").format(_(self.meta.get_label(fieldname))))


def _as_default(value: Any) -> Any:
    return "" if value is None else value


@frappe.whitelist()
def load() -> dict[str, Any]:
    """Return what the form needs: `{timezones, defaults}`."""
    frappe.only_for("System Manager")
    meta = frappe.get_meta("System Settings")
    defaults = frappe.db.get_defaults()
    names = [field.fieldname for field in meta.fields if field.fieldtype in ("Select", "Data")]
    return {"timezones": sorted(timezones()), "defaults": {name: defaults.get(name) for name in names}}
