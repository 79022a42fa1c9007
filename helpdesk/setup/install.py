"""Makes a site ready. Every step leaves alone what is there already, so all of them can run again and again."""

from datetime import date
from typing import Any

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.form import assign_to
from frappe.permissions import setup_custom_perms
from frappe.utils import get_fullname, getdate

from helpdesk.compat import has_doctype
from helpdesk.knowledge_base.categories import ARTICLE, CATEGORY, GENERAL, general
from helpdesk.search import indexing
from helpdesk.setup import data
from helpdesk.tickets import categories


def after_install() -> None:
    """Prepare a new site. The index comes first, because DDL commits."""
    indexing.create()
    add_custom_fields()
    add_statuses()
    add_agent_statuses()
    add_knowledge_base()
    add_priorities()
    add_default_agreement()
    add_teams()
    open_desk_to_agents()
    add_core_permissions()
    add_portal()
    add_base_rule()
    add_template()
    add_types()
    add_categories()
    add_folder()
    add_welcome_ticket()
    add_feedback_options()
    add_property_setters()
    add_views(public=True)
    add_presets()
    add_text_indexes()


def after_migrate() -> None:
    """Bring in what newer versions need; records that a site removed on purpose stay away."""
    add_custom_fields()
    add_agent_statuses()
    add_core_permissions()
    add_portal()
    add_base_rule()
    add_property_setters()
    add_views(public=False)


def _add(record: dict[str, Any], *, mandatory: bool = True, name: str | None = None) -> Any:
    """Insert a record unless one of the same name is there; return the new document or None."""
    document = frappe.get_doc(record)
    name = name or record.get("name")
    if name and frappe.db.exists(document.doctype, name):
        return None
    document.flags.ignore_permissions = True
    document.flags.ignore_mandatory = not mandatory
    return document.insert(set_name=name)


def add_custom_fields() -> None:
    """Add our fields to the framework's DocTypes that this version has."""
    create_custom_fields(
        {doctype: fields for doctype, fields in data.CUSTOM_FIELDS.items() if has_doctype(doctype)},
        ignore_validate=True,
    )


def add_statuses() -> None:
    """Add the ticket statuses, and say which of them new and reopened tickets get."""
    for status in data.STATUSES:
        _add({"doctype": "HD Ticket Status", "enabled": 1, **status}, name=status["label_agent"])
    for field in ("default_ticket_status", "ticket_reopen_status"):
        if not frappe.db.get_single_value("HD Settings", field):
            frappe.db.set_single_value("HD Settings", field, "Open")


def add_agent_statuses() -> None:
    """Add the ways to say whether an agent is there."""
    for status in data.AGENT_STATUSES:
        _add({"doctype": "HD Agent Status", **status}, name=status["agent_status"])


def add_knowledge_base() -> None:
    """Add the first category with a draft in it."""
    if general():
        return
    category = _add({"doctype": CATEGORY, "category_name": GENERAL})
    article = {"title": data.ARTICLE_TITLE, "content": data.ARTICLE_TEXT, "category": category.name}
    _add({"doctype": ARTICLE, "status": "Draft", **article})


def add_priorities() -> None:
    """Add the four priorities."""
    for name, rank, _response, _resolution in data.PRIORITIES:
        _add({"doctype": "HD Ticket Priority", "name": name, "level": name, "integer_value": rank})


def add_default_agreement() -> None:
    """Add a calendar without holidays and the agreement for everything."""
    this_year = getdate().year
    holidays = {
        "holiday_list_name": "Default",
        "from_date": date(this_year, 1, 1),
        "to_date": date(this_year + 1, 1, 1),
    }
    _add({"doctype": "HD Service Holiday List", **holidays}, name="Default")
    if frappe.db.exists("HD Service Level Agreement", {"default_sla": 1}):
        return
    _add(
        {
            "doctype": "HD Service Level Agreement",
            "service_level": "Default",
            "enabled": 1,
            "default_sla": 1,
            "apply_sla_for_resolution": 1,
            "holiday_list": "Default",
            "priorities": [
                {
                    "priority": name,
                    "response_time": response,
                    "resolution_time": resolution,
                    "default_priority": int(name == data.DEFAULT_PRIORITY),
                }
                for name, _rank, response, resolution in data.PRIORITIES
            ],
            "support_and_resolution": [
                {"workday": day, "start_time": data.OPENS, "end_time": data.CLOSES} for day in data.WORKDAYS
            ],
        },
        name="Default",
    )


def add_teams() -> None:
    """Add two teams without members."""
    for team in data.TEAMS:
        _add({"doctype": "HD Team", "team_name": team}, mandatory=False, name=team)


def open_desk_to_agents() -> None:
    """Turn on the parts of the framework's desk that agents need, where this version has them."""
    fields = [field for field in data.AGENT_ROLE_SWITCHES if frappe.get_meta("Role").has_field(field)]
    if fields and frappe.db.exists("Role", "Agent"):
        frappe.db.set_value("Role", "Agent", dict.fromkeys(fields, 1))


def add_core_permissions() -> None:
    """Let agents and managers reach the framework's DocTypes that the help desk is built on."""
    for role, rights in data.CORE_PERMISSIONS.items():
        for doctype, wanted in rights.items():
            if has_doctype(doctype) and frappe.db.exists("Role", role):
                _add_permission(doctype, role, wanted)


def _add_permission(doctype: str, role: str, rights: tuple[str, ...]) -> None:
    setup_custom_perms(doctype)
    row = {"parent": doctype, "role": role, "permlevel": 0, "if_owner": 0}
    if not frappe.db.exists("Custom DocPerm", row):
        _add({"doctype": "Custom DocPerm", **row, **dict.fromkeys(rights, 1)})
        frappe.clear_cache(doctype=doctype)


def add_portal() -> None:
    """Make the customers' roles, give one of them to everybody who signs up, and send them to the portal."""
    for role in data.PORTAL_ROLES:
        values = {"desk_access": 0, "home_page": data.PORTAL_HOME}
        if frappe.db.exists("Role", role):
            frappe.db.set_value("Role", role, values)
        else:
            _add({"doctype": "Role", "role_name": role, **values}, name=role)
    for field, value in (("default_role", data.PORTAL_ROLES[0]), ("default_portal_home", data.PORTAL_HOME)):
        if frappe.flags.in_install or not frappe.db.get_single_value("Portal Settings", field):
            frappe.db.set_single_value("Portal Settings", field, value)


def add_base_rule() -> None:
    """Add the assignment rule for tickets without a team."""
    frappe.get_doc("HD Settings").get_base_support_rotation()


def add_template() -> None:
    """Add the empty ticket form."""
    _add({"doctype": "HD Ticket Template", "template_name": "Default"}, name="Default")


def add_types() -> None:
    """Add the ticket types."""
    _add({"doctype": "HD Ticket Type", "name": data.FALLBACK_TYPE, "is_system": 1})
    for name in data.TYPES:
        _add({"doctype": "HD Ticket Type", "name": name})


def add_categories() -> None:
    """Let the tickets of a new site have categories. One that has been running without them turns them on itself."""
    frappe.db.set_single_value("HD Settings", "use_categories", 1)
    categories.begin()


def add_folder() -> None:
    """Add the folder for our files."""
    if not frappe.db.exists("File", {"is_folder": 1, "file_name": "Helpdesk", "folder": "Home"}):
        _add({"doctype": "File", "is_folder": 1, "file_name": "Helpdesk", "folder": "Home"})


def add_welcome_ticket() -> None:
    """Add a first ticket that explains what a ticket is, unless there are tickets already."""
    if frappe.db.count("HD Ticket"):
        return
    contact = _welcome_contact()
    name = "" if frappe.session.user == "Administrator" else get_fullname().split(" ")[0]
    ticket = _add(
        {
            "doctype": "HD Ticket",
            "subject": data.WELCOME_SUBJECT,
            "description": frappe.render_template(data.WELCOME_TEXT, {"name": name}, is_path=False),
            "raised_by": data.WELCOME_ADDRESS,
            "contact": contact,
            "via_customer_portal": 1,
        }
    )
    assign_to.add({"doctype": "HD Ticket", "name": ticket.name, "assign_to": ["Administrator"]})


def _welcome_contact() -> str:
    found = frappe.db.exists("Contact", {"email_id": data.WELCOME_ADDRESS})
    if found:
        return found
    record = {"first_name": data.WELCOME_CONTACT, "email_ids": [{"email_id": data.WELCOME_ADDRESS, "is_primary": 1}]}
    return _add({"doctype": "Contact", **record}).name


def add_feedback_options() -> None:
    """Add two answers for each number of stars."""
    for label, rating in data.FEEDBACK_OPTIONS:
        _add({"doctype": "HD Ticket Feedback Option", "label": label, "rating": rating}, name=label)


def add_property_setters() -> None:
    """Adjust the framework's forms to ours."""
    for doctype, field, prop, value in data.PROPERTY_SETTERS:
        name = f"{doctype}-{field or 'main'}-{prop}"
        if has_doctype(doctype) and not frappe.db.exists("Property Setter", name):
            make_property_setter(
                doctype, field, prop, value, "Data", for_doctype=field is None, validate_fields_for_doctype=False
            )


def add_views(*, public: bool) -> None:
    """Add the shipped views; on sites that have been running without them they are hidden."""
    for view in data.VIEWS:
        _add({**data.view_record(view), "public": int(public)}, name=view["name"])


def add_presets() -> None:
    """Add the views for everybody that the site may change."""
    for preset in data.PRESETS:
        record = data.preset_record(preset)
        _add({**record, "public": 1}, name=record["name"])


def add_text_indexes() -> None:
    """Index subject and description for full-text search where the database can. Last, because DDL commits."""
    if frappe.db.db_type != "mariadb":
        return
    for column in ("subject", "description"):
        index = f"ft_{column}"
        if not frappe.db.has_index("tabHD Ticket", index):
            frappe.db.sql_ddl(f"alter table `tabHD Ticket` add fulltext index `{index}` (`{column}`)")
