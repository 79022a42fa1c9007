"""Who may call what: every endpoint, tried by one person of each kind. Read by `test_roles.py`.

The scene: agents are restricted to their teams. The ticket was filed by Cleo of the customer Acme and lies with the
team First Line, in which Anna is and Arne and Mona are not. A column for each person, in the order of `PEOPLE`; `y`
may, `-` is refused. Texts in braces are filled in from the scene.
"""

from typing import Any, NamedTuple

PEOPLE = (
    "Guest",
    "requester",
    "outsider",
    "customer manager",
    "agent of the team",
    "agent of another team",
    "agent manager",
    "system manager",
)


class Row(NamedTuple):
    """An endpoint, how it is called, and who may. A method of a document says of which one."""

    method: str
    may: str
    arguments: dict[str, Any] = {}
    document: tuple[str, str] | None = None


NOBODY, EVERYBODY, LOGGED_IN = "--------", "yyyyyyyy", "-yyyyyyy"
AGENTS, STAFF, MANAGERS = "----yyy-", "----yyyy", "------yy"
AGENT_MANAGERS, SYSTEM_MANAGERS = "------y-", "-------y"
TICKET_READERS, TICKET_AGENTS = "-y-yy--y", "----y---"
A_PERIOD = {"period": "last month"}
A_CUSTOMER = {"dt": "HD Customer", "dn": "{customer}", **A_PERIOD}
A_CHOICE = {"notification_type": "Reply", "in_app": True, "email": False}
A_TEXT = {"enabled": True, "content": "Hello"}
HOME = "helpdesk.api.agent_home.agent_home"
TICKET = "helpdesk.helpdesk.doctype.hd_ticket.api"
TICKET_DOCUMENT = "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.HDTicket"
COMMENT = "helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment"
CUSTOMER = "helpdesk.helpdesk.doctype.hd_customer.hd_customer.HDCustomer"
HOLIDAYS = "helpdesk.helpdesk.doctype.hd_service_holiday_list.hd_service_holiday_list"
MAILS = "helpdesk.api.settings.email_notifications"
CALLS = "helpdesk.integrations.telephony.api"
KNOWLEDGE = "helpdesk.api.knowledge_base"
THE_TICKET = ("HD Ticket", "{ticket}")
THE_CUSTOMER = ("HD Customer", "{customer}")
THE_HOLIDAYS = ("HD Service Holiday List", "Default")

ROWS = (
    # help from a language model
    Row("helpdesk.api.ai.available", STAFF),
    Row("helpdesk.api.ai.get_summary", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.ai.summary", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.ai.suggested_actions", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.ai.ask", TICKET_AGENTS, {"ticket": "{ticket}", "question": "What is wrong?"}),
    Row("helpdesk.api.ai.draft_ticket", AGENTS, {"text": "The printer is on fire"}),
    Row("helpdesk.api.ai.get_providers", MANAGERS),
    Row("helpdesk.api.ai.test_provider", MANAGERS),
    # one's own account
    Row("helpdesk.api.profile.get_profile", LOGGED_IN),
    Row(
        "helpdesk.api.profile.save_profile",
        LOGGED_IN,
        {"first_name": "Some", "last_name": "Body", "language": "", "time_zone": ""},
    ),
    # agents and the home page
    Row("helpdesk.api.agent.sent_invites", AGENTS, {"emails": []}),
    Row("helpdesk.api.agent.set_my_availability", AGENTS, {"availability": "Active"}),
    Row(f"{HOME}.get_dashboard", AGENTS),
    Row(f"{HOME}.get_agent_tickets", AGENTS, A_PERIOD),
    Row(f"{HOME}.get_avg_first_response_time", AGENTS, A_PERIOD),
    Row(f"{HOME}.get_avg_resolution_time", AGENTS, A_PERIOD),
    Row(f"{HOME}.get_recent_feedback", AGENTS),
    Row(f"{HOME}.get_avg_time_metrics", AGENTS),
    Row(f"{HOME}.get_pending_tickets", AGENTS),
    Row(f"{HOME}.get_recent_activity", AGENTS),
    Row(
        "helpdesk.helpdesk.doctype.hd_agent.hd_agent.update_agent_role",
        MANAGERS,
        {"user": "{agent}", "new_role": "Agent"},
    ),
    # knowledge base
    Row("helpdesk.api.article.get_article_stats", LOGGED_IN, {"article_name": "{article}"}),
    Row("helpdesk.api.article.search", LOGGED_IN, {"query": "printer"}),
    Row(f"{KNOWLEDGE}.get_article", STAFF, {"name": "{draft}"}),
    Row(f"{KNOWLEDGE}.delete_articles", STAFF, {"articles": ["{draft}"]}),
    Row(f"{KNOWLEDGE}.create_category", STAFF, {"title": "Guides"}),
    Row(f"{KNOWLEDGE}.move_to_category", STAFF, {"category": "{category}", "articles": ["{draft}"]}),
    Row(f"{KNOWLEDGE}.order_categories", STAFF, {"names": ["{category}"]}),
    Row(f"{KNOWLEDGE}.order_articles", STAFF, {"names": ["{draft}"]}),
    Row(f"{KNOWLEDGE}.get_categories", LOGGED_IN),
    Row(f"{KNOWLEDGE}.get_category_articles", LOGGED_IN, {"category": "{category}"}),
    Row(f"{KNOWLEDGE}.merge_category", STAFF, {"source": "{category}", "target": "{general}"}),
    Row(f"{KNOWLEDGE}.get_general_category", LOGGED_IN),
    Row(f"{KNOWLEDGE}.get_category_title", LOGGED_IN, {"category": "{category}"}),
    Row(f"{KNOWLEDGE}.increment_views", LOGGED_IN, {"article": "{article}"}),
    Row(
        "helpdesk.helpdesk.doctype.hd_article.hd_article.HDArticle.set_feedback",
        LOGGED_IN,
        {"value": 1},
        ("HD Article", "{article}"),
    ),
    # session, settings, setup
    Row("helpdesk.api.assignment_rule.get_assignment_rules_list", MANAGERS),
    Row("helpdesk.api.assignment_rule.try_rules", SYSTEM_MANAGERS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.auth.get_user", LOGGED_IN),
    Row("helpdesk.api.auth.get_current_user_email_info", AGENTS),
    Row("helpdesk.api.config.get_config", EVERYBODY),
    Row("helpdesk.api.customer_portal_notice.dismiss_notice", MANAGERS),
    Row("helpdesk.api.customer_portal_notice.restore_ticket_access", MANAGERS),
    Row("helpdesk.api.general.get_translations", EVERYBODY),
    Row("helpdesk.api.onboarding.get_first_ticket", LOGGED_IN),
    Row("helpdesk.api.onboarding.get_general_category_id", LOGGED_IN),
    Row("helpdesk.api.onboarding.get_welcome_ticket", MANAGERS),
    Row("helpdesk.api.onboarding.get_progress", MANAGERS),
    Row("helpdesk.api.onboarding.mark_persona_captured", MANAGERS),
    Row("helpdesk.api.session.get_users", AGENTS),
    Row("helpdesk.api.settings.email.create_email_account", MANAGERS, {"data": {"service": "None such"}}),
    Row("helpdesk.api.settings.email.send_test_mail", MANAGERS, {"account": "None such"}),
    Row("helpdesk.api.settings.holidays.list_countries", MANAGERS),
    Row(
        "helpdesk.api.settings.holidays.list_public_holidays",
        MANAGERS,
        {"country": "DE", "from_date": "2026-01-01", "to_date": "2026-12-31"},
    ),
    Row("helpdesk.api.settings.kinds.get_usage", MANAGERS, {"doctype": "HD Ticket Category"}),
    Row(
        "helpdesk.api.settings.kinds.merge",
        MANAGERS,
        {"doctype": "HD Ticket Category", "source": "Other", "target": "General"},
    ),
    Row(f"{MAILS}.get_data", STAFF, {"notification": "acknowledgement"}),
    Row(
        f"{MAILS}.update_share_feedback", MANAGERS, {**A_TEXT, "ticket_status": {"label": "Closed", "value": "Closed"}}
    ),
    Row(f"{MAILS}.update_acknowledgement", MANAGERS, A_TEXT),
    Row(f"{MAILS}.update_reply_to_agents", MANAGERS, A_TEXT),
    Row(f"{MAILS}.update_reply_via_agent", MANAGERS, A_TEXT),
    Row("helpdesk.api.settings.field_dependency.get_field_dependency", AGENT_MANAGERS, {"name": "None such"}),
    Row(
        "helpdesk.api.settings.field_dependency.create_update_field_dependency",
        MANAGERS,
        {
            "parent_field": "ticket_type",
            "child_field": "priority",
            "parent_child_mapping": '{"Bug": ["High"]}',
            "enabled": True,
            "fields_criteria": "{}",
        },
    ),
    Row("helpdesk.extends.data_import.bulk_insert", SYSTEM_MANAGERS, {"target_doctype": "HD Ticket"}),
    Row("helpdesk.helpdesk.doctype.hd_settings.helpers.get_banner_msg", STAFF),
    Row("helpdesk.search.build_index", SYSTEM_MANAGERS),
    # in developer mode everybody may
    Row("helpdesk.www.helpdesk.index.get_context_for_dev", NOBODY),
    Row(f"{HOLIDAYS}.get_events", MANAGERS, {"start": "2026-01-01", "end": "2026-12-31"}),
    Row(f"{HOLIDAYS}.HDServiceHolidayList.get_weekly_off_dates", MANAGERS, {}, THE_HOLIDAYS),
    Row(f"{HOLIDAYS}.HDServiceHolidayList.clear_table", MANAGERS, {}, THE_HOLIDAYS),
    Row("helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one", LOGGED_IN, {"name": "Default"}),
    Row("helpdesk.integrations.erpnext.api.get_sync_info", LOGGED_IN),
    Row("helpdesk.integrations.erpnext.api.sync_hd_erpnext_customers", MANAGERS),
    # calls; the scene is without the telephony app
    Row(f"{CALLS}.get_call", STAFF, {"call": "x"}),
    Row(f"{CALLS}.log_call", STAFF, {"type": "Incoming", "number": "0123"}),
    Row(f"{CALLS}.link_call", STAFF, {"call": "x", "ticket": "{ticket}"}),
    Row(f"{CALLS}.note_call", STAFF, {"call": "x", "note": "x"}),
    # contacts, customers, teams
    Row("helpdesk.api.contact.search_contacts", LOGGED_IN, {"txt": "cle"}),
    # as the framework has it: a person may keep contacts; such a contact gives no rights (docs/adr/0040)
    Row(
        "helpdesk.api.contact.create_contact",
        LOGGED_IN,
        {"doc": {"first_name": "New", "email_ids": [{"email_id": "n@x.example"}]}},
    ),
    Row("helpdesk.api.contact.edit_contact", MANAGERS, {"name": "{contact}", "doc": {"first_name": "Cleopatra"}}),
    Row("helpdesk.api.contact.delete_contact", MANAGERS, {"name": "{contact}"}),
    Row("helpdesk.api.contact.get_contact_info", STAFF, {"name": "{contact}"}),
    Row("helpdesk.api.customer.create_customer", MANAGERS, {"customer": {"customer_name": "Bolt"}}),
    # the customer has tickets; without any its manager may delete it, too
    Row("helpdesk.api.customer.delete_customer", MANAGERS, {"name": "{customer}"}),
    Row(f"{CUSTOMER}.get_contacts", AGENTS, {}, THE_CUSTOMER),
    Row(f"{CUSTOMER}.add_contacts", MANAGERS, {"contacts": ["{outsiders_contact}"]}, THE_CUSTOMER),
    Row(f"{CUSTOMER}.get_pending_invites", MANAGERS, {}, THE_CUSTOMER),
    Row("helpdesk.helpdesk.doctype.hd_team.hd_team.get_team_members", AGENTS, {"team": "{team}"}),
    Row(
        "helpdesk.helpdesk.doctype.hd_team.hd_team.HDTeam.rename_self",
        AGENTS,
        {"new_name": "Last Line"},
        ("HD Team", "{team}"),
    ),
    # lists, numbers, search
    Row(
        "helpdesk.api.dashboard.get_dashboard_data",
        AGENTS,
        {"dashboard_type": "number_card", "filters": {"agent": "@me"}},
    ),
    Row("helpdesk.api.doc.get_list_data", LOGGED_IN, {"doctype": "HD Ticket"}),
    Row("helpdesk.api.doc.get_list_count", LOGGED_IN, {"doctype": "HD Ticket"}),
    Row("helpdesk.api.doc.get_group_counts", AGENTS, {"doctype": "HD Ticket", "group_by": "status"}),
    Row("helpdesk.api.doc.get_filterable_fields", LOGGED_IN, {"doctype": "HD Ticket"}),
    Row("helpdesk.api.doc.get_quick_filters", LOGGED_IN, {"doctype": "HD Ticket"}),
    Row("helpdesk.api.doc.sort_options", LOGGED_IN, {"doctype": "HD Ticket"}),
    Row(
        "helpdesk.api.doc.remove_assignments",
        TICKET_AGENTS,
        {"doctype": "HD Ticket", "name": "{ticket}", "assignees": []},
    ),
    Row("helpdesk.api.search.search", LOGGED_IN, {"query": "printer"}),
    Row("helpdesk.api.search.get_filter_options", LOGGED_IN),
    Row("helpdesk.api.ticket_stats.get_feedback_received", AGENTS, {"scope": "customer", "value": "{customer}"}),
    Row("helpdesk.api.ticket_stats.get_sla_violations", AGENTS, A_CUSTOMER),
    Row("helpdesk.api.ticket_stats.get_avg_first_response_time", AGENTS, A_CUSTOMER),
    Row("helpdesk.api.ticket_stats.get_avg_resolution_time", AGENTS, A_CUSTOMER),
    Row("helpdesk.api.ticket_stats.get_ticket_stats", AGENTS, A_CUSTOMER),
    # tickets
    Row("helpdesk.api.ticket.assign_ticket_to_agent", TICKET_AGENTS, {"ticket_id": "{ticket}", "agent_id": "{agent}"}),
    Row("helpdesk.api.ticket.bulk_reply", TICKET_AGENTS, {"ticket_ids": ["{ticket}"], "message": "Soon"}),
    Row("helpdesk.api.ticket.get_sla_clock", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.ticket.escalate", TICKET_AGENTS, {"ticket": "{ticket}", "reason": "It burns"}),
    # Mona is in another team; a system manager sees every ticket
    Row("helpdesk.api.ticket.de_escalate", SYSTEM_MANAGERS, {"ticket": "{ticket}", "reason": "It rains"}),
    Row("helpdesk.api.ticket.resolve", TICKET_AGENTS, {"ticket": "{ticket}", "details": "Water"}),
    Row("helpdesk.api.ticket.archive", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.ticket.restore", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.ticket.needs_no_response", TICKET_AGENTS, {"ticket": "{ticket}"}),
    # the Administrator may
    Row("helpdesk.api.ticket.delete_ticket", NOBODY, {"name": "{ticket}"}),
    Row(
        "helpdesk.api.saved_replies.get_rendered_saved_reply",
        TICKET_AGENTS,
        {"ticket_id": "{ticket}", "saved_reply_id": "{saved_reply}"},
    ),
    Row(f"{TICKET}.new", LOGGED_IN, {"doc": {"subject": "New"}}),
    Row("helpdesk.api.guests.get_link", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.guests.revoke_links", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.guests.rotate_widget_key", MANAGERS),
    Row(f"{TICKET}.get_one", TICKET_READERS, {"name": "{ticket}"}),
    Row(f"{TICKET}.get_outlook", TICKET_READERS, {"ticket": "{ticket}"}),
    Row(f"{TICKET}.merge_ticket", TICKET_AGENTS, {"source": "{ticket}", "target": "{other_ticket}"}),
    Row(f"{TICKET}.split_ticket", TICKET_AGENTS, {"subject": "Apart", "communication_id": "{message}"}),
    Row(f"{TICKET}.get_ticket_customizations", AGENTS),
    Row(f"{TICKET}.get_navigation_tickets", LOGGED_IN, {"ticket": "{ticket}"}),
    Row(f"{TICKET}.get_ticket_contact", TICKET_READERS, {"ticket": "{ticket}"}),
    Row(f"{TICKET}.get_recent_similar_tickets", TICKET_READERS, {"ticket": "{ticket}"}),
    Row(f"{TICKET}.get_ticket_activities", TICKET_READERS, {"ticket": "{ticket}"}),
    Row(f"{TICKET}.get_ticket_assignees", TICKET_READERS, {"ticket": "{ticket}"}),
    Row(f"{TICKET}.show_outside_hours_banner", TICKET_READERS, {"ticket_name": "{ticket}"}),
    Row(f"{TICKET_DOCUMENT}.assign_agent", TICKET_AGENTS, {"agent": "{agent}"}, THE_TICKET),
    Row(f"{TICKET_DOCUMENT}.get_last_communication", TICKET_READERS, {}, THE_TICKET),
    Row(f"{TICKET_DOCUMENT}.new_comment", TICKET_AGENTS, {"content": "Note"}, THE_TICKET),
    Row(f"{TICKET_DOCUMENT}.reply_via_agent", TICKET_AGENTS, {"message": "Soon"}, THE_TICKET),
    Row(f"{TICKET_DOCUMENT}.create_communication_via_contact", TICKET_READERS, {"message": "When?"}, THE_TICKET),
    Row(f"{TICKET_DOCUMENT}.mark_seen", TICKET_READERS, {}, THE_TICKET),
    Row("helpdesk.api.context.get_panels", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.bulk.start", AGENTS, {"action": "tag", "values": {"tag": "x"}, "names": ["{ticket}"]}),
    Row("helpdesk.api.bulk.export", STAFF, {"doctype": "HD Ticket", "columns": ["subject"]}),
    Row("helpdesk.api.bulk.get_export_limits", STAFF),
    Row("helpdesk.api.bulk.get_outcome", "----y--y", {"operation": "{operation}"}),
    # notes and notifications
    Row(f"{COMMENT}.toggle_reaction", TICKET_AGENTS, {"comment": "{comment}", "emoji": "👍"}),
    Row(f"{COMMENT}.get_reactions", TICKET_AGENTS, {"comment": "{comment}"}),
    Row(f"{COMMENT}.get_preset_emojis", LOGGED_IN),
    Row("helpdesk.helpdesk.doctype.hd_notification.utils.clear", LOGGED_IN),
    Row("helpdesk.api.notifications.get_preferences", AGENTS),
    Row("helpdesk.api.notifications.save_preference", AGENTS, A_CHOICE),
    Row("helpdesk.api.notifications.reset_preferences", AGENTS),
    Row("helpdesk.api.notifications.get_rhythm", AGENTS),
    Row("helpdesk.api.notifications.save_rhythm", AGENTS, {"digest": "Daily"}),
    Row("helpdesk.api.notifications.is_ticket_muted", TICKET_AGENTS, {"ticket": "{ticket}"}),
    Row("helpdesk.api.notifications.mute_ticket", TICKET_AGENTS, {"ticket": "{ticket}"}),
)
