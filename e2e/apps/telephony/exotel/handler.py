"""Exotel calls the agent's phone first, then the other number, and reports by web calls of its own.

Calls are written down without asking for rights: agents may read the log only, and the provider signs in as nobody.
"""

from typing import Any

import frappe

LOG = "TP Call Log"
ENDS = {"completed": "Completed", "busy": "Busy", "no-answer": "No Answer", "failed": "Failed", "canceled": "Canceled"}


@frappe.whitelist()
def make_a_call(to_number: str, from_number: str | None = None, caller_id: str | None = None) -> dict[str, Any]:
    """Log the call and return what Exotel answered when it was asked to connect the two."""
    agent = frappe.db.get_value("TP Telephony Agent", frappe.session.user, ["mobile_no", "exotel_number"], as_dict=True)
    if not agent or not agent.mobile_no:
        frappe.throw("You do not have mobile number set in your Telephony Agent")
    log = frappe.get_doc(
        {
            "doctype": LOG,
            "id": frappe.generate_hash(length=32),
            "type": "Outgoing",
            "status": "Ringing",
            "telephony_medium": "Exotel",
            "from": from_number or agent.mobile_no,
            "to": to_number,
            "caller": frappe.session.user,
        }
    ).insert(ignore_permissions=True)
    return {
        "Sid": log.name,
        "ParentCallSid": None,
        "AccountSid": "helpdesk1",
        "From": log.get("from"),
        "To": to_number,
        "PhoneNumberSid": agent.exotel_number or caller_id,
        "Status": "in-progress",
        "StartTime": "2026-03-01 09:00:00",
        "EndTime": None,
        "Duration": None,
        "Direction": "outbound-api",
        "AnsweredBy": None,
        "RecordingUrl": None,
    }


@frappe.whitelist(allow_guest=True)
def handle_request(**callback: Any) -> None:
    """Take what Exotel reports of a call into the log, and tell the agents' desks."""
    callback.pop("cmd", None)
    sid, state = callback["CallSid"], callback.get("DialCallStatus") or callback.get("Status")
    if not frappe.db.exists(LOG, sid):
        _log_incoming(callback)
    changes: dict[str, Any] = {"status": ENDS.get(str(state), "In Progress" if state == "in-progress" else "Ringing")}
    if callback.get("ConversationDuration"):
        changes["duration"] = int(callback["ConversationDuration"])
    if callback.get("RecordingUrl"):
        changes["recording_url"] = callback["RecordingUrl"]
    frappe.get_doc(LOG, sid).update(changes).save(ignore_permissions=True)
    person = frappe.db.get_value(LOG, sid, "receiver") or frappe.db.get_value(LOG, sid, "caller")
    frappe.publish_realtime("exotel_call", callback, user=person, after_commit=True)


def _log_incoming(callback: dict[str, Any]) -> None:
    frappe.get_doc(
        {
            "doctype": LOG,
            "id": callback["CallSid"],
            "type": "Incoming",
            "status": "Ringing",
            "telephony_medium": "Exotel",
            "from": callback["CallFrom"],
            "to": callback["CallTo"],
            "receiver": callback.get("AgentEmail"),
        }
    ).insert(ignore_permissions=True)
