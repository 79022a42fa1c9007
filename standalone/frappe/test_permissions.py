"""Who may do what: section 9 of the contract, one test per rule, and lists and documents asked alike."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import frappe
from frappe import permissions
from frappe.core.doctype.user_permission.user_permission import get_permitted_documents
from frappe.model.testing import make_doctype, make_user

pytestmark = pytest.mark.usefixtures("site")

ANNA, CLEO, XENIA = "anna@example.com", "cleo@example.com", "xenia@example.com"


def rule(role: str, *rights: str, **values: Any) -> dict[str, Any]:
    return {"role": role, **dict.fromkeys(permissions.rights, 0), **dict.fromkeys(rights, 1), **values}


def make_case(*rules: dict[str, Any], fields: list[dict[str, Any]] | None = None, **values: Any) -> None:
    make_doctype("Test Case", fields, permissions=list(rules), **values)


def case(owner: str = "Administrator", **values: Any) -> Any:
    doc = frappe.get_doc({"doctype": "Test Case", **values}).insert(ignore_permissions=True)
    frappe.db.set_value("Test Case", doc.name, "owner", owner, update_modified=False)
    return frappe.get_doc("Test Case", doc.name)


def may(user: str, ptype: str = "read", doc: Any = None) -> bool:
    return bool(frappe.has_permission("Test Case", ptype, doc=doc, user=user))


def listed(user: str) -> set[str]:
    before = frappe.session.user
    frappe.set_user(user)
    try:
        return set(frappe.get_list("Test Case", pluck="name"))
    except frappe.PermissionError:
        return set()
    finally:
        frappe.set_user(before)


# ---------------------------------------------------------------------- 9.1 roles


def test_roles_come_with_the_automatic_ones() -> None:
    make_user(ANNA, "Test Clerk")
    make_user(CLEO, "Test Clerk", user_type="Website User")
    assert set(frappe.get_roles(ANNA)) == {"Test Clerk", "All", "Guest", "Desk User"}
    assert set(frappe.get_roles(CLEO)) == {"Test Clerk", "All", "Guest"}
    assert frappe.get_roles("Guest") == ["Guest"]
    assert permissions.get_roles(ANNA, with_standard=False) == ["Test Clerk"]


def test_the_administrator_has_every_role() -> None:
    make_user(ANNA, "Test Clerk")
    assert {"Test Clerk", "System Manager", "All", "Guest"} <= set(frappe.get_roles("Administrator"))


def test_a_user_without_any_record_has_the_roles_of_everybody() -> None:
    assert set(frappe.get_roles("nobody@example.com")) == {"All", "Guest"}


# ---------------------------------------------------------------------- 9.2 has_permission


def test_rights_come_from_the_rules_of_a_users_roles() -> None:
    make_case(rule("Test Clerk", "read", "write"))
    make_user(ANNA, "Test Clerk")
    make_user(XENIA)
    doc = case()
    assert [may(ANNA, right, doc) for right in ("read", "write", "create", "delete")] == [True, True, False, False]
    assert not may(XENIA, "read", doc)
    assert may("Administrator", "delete", doc)


def test_submit_and_import_need_a_doctype_that_allows_them() -> None:
    make_case(rule("Test Clerk", "read", "write", "create"))
    make_user(ANNA, "Test Clerk")
    frappe.db.sql("update `tabDocPerm` set `submit` = 1, `import` = 1 where `parent` = 'Test Case'")
    frappe.clear_cache(doctype="Test Case")
    doc = case()
    assert not may(ANNA, "submit")
    assert not may(ANNA, "submit", doc)
    assert not may(ANNA, "import")


def test_throw_raises_and_says_so_to_the_caller() -> None:
    make_case(rule("Test Clerk", "read"))
    doc = case()
    with pytest.raises(frappe.PermissionError):
        frappe.has_permission("Test Case", doc=doc, user="Guest", throw=True)
    assert "Test Case" in frappe.flags.error_message


def test_the_doctype_may_be_a_document_and_the_document_a_name() -> None:
    make_case(rule("Test Clerk", "read"))
    make_user(ANNA, "Test Clerk")
    doc = case()
    assert frappe.has_permission(doc, user=ANNA)
    assert frappe.has_permission("Test Case", doc=doc.name, user=ANNA)


def test_owners_have_what_if_owner_rules_give() -> None:
    make_case(rule("Test Clerk", "read", "write", "create", if_owner=1))
    make_user(ANNA, "Test Clerk")
    mine, other = case(ANNA.upper()), case()
    assert may(ANNA, "read", mine)
    assert may(ANNA, "write", mine)
    assert not may(ANNA, "read", other)
    assert not may(ANNA, "write", other)
    assert may(ANNA)
    assert not may(ANNA, "write")
    assert may(ANNA, "create")
    assert listed(ANNA) == {mine.name}


def test_a_general_rule_beats_an_if_owner_rule() -> None:
    make_case(rule("Test Clerk", "read", "write", if_owner=1), rule("All", "read"))
    make_user(ANNA, "Test Clerk")
    other = case()
    assert may(ANNA, "read", other)
    assert not may(ANNA, "write", other)
    assert listed(ANNA) == {other.name}


def test_rows_of_a_table_follow_their_parent() -> None:
    make_doctype("Test Line", [{"fieldname": "text", "fieldtype": "Data", "label": "Text"}], istable=1)
    table = {"fieldname": "lines", "fieldtype": "Table", "label": "Lines", "options": "Test Line"}
    make_case(rule("Test Clerk", "read"), rule("Test Boss", "read", "write"), fields=[table])
    make_user(ANNA, "Test Clerk")
    make_user(CLEO, "Test Boss")
    row = case(lines=[{"text": "x"}]).lines[0]
    assert frappe.has_permission("Test Line", doc=row, user=ANNA)
    assert not frappe.has_permission("Test Line", "delete", doc=row, user=ANNA)
    assert frappe.has_permission("Test Line", "delete", doc=row, user=CLEO)
    assert frappe.has_permission("Test Line", user=ANNA, parent_doctype="Test Case")
    assert not frappe.has_permission("Test Line", user=ANNA)
    assert not frappe.has_permission("Test Line", user=ANNA, parent_doctype="User")


# ---------------------------------------------------------------------- hooks

answers: dict[str, Any] = {}


def has_permission_hook(doc: Any, ptype: str, user: str) -> Any:
    return answers.get(doc.title, True)


def refuse_nothing(doc: Any) -> bool:
    return True


def query_hook(user: str) -> str:
    return "`tabTest Case`.`title` != 'hidden'"


def criterion_hook(user: str) -> Any:
    return frappe.qb.DocType("Test Case").title.like("sh%")


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    added: dict[str, Any] = {}
    original = frappe.get_hooks

    def get_hooks(hook: str | None = None, default: Any = None, app_name: str | None = None) -> Any:
        return added[hook] if hook in added else original(hook, [] if default is None else default, app_name)

    monkeypatch.setattr(frappe, "get_hooks", get_hooks)
    return added


def test_a_hook_can_refuse_but_not_grant(hooks: dict[str, Any]) -> None:
    make_case(rule("Test Clerk", "read"))
    make_user(ANNA, "Test Clerk")
    make_user(XENIA)
    hooks["has_permission"] = {"Test Case": [f"{__name__}.has_permission_hook", f"{__name__}.refuse_nothing"]}
    answers.update({"no": False, "silent": None})
    assert may(ANNA, "read", case(title="yes"))
    assert not may(ANNA, "read", case(title="no"))
    assert not may(ANNA, "read", case(title="silent"))
    assert not may(XENIA, "read", case(title="yes"))
    assert may("Administrator", "read", case(title="no"))


def test_a_share_opens_what_a_hook_has_refused(hooks: dict[str, Any]) -> None:
    make_case(rule("Test Clerk", "read"))
    make_user(ANNA, "Test Clerk")
    hooks["has_permission"] = {"Test Case": [f"{__name__}.has_permission_hook"]}
    answers["no"] = False
    doc = case(title="no")
    frappe.share.add_docshare("Test Case", doc.name, ANNA, flags={"ignore_share_permission": True})
    assert may(ANNA, "read", doc)
    assert not may(ANNA, "write", doc)


def test_query_conditions_of_hooks_limit_lists_of_everybody(hooks: dict[str, Any]) -> None:
    make_case(rule("Test Clerk", "read"))
    make_user(ANNA, "Test Clerk")
    hooks["permission_query_conditions"] = {"Test Case": [f"{__name__}.query_hook"]}
    shown, hidden = case(title="shown"), case(title="hidden")
    assert listed(ANNA) == {shown.name}
    assert listed("Administrator") == {shown.name}
    assert hidden.name in frappe.get_all("Test Case", pluck="name")
    hooks["permission_query_conditions"] = {"Test Case": [f"{__name__}.criterion_hook"]}
    assert listed(ANNA) == listed("Administrator") == {shown.name}


# ---------------------------------------------------------------------- 9.4 user permissions


def make_teams() -> None:
    make_doctype("Test Team", autoname="field:title", permissions=[rule("All", "read", "write")])
    for title in ("Blue", "Red"):
        frappe.get_doc({"doctype": "Test Team", "title": title}).insert()
    link = {"fieldname": "team", "fieldtype": "Link", "label": "Team", "options": "Test Team"}
    free = {**link, "fieldname": "other", "label": "Other", "ignore_user_permissions": 1}
    make_case(rule("Test Clerk", "read", "write", "create"), fields=[link, free])
    make_user(ANNA, "Test Clerk")


def restrict(user: str, value: str, **values: Any) -> None:
    permission = {"doctype": "User Permission", "user": user, "allow": "Test Team", "for_value": value, **values}
    frappe.get_doc(permission).insert(ignore_permissions=True, ignore_links=True)


def test_the_documents_a_user_is_restricted_to_are_listed_the_default_first() -> None:
    make_teams()
    restrict(ANNA, "Blue")
    restrict(ANNA, "Red", is_default=1)
    frappe.set_user(ANNA)
    assert get_permitted_documents("Test Team") == ["Red", "Blue"]
    assert get_permitted_documents("User") == []


def test_user_permissions_restrict_links_and_names() -> None:
    make_teams()
    blue, red, empty = case(team="Blue"), case(team="Red"), case()
    outside = case(team="Blue", other="Red")
    restrict(ANNA, "Blue")
    assert [may(ANNA, "read", doc) for doc in (blue, red, empty, outside)] == [True, False, True, True]
    assert listed(ANNA) == {blue.name, empty.name, outside.name}
    assert frappe.has_permission("Test Team", doc="Blue", user=ANNA)
    assert not frappe.has_permission("Test Team", doc="Red", user=ANNA)


def test_strict_user_permissions_close_empty_links() -> None:
    make_teams()
    empty = case()
    restrict(ANNA, "Blue")
    frappe.db.set_single_value("System Settings", "apply_strict_user_permissions", 1)
    frappe.clear_document_cache("System Settings", "System Settings")
    assert not may(ANNA, "read", empty)
    assert listed(ANNA) == set()


def test_a_user_permission_may_be_meant_for_one_doctype() -> None:
    make_teams()
    red = case(team="Red")
    restrict(ANNA, "Blue", applicable_for="User", apply_to_all_doctypes=0)
    assert may(ANNA, "read", red)
    assert listed(ANNA) == {red.name}


def test_the_helpers_add_and_remove_user_permissions() -> None:
    make_teams()
    permissions.add_user_permission("Test Team", "Blue", ANNA, ignore_permissions=True)
    permissions.add_user_permission("Test Team", "Blue", ANNA, ignore_permissions=True)
    assert [p.doc for p in permissions.get_user_permissions(ANNA)["Test Team"]] == ["Blue"]
    permissions.remove_user_permission("Test Team", "Blue", ANNA)
    assert permissions.get_user_permissions(ANNA) == {}
    assert permissions.get_user_permissions("Administrator") == {}


# ---------------------------------------------------------------------- 9.7 shares


def test_a_share_gives_its_rights_and_nothing_else() -> None:
    make_case(rule("Test Clerk", "read"))
    make_user(XENIA)
    shared, other = case(), case()
    frappe.share.add_docshare("Test Case", shared.name, XENIA, write=1, flags={"ignore_share_permission": True})
    assert [may(XENIA, right, shared) for right in ("read", "write", "share", "print", "delete")] == [
        True,
        True,
        False,
        True,
        False,
    ]
    assert not may(XENIA, "read", other)
    assert may(XENIA)
    assert listed(XENIA) == {shared.name}
    frappe.share.remove("Test Case", shared.name, XENIA, flags={"ignore_share_permission": True})
    assert not may(XENIA, "read", shared)
    assert listed(XENIA) == set()


def test_a_share_with_everyone_is_not_one_with_guests() -> None:
    make_case(rule("Test Clerk", "read"))
    make_user(XENIA)
    doc = case()
    frappe.share.add_docshare("Test Case", doc.name, everyone=1, flags={"ignore_share_permission": True})
    assert may(XENIA, "read", doc)
    assert not may("Guest", "read", doc)
    assert frappe.share.get_shared_doctypes(XENIA) == ["Test Case"]


# ---------------------------------------------------------------------- 9.6 helpers


def test_add_permission_copies_the_rules_first() -> None:
    make_case(rule("Test Clerk", "read", "write"))
    make_user(ANNA, "Test Clerk")
    make_user(CLEO, "Test Boss")
    permissions.add_permission("Test Case", "Test Boss", 0, "write")
    permissions.update_permission_property("Test Case", "Test Boss", 0, "read", 1)
    assert may(CLEO)
    assert may(ANNA, "write")
    assert frappe.db.count("Custom DocPerm", {"parent": "Test Case"}) == 2
    permissions.update_permission_property("Test Case", "Test Clerk", 0, "write", 0)
    assert not may(ANNA, "write")
    permissions.reset_perms("Test Case")
    assert may(ANNA, "write")
    assert not may(CLEO)


def test_a_role_that_has_a_rule_already_is_told_so() -> None:
    make_case(rule("Test Clerk", "read"))
    permissions.add_permission("Test Case", "Test Clerk")
    assert frappe.db.count("Custom DocPerm", {"parent": "Test Case"}) == 1
    assert "Test Clerk" in frappe.local.message_log[-1]["message"]


def test_an_unknown_right_is_refused() -> None:
    make_case(rule("Test Clerk", "read"))
    with pytest.raises(frappe.ValidationError, match="fly"):
        permissions.update_permission_property("Test Case", "Test Clerk", 0, "fly", 1)


def test_only_for_lets_tests_pass_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    make_user(ANNA, "Test Clerk")
    frappe.set_user(ANNA)
    frappe.only_for("Test Boss")
    monkeypatch.setitem(frappe.flags, "in_test", False)
    frappe.only_for(("Test Boss", "Test Clerk"))
    with pytest.raises(frappe.PermissionError):
        frappe.only_for("Test Boss")


@pytest.mark.parametrize(
    "rules",
    [
        [rule("Test Clerk", "read"), rule("Test Clerk", "write")],
        [rule("Test Clerk")],
        [rule("Test Clerk", "read", permlevel=1)],
        [rule("Test Clerk", "read", "cancel")],
        [rule("Test Clerk", "read", "submit")],
        [rule("Test Clerk", "read", "import")],
    ],
)
def test_rules_that_contradict_themselves_are_refused(rules: list[dict[str, Any]]) -> None:
    with pytest.raises(frappe.ValidationError):
        make_case(*rules)


# ---------------------------------------------------------------------- what repeats costs nothing


def test_asking_again_sends_no_statement() -> None:
    make_case(rule("Test Clerk", "read", if_owner=1))
    make_user(ANNA, "Test Clerk")
    doc = case(ANNA)
    may(ANNA, "read", doc)
    before = frappe.db.statement_count
    assert may(ANNA, "read", doc)
    assert frappe.db.statement_count == before


# ---------------------------------------------------------------------- lists and documents agree

RIGHTS = ("read", "select", "write")
PEOPLE = (ANNA, CLEO, XENIA)


@st.composite
def situations(draw: st.DrawFn) -> dict[str, Any]:
    role_rule = st.fixed_dictionaries(
        {
            "role": st.sampled_from(["Test Clerk", "Test Boss", "All"]),
            "if_owner": st.integers(0, 1),
            "rights": st.sets(st.sampled_from(RIGHTS), min_size=1),
        }
    )
    unique = st.lists(role_rule, max_size=4, unique_by=lambda r: (r["role"], r["if_owner"]))
    return {
        "rules": draw(unique),
        "docs": draw(
            st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from([None, "Blue", "Red"])), min_size=1, max_size=4)
        ),
        "restricted": draw(st.sets(st.sampled_from(["Blue", "Red"]), max_size=2)),
        "shares": draw(st.sets(st.tuples(st.integers(0, 3), st.sampled_from([*PEOPLE, None])), max_size=3)),
        "strict": draw(st.booleans()),
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(situations())
def test_a_list_shows_exactly_what_may_be_read(site: Any, situation: dict[str, Any]) -> None:
    arrange_agreement()
    set_rules(situation["rules"])
    docs = [case(owner, team=team) for owner, team in situation["docs"]]
    for team in situation["restricted"]:
        restrict(ANNA, team)
    for index, user in situation["shares"]:
        doc = docs[index % len(docs)]
        flags = {"ignore_share_permission": True}
        frappe.share.add_docshare("Test Case", doc.name, user, everyone=0 if user else 1, flags=flags)
    frappe.db.set_single_value("System Settings", "apply_strict_user_permissions", int(situation["strict"]))
    frappe.clear_document_cache("System Settings", "System Settings")
    for user in PEOPLE:
        frappe.set_user(user)
        readable = {doc.name for doc in docs if has_read(user, doc)}
        frappe.set_user("Administrator")
        assert listed(user) == readable, user


def has_read(user: str, doc: Any) -> bool:
    """Lists are open to those, too, whose roles let them select but not read."""
    selects_only = not permissions.get_role_permissions("Test Case", user).read
    return may(user, "read", doc) or (selects_only and may(user, "select", doc))


def arrange_agreement() -> None:
    frappe.set_user("Administrator")
    if not frappe.db.exists("DocType", "Test Case"):
        make_teams()
        make_user(CLEO, "Test Boss")
        make_user(XENIA)
    for table in ("Test Case", "User Permission", "DocShare"):
        frappe.db.sql(f"delete from `tab{table}`")
        frappe.clear_document_cache(table)


def set_rules(rules: list[dict[str, Any]]) -> None:
    frappe.db.sql("delete from `tabDocPerm` where `parent` = 'Test Case'")
    for index, one in enumerate(rules, 1):
        values = rule(one["role"], *one["rights"], if_owner=one["if_owner"])
        place = {"parent": "Test Case", "parenttype": "DocType", "parentfield": "permissions", "idx": index}
        frappe.get_doc({"doctype": "DocPerm", **values, **place}).db_insert()
    frappe.clear_cache(doctype="Test Case")
