"""Controller of the DocType User Invitation: a person is asked by mail to become a user of an app."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, escape_html, get_url, now_datetime, sha256_hash, validate_email_address

VALID_DAYS = 3
PENDING, ACCEPTED, EXPIRED, CANCELLED = "Pending", "Accepted", "Expired", "Cancelled"


class UserInvitation(Document):
    """An invitation; the key in its link is stored as a digest only."""

    if TYPE_CHECKING:
        email: str
        roles: list[Any]
        invited_by: str | None
        status: str | None
        accepted_at: str | datetime | None
        user: str | None
        app_name: str
        redirect_to_path: str
        key: str | None

    # -- life cycle ----------------------------------------------------------------------------------------------------

    def before_insert(self) -> None:
        self.email = (self.email or "").strip().lower()
        self.invited_by = frappe.session.user
        self.status = PENDING
        self.app_name = self.app_name or "frappe"
        self._validate_app()
        self._validate_roles()
        self._validate_email()
        self._validate_redirect()

    def after_insert(self) -> None:
        self._send_invitation()

    def on_trash(self) -> None:
        frappe.only_for("System Manager")

    # -- what happens to it --------------------------------------------------------------------------------------------

    def accept(self, ignore_permissions: bool = False) -> None:
        """Make the invited person a user with the roles, and tell the app."""
        self._check_pending()
        self.status = ACCEPTED
        self.accepted_at = now_datetime()
        self.user = self.email
        self.key = ""
        user, inserted = self._upsert_user()
        self.flags.ignore_links = True
        self.save(ignore_permissions=ignore_permissions)
        if not inserted:
            user.save(ignore_permissions=True)
        self._run_after_accept(user, inserted)

    @frappe.whitelist()
    def cancel_invite(self) -> bool:
        """Withdraw the invitation and tell the person; False when it was withdrawn before."""
        if self.status == CANCELLED:
            return False
        self._check_pending()
        self._close(CANCELLED)
        subject = _("Invitation to {0} withdrawn").format(self.get_app_title())
        self._mail(self.email, subject, "user_invitation_cancelled")
        return True

    def resend(self) -> None:
        """Send a pending invitation again, with a new link and the full time to accept it."""
        self._check_pending()
        self._send_invitation()

    def expire(self) -> None:
        """End an invitation that was not accepted in time and tell who sent it."""
        self._check_pending()
        self._close(EXPIRED)
        inviter = frappe.db.get_value("User", self.invited_by, "email")
        if inviter:
            self._mail(inviter, _("Invitation of {0} expired").format(self.email), "user_invitation_expired")

    def get_email_title(self) -> str:
        """Return the subject of the invitation; apps may override it."""
        return str(_("You are invited to {0}").format(self.get_app_title()))

    def get_app_title(self) -> str:
        """Return how the app calls itself."""
        return str((frappe.get_hooks("app_title", app_name=self.app_name) or [self.app_name])[0])

    @staticmethod
    def validate_role(app_name: str) -> None:
        """Let through who may invite to an app: holders of the inviter roles it names."""
        frappe.only_for(inviter_roles(app_name))

    # -- rules ---------------------------------------------------------------------------------------------------------

    def _validate_app(self) -> None:
        if self.app_name not in frappe.get_installed_apps():
            frappe.throw(_("Application is not installed: {0}").format(escape_html(self.app_name)))

    def _validate_roles(self) -> None:
        if not self.get("roles"):
            frappe.throw(_("Name at least one role for the invited person."))
        if self.app_name == "frappe":
            return
        allowed = allowed_roles(self.app_name, frappe.session.user)
        for row in self.roles:
            if row.role not in allowed:
                text = _("{0} is not an allowed role for {1}")
                frappe.throw(text.format(escape_html(str(row.role)), self.app_name))

    def _validate_email(self) -> None:
        validate_email_address(self.email, throw=True)
        for status, text in ((ACCEPTED, _("Invitation already accepted")), (PENDING, _("Invitation already exists"))):
            if frappe.db.exists(self.doctype, {"email": self.email, "app_name": self.app_name, "status": status}):
                frappe.throw(text, title=_("Error"))
        if frappe.db.get_value("User", self.email, "enabled") == 0:
            frappe.throw(_("User is disabled"), title=_("Error"))

    def _validate_redirect(self) -> None:
        path = self.redirect_to_path or ""
        if path.startswith(("//", "/\\")) or "://" in path:
            frappe.throw(_("The path to go to after accepting must be one of this site: {0}").format(escape_html(path)))

    def _check_pending(self) -> None:
        problems = {
            ACCEPTED: _("The invitation was accepted already."),
            EXPIRED: _("The invitation has expired."),
            CANCELLED: _("The invitation was withdrawn."),
        }
        if self.status in problems:
            frappe.throw(problems[self.status])

    # -- steps ---------------------------------------------------------------------------------------------------------

    def _close(self, status: str) -> None:
        self.status = status
        self.key = ""
        self.flags.ignore_links = True
        self.save(ignore_permissions=True)

    def _send_invitation(self) -> None:
        key = frappe.generate_hash()
        values = {"key": sha256_hash(key), "email_sent_at": now_datetime()}
        self.update(values)
        frappe.db.set_value(self.doctype, self.name, values)
        link = get_url(f"/api/method/frappe.core.api.user_invitation.accept_invitation?key={key}")
        extra = {"invite_link": link, "days": VALID_DAYS}
        self._mail(self.email, self.get_email_title(), "user_invitation", extra)

    def _mail(self, recipient: str, subject: str, template: str, extra: dict[str, Any] | None = None) -> None:
        args = {
            "title": self.get_app_title(),
            "email": self.email,
            "invited_by": frappe.utils.get_fullname(self.invited_by),
            **(extra or {}),
        }
        frappe.sendmail(recipients=recipient, subject=subject, template=template, args=args, now=True)

    def _upsert_user(self) -> tuple[Any, bool]:
        roles = [row.role for row in self.roles]
        if frappe.db.exists("User", self.email):
            user = frappe.get_doc("User", self.email)
            user.append_roles(*roles)
            return user, False
        user = frappe.new_doc("User")
        user.user_type = "System User"
        user.email = self.email
        user.first_name = self.email.split("@")[0].replace(".", " ").replace("_", " ").title()
        user.send_welcome_email = 0
        user.flags.no_welcome_mail = True
        user.append_roles(*roles)
        user.insert(ignore_permissions=True)
        return user, True

    def _run_after_accept(self, user: Any, inserted: bool) -> None:
        for dotted in _hook(self.app_name).get("after_accept", []):
            frappe.get_attr(dotted)(invitation=self, user=user, user_inserted=inserted)


def _hook(app_name: str) -> dict[str, Any]:
    return frappe.get_hooks("user_invitation", default={}, app_name=app_name) or {}


def inviter_roles(app_name: str) -> list[str]:
    """Return the roles that may invite to an app."""
    if app_name == "frappe":
        return ["System Manager"]
    return list(_hook(app_name).get("allowed_roles") or {}) or ["System Manager"]


def allowed_roles(app_name: str, user: str) -> set[str]:
    """Return the roles a user may give to invited people of an app."""
    mapping: dict[str, list[str]] = _hook(app_name).get("allowed_roles") or {}
    held = set(frappe.get_roles(user))
    if user == "Administrator":
        held.update(mapping)
    return {role for inviter, roles in mapping.items() if inviter in held for role in roles}


def mark_expired_invitations() -> None:
    """End every invitation that is older than it is valid; runs daily."""
    oldest = add_days(now_datetime(), -VALID_DAYS)
    for name in frappe.get_all(
        "User Invitation", filters={"status": PENDING, "email_sent_at": ("<", oldest)}, pluck="name"
    ):
        with frappe.database.database.savepoint():
            frappe.get_doc("User Invitation", name).expire()


def apps_of_inviter(user: str) -> list[str]:
    """Return the apps a user may invite people to."""
    held = set(frappe.get_roles(user))
    return [app for app in frappe.get_installed_apps() if held.intersection(inviter_roles(app))]


def get_permission_query_conditions(user: str | None = None) -> str | None:
    """Show System Managers everything, others the invitations to apps they may invite to."""
    user = user or frappe.session.user
    if user == "Administrator" or "System Manager" in frappe.get_roles(user):
        return None
    apps = ", ".join(frappe.db.escape(app) for app in apps_of_inviter(user))
    return f"(`tabUser Invitation`.app_name in ({apps}))" if apps else "(1 = 0)"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Say the same as the list does; an invitation is cancelled rather than deleted."""
    user = user or frappe.session.user
    if user == "Administrator" or "System Manager" in frappe.get_roles(user):
        return True
    return ptype != "delete" and doc.app_name in apps_of_inviter(user)
