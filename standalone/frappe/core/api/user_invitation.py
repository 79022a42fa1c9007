"""The endpoints of invitations: invite, accept, list, withdraw, send again."""

from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.user_invitation.user_invitation import ACCEPTED, PENDING, UserInvitation
from frappe.rate_limiter import rate_limit
from frappe.utils import cint, sha256_hash, split_emails, validate_email_address

ACCEPT_LIMIT = 30
"""How often an hour an address may try a link."""


@frappe.whitelist(methods=["POST"])
def invite_by_email(
    emails: str, roles: str | list[str], redirect_to_path: str, app_name: str = "frappe"
) -> dict[str, list[str]]:
    """Invite people by mail; `emails` is a list separated by commas or new lines, `roles` may be a JSON list.

    Returns `{disabled_user_emails, accepted_invite_emails, pending_invite_emails, invited_emails}`: who was left out
    and why, and who got an invitation.
    """
    UserInvitation.validate_role(app_name)
    addresses = _addresses(emails)
    role_names = _role_names(roles)
    groups = _already_known(addresses, app_name)
    left_out = {address for group in groups.values() for address in group}
    invited = [address for address in addresses if address not in left_out]
    for address in invited:
        _invite(address, role_names, redirect_to_path, app_name)
    return {**groups, "invited_emails": invited}


@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(limit=ACCEPT_LIMIT, seconds=60 * 60)
def accept_invitation(key: str) -> None:
    """Make the invited person a user, log in, and redirect; to the page for setting a password if there is none."""
    invitation = _by_key(key)
    invitation.accept(ignore_permissions=True)
    user = frappe.get_doc("User", invitation.email)
    target = _first_page(user, invitation.redirect_to_path)
    # A link in a mail is opened by GET, which keeps nothing unless told so.
    frappe.local.flags.commit = True
    frappe.local.response["type"] = "redirect"
    frappe.local.response["location"] = target


@frappe.whitelist(methods=["GET"])
def get_pending_invitations(app_name: str) -> list[dict[str, Any]]:
    """Return `[{name, email, roles}]` of the invitations to an app that nobody has answered yet."""
    UserInvitation.validate_role(app_name)
    rows = frappe.get_all(
        "User Invitation",
        filters={"status": PENDING, "app_name": app_name},
        fields=["name", "email"],
        order_by="creation desc",
    )
    roles = _roles_of([row.name for row in rows])
    return [{"name": row.name, "email": row.email, "roles": roles.get(row.name, [])} for row in rows]


@frappe.whitelist(methods=["PATCH", "POST"])
def cancel_invitation(name: str, app_name: str) -> dict[str, bool]:
    """Withdraw an invitation; `{cancelled_now}` is False when it was withdrawn before."""
    return {"cancelled_now": bool(_of_app(name, app_name).cancel_invite())}


@frappe.whitelist(methods=["POST"])
def resend_invitation(name: str, app_name: str) -> None:
    """Send a pending invitation once more, with a new link."""
    _of_app(name, app_name).resend()


def _addresses(emails: str) -> list[str]:
    addresses = [address.strip().lower() for address in split_emails(emails)]
    if not addresses:
        frappe.throw(_("Name at least one address to invite."))
    validate_email_address(", ".join(addresses), throw=True)
    return list(dict.fromkeys(addresses))


def _role_names(roles: str | list[str]) -> list[str]:
    names = frappe.parse_json(roles)
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        frappe.throw(_("Name the roles of the invited people as a list."))
    return list(dict.fromkeys(names))


def _already_known(addresses: list[str], app_name: str) -> dict[str, list[str]]:
    disabled = frappe.get_all("User", filters={"name": ("in", addresses), "enabled": 0}, pluck="name")
    rows = frappe.get_all(
        "User Invitation",
        filters={"email": ("in", addresses), "app_name": app_name, "status": ("in", (PENDING, ACCEPTED))},
        fields=["email", "status"],
    )
    by_status: dict[str, set[str]] = {PENDING: set(), ACCEPTED: set()}
    for row in rows:
        by_status[row.status].add(row.email)
    disabled_now = {name.lower() for name in disabled}
    accepted = by_status[ACCEPTED] - disabled_now
    pending = by_status[PENDING] - accepted - disabled_now
    return {
        "disabled_user_emails": [address for address in addresses if address in disabled_now],
        "accepted_invite_emails": [address for address in addresses if address in accepted],
        "pending_invite_emails": [address for address in addresses if address in pending],
    }


def _invite(address: str, roles: list[str], redirect_to_path: str, app_name: str) -> None:
    frappe.get_doc(
        {
            **_extra_values(app_name),
            "doctype": "User Invitation",
            "email": address,
            "roles": [{"role": role} for role in roles],
            "app_name": app_name,
            "redirect_to_path": redirect_to_path,
        }
    ).insert(ignore_permissions=True)


def _extra_values(app_name: str) -> dict[str, Any]:
    """Return what the request says for the fields an app added to invitations (hook `extra_invite_params`)."""
    hook = frappe.get_hooks("user_invitation", default={}, app_name=app_name)
    given = {name: frappe.local.form_dict.get(name) for name in hook.get("extra_invite_params", [])}
    for name, value in given.items():
        if value is not None and not isinstance(value, str | int | float):
            frappe.throw(_("Parameter {0} must be a single value.").format(name))
    return {name: value for name, value in given.items() if value is not None}


def _by_key(key: str) -> Any:
    name = frappe.db.get_value("User Invitation", {"key": sha256_hash(key)}, "name") if key else None
    if not name:
        frappe.throw(_("This invitation does not exist, or its link was used already."), title=_("Invalid key"))
    return frappe.get_doc("User Invitation", name)


def _first_page(user: Any, path: str) -> str:
    from frappe.utils.password import has_password

    path = path if path.startswith("/") else f"/{path}"
    can_use_password = not cint(frappe.get_system_settings("disable_user_pass_login"))
    if can_use_password and not has_password(user.name):
        return f"{user.reset_password()}&redirect_to={frappe.utils.quoted(path)}"
    frappe.local.login_manager.login_as(user.name)
    return path


def _roles_of(invitations: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if invitations:
        for row in frappe.get_all(
            "User Role",
            filters={"parent": ("in", invitations), "parenttype": "User Invitation"},
            fields=["parent", "role"],
            order_by="idx asc",
        ):
            found.setdefault(row.parent, []).append(row.role)
    return found


def _of_app(name: str, app_name: str) -> Any:
    UserInvitation.validate_role(app_name)
    if not frappe.db.exists("User Invitation", {"name": name, "app_name": app_name}):
        frappe.throw(_("There is no such invitation to {0}.").format(app_name), frappe.DoesNotExistError)
    return frappe.get_doc("User Invitation", name)


__all__ = ["accept_invitation", "cancel_invitation", "get_pending_invitations", "invite_by_email", "resend_invitation"]
