"""Who may see which ticket: one rule, asked about a single ticket and about lists.

`clauses(user)` says it as a list of conditions of which one must hold. `matches` reads them against a document,
`to_sql` turns them into SQL, so that a list and a record can never disagree.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import frappe

from helpdesk.access import is_admin, is_agent
from helpdesk.agents.scopes import Scope, scope_of
from helpdesk.agents.teams import Team, teams_of
from helpdesk.compat import literal
from helpdesk.customers.membership import customers_of_user
from helpdesk.settings import get_settings

TABLE = "`tabHD Ticket`"


class Clause(Protocol):
    """A condition on one ticket."""

    def matches(self, ticket: Any) -> bool: ...

    def to_sql(self) -> str: ...

    def newest(self, most: int) -> list[int]:
        """Return the ids of the newest tickets for which it holds, up to `most`, found by an index."""
        ...


IN_ORDER = ("agent_group", "customer")
"""Fields by which many tickets may show; an index has the tickets of each value in the order of their last change."""


def _newest(field: str, conditions: Sequence[str], most: int) -> list[int]:
    """Return up to `most` ids for which one of the conditions on a field holds."""
    if field in IN_ORDER:
        newest = f"order by modified desc limit {int(most)}"
        parts = [
            f"select * from (select name, modified from {TABLE} where {one} {newest}) as part" for one in conditions
        ]
        sql = f"select name from ({' union all '.join(parts)}) as found {newest}"
    else:
        sql = f"select name from {TABLE} where {' or '.join(conditions)} limit {int(most)}"
    # The conditions double each percent sign, for statements with values; this one has none.
    return [int(name) for name in frappe.db.sql(sql.replace("%%", "%"), pluck=True)]


def _newest_where(clause: Clause, most: int) -> list[int]:
    """Return up to `most` ids for which a condition holds that is more than one value of a field, the newest first."""
    sql = f"select name from {TABLE} where {clause.to_sql()} order by modified desc limit {int(most)}"
    return [int(name) for name in frappe.db.sql(sql.replace("%%", "%"), pluck=True)]


def _assignees(ticket: Any) -> str:
    """Return who works on a ticket as the framework stores it.

    A ticket under a save does not carry the column; what counts is what the database says.
    """
    stored = ticket.get("_assign")
    if stored is None and ticket.get("name"):
        stored = frappe.db.get_value("HD Ticket", ticket.get("name"), "_assign")
    return stored or ""


@dataclass(frozen=True)
class Among:
    """The field holds one of the values."""

    field: str
    values: tuple[str, ...]

    def matches(self, ticket: Any) -> bool:
        return str(ticket.get(self.field) or "").casefold() in {value.casefold() for value in self.values}

    def to_sql(self) -> str:
        return f"{TABLE}.`{self.field}` in ({', '.join(literal(value) for value in self.values)})"

    def newest(self, most: int) -> list[int]:
        return _newest(self.field, [f"{TABLE}.`{self.field}` = {literal(value)}" for value in self.values], most)


@dataclass(frozen=True)
class Blank:
    """The field is empty."""

    field: str

    def matches(self, ticket: Any) -> bool:
        return not ticket.get(self.field)

    def to_sql(self) -> str:
        return f"({TABLE}.`{self.field}` is null or {TABLE}.`{self.field}` = '')"

    def newest(self, most: int) -> list[int]:
        return _newest(self.field, [f"{TABLE}.`{self.field}` is null", f"{TABLE}.`{self.field}` = ''"], most)


@dataclass(frozen=True)
class AssignedTo:
    """The user is among the assignees, which the framework stores as a JSON list of user ids."""

    user: str

    def matches(self, ticket: Any) -> bool:
        return json.dumps(self.user) in _assignees(ticket)

    def to_sql(self) -> str:
        return f"locate({literal(json.dumps(self.user))}, {TABLE}.`_assign`) > 0"

    def newest(self, most: int) -> list[int]:
        # The framework writes the list from these rows; the list itself is in no index.
        open_tasks = {"reference_type": "HD Ticket", "allocated_to": self.user, "status": ["!=", "Cancelled"]}
        names = frappe.get_all("ToDo", filters=open_tasks, pluck="reference_name", order_by="creation desc", limit=most)
        return [int(name) for name in names]


@dataclass(frozen=True)
class Unassigned:
    """Nobody works on the ticket."""

    def matches(self, ticket: Any) -> bool:
        return _assignees(ticket) in ("", "[]")

    def to_sql(self) -> str:
        return f"coalesce({TABLE}.`_assign`, '') in ('', '[]')"

    def newest(self, most: int) -> list[int]:
        return _newest_where(self, most)


@dataclass(frozen=True)
class All:
    """Each of the conditions holds."""

    conditions: tuple[Clause, ...]

    def matches(self, ticket: Any) -> bool:
        return all(condition.matches(ticket) for condition in self.conditions)

    def to_sql(self) -> str:
        return f"({' and '.join(condition.to_sql() for condition in self.conditions)})"

    def newest(self, most: int) -> list[int]:
        return _newest_where(self, most)


GUEST = "Guest"
EVERYTHING: tuple[Clause, ...] | None = None
NOTHING: tuple[Clause, ...] = ()
"""What guests see, also where they may file tickets: all of them are the same user, so none of them owns anything."""


def clauses(user: str) -> tuple[Clause, ...] | None:
    """Return the conditions of which one must hold for `user` to see a ticket; None means that all tickets show."""
    if user == GUEST:
        return NOTHING
    if is_admin(user):
        return EVERYTHING
    if not is_agent(user):
        return _own(user)
    shared, scope = _shared(user), scope_of(user)
    if scope is not None:
        within = _within(scope)
        shared = (All(within),) if shared is None else tuple(All((each, *within)) for each in shared)
    return EVERYTHING if shared is None else (*_own(user), AssignedTo(user), *shared)


def _shared(user: str) -> tuple[Clause, ...] | None:
    """Return the conditions for what an agent sees together with their teams; None for all tickets."""
    settings = get_settings()
    if not settings.restrict_tickets_by_agent_group:
        return EVERYTHING
    teams = teams_of(user)
    if any(team.ignores_restrictions for team in teams):
        return EVERYTHING
    return _of_teams(teams, teamless=bool(settings.do_not_restrict_tickets_without_an_agent_group))


def _within(scope: Scope) -> tuple[Clause, ...]:
    """Return the conditions that an agent's scope adds to those of their teams."""
    found: list[Clause] = [Among("category", scope.categories)] if scope.categories else []
    if scope.only_own_and_unassigned:
        found.append(Unassigned())
    return tuple(found)


def _own(user: str) -> tuple[Clause, ...]:
    own: tuple[Clause, ...] = tuple(Among(field, (user,)) for field in ("owner", "contact", "raised_by"))
    managed = customers_of_user(user, managed_only=True)
    return (*own, Among("customer", tuple(managed))) if managed else own


def _of_teams(teams: list[Team], *, teamless: bool) -> tuple[Clause, ...]:
    found: list[Clause] = []
    if teamless:
        found.append(Blank("agent_group"))
    if teams:
        found.append(Among("agent_group", tuple(team.name for team in teams)))
    return tuple(found)


def may_see(ticket: Any, user: str) -> bool:
    """Tell whether `user` may see the ticket, given as a document or a row."""
    conditions = clauses(user)
    return conditions is None or any(condition.matches(ticket) for condition in conditions)


def list_condition(user: str) -> str:
    """Return the same rule as SQL over the ticket table; empty when everything shows."""
    conditions = clauses(user)
    if conditions is None:
        return ""
    return f"({' or '.join(condition.to_sql() for condition in conditions) or '1 = 0'})"


@dataclass(frozen=True)
class Newest:
    """Ids of tickets that somebody may see, perhaps with some more, the highest first: all of them or the newest.

    They tell where to look; whether a ticket shows is still for `list_condition` to say.
    """

    ids: tuple[int, ...]
    are_all: bool


def newest(user: str, most: int) -> Newest | None:
    """Return the newest tickets that `user` may see, up to `most`, at a cost that only `most` limits; None for all."""
    conditions = clauses(user)
    return None if conditions is None else _newest_of(conditions, most)


def _newest_of(conditions: Sequence[Clause], most: int) -> Newest:
    found: set[int] = set()
    for condition in conditions:
        found.update(condition.newest(most + 1))
    return Newest(tuple(sorted(found, reverse=True)[:most]), are_all=len(found) <= most)


def parts(user: str, most: int) -> list[str]:
    """Return SQL conditions of which one holds for each ticket that `user` may see, and only one; for counting.

    An index on the team answers the first. What shows for other reasons is told by its ids, if they are `most` at most;
    otherwise the rule stays in one piece, which reads the tickets themselves.
    """
    conditions, whole = clauses(user), list_condition(user)
    by_team = [each for each in conditions or () if isinstance(each, Among | Blank) and each.field == "agent_group"]
    if conditions is None:
        return [whole]
    others = _newest_of([each for each in conditions if each not in by_team], most)
    if not others.are_all:
        return [whole]
    by_id = f"({TABLE}.name in ({ids(others.ids)}) and {whole})"
    if not by_team:
        return [by_id]
    team = " or ".join(each.to_sql() for each in by_team)
    return [f"({team})", f"({by_id} and coalesce(({team}), 0) = 0)"]


def ids(names: Iterable[int]) -> str:
    """Return ids as SQL for `in`; no id means no ticket."""
    return ", ".join(str(int(name)) for name in names) or "null"


# -- what belongs to a ticket ------------------------------------------------------------------------------------------

COLUMNS = ["name", "owner", "contact", "raised_by", "customer", "agent_group", "category", "_assign"]


def may_see_ticket(name: str | int | None, user: str) -> bool:
    """Tell whether `user` may see the ticket with this id; what belongs to no ticket is not restricted."""
    conditions = clauses(user)
    if conditions is None or not name:
        return True
    ticket = frappe.db.get_value("HD Ticket", name, COLUMNS, as_dict=True)
    return ticket is not None and any(condition.matches(ticket) for condition in conditions)


def list_condition_through(column: str, user: str) -> str:
    """Return the rule as SQL over a table whose `column` holds the id of a ticket, perhaps as text."""
    visible = list_condition(user)
    if not visible:
        return ""
    return f"exists (select 1 from {TABLE} where {TABLE}.name = cast({column} as signed) and {visible})"
