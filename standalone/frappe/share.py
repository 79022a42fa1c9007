"""Documents that were shared with single users, or with everybody. One DocShare per document and user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe.types import _dict
from frappe.utils import cint, cstr

RIGHTS = ("read", "write", "submit", "share")


@frappe.whitelist()
def add(
    doctype: str,
    name: str | int,
    user: str | None = None,
    read: int = 1,
    write: int = 0,
    submit: int = 0,
    share: int = 0,
    everyone: int = 0,
    notify: int = 0,
) -> Any:
    """Share a document. The caller needs the right to share it."""
    return add_docshare(
        doctype,
        name,
        user=user,
        read=read,
        write=write,
        submit=submit,
        share=share,
        everyone=everyone,
        notify=notify,
    )


def add_docshare(
    doctype: str,
    name: str | int,
    user: str | None = None,
    read: int = 1,
    write: int = 0,
    submit: int = 0,
    share: int = 0,
    everyone: int = 0,
    flags: Mapping[str, Any] | None = None,
    notify: int = 0,
) -> Any:
    """Share a document and return the DocShare; `flags={"ignore_share_permission": True}` skips the check."""
    user = None if cint(everyone) else user or frappe.session.user
    existing = get_share_name(doctype, name, user, everyone)
    if existing:
        doc = frappe.get_doc("DocShare", existing)
    else:
        doc = frappe.new_doc("DocShare")
        doc.update({"user": user, "share_doctype": doctype, "share_name": cstr(name), "everyone": cint(everyone)})
    if flags:
        doc.flags.update(flags)
    doc.update({"read": 1, "write": cint(write), "submit": cint(submit), "share": cint(share)})
    if not cint(read) and not (cint(write) or cint(submit) or cint(share)):
        doc.read = 0
    doc.notify_by_email = cint(notify)
    doc.save(ignore_permissions=True)
    if cint(notify) and not cint(everyone):
        notify_user(user, doctype, name)
    return doc


def remove(doctype: str, name: str | int, user: str, flags: Mapping[str, Any] | None = None) -> None:
    """End the share of a document with a user; nothing happens when there is none."""
    existing = frappe.db.get_value(
        "DocShare", {"share_name": cstr(name), "share_doctype": doctype, "user": user}, "name"
    )
    if existing:
        frappe.delete_doc("DocShare", existing, flags=frappe._dict(flags or {}), ignore_permissions=True)


@frappe.whitelist()
def set_permission(
    doctype: str, name: str | int, user: str | None, permission_to: str, value: int = 1, everyone: int = 0
) -> Any:
    """Set one right of a share; the share ends when no right is left."""
    return set_docshare_permission(doctype, name, user, permission_to, value=value, everyone=everyone)


def set_docshare_permission(
    doctype: str,
    name: str | int,
    user: str | None,
    permission_to: str,
    value: int = 1,
    everyone: int = 0,
    flags: Mapping[str, Any] | None = None,
) -> Any:
    if permission_to not in RIGHTS:
        raise frappe.ValidationError(f"{permission_to!r} cannot be shared; rights are {', '.join(RIGHTS)}")
    if not (flags or {}).get("ignore_share_permission"):
        check_share_permission(doctype, name)
    existing = get_share_name(doctype, name, user, everyone)
    if not existing:
        if not cint(value):
            return {}
        return add_docshare(
            doctype,
            name,
            user,
            everyone=everyone,
            flags=flags,
            **{permission_to: 1},
        )
    share = frappe.get_doc("DocShare", existing)
    share.flags.ignore_permissions = True
    share.flags.update(flags or {})
    share.set(permission_to, cint(value))
    if not cint(value) and permission_to == "read":
        share.update({"read": 0, "write": 0, "submit": 0, "share": 0})
    share.save()
    if not share.read:
        share.delete(ignore_permissions=True)
        return {}
    return share


@frappe.whitelist()
def get_users(doctype: str, name: str | int) -> list[Any]:
    """Return the shares of a document. The caller must be allowed to read it."""
    frappe.get_doc(doctype, name).check_permission()
    return _get_users(doctype, name)


def _get_users(doctype: str, name: str | int) -> list[Any]:
    rows: list[Any] = frappe.db.get_all(
        "DocShare",
        fields=["name", "user", "read", "write", "submit", "share", "everyone", "owner", "creation"],
        filters={"share_doctype": doctype, "share_name": cstr(name)},
    )
    return rows


def get_shared(
    doctype: str,
    user: str | None = None,
    rights: Iterable[str] | None = None,
    *,
    filters: Iterable[Any] | None = None,
    limit: int | None = None,
) -> list[str]:
    """Return the names of the documents shared with `user` (or with everyone) with all of `rights` ("read")."""
    user = user or frappe.session.user
    if doctype not in _shared_doctypes():
        return []
    wanted = tuple(dict.fromkeys(rights or ("read",)))
    unknown = [right for right in wanted if right not in RIGHTS]
    if unknown:
        raise frappe.ValidationError(f"{unknown[0]!r} cannot be shared; rights are {', '.join(RIGHTS)}")
    conditions = ["`share_doctype` = %(doctype)s", "(`user` = %(user)s or `everyone` = 1)"]
    conditions += [f"`{right}` = 1" for right in wanted]
    values: dict[str, Any] = {"doctype": doctype, "user": user}
    for index, (field, operator, value) in enumerate(filters or ()):
        conditions.append(f"`{_known_field(field)}` {_known_operator(operator)} %(filter{index})s")
        values[f"filter{index}"] = tuple(value) if isinstance(value, list | set) else value
    if user == "Guest":
        conditions[1] = "(`user` = %(user)s)"
    limited = f" limit {cint(limit)}" if limit else ""
    query = f"select distinct `share_name` from `tabDocShare` where {' and '.join(conditions)}{limited}"
    return [cstr(name) for name in frappe.db.sql_list(query, values)]


def _known_field(field: str) -> str:
    if field not in ("share_name", "user", "everyone", "owner", "creation", "modified", *RIGHTS):
        raise frappe.ValidationError(f"Shares cannot be filtered by {field!r}")
    return field


def _known_operator(operator: str) -> str:
    if operator.lower() not in ("=", "!=", "in", "not in", "like", "not like", ">", "<", ">=", "<="):
        raise frappe.ValidationError(f"Shares cannot be filtered with {operator!r}")
    return operator


def _shared_doctypes() -> frozenset[str]:
    """Return the DocTypes of which anything is shared with anybody; most have nothing to ask the database for."""
    found: frozenset[str] = frappe.cache.get_value(
        "docshare_doctypes", lambda: frozenset(frappe.db.sql_list("select distinct `share_doctype` from `tabDocShare`"))
    )
    return found


def get_shared_doctypes(user: str | None = None) -> list[str]:
    """Return the DocTypes of which at least one document is shared with `user`."""
    user = user or frappe.session.user
    return list(
        frappe.db.sql_list(
            "select distinct `share_doctype` from `tabDocShare` where `read` = 1 and (`user` = %s or `everyone` = 1)",
            (user,),
        )
    )


def get_share_name(doctype: str, name: str | int, user: str | None, everyone: Any) -> str | None:
    """Return the name of the DocShare of a document with a user, or with everyone."""
    filters: dict[str, Any] = {"share_name": cstr(name), "share_doctype": doctype}
    if cint(everyone):
        filters["everyone"] = 1
    else:
        filters["user"] = user
    found: str | None = frappe.db.get_value("DocShare", filters)
    return found


def check_share_permission(doctype: str, name: str | int) -> None:
    """Raise PermissionError unless the session user may share this document."""
    if not frappe.has_permission(doctype, ptype="share", doc=name):
        frappe.throw(frappe._("No permission to share {0} {1}").format(frappe._(doctype), name), frappe.PermissionError)


def notify_user(user: str | None, doctype: str, name: str | int) -> None:
    """Tell the user a document was shared with about it, in the desk and by mail."""
    if not user or user == frappe.session.user:
        return
    from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification
    from frappe.utils.user import get_user_fullname

    subject = frappe._("{0} shared {1} {2} with you").format(
        frappe.bold(get_user_fullname(frappe.session.user)),
        frappe._(doctype),
        frappe.bold(frappe.get_doc(doctype, name).get_title()),
    )
    enqueue_create_notification(
        user,
        _dict(
            type="Share",
            document_type=doctype,
            document_name=cstr(name),
            from_user=frappe.session.user,
            subject=subject,
        ),
    )


__all__ = ["add", "add_docshare", "get_shared", "get_shared_doctypes", "get_users", "remove", "set_permission"]
