"""The life cycle of documents: sections 5.1 to 5.10 of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

import frappe
from frappe.model.document import Document, bulk_insert
from frappe.model.testing import make_doctype, make_user
from frappe.testing.plugin import bench_with, connected
from frappe.testing.sites import TestBench

pytestmark = pytest.mark.usefixtures("site")

ITEM_FIELDS = [
    {"fieldname": "item", "fieldtype": "Data", "label": "Item", "reqd": 1},
    {"fieldname": "qty", "fieldtype": "Int", "label": "Quantity", "default": "1"},
]


@pytest.fixture(scope="module")
def orders_bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestBench:
    """A site that has the DocType Test Order, made once."""
    return bench_with(request, tmp_path_factory, "orders", make_order_doctypes)


@pytest.fixture
def site(orders_bench: TestBench) -> Iterator[TestBench]:
    yield from connected(orders_bench)


def make_order_doctypes() -> None:
    make_doctype("Test Item", ITEM_FIELDS, istable=1)
    fields = [
        {"fieldname": "title", "fieldtype": "Data", "label": "Title"},
        {"fieldname": "status", "fieldtype": "Select", "label": "Status", "options": "Open\nClosed"},
        {"fieldname": "amount", "fieldtype": "Float", "label": "Amount"},
        {"fieldname": "due", "fieldtype": "Date", "label": "Due"},
        {"fieldname": "active", "fieldtype": "Check", "label": "Active", "default": "1"},
        {"fieldname": "items", "fieldtype": "Table", "label": "Items", "options": "Test Item"},
    ]
    make_doctype("Test Order", fields, autoname="field:title")


def change_order_doctype(**values: Any) -> None:
    frappe.get_doc("DocType", "Test Order").update(values).save()


def order(title: str = "A", **values: Any) -> Any:
    return frappe.get_doc({"doctype": "Test Order", "title": title, **values})


# ---------------------------------------------------------------------- 5.1 getting documents


def test_a_document_is_loaded_with_its_rows_in_order() -> None:
    order(items=[{"item": "x"}, {"item": "y", "qty": 3}]).insert()
    loaded = frappe.get_doc("Test Order", "A")
    assert [(row.item, row.qty, row.idx) for row in loaded.items] == [("x", 1, 1), ("y", 3, 2)]
    assert loaded.items[0].parent_doc is loaded
    assert not loaded.is_new()


def test_a_missing_document_is_named() -> None:
    with pytest.raises(frappe.DoesNotExistError, match="Nowhere"):
        frappe.get_doc("Test Order", "Nowhere")


def test_a_document_is_found_by_filters() -> None:
    order("A", amount=5).insert()
    assert frappe.get_doc("Test Order", {"amount": 5}).name == "A"
    with pytest.raises(frappe.DoesNotExistError):
        frappe.get_doc("Test Order", {"amount": 6})


def test_get_doc_applies_no_defaults_and_new_doc_does() -> None:
    assert order().active is None
    assert order().status is None
    fresh = frappe.new_doc("Test Order", title="B")
    assert (fresh.active, fresh.status, fresh.title, fresh.is_new()) == (1, "Open", "B", True)


def test_get_doc_hands_a_document_back() -> None:
    doc = order()
    assert frappe.get_doc(doc) is doc


def test_a_dict_without_doctype_is_refused() -> None:
    with pytest.raises(ValueError, match="doctype"):
        frappe.get_doc({"title": "x"})


def test_get_last_doc_returns_the_newest_match() -> None:
    order("A").insert()
    order("B").insert()
    assert frappe.get_last_doc("Test Order").name == "B"
    assert frappe.get_last_doc("Test Order", filters={"title": "A"}).name == "A"
    with pytest.raises(frappe.DoesNotExistError):
        frappe.get_last_doc("Test Order", filters={"title": "C"})


def test_cached_documents_cost_nothing_and_are_private_to_the_request() -> None:
    order(items=[{"item": "x"}]).insert()
    frappe.db.commit()
    frappe.get_cached_doc("Test Order", "A").title = "spoiled"
    frappe.local.document_cache.clear()
    before = frappe.db.statement_count
    cached = frappe.get_cached_doc("Test Order", "A")
    assert frappe.db.statement_count == before
    assert (cached.title, cached.items[0].item, cached.items[0].parent_doc) == ("A", "x", cached)


def test_a_saved_document_is_not_served_from_an_old_cache() -> None:
    order(status="Open").insert()
    frappe.db.commit()
    assert frappe.get_cached_value("Test Order", "A", "status") == "Open"
    frappe.get_doc("Test Order", "A").update({"status": "Closed"}).save()
    assert frappe.get_cached_value("Test Order", "A", "status") == "Closed"
    frappe.db.rollback()
    assert frappe.get_cached_value("Test Order", "A", "status") == "Open"


def test_a_cached_value_of_a_missing_document_is_none_and_says_nothing() -> None:
    assert frappe.get_cached_value("Test Order", "none", "title") is None
    assert frappe.get_cached_value("Test Order", "none", ["title", "status"]) is None
    assert frappe.local.message_log == []


def test_cached_values_come_one_or_many() -> None:
    order(status="Closed").insert()
    assert frappe.get_cached_value("Test Order", "A", ["title", "status"]) == ["A", "Closed"]
    assert frappe.get_cached_value("Test Order", "A", ["title"], as_dict=True) == {"title": "A"}


def test_a_copy_is_new_and_has_rows_of_its_own() -> None:
    original = order(items=[{"item": "x"}]).insert()
    copy = frappe.copy_doc(original)
    assert (copy.name, copy.creation, copy.is_new()) == (None, None, True)
    assert (copy.items[0].item, copy.items[0].name) == ("x", None)
    copy.title = "B"
    copy.insert()
    assert frappe.db.count("Test Item", {"parent": "B"}) == 1


def test_no_copy_fields_stay_behind_only_when_asked() -> None:
    make_doctype("Test Note", [{"fieldname": "secret", "fieldtype": "Data", "label": "Secret", "no_copy": 1}])
    note = frappe.get_doc(doctype="Test Note", secret="s").insert()
    assert frappe.copy_doc(note).secret == "s"
    assert frappe.copy_doc(note, ignore_no_copy=False).secret is None


# ---------------------------------------------------------------------- 5.2 members


def test_unknown_attributes_raise_and_get_returns_none() -> None:
    doc = order()
    with pytest.raises(AttributeError):
        _ = doc.no_such_field
    assert doc.get("no_such_field") is None
    assert doc.get("no_such_field", "default") == "default"


def test_tables_accept_rows_and_renumber_them() -> None:
    doc = order()
    first = doc.append("items", {"item": "x"})
    doc.append("items", {"item": "y"})
    doc.append("items", {"item": "z"}, position=0)
    assert [(r.item, r.idx) for r in doc.items] == [("z", 1), ("x", 2), ("y", 3)]
    doc.remove(first)
    assert [(r.item, r.idx) for r in doc.items] == [("z", 1), ("y", 2)]
    assert [r.item for r in doc.get("items", {"item": "y"})] == ["y"]
    assert [r.item for r in doc.get({"item": "z"})] == ["z"]
    with pytest.raises(AttributeError):
        doc.append("title", {})


def test_reserved_keys_cannot_be_set() -> None:
    doc = order()
    doc.update({"doctype": "User", "flags": {"ignore_permissions": True}, "meta": 1, "_doc_before_save": 1})
    assert doc.doctype == "Test Order"
    assert doc.flags == {}
    assert doc.get_doc_before_save() is None


def test_as_dict_casts_and_hides_what_is_private() -> None:
    doc = order(amount="1.5", active="1", items=[{"item": "x", "qty": "2"}]).insert()
    values = doc.as_dict()
    assert (values.amount, values.active, values["items"][0]["qty"]) == (1.5, 1, 2)
    assert values.doctype == "Test Order"
    assert "_assign" not in values
    assert "due" in values
    assert "due" not in doc.as_dict(no_nulls=True)
    assert "owner" not in doc.as_dict(no_default_fields=True)


def test_stamps_are_text_after_a_save_and_moments_after_a_load() -> None:
    doc = order().insert()
    assert isinstance(doc.modified, str)
    assert not isinstance(doc.reload().modified, str)


def test_a_document_describes_itself() -> None:
    doc = order().insert()
    assert str(doc) == "Document(A)"
    assert repr(doc) == "<Document: A>"


# ---------------------------------------------------------------------- 5.3 insert


class Recorder(Document):
    """Notes each event with what can be seen of the document at that moment."""

    log: list[Any]

    def _note(self, event: str) -> None:
        stored = bool(self.name and frappe.db.exists(self.doctype, self.name))
        Recorder.log.append((event, self.name, stored, self.is_new()))


def _event(name: str) -> Any:
    def method(self: Recorder, *_args: Any) -> None:
        self._note(name)

    return method


EVENTS = (
    *("before_insert", "before_naming", "before_validate", "validate", "before_save", "after_insert"),
    *("on_update", "on_change", "before_submit", "on_submit", "before_cancel", "on_cancel"),
    *("before_update_after_submit", "on_update_after_submit", "on_trash", "after_delete", "before_change"),
    *("before_rename", "after_rename", "before_discard", "on_discard"),
)
for _name in EVENTS:
    setattr(Recorder, _name, _event(_name))


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    change_order_doctype(is_submittable=1, allow_rename=1)
    Recorder.log = []
    frappe.local.cache["controller::Test Order"] = Recorder
    return Recorder.log


def names_of(log: list[Any]) -> list[str]:
    return [entry[0] for entry in log]


def test_insert_runs_its_events_in_order(recorder: list[Any]) -> None:
    order().insert()
    assert names_of(recorder) == [
        "before_insert",
        "before_naming",
        "before_validate",
        "validate",
        "before_save",
        "after_insert",
        "on_update",
        "on_change",
    ]


def test_insert_names_before_validate_and_stores_before_after_insert(recorder: list[Any]) -> None:
    order().insert()
    seen = {event: (name, stored, new) for event, name, stored, new in recorder}
    assert seen["before_insert"] == (None, False, True)
    assert seen["validate"] == ("A", False, True)
    assert seen["after_insert"] == ("A", True, True)
    assert seen["on_change"] == ("A", True, True)


def test_save_runs_its_events_in_order(recorder: list[Any]) -> None:
    doc = order().insert()
    recorder.clear()
    doc.save()
    assert names_of(recorder) == ["before_validate", "validate", "before_save", "on_update", "on_change"]


def test_submit_and_cancel_run_their_events_in_order(recorder: list[Any]) -> None:
    doc = order().insert()
    recorder.clear()
    doc.submit()
    assert names_of(recorder) == ["before_validate", "validate", "before_submit", "on_update", "on_submit", "on_change"]
    recorder.clear()
    doc.save()
    assert names_of(recorder) == ["before_update_after_submit", "on_update_after_submit", "on_change"]
    recorder.clear()
    doc.cancel()
    assert names_of(recorder) == ["before_cancel", "on_cancel", "on_change"]


def test_delete_runs_its_events_in_order(recorder: list[Any]) -> None:
    doc = order().insert()
    recorder.clear()
    doc.delete()
    assert names_of(recorder) == ["on_trash", "on_change", "after_delete"]
    assert recorder[-1][2] is False


def test_rename_runs_its_events_in_order(recorder: list[Any]) -> None:
    order().insert()
    recorder.clear()
    frappe.rename_doc("Test Order", "A", "B")
    assert names_of(recorder)[:2] == ["before_rename", "after_rename"]
    assert [entry[1] for entry in recorder[:2]] == ["A", "B"]


def test_db_set_runs_before_and_on_change_only(recorder: list[Any]) -> None:
    doc = order().insert()
    recorder.clear()
    doc.db_set("status", "Closed")
    assert names_of(recorder) == ["before_change", "on_change"]
    assert frappe.db.get_value("Test Order", "A", "status") == "Closed"


def test_discard_cancels_a_draft(recorder: list[Any]) -> None:
    doc = order().insert()
    recorder.clear()
    doc.discard()
    assert names_of(recorder) == ["before_discard", "before_change", "on_change", "on_discard"]
    assert doc.reload().docstatus == 2


def test_every_value_has_changed_while_a_document_is_inserted() -> None:
    doc = order().insert()
    assert doc.has_value_changed("due")
    doc.status = "Closed"
    doc.save()
    assert doc.has_value_changed("status")
    assert not doc.has_value_changed("title")
    assert doc.get_value_before_save("status") == "Open"


def test_a_taken_name_is_refused_or_swallowed() -> None:
    order().insert()
    with pytest.raises(frappe.DuplicateEntryError) as refused:
        order().insert()
    assert refused.value.args[:2] == ("Test Order", "A")
    order().insert(ignore_if_duplicate=True)


def test_defaults_are_filled_at_insert_even_for_explicit_nulls() -> None:
    doc = order(active=None, items=[{"item": "x"}]).insert()
    assert (doc.active, doc.status, doc.items[0].qty) == (1, "Open", 1)


def test_now_as_default_is_the_moment_of_the_new_document() -> None:
    fields = [
        {"fieldname": "at", "fieldtype": "Time", "label": "At", "default": "Now"},
        {"fieldname": "moment", "fieldtype": "Datetime", "label": "Moment", "default": "now"},
        {"fieldname": "fixed", "fieldtype": "Time", "label": "Fixed", "default": "10:00:00"},
    ]
    make_doctype("Test Moment", fields)
    doc = frappe.new_doc("Test Moment").insert().reload()
    assert doc.fixed == timedelta(hours=10)
    assert isinstance(doc.moment, datetime)
    assert isinstance(doc.at, timedelta)


def test_set_name_and_newname_decide_the_name() -> None:
    make_doctype("Test Note")
    assert frappe.get_doc(doctype="Test Note").insert(set_name="mine").name == "mine"
    assert frappe.get_doc({"doctype": "Test Note", "__newname": "yours"}).insert().name == "yours"


# ---------------------------------------------------------------------- 5.4 save


def test_a_stale_document_is_refused() -> None:
    order().insert()
    mine, yours = frappe.get_doc("Test Order", "A"), frappe.get_doc("Test Order", "A")
    yours.save()
    with pytest.raises(frappe.TimestampMismatchError):
        mine.save()


@pytest.mark.parametrize(
    ("stored", "wanted", "error"),
    [
        (0, 2, frappe.DocstatusTransitionError),
        (1, 0, frappe.DocstatusTransitionError),
        (2, 0, frappe.ValidationError),
        (2, 2, frappe.ValidationError),
    ],
)
def test_impossible_steps_are_refused(stored: int, wanted: int, error: type[Exception]) -> None:
    change_order_doctype(is_submittable=1)
    doc = order().insert()
    frappe.db.set_value("Test Order", "A", "docstatus", stored, update_modified=False)
    doc = frappe.get_doc("Test Order", "A")
    doc.docstatus = wanted
    with pytest.raises(error):
        doc.save()


def test_a_submitted_document_changes_in_allowed_fields_only() -> None:
    change_order_doctype(is_submittable=1)
    doc = order(amount=1).insert().submit()
    doc.amount = 2
    with pytest.raises(frappe.UpdateAfterSubmitError):
        doc.save()


def test_rows_are_inserted_updated_and_deleted_with_their_document() -> None:
    doc = order(items=[{"item": "x"}, {"item": "y"}]).insert()
    kept = doc.items[1].name
    doc.set("items", [{"name": kept, "item": "changed"}, {"item": "new"}])
    doc.save()
    rows = frappe.get_doc("Test Order", "A").items
    assert [row.item for row in rows] == ["changed", "new"]
    assert rows[0].name == kept
    assert frappe.db.count("Test Item", {"parent": "A"}) == 2


def test_a_row_of_another_document_cannot_be_taken_over() -> None:
    victim = order("B", items=[{"item": "theirs"}]).insert()
    doc = order("A").insert()
    doc.append("items", {"name": victim.items[0].name, "item": "mine now"})
    with pytest.raises(frappe.DuplicateEntryError):
        doc.save()


def test_child_controllers_hear_nothing_but_their_naming() -> None:
    Recorder.log = []
    frappe.local.cache["controller::Test Item"] = Recorder
    order(items=[{"item": "x"}]).insert()
    assert names_of(Recorder.log) == ["before_naming"]


def test_a_plain_save_costs_two_statements() -> None:
    doc = order().insert()
    doc.save()
    before = frappe.db.statement_count
    doc.save()
    assert frappe.db.statement_count - before <= 3  # the document, its rows, the update


def test_a_plain_insert_costs_one_statement() -> None:
    make_doctype("Test Note")
    frappe.get_doc(doctype="Test Note", title="first").insert()
    before = frappe.db.statement_count
    frappe.get_doc(doctype="Test Note", title="second").insert()
    assert frappe.db.statement_count - before <= 2


def test_bulk_insert_writes_documents_with_rows() -> None:
    docs = []
    for number in range(3):
        doc = order(f"N{number}", items=[{"item": "x"}])
        doc.name = f"N{number}"
        docs.append(doc)
    bulk_insert("Test Order", docs)
    assert frappe.get_doc("Test Order", "N2").items[0].item == "x"


# ---------------------------------------------------------------------- 5.5 validation


def test_missing_values_are_listed_together() -> None:
    make_doctype(
        "Test Form",
        [
            {"fieldname": "a", "fieldtype": "Data", "label": "A", "reqd": 1},
            {"fieldname": "b", "fieldtype": "Int", "label": "B", "reqd": 1},
            {"fieldname": "c", "fieldtype": "Text Editor", "label": "C", "reqd": 1},
        ],
    )
    with pytest.raises(frappe.MandatoryError, match="a, c"):
        frappe.get_doc(doctype="Test Form", a=" ", b=0, c="<p> </p>").insert()
    frappe.get_doc(doctype="Test Form", a=" ", b=0, c="<p> </p>").insert(ignore_mandatory=True)
    frappe.get_doc(doctype="Test Form", a="x", b=0, c='<img src="/files/x.png">').insert()


def test_a_required_cell_of_a_row_is_required() -> None:
    with pytest.raises(frappe.MandatoryError, match="item"):
        order(items=[{"qty": 2}]).insert()


def field_doc(value: Any, **df: Any) -> Any:
    make_doctype("Test Field", [{"fieldname": "f", "label": "Field F", **df}])
    return frappe.get_doc({"doctype": "Test Field", "f": value})


@pytest.mark.parametrize(
    ("value", "df", "error"),
    [
        ("nobody", {"fieldtype": "Data", "options": "Email"}, frappe.InvalidEmailAddressError),
        ("12", {"fieldtype": "Phone"}, frappe.InvalidPhoneNumberError),
        ("Maybe", {"fieldtype": "Select", "options": "Yes\nNo"}, frappe.ValidationError),
        (-1, {"fieldtype": "Int", "non_negative": 1}, frappe.NonNegativeError),
        ("x" * 141, {"fieldtype": "Data"}, frappe.CharacterLengthExceededError),
        ("x" * 11, {"fieldtype": "Data", "length": 10}, frappe.CharacterLengthExceededError),
        (2**31, {"fieldtype": "Int"}, frappe.CharacterLengthExceededError),
        ("if x", {"fieldtype": "Code", "options": "Python"}, frappe.ValidationError),
        (["a"], {"fieldtype": "Data"}, frappe.ValidationError),
        ({"a": 1}, {"fieldtype": "Data"}, frappe.ValidationError),
        (["a"], {"fieldtype": "JSON"}, frappe.ValidationError),
        ("yesterday-ish", {"fieldtype": "Date"}, frappe.ValidationError),
        ("Nobody", {"fieldtype": "Link", "options": "User"}, frappe.LinkValidationError),
    ],
)
def test_bad_values_are_refused(value: Any, df: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        field_doc(value, **df).insert()


@pytest.mark.parametrize(
    ("value", "df", "stored"),
    [
        (" Yes ", {"fieldtype": "Select", "options": "Yes\nNo"}, "Yes"),
        (1.5, {"fieldtype": "Rating"}, 1.0),
        ({"a": 1}, {"fieldtype": "JSON"}, '{"a":1}'),
        ("<b>bold</b><script>alert(1)</script>", {"fieldtype": "Text Editor"}, "<b>bold</b>"),
        ("<script>x</script>", {"fieldtype": "Code"}, "<script>x</script>"),
        ("administrator", {"fieldtype": "Link", "options": "User"}, "Administrator"),
    ],
)
def test_good_values_are_put_right(value: Any, df: dict[str, Any], stored: Any) -> None:
    doc = field_doc(value, **df).insert()
    kept = frappe.db.get_value("Test Field", doc.name, "f")
    assert str(kept).startswith(str(stored))
    assert "<script" not in str(kept) or df["fieldtype"] == "Code"


def test_a_unique_value_is_refused_the_second_time_and_may_be_empty_often() -> None:
    field_doc("x", fieldtype="Data", unique=1).insert()
    frappe.get_doc({"doctype": "Test Field", "f": ""}).insert()
    frappe.get_doc({"doctype": "Test Field", "f": ""}).insert()
    with pytest.raises(frappe.UniqueValidationError):
        frappe.get_doc({"doctype": "Test Field", "f": "x"}).insert()


def test_what_is_set_once_stays() -> None:
    doc = field_doc("x", fieldtype="Data", set_only_once=1).insert()
    doc.f = "y"
    with pytest.raises(frappe.CannotChangeConstantError):
        doc.save()
    doc.reload()
    doc.owner = "Guest"
    with pytest.raises(frappe.CannotChangeConstantError):
        doc.save()


def test_passwords_are_stored_encrypted_and_shown_as_asterisks() -> None:
    doc = field_doc("secret", fieldtype="Password").insert()
    assert doc.f == "******"
    assert frappe.db.get_value("Test Field", doc.name, "f") == "******"
    assert frappe.get_doc("Test Field", doc.name).get_password("f") == "secret"


# ---------------------------------------------------------------------- links


def test_a_value_is_fetched_from_the_linked_document() -> None:
    make_doctype("Test Team", [{"fieldname": "lead", "fieldtype": "Data", "label": "Lead"}], autoname="Prompt")
    frappe.get_doc({"doctype": "Test Team", "__newname": "Blue", "lead": "Bea"}).insert()
    make_doctype(
        "Test Job",
        [
            {"fieldname": "team", "fieldtype": "Link", "label": "Team", "options": "Test Team"},
            {"fieldname": "lead", "fieldtype": "Data", "label": "Lead", "fetch_from": "team.lead"},
            {
                "fieldname": "hint",
                "fieldtype": "Data",
                "label": "Hint",
                "fetch_from": "team.lead",
                "fetch_if_empty": 1,
            },
        ],
    )
    doc = frappe.get_doc(doctype="Test Job", team="blue", lead="old", hint="mine").insert()
    assert (doc.team, doc.lead, doc.hint) == ("Blue", "Bea", "mine")
    doc.update({"team": None, "lead": "kept", "hint": None}).save()
    assert (doc.lead, doc.hint) == ("kept", None)


def test_all_missing_links_are_named_at_once() -> None:
    make_doctype(
        "Test Job",
        [
            {"fieldname": "one", "fieldtype": "Link", "label": "One", "options": "User"},
            {"fieldname": "two", "fieldtype": "Link", "label": "Two", "options": "Role"},
            {"fieldname": "kind", "fieldtype": "Link", "label": "Kind", "options": "DocType"},
            {"fieldname": "thing", "fieldtype": "Dynamic Link", "label": "Thing", "options": "kind"},
        ],
    )
    doc = frappe.get_doc(doctype="Test Job", one="nobody", two="nothing", kind="User", thing="missing")
    with pytest.raises(frappe.LinkValidationError, match=r"One: nobody, Two: nothing, Thing: missing"):
        doc.insert()
    doc.insert(ignore_links=True)
    with pytest.raises(frappe.ValidationError, match="Kind"):
        frappe.get_doc(doctype="Test Job", thing="x").insert()


# ---------------------------------------------------------------------- 5.4 delete, 5.10 traces


def test_deleting_removes_rows_and_keeps_a_record() -> None:
    doc = order(items=[{"item": "x"}]).insert()
    doc.delete()
    assert not frappe.db.exists("Test Order", "A")
    assert frappe.db.count("Test Item", {"parent": "A"}) == 0
    kept = frappe.db.get_value("Deleted Document", {"deleted_doctype": "Test Order"}, ["deleted_name", "data"])
    assert kept[0] == "A"
    assert frappe.parse_json(kept[1])["items"][0]["item"] == "x"


def test_deleting_what_is_missing_returns_false_or_raises() -> None:
    assert frappe.delete_doc("Test Order", "none") is False
    with pytest.raises(frappe.DoesNotExistError):
        frappe.delete_doc("Test Order", "none", ignore_missing=False)
    frappe.delete_doc_if_exists("Test Order", "none")


def test_a_linked_document_cannot_be_deleted_without_force() -> None:
    order().insert()
    make_doctype("Test Job", [{"fieldname": "o", "fieldtype": "Link", "label": "O", "options": "Test Order"}])
    job = frappe.get_doc(doctype="Test Job", o="A").insert()
    with pytest.raises(frappe.LinkExistsError, match=job.name):
        frappe.delete_doc("Test Order", "A")
    frappe.delete_doc("Test Order", "A", force=True)
    assert not frappe.db.exists("Test Order", "A")


def test_a_dynamically_linked_document_cannot_be_deleted() -> None:
    order().insert()
    make_doctype(
        "Test Job",
        [
            {"fieldname": "kind", "fieldtype": "Link", "label": "Kind", "options": "DocType"},
            {"fieldname": "thing", "fieldtype": "Dynamic Link", "label": "Thing", "options": "kind"},
        ],
    )
    frappe.get_doc(doctype="Test Job", kind="Test Order", thing="A").insert()
    with pytest.raises(frappe.LinkExistsError):
        frappe.delete_doc("Test Order", "A")


def test_an_amendment_replaces_a_cancelled_document_and_other_links_to_it_are_refused() -> None:
    change_order_doctype(is_submittable=1, autoname="hash")
    link_field = {"doctype": "Custom Field", "dt": "Test Order", "fieldtype": "Link", "options": "Test Order"}
    for fieldname in ("amended_from", "other"):
        frappe.get_doc({**link_field, "fieldname": fieldname, "label": fieldname}).insert()
    first = order().insert()
    first.submit()
    first.cancel()
    second = order(amended_from=first.name).insert()
    assert second.name == f"{first.name}-1"
    with pytest.raises(frappe.CancelledLinkError):
        order(other=first.name).insert()


def test_a_submitted_document_cannot_be_deleted() -> None:
    change_order_doctype(is_submittable=1)
    order().insert().submit()
    with pytest.raises(frappe.ValidationError, match="cancel it"):
        frappe.delete_doc("Test Order", "A")


def test_a_version_tells_what_changed() -> None:
    change_order_doctype(track_changes=1)
    doc = order(items=[{"item": "x"}]).insert()
    assert frappe.db.count("Version", {"docname": "A"}) == 0
    doc.status = "Closed"
    doc.items[0].qty = 7
    doc.append("items", {"item": "y"})
    doc.save(ignore_version=False)
    (version,) = frappe.model.versioning.get_version("Test Order", "A")
    assert version.data["changed"] == [["status", "Open", "Closed"]]
    assert version.data["row_changed"][0][:2] == ["items", 0]
    assert version.data["row_changed"][0][3] == [["qty", 1, 7]]
    assert version.data["added"][0][1]["item"] == "y"
    doc.save(ignore_version=False)
    assert frappe.db.count("Version", {"docname": "A"}) == 1


def test_tests_write_no_versions_unless_they_ask() -> None:
    change_order_doctype(track_changes=1)
    doc = order().insert()
    doc.update({"status": "Closed"}).save()
    assert frappe.db.count("Version", {"docname": "A"}) == 0


def test_a_save_is_seen_by_its_author_alone() -> None:
    change_order_doctype(track_seen=1)
    doc = order().insert()
    doc.add_seen("guest")
    doc.save()
    assert frappe.db.get_value("Test Order", "A", "_seen") == '["Administrator"]'


# ---------------------------------------------------------------------- Singles


def test_a_single_loads_defaults_first_and_what_was_saved_later() -> None:
    make_doctype(
        "Test Settings",
        [
            {"fieldname": "limit", "fieldtype": "Int", "label": "Limit", "default": "5"},
            {"fieldname": "since", "fieldtype": "Date", "label": "Since"},
            {"fieldname": "rows", "fieldtype": "Table", "label": "Rows", "options": "Has Role"},
        ],
        issingle=1,
    )
    settings = frappe.get_single("Test Settings")
    assert (settings.limit, settings.name) == (5, "Test Settings")
    settings.update({"limit": 0, "since": "2024-01-02"}).save()
    settings = frappe.get_doc("Test Settings")
    assert (settings.limit, settings.since) == (0, "2024-01-02")
    settings.limit = 9
    settings.save()
    assert frappe.get_cached_doc("Test Settings").limit == 9


# ---------------------------------------------------------------------- permissions on the way


def test_permission_to_create_is_checked_after_links_and_before_before_insert(recorder: list[Any]) -> None:
    make_user("arne@example.com")
    frappe.set_user("arne@example.com")
    frappe.local.cache["controller::Test Order"] = Recorder
    with pytest.raises(frappe.PermissionError):
        order().insert()
    assert names_of(recorder) == []
    order().insert(ignore_permissions=True)


def test_fields_on_a_level_the_user_may_not_write_are_put_back() -> None:
    make_doctype(
        "Test Note",
        [
            {"fieldname": "title", "fieldtype": "Data", "label": "Title"},
            {"fieldname": "rank", "fieldtype": "Data", "label": "Rank", "permlevel": 1, "default": "low"},
        ],
        permissions=[
            {"role": "Test Clerk", "read": 1, "write": 1, "create": 1},
            {"role": "System Manager", "read": 1, "write": 1, "create": 1},
            {"role": "System Manager", "permlevel": 1, "read": 1, "write": 1},
        ],
    )
    make_user("anna@example.com", "Test Clerk")
    frappe.set_user("anna@example.com")
    doc = frappe.get_doc(doctype="Test Note", title="x", rank="high").insert()
    assert doc.rank == "low"
    doc.rank = "high"
    doc.save()
    assert frappe.db.get_value("Test Note", doc.name, "rank") == "low"
    doc.apply_fieldlevel_read_permissions()
    assert not hasattr(doc, "rank")
    frappe.set_user("Administrator")
    doc = frappe.get_doc("Test Note", doc.name)
    doc.rank = "high"
    doc.save()
    assert doc.rank == "high"
