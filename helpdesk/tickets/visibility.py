"""Who may see which ticket: one rule, asked about a single ticket and about lists.

`clauses(user)` says it as a list of conditions of which one must hold. `matches` reads them against a document,
`to_sql` turns them into SQL, so that a list and a record can never disagree.
"""

import json
from dataclasses import dataclass
from typing import Any, Protocol

import frappe

from helpdesk.access import is_admin, is_agent
from helpdesk.agents.teams import Team, teams_of
from helpdesk.compat import literal
from helpdesk.customers.membership import customers_of_user
from helpdesk.settings import get_settings

TABLE = "`tabHD Ticket`"


class Clause(Protocol):
    """A condition on one ticket."""

    def matches(self, ticket: Any) -> bool: ...

    def to_sql(self) -> str: ...

    def some(self, most: int) -> list[int]:
        """Return the ids of up to `most` tickets for which it holds, found by an index."""
        ...


def _ids(condition: str, most: int) -> list[int]:
    # The condition doubles each percent sign, for statements with values; this one has none.
    sql = f"select name from {TABLE} where {condition.replace('%%', '%')} limit {int(most)}"
    return [int(name) for name in frappe.db.sql(sql, pluck=True)]


@dataclass(frozen=True)
class Among:
    """The field holds one of the values."""

    field: str
    values: tuple[str, ...]

    def matches(self, ticket: Any) -> bool:
        return str(ticket.get(self.field) or "").casefold() in {value.casefold() for value in self.values}

    def to_sql(self) -> str:
        return f"{TABLE}.`{self.field}` in ({', '.join(literal(value) for value in self.values)})"

    def some(self, most: int) -> list[int]:
        return _ids(self.to_sql(), most)


@dataclass(frozen=True)
class Blank:
    """The field is empty."""

    field: str

    def matches(self, ticket: Any) -> bool:
        return not ticket.get(self.field)

    def to_sql(self) -> str:
        return f"({TABLE}.`{self.field}` is null or {TABLE}.`{self.field}` = '')"

    def some(self, most: int) -> list[int]:
        return _ids(self.to_sql(), most)


@dataclass(frozen=True)
class AssignedTo:
    """The user is among the assignees, which the framework stores as a JSON list of user ids."""

    user: str

    def matches(self, ticket: Any) -> bool:
        # A ticket under a save does not carry the column; what counts is what the database says.
        stored = ticket.get("_assign")
        if stored is None and ticket.get("name"):
            stored = frappe.db.get_value("HD Ticket", ticket.get("name"), "_assign")
        return json.dumps(self.user) in (stored or "")

    def to_sql(self) -> str:
        return f"locate({literal(json.dumps(self.user))}, {TABLE}.`_assign`) > 0"

    def some(self, most: int) -> list[int]:
        # The framework writes the list from these rows; the list itself is in no index.
        open_tasks = {"reference_type": "HD Ticket", "allocated_to": self.user, "status": ["!=", "Cancelled"]}
        return [int(name) for name in frappe.get_all("ToDo", filters=open_tasks, pluck="reference_name", limit=most)]


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
    agent = is_agent(user)
    settings = get_settings()
    if agent and not settings.restrict_tickets_by_agent_group:
        return EVERYTHING
    own = _own(user)
    if not agent:
        return own
    teams = teams_of(user)
    if any(team.ignores_restrictions for team in teams):
        return EVERYTHING
    return own + _of_teams(user, teams, teamless=bool(settings.do_not_restrict_tickets_without_an_agent_group))


def _own(user: str) -> tuple[Clause, ...]:
    own: tuple[Clause, ...] = tuple(Among(field, (user,)) for field in ("owner", "contact", "raised_by"))
    managed = customers_of_user(user, managed_only=True)
    return (*own, Among("customer", tuple(managed))) if managed else own


def _of_teams(user: str, teams: list[Team], *, teamless: bool) -> tuple[Clause, ...]:
    found: list[Clause] = [AssignedTo(user)]
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


def few(user: str, most: int) -> list[int] | None:
    """Return the ids of all tickets that `user` may see, perhaps with some more, if they are `most` at most; else None.

    It tells where to look; whether a ticket shows is still for `list_condition` to say.
    """
    conditions = clauses(user)
    if conditions is None:
        return None
    found: set[int] = set()
    for condition in conditions:
        found.update(condition.some(most + 1))
        if len(found) > most:
            return None
    return sorted(found)


# -- what belongs to a ticket ------------------------------------------------------------------------------------------

COLUMNS = ["name", "owner", "contact", "raised_by", "customer", "agent_group", "_assign"]


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
