"""Where the runtime plugs into itself. Names only; an app's `hooks.py` adds to these."""

app_name = "frappe"
app_title = "Helpdesk Runtime"
app_publisher = "The Helpdesk authors"
app_description = "The documented Frappe API for apps, in one process"
app_license = "MIT"

after_install = "frappe.utils.install.after_install"
after_migrate = ["frappe.core.doctype.language.language.sync_languages"]

_CLEAR_COUNTS = "frappe.desk.notifications.clear_doctype_notifications"
_UPDATE_SEARCH = "frappe.search.sqlite_search.update_doc_index"

doc_events = {
    "*": {
        "on_trash": [_UPDATE_SEARCH, _CLEAR_COUNTS],
        "on_change": [_UPDATE_SEARCH, _CLEAR_COUNTS],
        "after_rename": [_UPDATE_SEARCH],
        "on_update": [
            "frappe.core.doctype.file.utils.attach_files_to_document",
            "frappe.automation.doctype.assignment_rule.assignment_rule.apply",
            "frappe.automation.doctype.assignment_rule.assignment_rule.update_due_date",
        ],
        "on_cancel": ["frappe.automation.doctype.assignment_rule.assignment_rule.apply"],
        "on_update_after_submit": [
            "frappe.automation.doctype.assignment_rule.assignment_rule.apply",
            "frappe.automation.doctype.assignment_rule.assignment_rule.update_due_date",
        ],
    },
}

standard_queries = {
    "Role": "frappe.core.doctype.role.role.role_query",
    "User": "frappe.core.doctype.user.user.user_query",
}

ignore_links_on_delete = [
    "Access Log",
    "Activity Log",
    "Comment",
    "Communication",
    "DocShare",
    "Document Follow",
    "Email Queue",
    "Email Unsubscribe",
    "Error Log",
    "File",
    "Notification Log",
    "Tag Link",
    "ToDo",
    "Unhandled Email",
    "User Permission",
    "Version",
    "View Log",
]

website_route_rules = [
    {"from_route": "/app/<path:desk_path>", "to_route": "app"},
    {"from_route": "/desk", "to_route": "app"},
    {"from_route": "/desk/<path:desk_path>", "to_route": "app"},
]

on_logout = ["frappe.realtime.close_sockets"]

scheduler_events = {
    "cron": {
        "*/15 * * * *": [
            "frappe.deferred_insert.save_to_db",
            "frappe.email.doctype.email_account.email_account.notify_unreplied",
            "frappe.search.sqlite_search.build_index_if_not_exists",
        ],
        "*/5 * * * *": ["frappe.email.doctype.notification.notification.trigger_offset_alerts"],
        "* * * * *": ["frappe.email.doctype.email_account.email_account.pull"],
    },
    "all": ["frappe.email.queue.flush"],
    "daily": [
        "frappe.email.doctype.notification.notification.trigger_daily_alerts",
        "frappe.sessions.clear_expired_sessions",
        "frappe.core.doctype.user_invitation.user_invitation.mark_expired_invitations",
    ],
    "daily_long": ["frappe.core.log_clearing.clear_old_logs"],
}

default_log_clearing_doctypes = {
    "Access Log": 30,
    "Activity Log": 90,
    "Email Queue": 30,
    "Error Log": 30,
    "Notification Log": 180,
    "Scheduled Job Log": 90,
    "Unhandled Email": 30,
    "View Log": 180,
    "Webhook Request Log": 30,
}

permission_query_conditions = {
    "Communication": "frappe.core.doctype.communication.communication.get_permission_query_conditions",
    "Event": "frappe.desk.doctype.event.event.get_permission_query_conditions",
    "File": "frappe.core.doctype.file.file.get_permission_query_conditions",
    "Note": "frappe.desk.doctype.note.note.get_permission_query_conditions",
    "Notification Log": "frappe.desk.doctype.notification_log.notification_log.get_permission_query_conditions",
    "Notification Settings": (
        "frappe.desk.doctype.notification_settings.notification_settings.get_permission_query_conditions"
    ),
    "ToDo": "frappe.desk.doctype.todo.todo.get_permission_query_conditions",
    "User": "frappe.core.doctype.user.user.get_permission_query_conditions",
    "User Invitation": "frappe.core.doctype.user_invitation.user_invitation.get_permission_query_conditions",
}

has_permission = {
    "Communication": "frappe.core.doctype.communication.communication.has_permission",
    "Event": "frappe.desk.doctype.event.event.has_permission",
    "File": "frappe.core.doctype.file.file.has_permission",
    "Note": "frappe.desk.doctype.note.note.has_permission",
    "Notification Log": "frappe.desk.doctype.notification_log.notification_log.has_permission",
    "Notification Settings": "frappe.desk.doctype.notification_settings.notification_settings.has_permission",
    "ToDo": "frappe.desk.doctype.todo.todo.has_permission",
    "User": "frappe.core.doctype.user.user.has_permission",
    "User Invitation": "frappe.core.doctype.user_invitation.user_invitation.has_permission",
}
