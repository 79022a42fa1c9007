"""Who may use which saved reply."""

from typing import Any

from helpdesk.access import MANAGER_ROLES, has_role
from helpdesk.agents.teams import teams_of
from helpdesk.compat import literal
from helpdesk.settings import get_settings

GLOBAL, TEAM, PERSONAL = "Global", "Team", "Personal"
TABLE = "`tabHD Saved Reply`"


def _switches() -> tuple[bool, bool]:
    """Return whether teams are restricted, and whether global replies are switched off, which needs the former."""
    settings = get_settings()
    restricted = bool(settings.restrict_tickets_by_agent_group)
    return restricted, restricted and bool(settings.disable_saved_replies_global_scope)


def may_see(reply: Any, user: str) -> bool:
    """Tell whether `user` may use a reply."""
    if reply.owner in (None, user) or has_role(user, MANAGER_ROLES):
        return True
    restricted, without_global = _switches()
    if reply.scope == GLOBAL:
        return not without_global
    if reply.scope == TEAM:
        return not restricted or bool({row.team for row in reply.teams} & {team.name for team in teams_of(user)})
    return False


def list_condition(user: str) -> str:
    """Return the same rule as SQL for lists, which show personal replies to their owners and others by their scope.

    Neither managers nor owners list here all that they may open: not the personal replies of others, nor an own one
    whose scope is closed to them now.
    """
    if user == "Administrator":
        return ""
    own = f"{TABLE}.`owner` = {literal(user)}"
    if has_role(user, MANAGER_ROLES):
        return f"({TABLE}.`scope` != '{PERSONAL}' or {own})"
    restricted, without_global = _switches()
    allowed = [f"({TABLE}.`scope` = '{PERSONAL}' and {own})"]
    if not without_global:
        allowed.append(f"{TABLE}.`scope` = '{GLOBAL}'")
    allowed += _team_condition(user) if restricted else [f"{TABLE}.`scope` = '{TEAM}'"]
    return f"({' or '.join(allowed)})"


def _team_condition(user: str) -> list[str]:
    teams = ", ".join(literal(team.name) for team in teams_of(user))
    if not teams:
        return []
    rows = f"select `parent` from `tabHD Saved Reply Team` where `team` in ({teams})"
    return [f"({TABLE}.`scope` = '{TEAM}' and {TABLE}.`name` in ({rows}))"]
