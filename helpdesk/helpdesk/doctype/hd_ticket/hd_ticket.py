"""HD Ticket: a customer's request, and the promise made about it."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from helpdesk.access import access_ticket, agents_only
from helpdesk.assignment import handover, manual
from helpdesk.compat import capture
from helpdesk.conversation import attachments, comments, contact_replies, hook, messages, rendering, replies
from helpdesk.guests import links
from helpdesk.lists import columns
from helpdesk.notifications import held, inapp, mail, mutes
from helpdesk.realtime import events
from helpdesk.satisfaction import survey
from helpdesk.sla.agreements import AGREEMENT
from helpdesk.tickets import (
    activity,
    announcing,
    archiving,
    categories,
    closing,
    defaults,
    following_up,
    guards,
    guests,
    presets,
    requester,
    resolving,
    seen,
    service_level,
    statuses,
    visibility,
)

if TYPE_CHECKING:
    from datetime import date, datetime, time, timedelta


class HDTicket(Document):
    """A customer's request, and the promise made about it."""

    if TYPE_CHECKING:
        name: int | str
        subject: str
        raised_by: str | None
        status: str
        status_category: str | None
        needs_response: int
        priority: str | None
        ticket_type: str | None
        category: str | None
        agent_group: str | None
        channel: str | None
        due_date: date | None
        summary: str | None
        description: str | None
        template: str | None
        key: str | None
        sla: str | None
        response_by: datetime | None
        resolution_by: datetime | None
        raised_outside_working_hours: int
        agreement_status: str | None
        sla_state: str | None
        sla_warning_on: datetime | None
        service_level_agreement_creation: datetime | None
        escalated_on: datetime | None
        escalated_by: str | None
        escalation_reason: str | None
        on_hold_since: datetime | None
        total_hold_time: float | None
        first_response_time: float | None
        first_responded_on: datetime | None
        first_response_failed_by: float | None
        avg_response_time: float | None
        last_agent_response: datetime | None
        last_customer_response: datetime | None
        resolution_details: str | None
        opening_date: date | None
        opening_time: time | timedelta | None
        resolution_date: datetime | None
        resolution_time: float | None
        user_resolution_time: float | None
        resolution_failed_by: float | None
        contact: str | None
        customer: str | None
        email_account: str | None
        via_customer_portal: int
        is_merged: int
        merged_with: str | None
        ticket_split_from: str | None
        follow_up_of: str | None
        is_archived: int
        feedback_rating: float | None
        feedback: str | None
        feedback_extra: str | None

    def before_insert(self) -> None:
        self.key = str(uuid4())

    def before_validate(self) -> None:
        now = now_datetime()
        guards.check_writer(self)
        archiving.refuse_change(self)
        presets.fill_in(self)
        categories.fill_in(self)
        defaults.fill_in(self)
        if self.is_new():
            defaults.start(self, now)
        defaults.note_first_response(self, now)
        defaults.rate_from_option(self)
        self.status_category = statuses.category_of(self.status)
        service_level.choose(self, now)
        if self.is_new():
            self.status = self.default_open_status
            self.status_category = statuses.category_of(self.status)
        guards.check_contact(self)
        requester.attach_contact(self)
        requester.attach_customer(self)

    def validate(self) -> None:
        guards.require_feedback(self, messages.has_agent_replied)
        resolving.require_details(self)
        categories.require(self)

    def before_save(self) -> None:
        now = now_datetime()
        service_level.apply(self, now)
        defaults.stop_waiting(self)
        activity.record_changes(self)
        if self.is_new():
            self.raised_outside_working_hours = int(service_level.is_outside_working_hours(self, now))

    def after_insert(self) -> None:
        if not frappe.flags.in_install:
            capture("ticket_created")
        events.ticket_created()
        presets.assign(self)
        if self.description:
            contact_replies.add_first_message(self, self.flags.initial_attachments or [])
            attachments.claim_inline_media(self)
        mail.acknowledge(self)
        announcing.new_ticket(self)

    def on_update(self) -> None:
        announcing.changes(self)
        handover.release_foreign_assignee(self)
        survey.arrange(self)
        events.ticket_changed(self.name)

    def on_trash(self) -> None:
        activity.forget(self.name)
        comments.delete_all(self.name)
        links.forget(self.name)
        following_up.forget(self.name)
        held.forget(self.name)
        mutes.forget(self.name)
        survey.forget(self.name)

    def on_communication_update(self, communication: Document) -> None:
        """Follow a message that the framework has saved on this ticket."""
        hook.follow(self, communication, now_datetime())

    # The framework calls these on whatever document the client sent. What counts is the stored one: each reads it anew.

    @frappe.whitelist()
    @agents_only
    def assign_agent(self, agent: str) -> None:
        """Assign an agent to this ticket."""
        manual.assign(access_ticket(self.name), [agent])

    @frappe.whitelist()
    def get_last_communication(self) -> Document | None:
        """Return the newest message of a ticket that the caller may read."""
        return messages.latest(access_ticket(self.name).name)

    @frappe.whitelist()
    @agents_only
    def new_comment(self, content: str, attachments: list[dict[str, Any]] | None = None) -> None:
        """Add an internal comment by the caller."""
        comments.add(access_ticket(self.name).name, content, attachments)

    @frappe.whitelist()
    @agents_only
    def reply_via_agent(
        self,
        message: str,
        to: str | None = None,
        cc: str | None = None,
        bcc: str | None = None,
        attachments: list[str] | None = None,
        from_email: dict[str, Any] | None = None,
        ai_draft: bool = False,
    ) -> None:
        """Answer the requester. Without any address the answer goes to who raised the ticket.

        `ai_draft` says that the text began as a draft by AI, and leaves a line about it in the history.
        """
        sender = from_email or {}
        reply = replies.Reply(
            message, to, cc, bcc, attachments or [], sender.get("email_id"), sender.get("email_account")
        )
        replies.send(access_ticket(self.name), reply)
        if ai_draft:
            activity.record(self.name, "sent a reply that AI drafted")
        self.reload()

    @frappe.whitelist()
    def create_communication_via_contact(
        self, message: str, attachments: list[dict[str, Any]] | None = None, new_ticket: bool = False
    ) -> None:
        """Add a reply of the requester, who may read the ticket."""
        contact_replies.reply(access_ticket(self.name), message, attachments or [], is_first=new_ticket)
        self.reload()

    @frappe.whitelist()
    def mark_seen(self) -> None:
        """Note that the caller, who may read the ticket, has looked at it."""
        seen.mark(access_ticket(self.name), frappe.session.user)

    @property
    def default_open_status(self) -> str:
        """The status of a new ticket."""
        return statuses.default_open_status(self)

    @property
    def ticket_reopen_status(self) -> str:
        """The status after a customer's reply."""
        return statuses.reopen_status(self)

    @property
    def has_agent_replied(self) -> bool:
        """Whether the support team has answered."""
        return messages.has_agent_replied(self.name)

    @property
    def portal_uri(self) -> str:
        """The address of the ticket for its requester."""
        return mail.portal_url(self.name)

    def get_assigned_agents(self) -> list[frappe._dict]:
        """Return the HD Agent rows of the assignees, oldest assignment first."""
        return manual.assigned_agents(self.name)

    def get_assigned_agent(self) -> str | None:
        """Return the first assigned agent."""
        agents = self.get_assigned_agents()
        return agents[0].name if agents else None

    def notify_agent(self, agent: str, notification_type: str) -> None:
        """Send an in-app notification about this ticket."""
        inapp.notify(agent, notification_type, ticket=self.name)

    def get_merge_target(self) -> "HDTicket | None":
        """Return the living ticket this one was merged into."""
        return hook.merge_target(self)

    def attach_file_with_doc(self, doctype: str, docname: str | int, file_url: str) -> None:
        """Attach the file at an address to a document, once."""
        attachments.attach(doctype, docname, file_url)

    def get_sla(self) -> Document | None:
        """Return the agreement that holds for this ticket."""
        return frappe.get_cached_doc(AGREEMENT, self.sla) if self.sla else None

    def is_currently_outside_working_hours(self) -> bool:
        """Tell whether the desk that owes this ticket an answer is closed right now."""
        return service_level.is_outside_working_hours(self, now_datetime())

    def parse_content(self, html: str) -> str:
        """Prepare a text for mail."""
        return rendering.for_mail(html)

    @staticmethod
    def default_list_data(show_customer_portal_fields: bool = False) -> columns.ListDefaults:
        """Return the columns and rows of a list that nobody has configured."""
        return columns.ticket_defaults(portal=show_customer_portal_fields)

    @staticmethod
    def filter_standard_fields(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the fields that lists on the portal may show."""
        return columns.for_portal(fields)


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether `user` may see the ticket; roles decide what they may do with it. Filing one takes a role alone."""
    return ptype == "create" or visibility.may_see(doc, user or frappe.session.user)


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the tickets that `user` may see."""
    return visibility.list_condition(user or frappe.session.user)


def set_guest_ticket_creation_permission() -> None:
    """Let guests create tickets."""
    guests.admit()


def remove_guest_ticket_creation_permission() -> None:
    """Keep guests out of tickets."""
    guests.keep_out()


def close_tickets_after_n_days() -> None:
    """Close quiet tickets. Runs daily."""
    closing.close_quiet_tickets(now_datetime())


def archive_tickets_after_n_days() -> None:
    """Put away what has been resolved for long. Runs daily."""
    archiving.archive_old_tickets(now_datetime())


def ask_for_feedback() -> None:
    """Ask requesters how the help was, and remind them once. Runs every few minutes."""
    survey.send_due(now_datetime())


def warn_of_service_levels() -> None:
    """Turn the tickets whose time is running out or over, and tell their agents. Runs every few minutes."""
    service_level.refresh_due(now_datetime())


def update_sla_status_in_ticket() -> None:
    """Refresh the agreement status of open tickets. Runs hourly."""
    service_level.refresh_all(now_datetime())


def on_doctype_update() -> None:
    """Add the indexes that the DocType cannot express.

    Those on one column have names of their own: the framework drops `<column>_index` at each change of the DocType.
    """
    # Lists are read newest first: one index for what people filter by at a click, one for what they sort by.
    for field in (
        "status_category",
        "status",
        "agent_group",
        "customer",
        "contact",
        "priority",
        "ticket_type",
        "category",
    ):
        frappe.db.add_index("HD Ticket", [field, "modified"])
    for field in ("response_by", "resolution_by", "subject", "feedback_rating"):
        frappe.db.add_index("HD Ticket", [field], f"helpdesk_{field}")
    # What `service_level.refresh_due` asks every few minutes.
    frappe.db.add_index("HD Ticket", ["sla_state", "sla_warning_on"])
    # Parts of a subject and one's own tickets are looked for in this index alone, without reading the rows.
    frappe.db.add_index("HD Ticket", ["modified", "subject", "_assign(140)"])
    # Who may see a ticket is asked of five fields, joined by "or"; one of them without an index costs a full scan.
    frappe.db.add_index("HD Ticket", ["owner"], "helpdesk_owner")
    # The figures beside a search come from this index alone; the order is that of `search.tickets.FACETS`.
    frappe.db.add_index("HD Ticket", ["agent_group", "status", "priority", "customer"])
