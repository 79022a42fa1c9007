"""Every endpoint shows its gate and its types."""

import ast
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
GUARDS = frozenset({"agents_only", "managers_only", "rate_limit", "staff_only"})
GATES = frozenset(
    {
        "access_comment",
        "access_document",
        "access_ticket",
        "check_permission",
        "has_permission",
        "public_article",
        "refuse",
        "require_agent",
        "require_manager",
        "require_permission",
        "require_reader",
        "visible_ticket",
        "_about",
    }
)

# Endpoints without a gate of their own, and why that is right.
OPEN = {
    "auth.get_user": "about the caller only",
    "config.get_config": "public by purpose",
    "general.get_translations": "public by purpose",
    "knowledge_base.get_general_category": "an id that every page shows",
    "onboarding.get_first_ticket": "reads through get_list",
    "onboarding.get_general_category_id": "an id that every page shows",
    "profile.get_profile": "about the caller only",
    "profile.save_profile": "about the caller only",
    "article.search": "published articles only",
    "email_notifications.update_share_feedback": "saves HD Settings with the caller's rights",
    "email_notifications.update_acknowledgement": "saves HD Settings with the caller's rights",
    "email_notifications.update_reply_to_agents": "saves HD Settings with the caller's rights",
    "email_notifications.update_reply_via_agent": "saves HD Settings with the caller's rights",
    "hd_agent.update_agent_role": "the rule itself asks for a manager",
    "hd_notification.utils.clear": "about the caller only",
    "hd_ticket_comment.get_preset_emojis": "a constant",
    "index.get_context_for_dev": "developer mode only",
    "hd_article.set_feedback": "the framework has checked read",
    "hd_ticket.get_last_communication": "the framework has checked read",
    "hd_ticket.create_communication_via_contact": "the framework has checked read, closed tickets are refused below",
    "hd_ticket.mark_seen": "the framework has checked read",
}


class Endpoint(NamedTuple):
    """One whitelisted function."""

    name: str
    node: ast.FunctionDef

    @property
    def decorators(self) -> set[str]:
        """The names of the decorators."""
        return {_name(each.func if isinstance(each, ast.Call) else each) for each in self.node.decorator_list}

    @property
    def calls(self) -> set[str]:
        """The names of the functions that the body calls."""
        return {_name(each.func) for each in ast.walk(self.node) if isinstance(each, ast.Call)}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def endpoints() -> Iterator[Endpoint]:
    """Yield every whitelisted function of the app."""
    for path in sorted(ROOT.rglob("*.py")):
        stem = f"{path.parent.name}.{path.stem}" if path.stem == "utils" else path.stem
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                endpoint = Endpoint(f"{stem}.{node.name}", node)
                if "whitelist" in endpoint.decorators:
                    yield endpoint


class TestGates(unittest.TestCase):
    def test_every_endpoint_shows_its_gate(self):
        bare = [
            each.name
            for each in endpoints()
            if not (each.decorators & GUARDS or each.calls & GATES or each.name in OPEN)
        ]
        self.assertEqual(bare, [])

    def test_the_list_of_open_endpoints_is_up_to_date(self):
        self.assertLessEqual(set(OPEN), {each.name for each in endpoints()})

    def test_every_parameter_and_result_has_a_type(self):
        for each in endpoints():
            arguments = [arg for arg in each.node.args.args if arg.arg != "self"]
            with self.subTest(endpoint=each.name):
                self.assertTrue(all(arg.annotation for arg in arguments))
                self.assertIsNotNone(each.node.returns)

    def test_every_endpoint_says_what_it_does(self):
        silent = [each.name for each in endpoints() if not ast.get_docstring(each.node)]
        self.assertEqual(silent, [])

    def test_no_default_is_shared_between_calls(self):
        for each in endpoints():
            with self.subTest(endpoint=each.name):
                self.assertFalse(any(isinstance(value, ast.List | ast.Dict) for value in each.node.args.defaults))
