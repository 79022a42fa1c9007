"""What a form needs to open: the document, the definition of its DocType, and everything around the document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from frappe import exceptions
from frappe.api.payload import json_argument
from frappe.context import local
from frappe.handler import require_doctype
from frappe.types import _dict
from frappe.whitelist import whitelist

Name = str | int

COMMUNICATION_PAGE = 20
COMMENT_GROUPS = {
    "Comment": "comments",
    "Created": "info_logs",
    "Updated": "info_logs",
    "Submitted": "info_logs",
    "Cancelled": "info_logs",
    "Label": "info_logs",
    "Info": "info_logs",
    "Edit": "info_logs",
    "Workflow": "workflow_logs",
    "Shared": "share_logs",
    "Unshared": "share_logs",
    "Assigned": "assignment_logs",
    "Assignment Completed": "assignment_logs",
    "Attachment": "attachment_logs",
    "Attachment Removed": "attachment_logs",
    "Like": "like_logs",
}
COMMUNICATION_FIELDS = [
    "name", "communication_type", "communication_medium", "communication_date", "content", "subject", "sender",
    "sender_full_name", "recipients", "cc", "bcc", "delivery_status", "status", "sent_or_received", "seen",
    "read_by_recipient", "reference_doctype", "reference_name", "creation", "owner", "email_status",
    "user",
]  # fmt: skip


# -- endpoints --------------------------------------------------------------------------------------------------------


@whitelist()
def getdoc(doctype: str, name: Name, user: str | None = None) -> None:
    """Put a document and its surroundings into the response; a missing one gives an empty list."""
    from frappe import get_doc
    from frappe.messages import clear_last_message

    require_doctype(doctype)
    try:
        document = get_doc(doctype, name)
    except exceptions.DoesNotExistError:
        clear_last_message()
        return
    document.check_permission("read")
    document.set("__onload", _dict())  # controllers write into it
    document.run_method("onload")
    document.apply_fieldlevel_read_permissions()
    _note_visit(document)
    values = document.as_dict()
    local.response.docs.append(values)
    local.response["docinfo"] = docinfo_of(document)


@whitelist()
def getdoctype(doctype: str, with_parent: bool = False, cached_timestamp: str | None = None) -> str | None:
    """Put the definition of a DocType and of its tables into the response; "use_cache" when it has not changed."""
    from frappe.model.meta import get_meta
    from frappe.model.utils.user_settings import get as get_user_settings

    require_doctype(doctype)
    documents = [get_meta(doctype), *(get_meta(table.options) for table in get_meta(doctype).get_table_fields())]
    if with_parent and (parent := _parent_of(doctype)):
        documents.append(get_meta(parent))
    local.response["user_settings"] = get_user_settings(doctype)
    if cached_timestamp and str(documents[0].modified) == cached_timestamp:
        return "use_cache"
    local.response.docs.extend(form_meta(meta) for meta in documents)
    return None


def _parent_of(doctype: str) -> str | None:
    from frappe.model.meta import get_meta, get_parent_dt

    return get_parent_dt(doctype) or None if get_meta(doctype).istable else None


def form_meta(meta: Any) -> dict[str, Any]:
    """Return the definition of a DocType as forms read it, with what concerns the screen under `__` keys."""
    from frappe.model.workflow import documents_for_forms

    values: dict[str, Any] = meta.as_dict()
    values.update(
        __assets_loaded=True,
        __form_grid_templates={},
        __templates=None,
        __messages={},
        __print_formats=[],
        __workflow_docs=list(documents_for_forms(meta.name)),
        __linked_with={},
        __dashboard=meta.get_dashboard_data() or {},
        __listview_template=None,
        __kanban_column_fields=[],
    )
    return values


@whitelist()
def get_docinfo(doc: Any = None, doctype: str | None = None, name: Name | None = None) -> None:
    """Put the surroundings of a document into the response."""
    from frappe import get_doc

    require_doctype(doctype)
    document = get_doc(str(doctype), name)
    document.check_permission("read")
    local.response["docinfo"] = docinfo_of(document)


@whitelist()
def get_communications(doctype: str, name: Name, start: int = 0, limit: int = COMMUNICATION_PAGE) -> list[_dict]:
    """Return a page of the communications of a document, newest first."""
    from frappe import get_doc

    require_doctype(doctype)
    document = get_doc(doctype, name)
    document.check_permission("read")
    return communications_of(document, max(0, start), min(max(1, limit), 100))


@whitelist()
def get_user_info_for_viewers(users: str | list[Any]) -> dict[str, Any]:
    """Return names and pictures of the people who look at a document."""
    from frappe.utils.user import add_user_info

    names = [str(user) for user in json_argument(users, "users", list) or []][:50]
    user_info: dict[str, Any] = {}
    add_user_info(names, user_info)
    return user_info


# -- the surroundings of a document -----------------------------------------------------------------------------------


def docinfo_of(document: Any) -> _dict:
    """Return attachments, conversation, history, shares and rights of a document.

    What belongs to the desk (comments, assignments, history, views) is left out for people who do not work there.
    """
    from frappe.api.list_query import is_desk_user
    from frappe.permissions import get_doc_permissions

    info = _dict(doctype=document.doctype, name=document.name, user_info={})
    info.update(_empty_groups())
    info.attachments = attachments_of(document)
    info.permissions = get_doc_permissions(document)
    info.communications = communications_of(document)
    if is_desk_user():
        info.update(_desk_info(document))
        info.additional_timeline_content = _entries_of_apps(document)
    _add_people(info)
    return info


def _empty_groups() -> dict[str, list[Any]]:
    names = dict.fromkeys([*COMMENT_GROUPS.values(), "versions", "views", "shared", "assignments", "milestones"])
    return {**{name: [] for name in names}, "automated_messages": [], "additional_timeline_content": []}


def _entries_of_apps(document: Any) -> list[Any]:
    """Return what apps put into the history of a document: hook `additional_timeline_content`, by DocType or `*`."""
    from frappe import get_attr, get_hooks

    hooks = get_hooks("additional_timeline_content", {})
    paths = [*hooks.get("*", []), *hooks.get(document.doctype, [])]
    return [entry for path in paths for entry in get_attr(path)(document.doctype, document.name) or []]


def _desk_info(document: Any) -> dict[str, Any]:
    comments = comments_of(document)
    return {
        **comments,
        "versions": versions_of(document),
        "views": views_of(document),
        "shared": _rows("DocShare", ["user", "read", "write", "submit", "share", "everyone"], _shared(document)),
        "assignments": assignments_of(document),
        "tags": tags_of(document),
        "energy_point_logs": [],
        "is_document_followed": None,
        "document_email": None,
    }


def _rows(doctype: str, fields: list[str], filters: dict[str, Any], **options: Any) -> list[_dict]:
    """Read rows that belong to a document. The gate is the read permission on the document itself."""
    import frappe

    rows: list[_dict] = frappe.get_all(doctype, fields=fields, filters=filters, **options)
    return rows


def _reference(document: Any) -> dict[str, Any]:
    return {"reference_doctype": document.doctype, "reference_name": str(document.name)}


def _shared(document: Any) -> dict[str, Any]:
    return {"share_doctype": document.doctype, "share_name": str(document.name)}


def attachments_of(document: Any) -> list[_dict]:
    """Return the files attached to a document."""
    return _rows(
        "File",
        ["name", "file_name", "file_url", "is_private", "file_size", "creation", "owner"],
        {"attached_to_doctype": document.doctype, "attached_to_name": str(document.name)},
        order_by="creation asc",
    )


def get_attachments(dt: str, dn: Name) -> list[_dict]:
    """Return the files attached to a document, for code that has checked the caller's rights."""
    return attachments_of(_dict(doctype=dt, name=dn))


def comments_of(document: Any) -> dict[str, list[_dict]]:
    """Return the comments of a document in the groups of the timeline."""
    rows = _rows(
        "Comment",
        ["name", "creation", "content", "owner", "comment_type", "comment_email", "comment_by", "published"],
        _reference(document),
        order_by="creation asc",
    )
    groups: dict[str, list[_dict]] = {name: [] for name in dict.fromkeys(COMMENT_GROUPS.values())}
    for row in rows:
        groups.setdefault(COMMENT_GROUPS.get(row.comment_type, "info_logs"), []).append(row)
    return groups


def communications_of(document: Any, start: int = 0, limit: int = COMMUNICATION_PAGE) -> list[_dict]:
    """Return a page of the communications of a document, newest first, with their attachments."""
    rows = _rows(
        "Communication",
        COMMUNICATION_FIELDS,
        {**_reference(document), "communication_type": ["in", ["Communication", "Feedback"]]},
        order_by="communication_date desc",
        limit_start=start,
        limit_page_length=limit,
    )
    files: dict[str, list[_dict]] = {}
    names = [row.name for row in rows]
    if names:
        fields = ["name", "file_name", "file_url", "is_private", "attached_to_name"]
        filters = {"attached_to_doctype": "Communication", "attached_to_name": ["in", names]}
        for file in _rows("File", fields, filters, order_by="creation asc"):
            files.setdefault(file.attached_to_name, []).append(file)
    for row in rows:
        row.attachments = json.dumps(files.get(row.name, []), default=str)
    return rows


def versions_of(document: Any) -> list[_dict]:
    """Return the last changes of a document, newest first."""
    if not document.meta.track_changes:
        return []
    filters = {"ref_doctype": document.doctype, "docname": str(document.name)}
    return _rows(
        "Version", ["name", "owner", "creation", "data"], filters, order_by="creation desc", limit_page_length=10
    )


def views_of(document: Any) -> list[_dict]:
    """Return who looked at a document lately."""
    if not document.meta.track_views:
        return []
    return _rows(
        "View Log",
        ["name", "creation", "owner"],
        {"reference_doctype": document.doctype, "reference_name": str(document.name)},
        order_by="creation desc",
        limit_page_length=100,
    )


def assignments_of(document: Any) -> list[_dict]:
    """Return the open assignments of a document."""
    filters = {
        "reference_type": document.doctype,
        "reference_name": str(document.name),
        "status": ["not in", ["Cancelled", "Closed"]],
        "allocated_to": ["is", "set"],
    }
    return _rows("ToDo", ["name", "allocated_to as owner", "description", "status"], filters, order_by="creation asc")


def tags_of(document: Any) -> str:
    """Return the tags of a document as a comma list."""
    return ",".join(tag for tag in document.get_tags() if tag)


def _add_people(info: _dict) -> None:
    from frappe.utils.user import add_user_info

    add_user_info(sorted(_people_in(info)), info.user_info)


def _people_in(info: _dict) -> set[str]:
    people: set[str] = set()
    groups: Iterable[Any] = (value for value in info.values() if isinstance(value, list))
    for row in (row for group in groups for row in group if isinstance(row, dict)):
        people.update(str(row[key]) for key in ("owner", "user", "sender", "comment_email") if row.get(key))
    return people


# -- visits -----------------------------------------------------------------------------------------------------------


def _note_visit(document: Any) -> None:
    """Remember that the caller has seen the document, where its DocType keeps track of that."""
    if document.meta.issingle or document.meta.istable:
        return
    if document.meta.track_seen:
        document.add_seen()
    if document.meta.track_views:
        document.add_viewed()

__all__ = ["get_attachments", "get_docinfo", "get_user_info_for_viewers", "getdoc", "getdoctype"]
