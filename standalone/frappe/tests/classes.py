"""The TestCase classes of apps."""

from __future__ import annotations

import copy
import datetime
import json
import re
import unittest
import unittest.mock
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from typing import Any, ClassVar

import frappe
from frappe.context import is_active
from frappe.tests import helpers

MOMENTS = (datetime.date, datetime.datetime, datetime.time, datetime.timedelta)


class UnitTestCase(unittest.TestCase):
    """A test of code that needs little of the framework; has the helpers and assertions."""

    doctype: ClassVar[str | None] = None
    maxDiff = 10_000

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        if cls.doctype is None:
            cls.doctype = _doctype_of(cls.__module__)

    # -- helpers ------------------------------------------------------------------------------------------------------

    @classmethod
    def set_user(cls, user: str) -> AbstractContextManager[None]:
        """Act as another user within a `with` block."""
        return helpers.set_user(user)

    freeze_time = staticmethod(helpers.freeze_time)
    change_settings = staticmethod(helpers.change_settings)
    patch_hooks = staticmethod(helpers.patch_hooks)
    enable_safe_exec = staticmethod(helpers.enable_safe_exec)

    def normalize_html(self, code: str) -> str:
        """Return HTML in one layout, so that two texts of it can be compared."""
        from bs4 import BeautifulSoup

        return str(BeautifulSoup(code, "html.parser").prettify())

    def normalize_sql(self, query: str) -> str:
        """Return SQL in one layout, so that two texts of it can be compared."""
        return re.sub(r"\s+", " ", str(query)).strip().replace("( ", "(").replace(" )", ")").lower()

    # -- assertions ---------------------------------------------------------------------------------------------------

    def assertQueryEqual(self, first: str, second: str) -> None:
        """Fail unless two statements differ in layout only."""
        self.assertEqual(self.normalize_sql(first), self.normalize_sql(second))

    def assertSequenceSubset(self, larger: Sequence[Any], smaller: Sequence[Any], msg: str | None = None) -> None:
        """Fail unless everything in `smaller` is in `larger`."""
        missing = [item for item in smaller if item not in larger]
        self.assertFalse(missing, msg or f"{missing} is not in {larger}")

    def assertDocumentEqual(self, expected: Any, actual: Any) -> None:
        """Fail unless the document has every value of `expected` (a dict or a document), rows included."""
        if isinstance(expected, frappe.model.document.Document):
            expected = expected.as_dict()
        for field, value in expected.items():
            if isinstance(value, list):
                rows = actual.get(field)
                self.assertEqual(len(value), len(rows), f"{field} has another number of rows")
                for wanted, row in zip(value, rows, strict=True):
                    self.assertDocumentEqual(wanted, row)
            else:
                self._assert_value(value, actual.get(field), actual, field)

    def _assert_value(self, wanted: Any, found: Any, doc: Any, field: str) -> None:
        if isinstance(found, float | Decimal) and wanted is not None:
            self.assertAlmostEqual(float(wanted), float(found), places=doc.precision(field) or 6, msg=field)
        elif isinstance(found, bool | int) and isinstance(wanted, str | int | bool):
            self.assertEqual(frappe.utils.cint(wanted), int(found), field)
        elif isinstance(found, MOMENTS) or isinstance(wanted, MOMENTS):
            self.assertEqual(str(wanted), str(found), field)
        else:
            self.assertEqual(wanted, found, field)


class IntegrationTestCase(UnitTestCase):
    """A test with a connected site, as Administrator. What a class writes and does not commit is undone after it."""

    ADMIN_PASSWORD = "admin"
    counts_are_exact: ClassVar[bool] = True
    """The framework itself asks the same number of questions every time, so that tests may hold it to one."""
    TEST_SITE: ClassVar[str]

    @classmethod
    def setUpClass(cls) -> None:
        if not is_active() or not frappe.db:
            raise RuntimeError(NO_SITE)
        super().setUpClass()
        frappe.set_user("Administrator")
        cls.TEST_SITE = frappe.local.site
        flags = copy.copy(dict(frappe.local.flags))
        cls.addClassCleanup(_restore_flags, flags)
        cls.addClassCleanup(_roll_back)
        cls._make_records()
        frappe.db.commit()

    @classmethod
    def _make_records(cls) -> None:
        from frappe.tests.records import make_test_records

        if cls.doctype and not frappe.flags.skip_test_records:
            make_test_records(cls.doctype)

    def setUp(self) -> None:
        super().setUp()
        if frappe.session.user != "Administrator":
            frappe.set_user("Administrator")

    # -- assertions ---------------------------------------------------------------------------------------------------

    @contextmanager
    def assertQueryCount(self, count: int, query_type: tuple[str, ...] | None = None) -> Iterator[None]:
        """Fail when the block sends more than `count` statements (of these kinds) to the database."""
        with _recorded_statements() as statements:
            yield
        kinds = tuple(kind.lower() for kind in query_type or ())
        sent = [text for text in statements if not kinds or text.strip().lower().startswith(kinds)]
        self.assertLessEqual(len(sent), count, "Too many statements:\n" + "\n\n".join(sent))

    @contextmanager
    def assertRowsRead(self, count: int) -> Iterator[None]:
        """Fail when the block gets more than `count` rows from the database."""
        rows = 0
        original = frappe.db.sql

        def counting(*args: Any, **kwargs: Any) -> Any:
            nonlocal rows
            result = original(*args, **kwargs)
            rows += len(result) if isinstance(result, list | tuple) else 0
            return result

        with unittest.mock.patch.object(_database(), "sql", counting):
            yield
        self.assertLessEqual(rows, count, f"{rows} rows were read.")

    @contextmanager
    def assertRedisCallCounts(self, count: int, *, exact: bool = False) -> Iterator[None]:
        """Fail when the block asks the cache more than `count` times."""
        calls = 0
        cache = type(frappe.cache)
        original = cache.get_value

        def counting(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            return original(*args, **kwargs)

        with unittest.mock.patch.object(cache, "get_value", counting):
            yield
        self.assertTrue(calls == count if exact else calls <= count, f"The cache was asked {calls} times.")

    # -- connections --------------------------------------------------------------------------------------------------

    @contextmanager
    def primary_connection(self) -> Iterator[None]:
        """Run a block with the connection the test began with."""
        former = frappe.local.db
        frappe.local.db = self.__dict__.setdefault("_primary_connection", former)
        try:
            yield
        finally:
            frappe.local.db = former

    @contextmanager
    def secondary_connection(self) -> Iterator[None]:
        """Run a block with another connection, which sees only what was committed."""
        from frappe.database import get_db

        former = frappe.local.db
        self.__dict__.setdefault("_primary_connection", former)
        if "_secondary_connection" not in self.__dict__:
            self._secondary_connection = get_db()
            self.addCleanup(self._close_secondary)
        frappe.local.db = self._secondary_connection
        try:
            yield
        finally:
            frappe.local.db = former

    def _close_secondary(self) -> None:
        self._secondary_connection.rollback()
        self._secondary_connection.close()

    @contextmanager
    def switch_site(self, site: str) -> Iterator[None]:
        """Run a block with another site connected."""
        from frappe.context import activate, current_state

        former = current_state()
        frappe.init(site, sites_path=former.sites_path, force=True)
        frappe.connect()
        try:
            yield
        finally:
            frappe.destroy()
            activate(former)


NO_SITE = (
    "This test needs a site. Run it with pytest (the plugin frappe.testing.plugin makes one) or with "
    "`frappe --site … run-tests`."
)


def _database() -> Any:
    return frappe.local.db


@contextmanager
def _recorded_statements() -> Iterator[list[str]]:
    """Record the text of every statement that is sent; blocks may be nested."""
    database = _database()
    statements: list[str] = []
    former, database.query_log = database.query_log, statements
    try:
        yield statements
    finally:
        database.query_log = former
        if former is not None:
            former.extend(statements)


def _restore_flags(flags: dict[str, Any]) -> None:
    frappe.local.flags.clear()
    frappe.local.flags.update(flags)


def _roll_back() -> None:
    frappe.db.rollback()
    if frappe.session.user != "Administrator":
        frappe.set_user("Administrator")


def _doctype_of(module: str) -> str | None:
    """Return the DocType that a module `….doctype.hd_ticket.test_hd_ticket` tests; None for any other."""
    import importlib.util
    from pathlib import Path

    package, _, name = module.rpartition(".")
    if ".doctype." not in package or not name.startswith("test_"):
        return None
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.origin:
        return None
    path = Path(spec.origin).with_name(name.removeprefix("test_") + ".json")
    return str(json.loads(path.read_text(encoding="utf-8"))["name"]) if path.exists() else None
