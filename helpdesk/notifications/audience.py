"""Whom a ticket concerns: who works on it, and who follows what happens in its team."""

from helpdesk.assignment import manual
from helpdesk.notifications import rhythms


def of(ticket: str | int, team: str | None) -> list[str]:
    """Return the users whom a ticket of a team concerns, assignees first, nobody twice."""
    assigned = [agent.name for agent in manual.assigned_agents(ticket)]
    return list(dict.fromkeys([*assigned, *rhythms.followers(team)]))
