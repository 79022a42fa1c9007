"""Where the runtime plugs into itself. Names only; an app's `hooks.py` adds to these."""

app_name = "frappe"
app_title = "Helpdesk Runtime"
app_publisher = "The Helpdesk authors"
app_description = "The documented Frappe API for apps, in one process"
app_license = "MIT"

on_logout = ["frappe.realtime.close_sockets"]

scheduler_events = {
    "cron": {
        "*/15 * * * *": ["frappe.deferred_insert.save_to_db"],
    },
    "daily": [
        "frappe.sessions.clear_expired_sessions",
        "frappe.core.doctype.user_invitation.user_invitation.mark_expired_invitations",
    ],
    "daily_long": ["frappe.core.log_clearing.clear_old_logs"],
}

default_log_clearing_doctypes = {
    "Error Log": 30,
    "Scheduled Job Log": 90,
}

permission_query_conditions = {
    "Notification Log": "frappe.desk.doctype.notification_log.notification_log.get_permission_query_conditions",
    "Notification Settings": (
        "frappe.desk.doctype.notification_settings.notification_settings.get_permission_query_conditions"
    ),
    "ToDo": "frappe.desk.doctype.todo.todo.get_permission_query_conditions",
    "User": "frappe.core.doctype.user.user.get_permission_query_conditions",
    "User Invitation": "frappe.core.doctype.user_invitation.user_invitation.get_permission_query_conditions",
}

has_permission = {
    "Notification Log": "frappe.desk.doctype.notification_log.notification_log.has_permission",
    "Notification Settings": "frappe.desk.doctype.notification_settings.notification_settings.has_permission",
    "ToDo": "frappe.desk.doctype.todo.todo.has_permission",
    "User": "frappe.core.doctype.user.user.has_permission",
    "User Invitation": "frappe.core.doctype.user_invitation.user_invitation.has_permission",
}
