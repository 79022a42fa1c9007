"""Keeping the index in step with the documents: in the same transaction, and anew in chunks.

The framework's document events call `follow` and `forget`. Code that writes past the documents calls `refresh_ticket`.
"""

from typing import Any

import frappe
from frappe.model.document import Document

from helpdesk.search import entries
from helpdesk.search.backends import TABLE, get_backend
from helpdesk.search.entries import SOURCES, TICKET, Source

READY_KEY = "helpdesk:search_is_ready"
BUILT = "helpdesk_search_built"
CHUNK = 500


def is_ready() -> bool:
    """Tell whether there is an index to write to and to look into."""
    ready = frappe.cache.get_value(READY_KEY)
    if ready is None:
        ready = TABLE in frappe.db.get_tables(cached=False)
        frappe.cache.set_value(READY_KEY, ready)
    return bool(ready)


def create() -> None:
    """Make the empty index if it is missing, and what an older one lacks. This is DDL, which commits."""
    backend = get_backend()
    if not set(backend.tables) <= set(frappe.db.get_tables(cached=False)):
        backend.create()
    frappe.cache.delete_value(READY_KEY)


def drop() -> None:
    """Take the index away with all that is in it. This is DDL, which commits."""
    get_backend().drop()
    frappe.cache.delete_value(READY_KEY)
    frappe.db.set_default(BUILT, None)


def follow(doc: Document, event: str | None = None) -> None:
    """Take a saved document into the index, if something changed that is looked through."""
    source = SOURCES[doc.doctype]
    if not is_ready() or not _has_changed(doc, source):
        return
    entry = source.entry(doc)
    if entry is None:
        get_backend().remove("doctype = %s and name = %s", (doc.doctype, str(doc.name)))
    else:
        get_backend().put([entry])


def _has_changed(doc: Document, source: Source) -> bool:
    before = doc.get_doc_before_save()
    return before is None or any(str(before.get(field) or "") != str(doc.get(field) or "") for field in source.watched)


def forget(doc: Document, event: str | None = None) -> None:
    """Take a deleted document out of the index; a ticket takes along what was said on it."""
    if not is_ready():
        return
    if doc.doctype == TICKET:
        get_backend().remove("ticket = %s", (int(doc.name),))
    else:
        get_backend().remove("doctype = %s and name = %s", (doc.doctype, str(doc.name)))


def refresh_ticket(ticket: str | int) -> None:
    """Index a ticket and its conversation as the database has them now."""
    if is_ready():
        backend = get_backend()
        backend.remove("ticket = %s", (int(ticket),))
        backend.put(entries.of_ticket(ticket))


def is_built() -> bool:
    """Tell whether everything from before the index is in it."""
    return is_ready() and str(frappe.db.get_default(BUILT)) == get_backend().version


def rebuild() -> None:
    """Bring the whole index up to date, chunk by chunk, each in a transaction of its own.

    People may work and search meanwhile: the documents of a chunk are locked while it is written, so that no change
    gets lost. An index of an older version gets what it lacks beside its entries, too, and answers until all is done.
    """
    backend = get_backend()
    backend.create()
    frappe.cache.delete_value(READY_KEY)
    for source in SOURCES.values():
        _rebuild_source(source)
        _remove_orphans(source)
        _commit()
    backend.forget_old()
    frappe.db.set_default(BUILT, backend.version)
    _commit()


def _rebuild_source(source: Source) -> None:
    backend = get_backend()
    name: Any = None
    while True:
        found, name = entries.after(source, name, CHUNK)
        backend.put(found)
        _commit()
        if name is None:
            return


def _remove_orphans(source: Source) -> None:
    exists = f"select 1 from `tab{source.doctype}` as document where document.name = {TABLE}.name"
    get_backend().remove(f"doctype = %s and not exists ({exists})", (source.doctype,))


def _commit() -> None:
    if not frappe.flags.in_test:
        frappe.db.commit()
