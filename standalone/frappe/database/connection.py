"""The part of `frappe.db` that runs SQL and keeps the transaction."""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from frappe.context import is_active, local
from frappe.database.driver import Driver, Result, Values
from frappe.database.errors import ErrorPredicates
from frappe.database.statements import Kind, Statement
from frappe.database.transactions import CallbackManager
from frappe.exceptions import ImplicitCommitError, TableMissingError, TooManyWritesError
from frappe.types import _dict

MAX_WRITES_PER_TRANSACTION = 200_000


class Connection(ErrorPredicates):
    """Statements and transactions of one site's database. Opens on first use."""

    MAX_WRITES_PER_TRANSACTION = MAX_WRITES_PER_TRANSACTION
    TableMissingError = TableMissingError

    def __init__(self, driver: Driver, name: str = ""):
        self.driver = driver
        self.cur_db_name = name
        self.statement_count = 0
        self.transaction_writes = 0
        self.last_query = ""
        self.auto_commit_on_many_writes = False
        self.query_log: list[str] | None = None
        self.before_commit = CallbackManager()
        self.after_commit = CallbackManager()
        self.before_rollback = CallbackManager()
        self.after_rollback = CallbackManager()
        self._waiting: dict[str, list[Any]] = {}
        self._savepoints: list[tuple[str, dict[str, int]]] = []
        self._disable_transaction_control = 0
        self.value_cache: dict[str, dict[Any, Any]] = {}
        self._single_values: dict[str, Any] = {}
        self._changed_singles = False

    @property
    def db_type(self) -> str:
        return self.driver.db_type

    # -- statements ---------------------------------------------------------------------------------------------------

    def sql(
        self,
        query: Any,
        values: Any = (),
        *,
        as_dict: int | bool = 0,
        as_list: int | bool = 0,
        debug: int | bool = 0,
        ignore_ddl: int | bool = 0,
        auto_commit: int | bool = 0,
        update: Mapping[str, Any] | None = None,
        explain: bool = False,
        run: bool = True,
        pluck: Any = False,
        as_iterator: bool = False,
    ) -> Any:
        """Run a statement with `%s` or `%(name)s` placeholders; a list or tuple value becomes the list of an `in`.

        Returns a tuple of tuples; a list of dicts, lists or first columns with `as_dict`, `as_list`, `pluck`.
        `as_iterator` yields the rows while they are read. Without `run` only the SQL is returned.
        """
        query = str(query)
        values, formatted = _as_values(values)
        statement = self.driver.prepare(query, formatted)
        if not run:
            return self.driver.render(statement, values)
        if statement.kind is Kind.CONTROL:
            return self._control(query)
        self._check_before(statement, bool(ignore_ddl))
        if explain:
            self._explain(query, values, formatted)
        if as_iterator:
            columns, rows = self.driver.stream(statement, values)
            self._count(statement, values)
            return _shape_lazily(columns, rows, bool(as_dict), bool(as_list), bool(pluck), update)
        result = self._run(statement, values, bool(debug))
        if auto_commit:
            self.commit()
        return _shape(result, bool(as_dict), bool(as_list), bool(pluck), update)

    def execute(self, query: str, values: Values = ()) -> Result:
        """Run a statement whose text always has placeholders in pyformat, and return the plain result."""
        statement = self.driver.prepare(query, True)
        self._check_before(statement, False)
        return self._run(statement, values)

    def execute_many(self, query: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run one statement for every row of values; counts as one statement."""
        statement = self.driver.prepare(query, True)
        self._check_before(statement, False)
        many = list(rows)
        changed = self.driver.execute_many(statement, many)
        self._count(statement, many[0] if many else None)
        return changed

    def _run(self, statement: Statement, values: Values, debug: bool = False) -> Result:
        started = time.perf_counter() if debug else 0.0
        try:
            result = self.driver.execute(statement, values)
        except Exception as error:
            self._note_failure(statement, values, error, debug)
            raise
        self._count(statement, values)
        if debug:
            self._show(statement, values, time.perf_counter() - started)
        return result

    def _count(self, statement: Statement, values: Values | None) -> None:
        """Take note of a statement that has run; without values it is shown as it was written."""
        self.statement_count += 1
        self.last_query = statement.text
        if statement.kind is not Kind.READ:
            self.transaction_writes += 1
            self.value_cache.clear()
            if statement.touches_singles:
                self._note_changed_singles()
        if self.query_log is not None:
            shown = statement.text if values is None else self.driver.render(statement, values)
            self.query_log.append(shown)

    def _check_before(self, statement: Statement, ignore_ddl: bool) -> None:
        if statement.kind is Kind.READ:
            return
        if statement.kind is Kind.DDL:
            if self.transaction_writes and not ignore_ddl:
                raise ImplicitCommitError(
                    "This statement changes tables, which would commit what the transaction wrote so far. "
                    f"Use frappe.db.sql_ddl: {statement.text[:100]}"
                )
        elif self.transaction_writes >= self.MAX_WRITES_PER_TRANSACTION:
            if not self.auto_commit_on_many_writes:
                raise TooManyWritesError(
                    f"More than {self.MAX_WRITES_PER_TRANSACTION} writes without a commit. Commit in between."
                )
            self.commit()

    def _note_failure(self, statement: Statement, values: Values, error: Exception, debug: bool) -> None:
        self.statement_count += 1
        if debug:
            self._log(f"{error}\n{self._rendered(statement, values)}")

    def _show(self, statement: Statement, values: Values, seconds: float) -> None:
        self._log(f"{self._rendered(statement, values)}\n{seconds * 1000:.2f} ms")

    def _rendered(self, statement: Statement, values: Values) -> str:
        try:
            return self.driver.render(statement, values)
        except (ValueError, KeyError):
            return statement.text

    def _explain(self, query: str, values: Values, formatted: bool) -> None:
        plan = self.driver.execute(self.driver.prepare(f"explain {query}", formatted), values)
        self._log("\n".join(str(row) for row in plan.rows))

    def _log(self, text: str) -> None:
        from frappe.messages import errprint

        errprint(text)

    def _control(self, query: str) -> tuple[()]:
        """`commit`, `rollback`, `savepoint x` … sent as SQL take the same way as the methods."""
        words = query.replace("`", " ").replace(";", " ").split()
        verb, last = words[0].lower(), words[-1]
        if verb in ("begin", "start"):
            if self.transaction_writes:
                raise ImplicitCommitError("Beginning a transaction would commit what the current one wrote so far.")
            self.begin(read_only="only" in query.lower())
        elif verb in ("commit", "end"):
            self.commit()
        elif verb == "rollback":
            self.rollback(save_point=last if len(words) > 1 and "to" in query.lower().split() else None)
        elif verb == "savepoint":
            self.savepoint(last)
        else:
            self.release_savepoint(last)
        return ()

    def sql_list(self, query: Any, values: Any = (), debug: bool = False, **kwargs: Any) -> list[Any]:
        """Return the first column of the rows."""
        rows: list[Any] = self.sql(query, values, debug=debug, pluck=True, **kwargs)
        return rows

    def sql_ddl(self, query: Any, debug: bool = False) -> Any:
        """Commit, run a statement that changes tables, and commit again."""
        self.commit()
        answer = self.sql(query, debug=debug)
        self.commit()
        return answer

    def multisql(self, sql_dict: Mapping[str, Any], values: Any = (), **kwargs: Any) -> Any:
        """Run the statement that is meant for this kind of database; SQLite understands those for MariaDB too."""
        query = sql_dict.get(self.db_type) or sql_dict.get("mariadb")
        if query is None:
            raise ValueError(f"There is no statement for {self.db_type}; only for {', '.join(sql_dict)}.")
        return self.sql(query, values, **kwargs)

    def mogrify(self, query: Any, values: Any = ()) -> str:
        """Return a statement with its values written in."""
        prepared, formatted = _as_values(values)
        return self.driver.render(self.driver.prepare(str(query), formatted), prepared)

    def escape(self, value: Any, percent: bool = True) -> str:
        """Return `value` as a quoted SQL literal; `%` is doubled unless `percent` is false."""
        text = value.decode() if isinstance(value, bytes) else "" if value is None else str(value)
        literal = self.driver.escape(text)
        return literal.replace("%", "%%") if percent else literal

    @contextmanager
    def unbuffered_cursor(self) -> Iterator[None]:
        """Kept for code that reads many rows with `as_iterator=True`, which streams here anyway."""
        yield

    def explain_query(self, query: Any, values: Any = None) -> None:
        prepared, formatted = _as_values(values)
        self._explain(str(query), prepared, formatted)

    # -- transaction --------------------------------------------------------------------------------------------------

    def begin(self, *, read_only: bool = False) -> None:
        """Start a transaction; the database opens it when the first change comes."""
        read_only = read_only or bool(is_active() and local.flags.read_only)
        self.driver.begin(read_only)
        self.transaction_writes = 0

    def commit(self) -> None:
        """Make the changes last, with the `before_commit` and `after_commit` callbacks around."""
        if self._control_is_disabled("commit"):
            return
        self.before_rollback.reset()
        self.after_rollback.reset()
        self.before_commit.run()
        self.driver.commit()
        self._savepoints.clear()
        self.transaction_writes = 0
        self._publish_singles()
        self.after_commit.run()

    def rollback(self, *, save_point: str | None = None) -> None:
        """Undo the changes since the last commit, or since `save_point`."""
        if save_point:
            self.driver.rollback_to(save_point)
            self._forget_since(save_point)
            self._forget_values()
            if is_active():
                local.document_cache.clear()
            return
        if self._control_is_disabled("rollback"):
            return
        self.before_commit.reset()
        self.after_commit.reset()
        self.before_rollback.run()
        self.driver.rollback()
        self._savepoints.clear()
        self.transaction_writes = 0
        self._publish_singles()
        self._forget_values()
        self.after_rollback.run()

    def _control_is_disabled(self, verb: str) -> bool:
        if self._disable_transaction_control:
            warnings.warn(
                f"frappe.db.{verb}() was ignored: the document being saved owns the transaction.", stacklevel=3
            )
        return bool(self._disable_transaction_control)

    @contextmanager
    def transaction_control_disabled(self) -> Iterator[None]:
        """Ignore `commit` and `rollback` inside the block, with a warning."""
        self._disable_transaction_control += 1
        try:
            yield
        finally:
            self._disable_transaction_control -= 1

    def savepoint(self, save_point: str) -> None:
        """Mark a point that `rollback(save_point=…)` can return to."""
        self.driver.savepoint(save_point)
        self._savepoints = [known for known in self._savepoints if known[0] != save_point]
        self._savepoints.append((save_point, {what: len(things) for what, things in self._waiting.items()}))

    def release_savepoint(self, save_point: str) -> None:
        self.driver.release_savepoint(save_point)
        position = self._position_of(save_point)
        if position is not None:
            del self._savepoints[position:]

    def waiting(self, what: str) -> list[Any]:
        """Return the list of what waits for the end of the transaction, to be filled and emptied by its owner.

        What was added after a savepoint goes away when the transaction returns to it, as rows do.
        """
        return self._waiting.setdefault(what, [])

    def _forget_since(self, save_point: str) -> None:
        position = self._position_of(save_point)
        if position is not None:
            del self._savepoints[position + 1 :]
            lengths = self._savepoints[position][1]
            for what, things in self._waiting.items():
                del things[lengths.get(what, 0) :]

    def _position_of(self, save_point: str) -> int | None:
        names = [name for name, _ in self._savepoints]
        return len(names) - 1 - names[::-1].index(save_point) if save_point in names else None

    def connect(self) -> None:
        """Nothing to do: the first statement opens the connection."""

    def close(self) -> None:
        """Roll back and let go of the connection."""
        for manager in (self.before_commit, self.after_commit, self.before_rollback, self.after_rollback):
            manager.reset()
        self.driver.close()
        self._waiting.clear()
        self._savepoints.clear()
        self.transaction_writes = 0
        self._forget_values()

    # -- what the reader below keeps of Singles -----------------------------------------------------------------------

    def _forget_values(self) -> None:
        self.value_cache.clear()
        self._single_values.clear()

    def _note_changed_singles(self) -> None:
        self._changed_singles = True

    def _publish_singles(self) -> None:
        self._changed_singles = False


def _as_values(values: Any) -> tuple[Values, bool]:
    """Return the values as a sequence or mapping, and whether the text is formatted (any were passed)."""
    if values is None or (isinstance(values, (tuple, list, dict)) and not values):
        return (), False
    if isinstance(values, (tuple, list, Mapping)):
        return values, True
    return (values,), True


def _shape(result: Result, as_dict: bool, as_list: bool, pluck: bool, update: Mapping[str, Any] | None) -> Any:
    if not result.columns:
        return ()
    if pluck:
        return [row[0] for row in result.rows]
    if as_dict:
        columns = result.columns
        rows = [_dict(zip(columns, row, strict=True)) for row in result.rows]
        if update:
            for row in rows:
                row.update(update)
        return rows
    if as_list:
        return [list(row) for row in result.rows]
    return tuple(result.rows)


def _shape_lazily(
    columns: Sequence[str],
    rows: Iterator[tuple[Any, ...]],
    as_dict: bool,
    as_list: bool,
    pluck: bool,
    update: Mapping[str, Any] | None,
) -> Iterator[Any]:
    for row in rows:
        if pluck:
            yield row[0]
        elif as_dict:
            yield _dict(zip(columns, row, strict=True)).update(update or {})
        else:
            yield list(row) if as_list else row


IDENTIFIER = re.compile(r"[^\W\d][\w ]*\Z")
"""What may stand between backticks as the name of a column."""


def column_name(name: str) -> str:
    """Return a column name in backticks. Raises InvalidColumnName for anything that is not a plain name."""
    from frappe.exceptions import InvalidColumnName

    if not isinstance(name, str) or not IDENTIFIER.match(name.strip("`")):
        raise InvalidColumnName(f"{name!r} is not the name of a field.")
    return f"`{name.strip('`')}`"


def table_name(doctype: str) -> str:
    """Return the table of a DocType in backticks; a name with two leading underscores is a table itself."""
    from frappe.database.schema.model import quote

    if not isinstance(doctype, str):
        raise TypeError(f"A DocType is named by text, not by {doctype!r:.80}.")
    return quote(doctype if doctype.startswith("__") else f"tab{doctype}")
