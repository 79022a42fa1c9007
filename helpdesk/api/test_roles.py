"""Every endpoint, tried by everybody."""

import ast
from pathlib import Path
from typing import Any

import frappe
from frappe.handler import run_doc_method

from helpdesk.api.role_table import PEOPLE, ROWS, Row
from helpdesk.bulk import operations
from helpdesk.conversation.test_replies import make_account
from helpdesk.knowledge_base.categories import general
from helpdesk.test_utils import (
    ACME,
    ANNA,
    ARNE,
    CARL,
    CLEO,
    MONA,
    XENIA,
    HelpdeskTestCase,
    acting_as,
    contact_of,
    make_message,
    make_team,
    make_ticket,
    make_user,
    outbox,
    requesting,
    set_settings,
)

ROOT = Path(__file__).parents[1]
SAM = "sam@example.com"
CAST = dict(zip(PEOPLE, ("Guest", CLEO, XENIA, CARL, ANNA, ARNE, MONA, SAM), strict=True))
REFUSALS = (frappe.PermissionError, frappe.AuthenticationError)


def whitelisted() -> set[str]:
    """Return the dotted path of every whitelisted function and method of the app."""
    found = set()
    for path in ROOT.rglob("*.py"):
        module = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {f"{module}.{name}" for name in _marked(tree.body)}
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                found |= {f"{module}.{node.name}.{name}" for name in _marked(node.body)}
    return found


def _marked(body: list[ast.stmt]) -> list[str]:
    return [
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(each).startswith("frappe.whitelist") for each in node.decorator_list)
    ]


def filled(value: Any, scene: dict[str, str]) -> Any:
    """Return arguments with the names of the scene in place of `{name}`."""
    if isinstance(value, dict):
        return {key: filled(each, scene) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, scene) for each in value]
    return scene.get(str(value).strip("{}"), value) if str(value).startswith("{") else value


class RolesTestCase(HelpdeskTestCase):
    """A scene in which it matters who asks."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        make_user(SAM, "Sam System", "System Manager")
        frappe.db.commit()

    def set_the_scene(self) -> dict[str, str]:
        make_account(default_outgoing=1)
        make_team("First Line", ANNA)
        make_team("Second Line", ARNE)
        customer = frappe.get_doc("HD Customer", ACME)
        for row in customer.contacts:
            row.is_manager = int(row.contact_name == contact_of(CARL))
        customer.save()
        ticket, other = (make_ticket(agent_group="First Line", description="<p>Smoke</p>") for _time in range(2))
        note = frappe.get_doc("HD Ticket", ticket.name).new_comment("<p>Note</p>")
        category = frappe.get_doc({"doctype": "HD Article Category", "category_name": "Shelf"}).insert().name
        articles = [
            frappe.get_doc(
                {"doctype": "HD Article", "title": "x", "content": "x", "category": category, **more}
            ).insert()
            for more in ({"status": "Published"}, {}, {})
        ]
        reply = {"doctype": "HD Saved Reply", "title": "Hi", "scope": "Global", "message": "<p>Hi</p>"}
        set_settings(restrict_tickets_by_agent_group=1, enable_comment_reactions=1)
        names = {
            "ticket": ticket.name,
            "other_ticket": other.name,
            "message": make_message(ticket, "Received").name,
            "comment": note.name if note else frappe.get_last_doc("HD Ticket Comment").name,
            "customer": ACME,
            "contact": contact_of(CLEO),
            "outsiders_contact": contact_of(XENIA),
            "agent": ANNA,
            "team": "First Line",
            "category": category,
            "general": general(),
            "article": articles[0].name,
            "draft": articles[1].name,
            "saved_reply": frappe.get_doc(reply).insert().name,
        }
        with acting_as(ANNA):
            names["operation"] = operations.begin("tag", {"tag": "x"}, [ticket.name]).name
        return {key: str(value) for key, value in names.items()}


class TestRoles(RolesTestCase):
    def call(self, row: Row, scene: dict[str, str]) -> None:
        """Call an endpoint as the web does; what it finds wrong beyond the caller's rights does not matter here."""
        arguments = filled(row.arguments, scene)
        if row.document:
            doctype, name = filled(list(row.document), scene)
            run_doc_method(row.method.rpartition(".")[2], dt=doctype, dn=name, args=frappe.as_json(arguments))
            return
        method = frappe.get_attr(row.method)
        frappe.is_whitelisted(method)
        frappe.call(method, **arguments)

    def may(self, row: Row, user: str, scene: dict[str, str]) -> str:
        frappe.db.savepoint("before_the_call")
        sent = {} if row.document else filled(row.arguments, scene)
        with acting_as(user), requesting(f"/api/method/{row.method}", **sent), outbox():
            try:
                self.call(row, scene)
            except REFUSALS:
                return "-"
            except frappe.ValidationError:
                return "y"
            finally:
                frappe.clear_messages()
                frappe.db.rollback(save_point="before_the_call")
                frappe.clear_cache(user=user)
        return "y"

    def test_hostile_17_every_endpoint_has_a_row(self):
        self.assertEqual({row.method for row in ROWS}, whitelisted())
        self.assertEqual({len(row.may) for row in ROWS}, {len(PEOPLE)})

    def test_hostile_17_everybody_may_what_the_table_says(self):
        scene = self.set_the_scene()
        for row in ROWS:
            with self.subTest(method=row.method):
                found = "".join(self.may(row, user, scene) for user in CAST.values())
                self.assertEqual(found, row.may)
