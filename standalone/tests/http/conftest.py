"""The cast, a DocType to work on and some endpoints for the HTTP tests.

mona manages the site, anna writes letters at the desk, arne only reads them, cleo is a customer who may read letters,
xenia has an account and nothing else. `as_user` gives a client that is logged in as one of them.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import frappe
import pytest
from frappe.app import get_test_client
from frappe.testing.plugin import bench_with
from frappe.testing.sites import TestBench
from frappe.utils.password import update_password

PASSWORD = "correct horse battery"
PEOPLE = {
    "mona@example.com": ["System Manager"],
    "anna@example.com": ["Letter Writer"],
    "arne@example.com": ["Letter Reader"],
    "cleo@example.com": ["Letter Customer"],
    "xenia@example.com": [],
}
ROLES = {"Letter Writer": 1, "Letter Reader": 1, "Letter Customer": 0}
WRITER_RIGHTS = ("read", "write", "create", "delete", "report", "export", "share")


def rights(role: str, *given: str, permlevel: int = 0) -> dict[str, Any]:
    """Return a permission row that grants exactly the `given` rights."""
    every = (*WRITER_RIGHTS, "print", "email", "import", "submit", "cancel", "amend", "select")
    return {"role": role, "permlevel": permlevel, **{right: int(right in given) for right in every}}


@pytest.fixture(scope="session")
def letters_bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestBench:
    """A bench whose site has the cast and three letters, made once for all tests of this folder."""
    return bench_with(request, tmp_path_factory, "letters", make_all)


@pytest.fixture
def site(letters_bench: TestBench) -> Iterator[TestBench]:
    """The site, connected as Administrator; put back after the test, with failed logins and rate limits forgotten."""
    letters_bench.connect()
    frappe.cache.flushall()
    try:
        yield letters_bench
        letters_bench.restore()
    finally:
        letters_bench.disconnect()


@pytest.fixture
def people(site: TestBench) -> dict[str, list[str]]:
    """Users of every kind, each with the same password."""
    return PEOPLE


@pytest.fixture
def letters(site: TestBench) -> str:
    """The DocType Letter (with a table, a secret field and a password) and three letters."""
    return "Letter"


def make_all() -> None:
    make_people()
    make_letters()
    update_password("Administrator", PASSWORD)


def make_people() -> None:
    for role, desk_access in ROLES.items():
        frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": desk_access}).insert()
    for email, roles in PEOPLE.items():
        user = frappe.new_doc("User", email=email, first_name=email.partition("@")[0].title(), send_welcome_email=0)
        user.new_password = PASSWORD
        for role in roles:
            user.append("roles", {"role": role})
        user.flags.no_welcome_mail = True
        user.flags.ignore_password_policy = True
        user.insert(ignore_permissions=True)


def make_letters() -> None:
    frappe.get_doc(
        {
            "doctype": "DocType",
            "name": "Letter Line",
            "module": "Core",
            "custom": 1,
            "istable": 1,
            "fields": [
                {"fieldname": "text", "fieldtype": "Data", "label": "Text"},
                {"fieldname": "amount", "fieldtype": "Int", "label": "Amount"},
            ],
        }
    ).insert()
    frappe.get_doc(
        {
            "doctype": "DocType",
            "name": "Letter",
            "module": "Core",
            "custom": 1,
            "autoname": "field:subject",
            "track_changes": 1,
            "allow_rename": 1,
            "search_fields": "status",
            "fields": [
                {"fieldname": "subject", "fieldtype": "Data", "label": "Subject", "reqd": 1, "unique": 1},
                {
                    "fieldname": "status",
                    "fieldtype": "Select",
                    "label": "Status",
                    "options": "Draft\nSent",
                    "default": "Draft",
                },
                {"fieldname": "body", "fieldtype": "Text", "label": "Body"},
                {"fieldname": "pages", "fieldtype": "Int", "label": "Pages"},
                {"fieldname": "due", "fieldtype": "Date", "label": "Due"},
                {"fieldname": "recipient", "fieldtype": "Link", "options": "User", "label": "Recipient"},
                {"fieldname": "margin", "fieldtype": "Data", "label": "Margin", "permlevel": 1},
                {"fieldname": "pin", "fieldtype": "Password", "label": "Pin"},
                {"fieldname": "lines", "fieldtype": "Table", "options": "Letter Line", "label": "Lines"},
            ],
            "permissions": [
                rights("System Manager", *WRITER_RIGHTS),
                rights("System Manager", "read", "write", permlevel=1),
                rights("Letter Writer", *WRITER_RIGHTS),
                rights("Letter Reader", "read"),
                rights("Letter Customer", "read"),
            ],
        }
    ).insert()
    for number, subject in enumerate(("Alpha", "Beta", "Gamma"), start=1):
        frappe.get_doc(
            {
                "doctype": "Letter",
                "subject": subject,
                "pages": number,
                "margin": "between the lines",
                "pin": "4711",
                "lines": [{"text": f"{subject} line", "amount": number}],
            }
        ).insert()


@pytest.fixture
def as_user(people: Any) -> Callable[[str], Any]:
    """Return a client that has logged in as somebody; "Guest" and "Administrator" work as well."""

    def login(user: str) -> Any:
        client = get_test_client()
        if user == "Guest":
            return client
        name = user if "@" in user or user == "Administrator" else f"{user}@example.com"
        answer = client.post("/api/method/login", data={"usr": name, "pwd": PASSWORD})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return client

    return login


@pytest.fixture
def endpoints(site: Any) -> Iterator[str]:
    """Whitelisted functions that tests can call, at `frappe.test_endpoints.*`."""
    module = types.ModuleType("frappe.test_endpoints")
    exec(compile(ENDPOINTS, "test_endpoints.py", "exec"), module.__dict__)
    sys.modules[module.__name__] = module
    yield module.__name__
    del sys.modules[module.__name__]


ENDPOINTS = """
import frappe
from frappe.rate_limiter import rate_limit

@frappe.whitelist()
def echo(text: str, number: int = 0, flags: dict = None, ignore_permissions: bool = False) -> dict:
    return {"text": text, "number": number, "flags": flags, "ignored": ignore_permissions}

@frappe.whitelist(allow_guest=True)
def hello(name: str = "world") -> str:
    return f"Hello {name}"

@frappe.whitelist(allow_guest=True, xss_safe=True)
def raw(name: str) -> str:
    return name

@frappe.whitelist()
def everything(**kwargs) -> dict:
    return dict(kwargs)

@frappe.whitelist(methods=["POST"])
def only_post() -> str:
    return "posted"

@frappe.whitelist()
def nothing() -> None:
    return None

@frappe.whitelist()
def talk() -> str:
    frappe.msgprint("Listen", title="Said")
    frappe.toast("Short")
    return "spoken"

@frappe.whitelist()
def refuse() -> None:
    frappe.throw("It is not possible", title="No")

@frappe.whitelist(allow_guest=True)
def fail(kind: str) -> None:
    raise getattr(frappe, kind)("It failed")

@frappe.whitelist(allow_guest=True)
def crash() -> None:
    raise RuntimeError("secret detail")

@frappe.whitelist(allow_guest=True)
def write_a_file() -> None:
    raise OSError(28, "No space left on device")

@frappe.whitelist()
def note(text: str) -> str:
    return frappe.get_doc({"doctype": "ToDo", "description": text}).insert(ignore_permissions=True).name

@frappe.whitelist(allow_guest=True)
@rate_limit(limit=2, seconds=60)
def limited() -> str:
    return "ok"

@frappe.whitelist(allow_guest=True)
def csrf() -> str:
    from frappe.sessions import get_csrf_token
    return get_csrf_token()

@frappe.whitelist(allow_guest=True)
def send(kind: str) -> None:
    frappe.response.update(type=kind, filename="a\\r\\nb.html", filecontent="<b>x</b>", result="a,b", doctype="Rows",
                           location="/x\\r\\ny", content_type=None)

@frappe.whitelist(allow_guest=True)
def address() -> str:
    return frappe.local.request_ip

def hidden() -> str:
    return "not exposed"
"""
