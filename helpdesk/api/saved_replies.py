"""Saved replies for clients."""

import frappe
from frappe import _

from helpdesk.access import access_document, access_ticket, agents_only
from helpdesk.replies import rendering


@frappe.whitelist()
@agents_only
def get_rendered_saved_reply(ticket_id: str | int, saved_reply_id: str | None = None, keep_gaps: bool = False) -> str:
    """Return a saved reply filled in for a ticket; the caller must be able to read both.

    What is empty reads as nothing; with `keep_gaps` its name stays between braces, for the writer to see.
    """
    if not saved_reply_id:
        frappe.throw(_("Please choose a saved reply."))
    reply = access_document("HD Saved Reply", saved_reply_id)
    ticket = access_ticket(ticket_id)
    return rendering.render(reply, ticket, frappe.get_cached_doc("User", frappe.session.user), keep_gaps=keep_gaps)
