#!/usr/bin/env python3
"""What the app must keep to so that it works on a Frappe bench, of version 15 and of version 16.

    scripts/bench_rules.py            say what breaks a rule; exit 1 when something does
    scripts/bench_rules.py --stamp    give changed records a new `modified`, and note how they are now

Only what can be read from the files is here. Each rule says with which sentence it fails, and why is in its docstring.
`bench_names.txt` lists the names of the framework that the app uses; whoever adds one has looked it up for both
versions. A name followed by `16` is missing in version 15, and stands where nothing else there needs it.
`bench_records.txt` lists the records that the app brings along, each with its content and its `modified`.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import tomllib

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "helpdesk"
NAMES = Path(__file__).with_name("bench_names.txt")
RECORDS = Path(__file__).with_name("bench_records.txt")

BROUGHT_BY_FRAMEWORK = frozenset(
    {"frappe", "click", "cryptography", "jinja2", "markupsafe", "pypika", "requests", "urllib3", "werkzeug"}
)
PACKAGES = {"bs4": "beautifulsoup4", "PIL": "pillow", "dateutil": "python-dateutil"}
"""Packages that are imported under another name than they are installed by."""

OURS_ON_CORE = frozenset({"Assignment Rule", "Contact", "Country", "DocType", "Email Account", "User"})
"""The DocTypes of the framework that our fields point to."""
FIELDTYPES = frozenset(
    {"Attach", "Attach Image", "Button", "Check", "Code", "Color", "Column Break", "Data", "Date", "Datetime"}
    | {
        "Duration",
        "Float",
        "HTML",
        "Int",
        "JSON",
        "Link",
        "Long Text",
        "Password",
        "Rating",
        "Section Break",
        "Select",
        "Small Text",
    }
    | {"Tab Break", "Table", "Table MultiSelect", "Text", "Text Editor", "Time"}
)
LISTS = frozenset({"get_all", "get_list", "get_value", "get_values"})


@cache
def sources(app: Path) -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(app.rglob("*.py")))


def place(path: Path, node: ast.AST | None = None) -> str:
    return f"{path.as_posix().rpartition('/helpdesk/')[2]}{f':{node.lineno}' if node is not None else ''}"  # type: ignore[attr-defined]


# -- names ------------------------------------------------------------------------------------------------------------


def names_used(app: Path) -> dict[str, set[str]]:
    """Return `{dotted name of the framework: files that use it}`; of `frappe.db.get_value` the whole chain."""
    used: dict[str, set[str]] = defaultdict(set)
    for path, tree in sources(app):
        for name in _names_in(tree):
            used[name].add(place(path))
    return used


def _names_in(tree: ast.Module) -> Iterator[str]:
    alias: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            alias |= {each.asname or "frappe": each.name for each in node.names if each.name == "frappe"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "frappe":
            alias |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
            yield from (f"{node.module}.{each.name}" for each in node.names)
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            chain = ast.unparse(node).split(".")
            if chain[0] in alias and all(part.isidentifier() for part in chain):
                yield ".".join([alias[chain[0]], *chain[1:]])


def known_names() -> dict[str, bool]:
    """Return `{name: whether version 15 has it}`."""
    lines = [line.split() for line in NAMES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {words[0]: words[1:] != ["16"] for words in lines}


def unknown_names(app: Path) -> list[str]:
    """A name that nobody looked up may be our runtime's own."""
    known = known_names()
    return [
        f"{name} is not in {NAMES.name}: does every version have it? ({', '.join(sorted(files))})"
        for name, files in sorted(names_used(app).items())
        if name not in known
    ]


def names_without_a_guard(app: Path) -> list[str]:
    """What version 15 lacks is imported in a `try`, in a function, or in a module that only newer versions load."""
    newer = {name for name, is_old in known_names().items() if not is_old}
    return [
        f"{place(path, node)} imports what version 15 has not, as soon as the module is loaded"
        for path, tree in sources(app)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        and newer & {f"{node.module}.{each.name}" for each in node.names}
        and "overrides" not in path.parts
    ]


# -- Python -----------------------------------------------------------------------------------------------------------


def foreign_imports(app: Path) -> list[str]:
    """A bench installs what pyproject.toml says; tests get by without its development dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=~! ]", each)[0] for each in project["dependencies"]}
    allowed = {*sys.stdlib_module_names, *BROUGHT_BY_FRAMEWORK, app.name}
    faults = []
    for path, tree in sources(app):
        for node in ast.walk(tree):
            for package in _imported(node) - allowed:
                is_guarded = package == "hypothesis" and path.name == "properties.py"
                if PACKAGES.get(package, package) not in declared and not is_guarded:
                    faults.append(f"{place(path, node)} imports {package}, which no bench has")
    return faults


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {each.name.split(".")[0] for each in node.names}
    return {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) and not node.level else set()


def tests_in_the_root(app: Path) -> list[str]:
    """The runner of version 15 leaves out tests that stand in the root of an app."""
    return [
        f"{path.name} holds tests; move it to tests/"
        for path in sorted(app.glob("test_*.py"))
        if re.search(r"^    def test_", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]


def functions_in_fields(app: Path) -> list[str]:
    """Version 16 takes no SQL functions in the texts of a list's fields, groups and order, version 15 no others."""
    return [
        f"{place(path, node)} asks a list for {text!r}: use the query builder"
        for path, tree in sources(app)
        if path.name != "compat.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LISTS
        for text in _texts(node)
        if re.search(r"\w\(", text)
    ]


def _texts(call: ast.Call) -> Iterator[str]:
    asked = [
        each.value for each in call.keywords if each.arg in ("fields", "fieldname", "order_by", "group_by", "pluck")
    ]
    for value in asked:
        for node in ast.walk(value):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def orders_without_direction(app: Path) -> list[str]:
    """`db.get_value` of the framework goes downwards where nothing is said, lists go upwards."""
    return [
        f"{place(path, node)} says order_by={value.value!r} without asc or desc"
        for path, tree in sources(app)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("db.get_value")
        for value in (each.value for each in node.keywords if each.arg == "order_by")
        if isinstance(value, ast.Constant)
        and isinstance(value.value, str)
        and value.value
        and not re.search(r" (asc|desc)$", value.value)
    ]


def annotations_as_text(app: Path) -> list[str]:
    """The framework checks the arguments of a whitelisted function by its types, and reads none that are text."""
    return [
        f"{place(path)} has whitelisted functions, whose types must not be text: leave out `from __future__`"
        for path, tree in sources(app)
        if any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
        and "@frappe.whitelist" in path.read_text(encoding="utf-8")
    ]


# -- hooks, pages and records -----------------------------------------------------------------------------------------


def hooks_to_nowhere(app: Path) -> list[str]:
    """The framework looks a hook up only when it calls it."""
    tree = ast.parse((app / "hooks.py").read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    paths = [text for text in sorted(texts) if re.fullmatch(rf"{app.name}(\.\w+)+", text)]
    return [f"hooks.py names {text}, which is not there" for text in paths if not _is_defined(app, text)]


def _is_defined(app: Path, dotted: str) -> bool:
    *parts, name = dotted.split(".")[1:]
    stem = app.joinpath(*parts)
    files = [path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.exists()]
    return any(name in _defined(ast.parse(path.read_text(encoding="utf-8"))) for path in files)


def _defined(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            found |= {each.asname or each.name for each in node.names}
    return found


def pages_in_a_page(app: Path) -> list[str]:
    """Frappe puts a template of `www` into the page of its website, unless it extends one or has a </body>."""
    templates = [path for path in sorted((app / "www").rglob("*")) if path.suffix in (".html", ".xml")]
    shown = [path for path in templates if path.with_suffix(".py").exists()]
    return [
        f"{place(path)} would be put into another page"
        for path in shown
        if not re.search(r"{%-? extends|</body>", path.read_text(encoding="utf-8"))
    ]


def records_without_a_module(app: Path) -> list[str]:
    """Standard web forms and script reports have a module of their name."""
    needed = {"web_form": "get_context", "report": "execute"}
    return [
        f"{place(path)} has no module with {function}"
        for kind, function in needed.items()
        for path in sorted(app.glob(f"*/{kind}/*/*.json"))
        if not path.with_suffix(".py").exists()
        or function not in _defined(ast.parse(path.with_suffix(".py").read_text(encoding="utf-8")))
    ]


def records_that_stay_at_home(app: Path) -> list[str]:
    """A migration takes a record only when its `modified` is later than the site's. DocTypes it knows by their hash."""
    noted = _noted_records()
    return [
        f"{name} has changed, and no site would notice: run scripts/bench_rules.py --stamp"
        for name, path in _records(app).items()
        if noted.get(name) != (_digest(path), _modified(path))
    ]


def stamp_records(app: Path, now: datetime) -> None:
    """Give each record that differs from the list a later `modified`, and write the list anew."""
    noted = _noted_records()
    lines = []
    for name, path in _records(app).items():
        if name in noted and noted[name][0] != _digest(path):
            text = path.read_text(encoding="utf-8")
            stamp = max(now, datetime.fromisoformat(_modified(path)) + timedelta(seconds=1))  # clocks may be wrong
            path.write_text(text.replace(_modified(path), f"{stamp:%Y-%m-%d %H:%M:%S.%f}"), encoding="utf-8")
        lines.append(f"{_digest(path)} {_modified(path)} {name}\n")
    RECORDS.write_text("".join(lines), encoding="utf-8")


def _records(app: Path) -> dict[str, Path]:
    found = {path.relative_to(app).as_posix(): path for path in sorted(app.glob("*/*/*/*.json"))}
    return {name: path for name, path in found.items() if path.parts[-3] != "doctype"}


def _noted_records() -> dict[str, tuple[str, str]]:
    """Return `{file: (digest of its content, its modified)}` as it was noted last."""
    lines = RECORDS.read_text(encoding="utf-8").splitlines() if RECORDS.exists() else []
    return {name: (digest, f"{day} {time}") for digest, day, time, name in (line.split(" ", 3) for line in lines)}


def _modified(path: Path) -> str:
    return str(json.loads(path.read_text(encoding="utf-8")).get("modified"))


def _digest(path: Path) -> str:
    """Return what tells one content of a record from another; neither `modified` nor the layout of the file counts."""
    record = {**json.loads(path.read_text(encoding="utf-8")), "modified": None}
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]


def doctypes_that_do_not_fit(app: Path) -> list[str]:
    """What the framework finds out only when it makes a DocType, or when somebody opens its form."""
    metas = {path: json.loads(path.read_text(encoding="utf-8")) for path in sorted(app.glob("*/doctype/*/*.json"))}
    tables = {meta["name"]: bool(meta.get("istable")) for meta in metas.values()}
    return [f"{place(path)}: {fault}" for path, meta in metas.items() for fault in _misfits(app, path, meta, tables)]


def _misfits(app: Path, path: Path, meta: dict, tables: dict[str, bool]) -> Iterator[str]:  # type: ignore[type-arg]
    stem = meta["name"].lower().replace(" ", "_").replace("-", "_")
    if not path.stem == path.parent.name == stem:
        yield f"the folder and the file of {meta['name']} are called {stem}"
    if (meta.get("doctype"), meta.get("engine"), meta.get("module")) != ("DocType", "InnoDB", app.name.title()):
        yield "doctype, engine or module is wrong"
    if sorted(meta.get("field_order") or []) != sorted(field["fieldname"] for field in meta["fields"]):
        yield "field_order and fields differ"
    if not meta.get("sort_field"):
        yield "without sort_field the versions order lists differently"
    if not path.with_suffix(".py").exists():
        yield "there is no controller"
    for field in meta["fields"]:
        yield from _misfits_of_field(field, tables)


def _misfits_of_field(field: dict[str, str], tables: dict[str, bool]) -> Iterator[str]:
    name, kind, options = field["fieldname"], field["fieldtype"], field.get("options") or ""
    if kind not in FIELDTYPES:
        yield f"version 15 has no fieldtype {kind} ({name})"
    if kind == "Link" and options not in {*tables, *OURS_ON_CORE}:
        yield f"{name} links to {options}, which not every site has"
    if kind in ("Table", "Table MultiSelect") and not tables.get(options):
        yield f"{name} holds rows of {options}, which is no table"


RULES: tuple[Callable[[Path], list[str]], ...] = (
    unknown_names,
    names_without_a_guard,
    foreign_imports,
    tests_in_the_root,
    functions_in_fields,
    orders_without_direction,
    annotations_as_text,
    hooks_to_nowhere,
    pages_in_a_page,
    records_without_a_module,
    records_that_stay_at_home,
    doctypes_that_do_not_fit,
)


def main() -> int:
    if sys.argv[1:] == ["--stamp"]:
        stamp_records(APP, datetime.now(UTC).replace(tzinfo=None))
    faults = [fault for rule in RULES for fault in rule(APP)]
    print("\n".join(faults) or "The app keeps to the rules of a bench.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
