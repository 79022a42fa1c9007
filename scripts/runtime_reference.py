#!/usr/bin/env python3
"""Write docs/runtime-reference.md: the public surface of the runtime, each symbol with its signature and a test.

    scripts/runtime_reference.py            write the page
    scripts/runtime_reference.py --check    exit 1 when the page is not what would be written

Public is what a module lists in `__all__`, and the public methods of the classes in CLASSES. The test shown for a
symbol is one that uses it, itself or through a function of its file; tests beside the code come first.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "standalone"))
from frappe.model.document import Document

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "runtime-reference.md"
ROW = re.compile(r"\| `(?P<symbol>[\w.]+)` \| (?P<signature>.*) \| `(?P<path>[^`]+)`: (?P<test>\w+) \|")

SECTIONS: dict[str, tuple[str, ...]] = {
    "The name frappe": ("frappe",),
    "Documents": ("frappe.model.document", "frappe.model.delete_doc", "frappe.model.rename_doc", "frappe.model.naming"),
    "DocTypes and meta": (
        "frappe.model",
        "frappe.model.meta",
        "frappe.modules",
        "frappe.custom.doctype.custom_field.custom_field",
        "frappe.utils.nestedset",
    ),
    "Database": ("frappe.database.database",),
    "Query builder": ("frappe.query_builder", "frappe.query_builder.custom"),
    "Permissions and sharing": (
        "frappe.permissions",
        "frappe.share",
        "frappe.core.page.permission_manager.permission_manager",
    ),
    "Web methods": (
        "frappe.client",
        "frappe.desk.form.load",
        "frappe.desk.form.linked_with",
        "frappe.desk.search",
        "frappe.desk.reportview",
        "frappe.desk.treeview",
        "frappe.desk.calendar",
        "frappe.desk.notifications",
    ),
    "Workflows": ("frappe.model.workflow",),
    "Full-text search": ("frappe.search.sqlite_search",),
    "Sessions and defaults": ("frappe.sessions", "frappe.defaults", "frappe.rate_limiter", "frappe.utils.password"),
    "Assignments and invitations": ("frappe.desk.form.assign_to", "frappe.core.api.user_invitation"),
    "Jobs, cache and live events": (
        "frappe.utils.background_jobs",
        "frappe.utils.scheduler",
        "frappe.utils.caching",
        "frappe.utils.synchronization",
        "frappe.realtime",
    ),
    "Values, dates and text": (
        "frappe.utils",
        "frappe.utils.html_utils",
        "frappe.utils.dateutils",
        "frappe.utils.error",
    ),
    "Translation": ("frappe.translate",),
    "Files and tables": ("frappe.utils.file_manager", "frappe.utils.xlsxutils", "frappe.utils.csvutils"),
    "Installation": ("frappe.installer",),
    "Test support": ("frappe.tests", "frappe.tests.utils", "frappe.test_runner"),
}
"""Section of the page → modules whose `__all__` it lists."""

CLASSES: dict[str, str] = {
    "frappe.model.document.Document": "Documents",
    "frappe.model.meta.Meta": "DocTypes and meta",
    "frappe.database.database.Database": "Database",
    "frappe.search.sqlite_search.SQLiteSearch": "Full-text search",
}
"""Classes whose public methods are listed too, with their section."""


_STEPS_OF_SAVING = """
    check_docstatus_transition check_if_latest check_if_locked check_no_back_links_exist reset_seen
    run_trigger copy_attachments_from_amended_from is_dummy_password load_doc_before_save
    raise_no_permission_to save_version run_before_save_methods run_post_save_methods set_docstatus
    set_new_name set_parent_in_children set_user_and_timestamp update_children update_single
    validate_higher_perm_levels delete_key is_whitelisted validate_update_after_submit
    get_label_from_fieldname get_password_fields
"""
_DRIVING_THE_DATABASE = """
    a_row_exists add_default execute execute_many forget_schema insert_row single_values table_columns
    transaction_control_disabled drop_table connect add_column is_duplicate_fieldname mogrify
"""
INTERNAL = frozenset(f"{_STEPS_OF_SAVING} {_DRIVING_THE_DATABASE}".split())
"""Methods without underscore that apps have no reason to call."""


@dataclass(frozen=True)
class Symbol:
    """One public name; `path` is where an app imports it from, or the class and the method."""

    path: str
    section: str
    signature: str
    home: str
    """The module that defines it, whose tests lie beside it."""
    spellings: frozenset[str]
    """How tests may write it: the same object can be imported from several places."""

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


@dataclass(frozen=True)
class Test:
    """One test function and every name its body, its decorators and the functions it calls mention."""

    path: str
    name: str
    names: frozenset[str]


# -- the surface ------------------------------------------------------------------------------------------------------


def surface() -> list[Symbol]:
    """Return every public symbol, section by section, in the order of the page."""
    found = [
        _symbol(module, name, section)
        for section, modules in SECTIONS.items()
        for module in modules
        for name in _exported(module)
    ]
    for path, section in CLASSES.items():
        module, _, name = path.rpartition(".")
        cls = getattr(importlib.import_module(module), name)
        found += [_method(cls, method, section) for method in _methods(cls)]
    order = list(SECTIONS)
    return sorted(found, key=lambda symbol: (order.index(symbol.section), symbol.path))


def _exported(module: str) -> list[str]:
    return sorted(importlib.import_module(module).__all__)


def _symbol(module: str, name: str, section: str) -> Symbol:
    value = getattr(importlib.import_module(module), name)
    return Symbol(
        f"{module}.{name}", section, signature(value), _home(value, module), frozenset(_spellings(module, name, value))
    )


def _home(value: Any, module: str) -> str:
    """Return the module that defines `value`; `module` for what is neither function nor class."""
    return str(value.__module__ or module) if inspect.isroutine(value) or inspect.isclass(value) else module


def _spellings(module: str, name: str, value: Any) -> Iterator[str]:
    """Yield every path that leads to `value` from the modules of the page, or from the one that defines it."""
    yield f"{module}.{name}"
    if inspect.isroutine(value) or inspect.isclass(value):
        yield f"{_home(value, module)}.{value.__name__}"
        yield from _places().get(id(value), ())


@cache
def _places() -> Mapping[int, tuple[str, ...]]:
    """Return the paths that lead to each function and class, by its identity."""
    places: dict[int, tuple[str, ...]] = {}
    for modules in (*SECTIONS.values(), ("frappe.utils.data", "frappe.query_builder.functions")):
        for module in modules:
            owner = importlib.import_module(module)
            for name in {*vars(owner), *getattr(owner, "__all__", ())}:
                places[id(getattr(owner, name))] = (*places.get(id(getattr(owner, name)), ()), f"{module}.{name}")
    return places


def _methods(cls: type[Any]) -> Iterator[str]:
    """Yield the methods of `cls` that its name stands for; Meta's are those that other documents lack."""
    inherited = set(dir(Document)) if issubclass(cls, Document) and cls is not Document else set()
    for name, value in inspect.getmembers(cls):
        if not name.startswith("_") and inspect.isroutine(value) and name not in inherited | INTERNAL:
            yield name


def _method(cls: type[Any], name: str, section: str) -> Symbol:
    value = inspect.getattr_static(cls, name)
    value = getattr(value, "__func__", value)
    owners = {"Database": ("frappe.db", "db", "sqlite_db", "database")}.get(cls.__name__, ("",))
    spellings = frozenset(f"{owner}.{name}" for owner in owners)
    return Symbol(f"{cls.__name__}.{name}", section, signature(value), str(value.__module__), spellings)


def signature(value: Any) -> str:
    """Return what a caller writes between the brackets: names, order and defaults, without types."""
    if inspect.isclass(value):
        return "class"
    if inspect.ismodule(value):
        return "module"
    if not inspect.isroutine(value):
        return "value"
    parameters = inspect.signature(value).parameters.values()
    bare = [one.replace(annotation=inspect.Parameter.empty, default=_plain(one.default)) for one in parameters]
    return f"`{inspect.Signature(bare)}`".replace("|", "\\|")


class _Shown:
    """A default that is shown by its name, so that the page is the same on every machine."""

    def __init__(self, text: str):
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _plain(default: Any) -> Any:
    if default is inspect.Parameter.empty or isinstance(default, (str, int, float, tuple, list, dict, type(None))):
        return default
    return _Shown(getattr(default, "__name__", "…"))


# -- the tests --------------------------------------------------------------------------------------------------------


@cache
def tests() -> tuple[Test, ...]:
    """Return the tests of the runtime and of the app, in the order of their files."""
    files = sorted(file for folder in ("standalone", "helpdesk") for file in (ROOT / folder).rglob("test_*.py"))
    return tuple(test for file in files for test in read_tests(file.relative_to(ROOT).as_posix(), file.read_text()))


def read_tests(path: str, source: str) -> Iterator[Test]:
    tree = ast.parse(source)
    aliases = _aliases(tree)
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    constants = {
        target.id: node
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    mentions = {name: _mentions(node, aliases) for name, node in {**constants, **functions}.items()}
    for name in functions:
        if name.startswith("test_"):
            yield Test(path, name, frozenset(_reached(name, mentions)))


def _reached(name: str, mentions: Mapping[str, set[str]]) -> set[str]:
    """Return what a function mentions, with what the functions of its file that it uses mention."""
    seen: set[str] = set()
    names: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in seen or current not in mentions:
            continue
        seen.add(current)
        names |= mentions[current]
        waiting += mentions[current]
    return names


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Return local name → dotted path of everything a file imports."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.asname: alias.name for alias in node.names if alias.asname}
    return found


def _mentions(node: ast.AST, aliases: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    for child in ast.walk(node):
        if isinstance(child, ast.Name):
            found |= {child.id, aliases.get(child.id, child.id)}
        elif isinstance(child, ast.arg):
            found.add(child.arg)
        elif isinstance(child, ast.Attribute):
            found |= {f".{child.attr}", _dotted(child, aliases)}
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            found |= set(re.findall(r"frappe(?:\.\w+)+", child.value))
    return found


def _dotted(node: ast.Attribute, aliases: Mapping[str, str]) -> str:
    parts = [node.attr]
    value: ast.expr = node.value
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if isinstance(value, ast.Name):
        parts.append(aliases.get(value.id, value.id))
    return ".".join(reversed(parts))


def test_of(symbol: Symbol) -> Test | None:
    """Return the test shown for `symbol`, None if there is none: tests beside the code first, then shorter files."""
    using = [test for test in tests() if not symbol.spellings.isdisjoint(test.names)]
    return min(using, key=lambda test: (_distance(symbol, test), test.path, test.name), default=None)


def _distance(symbol: Symbol, test: Test) -> int:
    """Return how far apart the two lie in the tree; 0 in one folder."""
    home = symbol.home.split(".")
    here = ["standalone", *home[:-1]] if home[0] == "frappe" else []
    there = test.path.split("/")[:-1]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return len(here) + len(there) - 2 * common


# -- the page ---------------------------------------------------------------------------------------------------------

HEAD = """# Reference of the runtime

What an app gets from `import frappe` when it runs standalone: every public name, what is written between its brackets,
and a test that shows it at work. Written by `scripts/runtime_reference.py`; do not edit by hand.
"""


def page() -> str:
    """Return the page. Raises LookupError naming the symbols that no test uses."""
    shown = [(symbol, test_of(symbol)) for symbol in surface()]
    bare = [symbol.path for symbol, test in shown if test is None]
    if bare:
        raise LookupError(f"No test uses {', '.join(bare)}.")
    lines = [HEAD]
    for section in SECTIONS:
        lines += [f"## {section}\n", "| symbol | called with | test |", "|---|---|---|"]
        lines += [_row(symbol, test) for symbol, test in shown if symbol.section == section and test]
        lines.append("")
    return "\n".join([*lines, *absent_lines()])


def _row(symbol: Symbol, test: Test) -> str:
    return f"| `{symbol.path}` | {symbol.signature} | `{test.path}`: {test.name} |"


def absent_lines() -> Iterator[str]:
    """Describe what is left out on purpose."""
    from frappe import absent
    from frappe.cli import ABSENT as commands

    yield "## Left out on purpose\n"
    yield "Asking for one of these raises an error that says what stands here; installing an app names such hooks.\n"
    yield "| what | why |"
    yield "|---|---|"
    yield from (f"| `frappe.{name}` | {reason} |" for name, reason in sorted(absent.NAMES.items()))
    yield from (f"| `import {name}` | {reason} |" for name, reason in sorted(absent.MODULES.items()))
    yield from (f"| hook `{name}` | {reason} |" for name, reason in sorted(absent.HOOKS.items()))
    yield from (f"| `frappe {name}` (command) | {reason} |" for name, reason in sorted(commands.items()))
    yield ""


def rows(text: str) -> Iterable[re.Match[str]]:
    """Return the rows of symbols of a page."""
    return (match for line in text.splitlines() if (match := ROW.fullmatch(line)))


def main(arguments: list[str]) -> int:
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == text:
        return 0
    print("docs/runtime-reference.md is out of date; run scripts/runtime_reference.py.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
