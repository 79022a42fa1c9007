"""Live events: what the server tells connected browsers, and the questions its socket server asks.

`publish_realtime` turns an event into a record `{event, message, room, namespace}` and hands it over: to the socket
server of this process, else (another process of this machine) through the site's local socket, else to Redis where the
site has one. Nobody listening is not an error.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import frappe
from frappe import _
from frappe.utils.logger import get_logger

ALL_ROOM = "all"
WEBSITE_ROOM = "website"


def publish_progress(
    percent: float,
    title: str | None = None,
    doctype: str | None = None,
    docname: Any = None,
    description: str | None = None,
    task_id: str | None = None,
) -> None:
    """Tell how far something is, to the readers of a document or the session user."""
    publish_realtime(
        "progress",
        {"percent": percent, "title": title, "description": description},
        user=None if doctype and docname else frappe.session.user,
        doctype=doctype,
        docname=docname,
        task_id=task_id,
    )


def publish_realtime(
    event: str | None = None,
    message: Any = None,
    room: str | None = None,
    user: str | None = None,
    doctype: str | None = None,
    docname: Any = None,
    task_id: str | None = None,
    after_commit: bool = False,
) -> None:
    """Send an event to the browsers in a room; at once, or (`after_commit`) when the transaction is kept.

    The room is `room`, that of the task, of the user, of the document, or everybody who works here, in this order.
    """
    name = event or ("task_progress" if task_id or frappe.local.task_id else "global")
    content = {} if message is None else message
    if name == "list_update" and isinstance(content, dict):
        doctype = doctype or content.get("doctype")
    task = task_id or _current_task(name, user, doctype)
    if task and isinstance(content, dict):
        content = {"task_id": task, **content}
    target = room or _room_of(name, user, doctype, docname, task)
    if after_commit:
        _send_later(name, content, target)
    else:
        emit_via_redis(name, content, target)


def _current_task(event: str, user: str | None, doctype: str | None) -> str | None:
    """Return the task that is worked on if an event belongs to it: its progress, and what has no other addressee."""
    if event in ("progress", "task_progress") or not (user or doctype):
        task: str | None = frappe.local.task_id
        return task
    return None


def _room_of(event: str, user: str | None, doctype: str | None, docname: Any, task_id: str | None) -> str:
    if event == "msgprint" and not user:
        user = frappe.session.user
    if event == "list_update" and doctype:
        return get_doctype_room(doctype)
    if event == "docinfo_update" and doctype and docname:
        return get_doc_room(doctype, docname)
    if task_id:
        return get_task_progress_room(task_id)
    if user:
        return get_user_room(user)
    if doctype and docname:
        return get_doc_room(doctype, docname)
    return get_site_room()


def _send_later(event: str, message: Any, room: str) -> None:
    """Queue a record for the commit; one that waits already is not queued twice."""
    log: list[tuple[str, Any, str]] = frappe.db.waiting("events")
    record = (event, message, room)
    if record in log:
        return
    frappe.db.after_commit.add(flush_realtime_log)
    frappe.db.after_rollback.add(clear_realtime_log)
    log.append(record)


def flush_realtime_log() -> None:
    """Send what waited for the commit."""
    records = list(frappe.db.waiting("events"))
    clear_realtime_log()
    for event, message, room in records:
        emit_via_redis(event, message, room)


def clear_realtime_log() -> None:
    """Forget what waited for the commit."""
    frappe.db.waiting("events").clear()


def emit_via_redis(event: str, message: Any, room: str) -> None:
    """Hand a record to whatever delivers it; a failure there is logged and otherwise ignored."""
    from frappe.socketio import bus

    record = {"event": event, "message": message, "room": room, "namespace": frappe.local.site}
    text = frappe.as_json(record, indent=None)
    try:
        bus.publish(json.loads(text))
    except (OSError, ConnectionError) as error:
        get_logger("realtime").warning("The event %s could not be delivered: %s", event, error)


# -- rooms ------------------------------------------------------------------------------------------------------------


def get_doctype_room(doctype: str) -> str:
    return f"doctype:{doctype}"


def get_doc_room(doctype: str, docname: Any) -> str:
    return f"doc:{doctype}/{docname}"


def get_open_doc_room(doctype: str, docname: Any) -> str:
    return f"open_doc:{doctype}/{docname}"


def get_user_room(user: str) -> str:
    return f"user:{user}"


def get_site_room() -> str:
    """Return the room of everybody who works here (System Users)."""
    return ALL_ROOM


def get_task_progress_room(task_id: str) -> str:
    return f"task_progress:{task_id}"


def get_website_room() -> str:
    """Return the room of everybody connected, guests included."""
    return WEBSITE_ROOM


# -- what the socket server asks --------------------------------------------------------------------------------------


@frappe.whitelist(allow_guest=True)
def get_user_info() -> dict[str, Any]:
    """Return who the session belongs to: `{user, user_type, installed_apps}`."""
    user = frappe.session.user
    kind = "Website User" if user == "Guest" else frappe.get_cached_value("User", user, "user_type")
    return {"user": user, "user_type": kind, "installed_apps": frappe.get_installed_apps()}


@frappe.whitelist(allow_guest=True)
def has_permission(doctype: str, name: str | int | None = None) -> bool:
    """Tell whether the session user may follow a DocType, or one document. Raises PermissionError when not."""
    if not may_follow(doctype, name):
        raise frappe.PermissionError(_("You may not follow this."))
    return True


@frappe.whitelist(allow_guest=True)
def can_subscribe_doctype(doctype: str) -> bool:
    """Tell whether the session user may follow a DocType. Raises PermissionError when not."""
    return has_permission(doctype)


@frappe.whitelist(allow_guest=True)
def can_subscribe_doc(doctype: str, docname: str | int) -> bool:
    """Tell whether the session user may follow a document. Raises PermissionError when not."""
    return has_permission(doctype, docname)


def may_follow(doctype: str, name: str | int | None = None) -> bool:
    """Tell whether the session user may read a DocType, or one document that exists."""
    with suppress(frappe.DoesNotExistError):
        if name is None:
            return bool(frappe.has_permission(doctype, "read"))
        doc = frappe.get_doc(doctype, name)
        return bool(frappe.has_permission(doctype, "read", doc=doc))
    return False


def close_sockets(login_manager: Any = None) -> None:
    """Cut the live connections of the session that ends; hook `on_logout`."""
    from frappe.socketio import bus

    bus.publish({"control": "close_session", "sid": frappe.session.sid})


__all__ = [
    "can_subscribe_doc",
    "get_doc_room",
    "get_doctype_room",
    "get_site_room",
    "get_task_progress_room",
    "get_user_room",
    "get_website_room",
    "has_permission",
    "publish_progress",
    "publish_realtime",
]
