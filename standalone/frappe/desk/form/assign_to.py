"""Who works on a document.

An assignment is a ToDo that refers to the document; the target's `_assign` column repeats the open ones, so that lists
can filter by assignee. This module adds, ends and lists assignments; how a ToDo behaves stands in its controller, who
is chosen automatically stands in the Assignment Rule.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.desk.doctype.todo.todo import ENDED, rows_of, write_assignees
from frappe.utils import cint, escape_html, nowdate

SHOWN = 5
"""How many assignments `get` returns at most."""


class DuplicateToDoError(frappe.ValidationError):
    """For apps that catch it: here a user who has a document already is reported and skipped."""


@frappe.whitelist()
def get(args: str | dict[str, Any] | None = None) -> list[frappe._dict]:
    """Return `[{owner, name}]` of the open assignments of `args["doctype"]`, `args["name"]`; at most five.

    `owner` is the assignee, `name` the ToDo.
    """
    options = _options(args)
    frappe.has_permission(options.doctype, "read", doc=options.name, throw=True)
    return _listed(options.doctype, options.name)


@frappe.whitelist()
def add(args: str | dict[str, Any] | None = None, *, ignore_permissions: bool = False) -> list[frappe._dict]:
    """Assign a document to users and return its open assignments.

    `args` (the form parameters by default) holds `assign_to` (a list or a JSON list of users), `doctype` and `name`.
    It may hold `description`, `priority`, `date`, `assigned_by`, `assignment_rule`, and `re_assign`: everybody else's
    open assignment ends. A user who has the document already is reported and skipped; one who may not read it gets it
    shared.
    """
    options = _options(args)
    doc = frappe.get_doc(options.doctype, options.name)
    if not ignore_permissions:
        _check_may_assign(doc)
        options.assigned_by = frappe.session.user
    assign(doc, _users(options.assign_to), options, ignore_permissions=ignore_permissions)
    return _listed(doc.doctype, doc.name)


def assign(
    doc: Any,
    users: Sequence[str],
    options: dict[str, Any],
    *,
    existing: list[Any] | None = None,
    ignore_permissions: bool = False,
) -> list[str]:
    """Assign `doc` to `users` and return who was added; checks nothing about the caller.

    `existing` are the ToDos of the document when the caller has them already (see `rows_of`).
    """
    rows = rows_of(doc.doctype, doc.name) if existing is None else existing
    if options.get("re_assign"):
        rows = _end_others(doc, rows, users)
    holders = [row.allocated_to for row in rows if row.status not in ENDED]
    added = [user for user in _known_users(users) if user not in holders]
    todos = [_insert_todo(doc, user, options) for user in added]
    if added:
        doc._assign = write_assignees(doc.doctype, doc.name, holders + added, last=added[-1])
    for user, todo in zip(added, todos, strict=True):
        _give_access(doc, user, ignore_permissions)  # an app may let assignees read, and then needs no share
        _notify_about(todo, "ASSIGN", doc)
        _follow(doc, user)
    _report_holders([user for user in users if user in holders])
    return added


@frappe.whitelist()
def add_multiple(args: str | dict[str, Any] | None = None) -> None:
    """Assign several documents: `args["name"]` is a JSON list of names, the rest is as for `add`."""
    options = _options(args)
    for name in frappe.parse_json(options.name):
        add({**options, "name": name})


@frappe.whitelist()
def remove(doctype: str, name: str | int, assign_to: str, ignore_permissions: bool = False) -> list[frappe._dict]:
    """Cancel the assignment of one user and return the others; nothing happens when the user has none."""
    return set_status(doctype, name, assign_to=assign_to, status="Cancelled", ignore_permissions=ignore_permissions)


@frappe.whitelist()
def remove_multiple(doctype: str, names: str | list[str | int], ignore_permissions: bool = False) -> None:
    """Cancel every assignment of several documents; `names` may be a JSON list."""
    for name in frappe.parse_json(names):
        clear(doctype, name, ignore_permissions)


@frappe.whitelist()
def close(doctype: str, name: str | int, assign_to: str, ignore_permissions: bool = False) -> list[frappe._dict]:
    """Mark the session user's own assignment as done."""
    if assign_to != frappe.session.user:
        frappe.throw(_("Only the person it is assigned to can complete an assignment."))
    return set_status(doctype, name, assign_to=assign_to, status="Closed", ignore_permissions=ignore_permissions)


@frappe.whitelist()
def set_status(
    doctype: str,
    name: str | int,
    todo: str | None = None,
    assign_to: str | None = None,
    status: str = "Cancelled",
    ignore_permissions: bool = False,
) -> list[frappe._dict]:
    """Give one assignment another status, found by ToDo name or by assignee, and return the open ones."""
    doc = frappe.get_doc(doctype, name)
    if not ignore_permissions:
        _check_may_assign(doc)
    rows = rows_of(doctype, name)
    chosen = _find(rows, todo, assign_to)
    if chosen:
        _change(doc, [chosen], status)
        _unset_assigned_to(doc, chosen.allocated_to)
    return _listed(doctype, name)


@frappe.whitelist()
def clear(doctype: str, name: str | int, ignore_permissions: bool = False) -> bool:
    """Cancel every assignment of a document, finished ones too; False when it has none."""
    return _end_all(doctype, name, "Cancelled", ("Cancelled",), ignore_permissions)


@frappe.whitelist()
def close_all_assignments(doctype: str, name: str | int, ignore_permissions: bool = False) -> bool:
    """Mark every assignment that was not cancelled as done; False when there is none."""
    return _end_all(doctype, name, "Closed", ENDED, ignore_permissions)


def reopen(doc: Any, rows: Iterable[Any]) -> bool:
    """Open the finished ones among `rows` again; True when there was one."""
    closed = [row for row in rows if row.status == "Closed"]
    _change(doc, closed, "Open", notify=False)
    return bool(closed)


def notify_assignment(
    assigned_by: str,
    allocated_to: str,
    doc_type: str,
    doc_name: str | int,
    action: str = "CLOSE",
    description: str | None = None,
    title: str | None = None,
) -> None:
    """Tell the assignee that an assignment was given (action ASSIGN) or ended (CLOSE).

    Nobody is told about their own doing, and disabled users are told nothing.
    """
    if not (assigned_by and allocated_to) or assigned_by == allocated_to:
        return
    if not frappe.get_cached_value("User", allocated_to, "enabled"):
        return
    from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification

    enqueue_create_notification(
        allocated_to,
        {
            "type": "Assignment",
            "document_type": doc_type,
            "document_name": doc_name,
            "subject": _subject(doc_type, doc_name, action, title),
            "from_user": frappe.session.user,
            "email_content": _email_content(description) if action == "ASSIGN" else None,
        },
    )


# -- reading the request ----------------------------------------------------------------------------------------------


def _options(args: str | dict[str, Any] | None) -> Any:
    options = frappe._dict(frappe.parse_json(args) if args else frappe.local.form_dict)
    for key in ("doctype", "name"):
        if not options.get(key):
            frappe.throw(_("Say which document is meant: {0} is missing.").format(key))
    return options


def _users(assign_to: Any) -> list[str]:
    users = frappe.parse_json(assign_to)
    users = [users] if isinstance(users, str) else users
    if not users or not isinstance(users, list) or not all(isinstance(user, str) for user in users):
        frappe.throw(_("Name the users to assign as a list: {0}").format("assign_to"))
    return list(dict.fromkeys(users))


def _known_users(users: Iterable[str]) -> list[str]:
    """Return the users with the spelling of their records, each once; an unknown one is refused."""
    known: list[str] = []
    for user in users:
        name = frappe.get_cached_value("User", user, "name")
        if not name:
            frappe.throw(_("User {0} does not exist.").format(escape_html(user)), frappe.DoesNotExistError)
        known.append(name)
    return list(dict.fromkeys(known))


def _check_may_assign(doc: Any) -> None:
    """Let through who may read the document and works at the desk; customers do not hand out work."""
    doc.check_permission("read")
    user = frappe.session.user
    if user != "Administrator" and frappe.get_cached_value("User", user, "user_type") == "Website User":
        frappe.throw(_("Only people who work at the desk can change assignments."), frappe.PermissionError)


def _listed(doctype: str, name: str | int) -> list[frappe._dict]:
    rows: list[frappe._dict] = frappe.get_all(
        "ToDo",
        fields=["allocated_to as owner", "name"],
        filters={"reference_type": doctype, "reference_name": name, "status": ("not in", ENDED)},
        order_by="creation desc",
        limit=SHOWN,
    )
    return rows


def _find(rows: Iterable[Any], todo: str | None, assign_to: str | None) -> Any:
    if todo:
        return next((row for row in rows if row.name == todo), None)
    return next((row for row in rows if row.allocated_to == assign_to and row.status not in ENDED), None)


# -- writing ----------------------------------------------------------------------------------------------------------


def _insert_todo(doc: Any, user: str, options: dict[str, Any]) -> Any:
    description = options.get("description") or _("Assignment of {0} {1}").format(_(doc.doctype), doc.name)
    todo = frappe.get_doc(
        {
            "doctype": "ToDo",
            "allocated_to": user,
            "reference_type": doc.doctype,
            "reference_name": doc.name,
            "description": escape_html(description),
            "priority": options.get("priority") or "Medium",
            "status": "Open",
            "date": options.get("date") or nowdate(),
            "assigned_by": options.get("assigned_by") or frappe.session.user,
            "assignment_rule": options.get("assignment_rule"),
        }
    )
    todo.assigned_by_full_name = frappe.utils.get_fullname(todo.assigned_by)
    # User and document have been looked up already, and the column is written once for all users.
    todo.flags.ignore_links = True
    todo.flags.leave_reference_alone = True
    return todo.insert(ignore_permissions=True)


def _end_others(doc: Any, rows: list[Any], users: Sequence[str]) -> list[Any]:
    others = [row for row in rows if row.status not in ENDED and row.allocated_to not in users]
    _change(doc, others, "Cancelled")
    gone = {row.name for row in others}
    return [row for row in rows if row.name not in gone]


def _end_all(doctype: str, name: str | int, status: str, already: Sequence[str], ignore_permissions: bool) -> bool:
    doc = frappe.get_doc(doctype, name)
    if not ignore_permissions:
        _check_may_assign(doc)
    return end_all(doc, rows_of(doctype, name), status, already)


def end_all(doc: Any, rows: Sequence[Any], status: str, already: Sequence[str] = ("Cancelled",)) -> bool:
    """Give every row but those in `already` the status; False when no row counts."""
    counted = rows if status == "Cancelled" else [row for row in rows if row.status != "Cancelled"]
    _change(doc, [row for row in counted if row.status not in already], status)
    return bool(counted)


def _change(doc: Any, rows: Sequence[Any], status: str, notify: bool = True) -> None:
    """Save the ToDos with the new status and write the target's column once."""
    for row in rows:
        todo = frappe.get_doc("ToDo", row.name)
        todo.status = status
        todo.flags.leave_reference_alone = True
        todo.flags.ignore_links = True
        todo.save(ignore_permissions=True)
        if notify:
            _notify_about(todo, "CLOSE", doc)
    if rows:
        write_assignees(doc.doctype, doc.name)


def _unset_assigned_to(doc: Any, user: str) -> None:
    if doc.meta.get_field("assigned_to") and doc.get("assigned_to") == user:
        frappe.db.set_value(doc.doctype, doc.name, "assigned_to", None)


# -- consequences -----------------------------------------------------------------------------------------------------


def _give_access(doc: Any, user: str, ignore_permissions: bool) -> None:
    """Share the document with an assignee who could not read it otherwise."""
    if frappe.has_permission(doc.doctype, "read", doc=doc, user=user):
        return
    if cint(frappe.get_system_settings("disable_document_sharing")):
        frappe.throw(
            _("{0} may not read this document, and sharing is switched off.").format(frappe.bold(escape_html(user)))
        )
    if ignore_permissions:
        frappe.share.add_docshare(doc.doctype, doc.name, user, flags={"ignore_share_permission": True})
    else:
        frappe.share.add(doc.doctype, doc.name, user)
    frappe.msgprint(_("The document is now shared with {0}.").format(escape_html(user)), alert=True)


def _follow(doc: Any, user: str) -> None:
    if frappe.get_cached_value("User", user, "follow_assigned_documents"):
        from frappe.desk.form.document_follow import follow_document

        follow_document(doc.doctype, doc.name, user)


def _report_holders(users: Sequence[str]) -> None:
    if users:
        names = ", ".join(escape_html(user) for user in users)
        frappe.msgprint(_("Already assigned to {0}").format(names), alert=True)


def _notify_about(todo: Any, action: str, doc: Any) -> None:
    notify_assignment(
        todo.assigned_by,
        todo.allocated_to,
        todo.reference_type,
        todo.reference_name,
        action=action,
        description=todo.description,
        title=doc.get_title(),
    )


def _subject(doctype: str, name: str | int, action: str, title: str | None) -> str:
    shown = frappe.bold(escape_html(title or str(name)))
    who = frappe.bold(escape_html(frappe.utils.get_fullname(frappe.session.user)))
    if action == "CLOSE":
        return str(_("{0} ended your assignment of {1} {2}").format(who, _(doctype), shown))
    return str(_("{0} assigned {1} {2} to you").format(who, _(doctype), shown))


def _email_content(description: str | None) -> str | None:
    return f"<div>{description}</div>" if description else None


__all__ = [
    "DuplicateToDoError",
    "add",
    "add_multiple",
    "clear",
    "close",
    "close_all_assignments",
    "get",
    "remove",
    "remove_multiple",
    "set_status",
]
