"""What tickets are sorted by – types, categories and labels: how many tickets each has, and making one of two.

A type or a category is a field of the ticket. A label is the color of a tag, and the tags are the framework's.
"""

import json
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from helpdesk.access import access_document
from helpdesk.exceptions import KindIsAskedFor
from helpdesk.tickets import activity

TICKET, LABEL, TAG_LINK = "HD Ticket", "HD Ticket Label", "Tag Link"
FIELDS = {"HD Ticket Type": "ticket_type", "HD Ticket Category": "category"}
CONDITIONS = {
    "Assignment Rule": ("assign_condition_json", "unassign_condition_json"),
    "HD Service Level Agreement": ("condition_json",),
}
"""Where records ask tickets for their type or category."""
AT_ONCE, BATCH = 200, 500


def require_kind(doctype: str) -> None:
    """Refuse a DocType by which tickets are not sorted."""
    if doctype != LABEL and doctype not in FIELDS:
        frappe.throw(_("Tickets are not sorted by {0}.").format(frappe.bold(frappe.utils.escape_html(doctype))))


def usage(doctype: str) -> dict[str, int]:
    """Return `{name: number of tickets}` for the records of a kind that tickets have."""
    if doctype == LABEL:
        link = DocType(TAG_LINK)
        query = frappe.qb.from_(link).select(link.tag, Count(link.name)).where(link.document_type == TICKET)
        return dict(query.groupby(link.tag).run())
    ticket = DocType(TICKET)
    field = ticket[FIELDS[doctype]]
    query = frappe.qb.from_(ticket).select(field, Count(ticket.name)).where(field.isnotnull() & (field != ""))
    return dict(query.groupby(field).run())


def merge(doctype: str, source: str, target: str) -> int:
    """Move the tickets of `source` to `target` and delete it; return how many there are. Many move in the background.

    The caller needs the right to delete the one and to change the other. Raises KindIsAskedFor where rules ask for
    `source`: they would wait for it in vain.
    """
    access_document(doctype, source, "delete").run_method("on_trash")
    access_document(doctype, target, "write")
    if source == target:
        frappe.throw(_("{0} cannot be merged into itself.").format(frappe.bold(source)))
    _refuse_when_asked_for(doctype, source)
    number = usage(doctype).get(source, 0)
    if number <= AT_ONCE:
        move(doctype, source, target)
    else:
        job = f"{move.__module__}.{move.__name__}"
        frappe.enqueue(job, queue="long", enqueue_after_commit=True, doctype=doctype, source=source, target=target)
    return number


def move(doctype: str, source: str, target: str) -> None:
    """Move all tickets in batches, each in its own transaction, and delete `source`. Doing it again goes on with it."""
    step = _retag if doctype == LABEL else _change
    while step(doctype, source, target):
        if not frappe.flags.in_test:
            frappe.db.commit()
    if doctype == LABEL:
        frappe.delete_doc(LABEL, source)
    else:
        frappe.rename_doc(doctype, source, target, merge=True)  # whatever else points to it follows


def _change(doctype: str, source: str, target: str) -> bool:
    """Move some tickets, with a line in the history of each; tell whether there were any."""
    field = FIELDS[doctype]
    names = frappe.get_all(TICKET, {field: source}, pluck="name", order_by="name asc", limit=BATCH)
    if names:
        frappe.db.set_value(TICKET, {"name": ["in", names]}, field, target, update_modified=False)
        activity.record_for_many(names, f"set {activity.LABELS[field]} to {target}")
    return bool(names)


def _retag(doctype: str, source: str, target: str) -> bool:
    """Give some tickets the other tag, in their column and in the links; tell whether there were any."""
    tagged = {"document_type": TICKET, "tag": source}
    names = frappe.get_all(TAG_LINK, tagged, pluck="document_name", order_by="document_name asc", limit=BATCH)
    if not names:
        return False
    for tags, those in _by_new_tags(names, source, target).items():
        frappe.db.set_value(TICKET, {"name": ["in", those]}, "_user_tags", tags, update_modified=False)
    both = {"document_type": TICKET, "tag": target, "document_name": ["in", names]}
    twice = frappe.get_all(TAG_LINK, both, pluck="document_name")
    if twice:
        frappe.db.delete(TAG_LINK, {**tagged, "document_name": ["in", twice]})
    _require_tag(target)
    frappe.db.set_value(TAG_LINK, {**tagged, "document_name": ["in", names]}, "tag", target, update_modified=False)
    return True


def _by_new_tags(names: list[str], source: str, target: str) -> dict[str, list[Any]]:
    """Return the tickets by the text their column gets, so that those with the same one are written together."""
    found: dict[str, list[Any]] = {}
    for name, text in frappe.get_all(TICKET, {"name": ["in", names]}, ["name", "_user_tags"], as_list=True):
        tags = [target if tag.casefold() == source.casefold() else tag for tag in (text or "").split(",") if tag]
        found.setdefault("".join(f",{tag}" for tag in dict.fromkeys(tags)), []).append(name)
    return found


def _require_tag(tag: str) -> None:
    if not frappe.db.exists("Tag", tag):
        frappe.get_doc({"doctype": "Tag", "name": tag}).insert(ignore_permissions=True)  # managers give tags colors


def _refuse_when_asked_for(doctype: str, name: str) -> None:
    asking = _asking_for(FIELDS[doctype], name) if doctype in FIELDS else []
    if asking:
        text = _("{0} ask for {1}. Please change them first.")
        frappe.throw(text.format(", ".join(map(frappe.bold, asking)), frappe.bold(name)), KindIsAskedFor)


def _asking_for(field: str, value: str) -> list[str]:
    """Return the rules and agreements whose conditions ask for a value of a field."""
    found = []
    for doctype, columns in CONDITIONS.items():
        filters = [[column, "like", f"%{field}%"] for column in columns]
        for row in frappe.get_all(doctype, or_filters=filters, fields=["name", *columns]):
            if any(_asks(json.loads(row[column] or "[]"), field, value) for column in columns):
                found.append(row.name)
    return found


def _asks(condition: Any, field: str, value: str) -> bool:
    """Tell whether a condition, or one inside it, compares the field with the value."""
    if not isinstance(condition, list):
        return False
    if len(condition) == 3 and condition[0] == field:
        wanted = condition[2]
        return value in (wanted if isinstance(wanted, list) else str(wanted).split(",")) or value == wanted
    return any(_asks(part, field, value) for part in condition)
