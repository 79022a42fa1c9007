"""HD Settings: how this help desk works."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint
from frappe.utils.jinja import validate_template

from helpdesk.assignment import team_rules
from helpdesk.conversation import upload_rules
from helpdesk.guests import widget
from helpdesk.notifications.texts import KINDS
from helpdesk.realtime import events
from helpdesk.tickets import categories, guests, reference, statuses


class HDSettings(Document):
    """How this help desk works."""

    if TYPE_CHECKING:
        default_priority: str | None
        restrict_tickets_by_agent_group: int
        do_not_restrict_tickets_without_an_agent_group: int
        assign_within_team: int
        disable_saved_replies_global_scope: int
        base_support_rotation: str | None
        prefer_knowledge_base: int
        public_knowledge_base: int
        default_ticket_type: str | None
        use_categories: int
        require_category: int
        sla_warning_percent: int
        ticket_reference_prefix: str | None
        ticket_reference_digits: int
        require_resolution_details: int
        is_feedback_mandatory: int
        enable_comment_reactions: int
        allow_anyone_to_create_tickets: int
        guest_link_days: int
        forbid_customer_attachments: int
        max_attachment_mb: int
        attachment_types: str | None
        auto_update_status: int
        update_status_to: str | None
        auto_close_tickets: int
        auto_close_status: str | None
        auto_close_after_days: int
        customers_reopen_days: int
        auto_archive_after_days: int
        enable_outside_hours_banner: int
        outside_working_hours_message: str | None
        auto_set_customer_from_contact: int
        default_ticket_status: str
        ticket_reopen_status: str
        skip_email_workflow: int
        instantly_send_email: int
        brand_name: str | None
        brand_logo: str | None
        favicon: str | None
        setup_complete: int
        show_customer_portal_permission_notice: int
        persona_captured: int
        enable_email_ticket_feedback: int
        send_email_feedback_on_status: str | None
        feedback_delay_hours: int
        feedback_reminder_days: int
        feedback_edit_days: int
        send_acknowledgement_email: int
        enable_reply_email_to_agent: int
        enable_reply_email_via_agent: int
        widget_enabled: int
        widget_domains: str | None
        widget_key: str | None
        widget_ticket_type: str | None
        widget_team: str | None
        widget_label: str | None
        widget_greeting: str | None

    def validate(self) -> None:
        self.check_auto_close()
        self.check_auto_archive()
        upload_rules.check_settings(self)
        self.check_templates()
        self.check_feedback_status()
        self.check_warning()
        self.check_reference()
        self.check_ticket_statuses()
        widget.check(self)

    def before_save(self) -> None:
        if self.allow_anyone_to_create_tickets:
            guests.admit()
        else:
            guests.keep_out()
        if self.use_categories:
            categories.begin()

    def on_update(self) -> None:
        events.settings_changed()

    def on_trash(self) -> None:
        frappe.throw(_("HD Settings cannot be deleted."))

    def check_auto_close(self) -> None:
        """Refuse automatic closing without a status and a number of days."""
        if not self.auto_close_tickets:
            return
        if cint(self.auto_close_after_days) <= 0:
            frappe.throw(_("Tickets can be closed after one day at the earliest."))
        if not self.auto_close_status:
            frappe.throw(_("Please choose the status in which quiet tickets are closed."))

    def check_auto_archive(self) -> None:
        """Refuse archiving before customers lose the right to reopen: what they cannot see they cannot reopen."""
        days = cint(self.auto_archive_after_days)
        if days < 0:
            frappe.throw(_("Tickets can be archived after one day at the earliest."))
        if 0 < days < cint(self.customers_reopen_days):
            frappe.throw(_("Tickets cannot be archived while customers may still reopen them."))

    def check_templates(self) -> None:
        """Refuse mail texts that are no valid templates."""
        for field in (*(kind.content for kind in KINDS.values()), "outside_working_hours_message"):
            if self.get(field) and self.has_value_changed(field):
                validate_template(self.get(field))
        texts = [(row.email_account, row.notification) for row in self.get("mailbox_texts")]
        if len(set(texts)) < len(texts):
            frappe.throw(_("A mailbox has one text for each kind of mail."))
        for row in self.get("mailbox_texts"):
            validate_template(row.content)

    def check_feedback_status(self) -> None:
        """Refuse to ask for feedback before a ticket is resolved."""
        status = self.send_email_feedback_on_status
        if self.enable_email_ticket_feedback and status and statuses.category_of(status) != statuses.RESOLVED:
            frappe.throw(_("Feedback can only be asked for in a status of the category Resolved."))

    def check_warning(self) -> None:
        """Refuse a warning before the time begins or after it is over."""
        if not 1 <= cint(self.sla_warning_percent or 75) <= 99:
            frappe.throw(_("Service levels warn between 1 and 99 percent of their time."))

    def check_reference(self) -> None:
        """Refuse a prefix that could not be told from words around it, and numbers longer than a line."""
        if self.ticket_reference_prefix and not reference.is_prefix(self.ticket_reference_prefix):
            frappe.throw(_("A prefix has up to ten letters and digits, and may end in a dash: TKT-"))
        if not 0 <= cint(self.ticket_reference_digits) <= reference.MOST_DIGITS:
            frappe.throw(_("Ticket numbers have {0} digits at most.").format(reference.MOST_DIGITS))

    def check_ticket_statuses(self) -> None:
        """Refuse statuses for new and reopened tickets that stop the clock."""
        for field in ("default_ticket_status", "ticket_reopen_status"):
            if self.get(field) and statuses.category_of(self.get(field)) != statuses.OPEN:
                frappe.throw(_("{0} must be a status of the category Open.").format(_(self.meta.get_label(field))))
        if self.auto_update_status and not self.update_status_to:
            frappe.throw(_("Please choose the status that tickets get after an agent's reply."))

    def get_base_support_rotation(self) -> str:
        """Return the name of the rule for tickets without a team, and create it when it is missing."""
        name = self.base_support_rotation
        if not name or not frappe.db.exists(team_rules.RULE, name):
            name = team_rules.create_base_rule()
            frappe.db.set_single_value("HD Settings", "base_support_rotation", name)
        return name
