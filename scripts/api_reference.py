#!/usr/bin/env python3
"""Write the table of methods in docs/api.md from the code: signature, verbs, who may call it, and what it does.

    scripts/api_reference.py            write it
    scripts/api_reference.py --check    exit 1 when it is not up to date

Who may is what `helpdesk/api/role_table.py` says, which a test tries with one person of each kind.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpdesk.api.role_table import PEOPLE, ROWS  # noqa: E402 - the path is set above

PAGE = ROOT / "docs" / "api.md"
BEGIN, END = "<!-- methods -->", "<!-- end of methods -->"
WHO = {
    "yyyyyyyy": "everybody",
    "-yyyyyyy": "logged in",
    "----yyy-": "agents",
    "----yyyy": "agents, system managers",
    "------yy": "managers",
    "------y-": "agent managers",
    "-------y": "system managers",
    "-y-yy--y": "who may read the ticket",
    "----y---": "agents who may write the ticket",
    "--------": "nobody by role",
}


@dataclass(frozen=True)
class Method:
    """One whitelisted function, or method of a document."""

    path: str
    doctype: str
    node: ast.FunctionDef

    @property
    def signature(self) -> str:
        """The call as one writes it, with types and defaults."""
        arguments = [each for each in self.node.args.args if each.arg != "self"]
        defaults = [None] * (len(arguments) - len(self.node.args.defaults)) + list(self.node.args.defaults)
        parts = []
        for argument, default in zip(arguments, defaults, strict=True):
            text = f"{argument.arg}: {ast.unparse(argument.annotation)}" if argument.annotation else argument.arg
            parts.append(text if default is None else f"{text} = {ast.unparse(default)}")
        name = f"{self.doctype} · {self.node.name}" if self.doctype else self.path
        result = ast.unparse(self.node.returns) if self.node.returns else "?"
        return f"{name}({', '.join(parts)}) → {result}".replace('"', "'").replace("|", "\\|")

    @property
    def verbs(self) -> str:
        """The HTTP verbs it answers to."""
        for decorator in self.node.decorator_list:
            for keyword in getattr(decorator, "keywords", []):
                if keyword.arg == "methods":
                    return ", ".join(ast.literal_eval(keyword.value))
        return "any"

    @property
    def purpose(self) -> str:
        """The first sentence of the docstring."""
        return (ast.get_docstring(self.node) or "").split("\n")[0]


def methods() -> Iterator[Method]:
    """Yield everything whitelisted in the app, by path."""
    for path in sorted((ROOT / "helpdesk").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                doctype = path.parent.name.replace("_", " ").title().replace("Hd ", "HD ")
                for each in node.body:
                    if is_whitelisted(each):
                        yield Method(f"{module}.{node.name}.{each.name}", doctype, each)
            elif is_whitelisted(node):
                yield Method(f"{module}.{node.name}", "", node)


def is_whitelisted(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    """Tell whether a statement defines something that clients may call."""
    return isinstance(node, ast.FunctionDef) and any(
        ast.unparse(each).startswith("frappe.whitelist") for each in node.decorator_list
    )


def who(may: str) -> str:
    """Return in words who may call a method."""
    return WHO.get(may) or ", ".join(person for person, answer in zip(PEOPLE, may, strict=True) if answer == "y")


def table() -> str:
    """Return the table in Markdown."""
    rights = {row.method: row.may for row in reversed(ROWS)}  # the first row of a method is how it is usually called
    lines = ["| method | verb | who | what |", "|---|---|---|---|"]
    for method in methods():
        allowed = who(rights[method.path]) if method.path in rights else "?"
        lines.append(f"| `{method.signature}` | {method.verbs} | {allowed} | {method.purpose} |")
    return "\n".join(lines)


def rendered(page: str) -> str:
    """Return the page with the table as the code has it now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def main() -> int:
    page = PAGE.read_text(encoding="utf-8")
    fresh = rendered(page)
    if "--check" in sys.argv[1:]:
        return int(fresh != page)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
