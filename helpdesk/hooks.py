"""Where Helpdesk plugs into the framework. Names only."""

app_name = "helpdesk"
app_title = "Helpdesk"
app_publisher = "Helpdesk contributors"
app_description = "Turns requests into tickets and gets them answered in time"
app_email = "helpdesk@example.com"
app_license = "MIT"

require_type_annotated_api_methods = True

add_to_apps_screen = [
    {
        "name": "helpdesk",
        "logo": "/assets/helpdesk/desk/favicon.svg",
        "title": "Helpdesk",
        "route": "/helpdesk",
        "has_permission": "helpdesk.api.permission.has_app_permission",
    }
]

after_install = "helpdesk.setup.install.after_install"
after_migrate = ["helpdesk.setup.install.after_migrate", "helpdesk.search.build_index_in_background"]
before_uninstall = "helpdesk.setup.uninstall.before_uninstall"
setup_wizard_complete = "helpdesk.setup.setup_wizard.setup_complete"
before_tests = "helpdesk.test_utils.before_tests"
get_site_info = "helpdesk.activation.get_site_info"

scheduler_events = {
    "all": [
        "helpdesk.search.build_index_if_not_exists",
        "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.warn_of_service_levels",
        "helpdesk.helpdesk.doctype.hd_notification.hd_notification.send_held_mails",
        "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.ask_for_feedback",
    ],
    "hourly_long": ["helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.update_sla_status_in_ticket"],
    "daily": [
        "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.close_tickets_after_n_days",
        "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.archive_tickets_after_n_days",
        "helpdesk.guests.links.forget_expired",
        "helpdesk.bulk.operations.forget_old",
    ],
}

_SEARCH_EVENTS = {
    "on_update": "helpdesk.search.indexing.follow",
    "after_delete": "helpdesk.search.indexing.forget",
}

_TWIN_EVENTS = {
    event: f"helpdesk.integrations.erpnext.customer.{event}"
    for event in ("after_insert", "on_update", "before_rename", "after_rename", "on_trash")
}

_MIRRORED_EVENTS = ("before_validate", "after_insert", "on_update", "on_trash")

doc_events = {
    "Assignment Rule": {
        "on_trash": "helpdesk.extends.assignment_rule.on_assignment_rule_trash",
        "validate": "helpdesk.extends.assignment_rule.on_assignment_rule_validate",
    },
    "Communication": _SEARCH_EVENTS,
    "Contact": {
        "after_insert": "helpdesk.overrides.contact.after_insert",
        "validate": "helpdesk.overrides.contact.validate",
    },
    "Customer": _TWIN_EVENTS,
    "DocShare": {event: f"helpdesk.integrations.erpnext.doc_share.{event}" for event in _MIRRORED_EVENTS},
    "File": {"before_insert": "helpdesk.extends.file.before_insert"},
    "HD Article": _SEARCH_EVENTS,
    "HD Customer": _TWIN_EVENTS,
    "HD Ticket": _SEARCH_EVENTS,
    "HD Ticket Comment": _SEARCH_EVENTS,
    "Notification Log": {"before_insert": "helpdesk.extends.notification_log.before_insert"},
    "TP Call Log": {"on_update": "helpdesk.integrations.telephony.calls.tell_viewers"},
    "User Permission": {event: f"helpdesk.integrations.erpnext.user_permission.{event}" for event in _MIRRORED_EVENTS},
}

override_doctype_class = {
    "Assignment Rule": "helpdesk.overrides.assignment_rule.HelpdeskAssignmentRule",
    "Email Account": "helpdesk.overrides.email_account.CustomEmailAccount",
    "User Invitation": "helpdesk.overrides.user_invitation.HelpdeskUserInvitation",
}

auth_hooks = ["helpdesk.auth.authenticate"]

permission_query_conditions = {
    "HD Article": "helpdesk.helpdesk.doctype.hd_article.hd_article.permission_query",
    "HD Customer": "helpdesk.helpdesk.doctype.hd_customer.hd_customer.permission_query",
    "HD Notification": "helpdesk.helpdesk.doctype.hd_notification.hd_notification.permission_query",
    "HD Saved Reply": "helpdesk.helpdesk.doctype.hd_saved_reply.hd_saved_reply.permission_query",
    "HD Ticket": "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.permission_query",
    "HD Ticket Activity": "helpdesk.helpdesk.doctype.hd_ticket_activity.hd_ticket_activity.permission_query",
    "HD Ticket Category": "helpdesk.helpdesk.doctype.hd_ticket_category.hd_ticket_category.permission_query",
    "HD Ticket Comment": "helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment.permission_query",
    "HD View": "helpdesk.helpdesk.doctype.hd_view.hd_view.permission_query",
}

has_permission = {
    "HD Article": "helpdesk.helpdesk.doctype.hd_article.hd_article.has_permission",
    "HD Customer": "helpdesk.helpdesk.doctype.hd_customer.hd_customer.has_permission",
    "HD Notification": "helpdesk.helpdesk.doctype.hd_notification.hd_notification.has_permission",
    "HD Saved Reply": "helpdesk.helpdesk.doctype.hd_saved_reply.hd_saved_reply.has_permission",
    "HD Ticket": "helpdesk.helpdesk.doctype.hd_ticket.hd_ticket.has_permission",
    "HD Ticket Activity": "helpdesk.helpdesk.doctype.hd_ticket_activity.hd_ticket_activity.has_permission",
    "HD Ticket Category": "helpdesk.helpdesk.doctype.hd_ticket_category.hd_ticket_category.has_permission",
    "HD Ticket Comment": "helpdesk.helpdesk.doctype.hd_ticket_comment.hd_ticket_comment.has_permission",
    "HD View": "helpdesk.helpdesk.doctype.hd_view.hd_view.has_permission",
}

ignore_links_on_delete = [
    "HD Held Notice",
    "HD Notification",
    "HD Notification Rhythm",
    "HD Survey",
    "HD Ticket Activity",
    "HD Ticket Comment",
    "HD Ticket Link",
    "HD Ticket Mute",
]

helpdesk_context_panels = ["helpdesk.tickets.context.customer"]
helpdesk_ai_providers = {"OpenAI-compatible": "helpdesk.ai.chat_completions.connect"}
helpdesk_calendar_changed = ["helpdesk.tickets.service_level.recompute"]

page_renderer = ["helpdesk.guests.pages.GuestPages"]

web_include_css = "/assets/helpdesk/font.css"
website_route_rules = [
    {"from_route": "/helpdesk/<path:app_path>", "to_route": "helpdesk"},
    {"from_route": "/kb/categories/<category>", "to_route": "kb/category"},
    {"from_route": "/kb/articles/<article>", "to_route": "kb/article"},
]

_PORTAL_ROLES = ["HD Customer", "HD Customer Manager"]
user_invitation = {
    "allowed_roles": {
        "Agent Manager": ["Agent", "Agent Manager", *_PORTAL_ROLES],
        "System Manager": ["Agent", "Agent Manager", "System Manager", *_PORTAL_ROLES],
    },
    "after_accept": "helpdesk.helpdesk.hooks.user_invitation.after_accept",
    "extra_invite_params": ["customer", "contact"],
}

socketio_handlers = {
    "view_ticket": "helpdesk.realtime.handlers.view_ticket",
    "stop_view_ticket": "helpdesk.realtime.handlers.stop_view_ticket",
    "ticket_get_viewers": "helpdesk.realtime.handlers.ticket_get_viewers",
    "notify_ticket_update": "helpdesk.realtime.handlers.notify_ticket_update",
    "helpdesk_ticket_typing": "helpdesk.realtime.handlers.helpdesk_ticket_typing",
    "helpdesk_ticket_typing_stopped": "helpdesk.realtime.handlers.helpdesk_ticket_typing_stopped",
}
