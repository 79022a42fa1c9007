app_name = "allotment"
app_title = "Allotment"
app_publisher = "The Green Corner"
app_description = "Leases of garden plots"
app_email = "warden@example.com"
app_license = "MIT"

add_to_apps_screen = [
    {
        "name": "allotment",
        "logo": "/assets/allotment/plot.svg",
        "title": "Allotment",
        "route": "/allotment",
        "has_permission": "allotment.permissions.may_open_app",
    }
]

before_install = "allotment.install.before_install"
after_install = "allotment.install.after_install"
after_migrate = ["allotment.install.after_migrate"]
before_uninstall = "allotment.install.before_uninstall"

fixtures = [
    "Skill",
    {"dt": "Role", "filters": [["name", "like", "Allotment%"]]},
]

override_doctype_class = {"ToDo": "allotment.overrides.todo.GardenToDo"}
override_whitelisted_methods = {"frappe.desk.search.search_link": "allotment.overrides.search.search_link"}

doc_events = {
    "*": {"on_trash": "allotment.events.count_deletions"},
    "User": {"after_insert": "allotment.events.welcome_gardener"},
    "Plot Lease": {
        "validate": ["allotment.events.no_lease_without_days"],
        "on_submit": "allotment.events.plots_are_taken",
    },
}

permission_query_conditions = {"Plot Lease": "allotment.permissions.lease_conditions"}
has_permission = {"Plot Lease": "allotment.permissions.may_see_lease"}
has_website_permission = {"Garden Post": "allotment.permissions.may_read_post"}
standard_queries = {"Gardener": "allotment.queries.gardener_query"}

scheduler_events = {
    "all": ["allotment.tasks.every_tick"],
    "daily": ["allotment.tasks.end_leases"],
    "weekly_long": ["allotment.tasks.count_cans"],
    "cron": {"15 6 * * 1-5": ["allotment.tasks.open_the_gate"]},
}

jinja = {
    "methods": ["allotment.templating.plots_of", "allotment.templating"],
    "filters": ["allotment.templating.as_area"],
}

website_route_rules = [{"from_route": "/garden/<path:app_path>", "to_route": "garden"}]
website_redirects = [
    {"source": "/old-news", "target": "/news"},
    {"source": r"/plot/(\d+)", "target": r"/garden/plot-\1"},
]
update_website_context = ["allotment.templating.add_association"]

naming_series_variables = {"AREA": "allotment.naming.area_code"}
boot_session = "allotment.boot.greet"
extend_bootinfo = "allotment.boot.extend"
auth_hooks = ["allotment.gate.by_key_code"]
before_request = ["allotment.gate.count_request"]
default_log_clearing_doctypes = {"Meter Reading": 400}
ignore_links_on_delete = ["Meter Reading"]
notification_config = "allotment.notifications.get_config"
auto_cancel_exempted_doctypes = ["Season"]
sqlite_search = ["allotment.search.GardenSearch"]

weather_sources = ["allotment.sources.almanac"]
