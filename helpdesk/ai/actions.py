"""What may be suggested: a closed list for this ticket and this person. A model chooses numbers from it, no more."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import frappe

from helpdesk.ai import answers, sources
from helpdesk.tickets import statuses
from helpdesk.tickets.reference import reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

Kind = Literal["reply", "set_status", "set_priority", "set_team", "assign", "merge", "escalate", "link_article"]
MOST = 4
MOST_VALUES = 50
LONGEST_REASON = 300


@dataclass(frozen=True)
class Choice:
    """Something that could be done, with the record it is about and what that is called."""

    kind: Kind
    value: str = ""
    label: str = ""


class Action(TypedDict):
    """A suggestion: `value` is a record's name, `label` what it is called; blank where the action needs none."""

    action: Kind
    value: str
    label: str
    reason: str


def choices(ticket: "HDTicket") -> list[Choice]:
    """Return everything that the caller may do with the ticket now. Who may not change it is offered articles only."""
    if ticket.is_archived:
        return []
    articles = [Choice("link_article", name, title) for name, title in sources.articles_about(ticket.subject).items()]
    if not frappe.has_permission("HD Ticket", "write", doc=ticket):
        return articles
    return [Choice("reply"), *articles, *_fields(ticket), *_people(ticket), *_steps(ticket)]


def as_list(offered: list[Choice]) -> str:
    """Return the choices as a numbered list."""
    lines = [f"{number}. {choice.kind} {choice.label}".rstrip() for number, choice in enumerate(offered, 1)]
    return "\n".join(lines)


def chosen(answer: str, offered: list[Choice]) -> list[Action]:
    """Return what a model chose. Raises ValueError for what is no list; unknown numbers are left out."""
    rows = answers.parsed(answer)
    if not isinstance(rows, list):
        raise ValueError("no list")
    found = {choice: row for row in rows if (choice := _choice(row, offered)) is not None}
    return [_action(choice, row) for choice, row in found.items()][:MOST]


def _choice(row: Any, offered: list[Choice]) -> Choice | None:
    number = row.get("number") if isinstance(row, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return offered[number - 1] if 1 <= number <= len(offered) else None


def _action(choice: Choice, row: dict[str, Any]) -> Action:
    reason = answers.plain(row.get("reason"), LONGEST_REASON)
    return Action(action=choice.kind, value=choice.value, label=choice.label, reason=reason)


def _fields(ticket: "HDTicket") -> list[Choice]:
    status = [row.name for row in statuses.in_order({"enabled": 1})]
    offered: dict[Kind, tuple[str, list[str]]] = {
        "set_status": ("status", status),
        "set_priority": ("priority", names_of("HD Ticket Priority")),
        "set_team": ("agent_group", names_of("HD Team")),
    }
    return [
        Choice(kind, name, name)
        for kind, (field, names) in offered.items()
        for name in names[:MOST_VALUES]
        if name != ticket.get(field)
    ]


def names_of(doctype: str) -> list[str]:
    """Return the records of a kind that are in use and that the caller may choose."""
    return frappe.get_list(doctype, filters={"disabled": 0}, pluck="name", order_by="name asc", limit=MOST_VALUES)


def _people(ticket: "HDTicket") -> list[Choice]:
    working = {agent.name for agent in ticket.get_assigned_agents()}
    rows = frappe.get_list(
        "HD Agent",
        filters={"is_active": 1},
        fields=["name", "agent_name"],
        order_by="agent_name asc",
        limit=MOST_VALUES,
    )
    return [Choice("assign", row.name, row.agent_name) for row in rows if row.name not in working]


def _steps(ticket: "HDTicket") -> list[Choice]:
    if statuses.category_of(ticket.status) == statuses.RESOLVED:
        return []
    escalation = [] if ticket.escalated_on else [Choice("escalate")]
    return escalation if ticket.is_merged else [*escalation, *_twins(ticket)]


def _twins(ticket: "HDTicket") -> list[Choice]:
    """Return the other open tickets of the same requester."""
    rows = frappe.get_list(
        "HD Ticket",
        filters={
            "name": ["!=", ticket.name],
            "raised_by": ticket.raised_by,
            "status_category": ["in", [statuses.OPEN, statuses.PAUSED]],
            "is_merged": 0,
        },
        fields=["name", "subject"],
        order_by="creation desc",
        limit=MOST,
    )
    return [Choice("merge", str(row.name), f"{reference_of(row.name)} {row.subject}") for row in rows]
