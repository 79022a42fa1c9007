"""Runs the two clocks of a sample story by the rules of live tickets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.setup.demo.stories import Story
from helpdesk.sla.agreements import Agreement
from helpdesk.sla.progress import (
    Category,
    Progress,
    agreement_status,
    with_first_response,
    with_hold,
    with_resolution,
    with_targets,
)
from helpdesk.sla.state import sla_state, warning_on

STATUS_OF: dict[Category, str] = {"Open": "Open", "Paused": "Replied", "Resolved": "Resolved"}


@dataclass(frozen=True)
class Clocks:
    """What a ticket shows at the end of its story."""

    fields: dict[str, Any]
    status: str
    category: Category
    changed_on: datetime


class _Run:
    """The clock readings while the story goes on."""

    def __init__(self, begun: datetime, agreement: Agreement, priority: str):
        self.agreement = agreement
        self.target = agreement.target(priority)
        self.category: Category = "Open"
        self.progress = with_targets(Progress(started=begun), self.target, agreement.calendar)

    def move(self, category: Category, at: datetime) -> None:
        """Change the status at `at`, with everything that follows for the clocks."""
        if category == self.category:
            return
        calendar, resolved_on = self.agreement.calendar, self.progress.resolution_date
        progress = with_first_response(self.progress, calendar)
        tracked = self.agreement.tracks_resolution
        progress = with_resolution(progress, self.category, category, at, calendar, tracked=tracked)
        progress = with_hold(progress, self.category, category, at, calendar, resolved_on=resolved_on)
        self.progress = with_targets(progress, self.target, calendar)
        self.category = category

    def answer(self, at: datetime) -> None:
        """Note the agent's first answer."""
        if self.progress.first_responded_on is None:
            values = {**self.progress.__dict__, "first_responded_on": at}
            self.progress = Progress(**values)


def run_clocks(story: Story, agreement: Agreement, now: datetime, share: float) -> Clocks:
    """Let the story happen and read the clocks at `now`; promises warn after a `share` of their time."""
    run = _Run(story.messages[0].at, agreement, story.priority)
    agent_at = customer_at = None
    for message in story.messages:
        if message.author == "agent":
            agent_at = message.at
            run.answer(message.at)
            run.move("Paused", message.at)
        elif message.author == "customer":
            customer_at = message.at
            run.move("Open", message.at)
    if story.resolved_on:
        run.move("Resolved", story.resolved_on)
    fields = {name: value for name, value in run.progress.__dict__.items() if name != "started"}
    tracked = agreement.tracks_resolution
    standing = agreement_status(run.progress, now, tracked=tracked)
    warns_on = warning_on(run.progress, run.target, agreement.calendar, share, tracked=tracked)
    fields["agreement_status"], fields["sla_warning_on"] = standing, warns_on
    fields["sla_state"] = sla_state(standing, warns_on, now)
    fields["needs_response"] = int(run.category == "Open")
    fields["last_agent_response"], fields["last_customer_response"] = agent_at, customer_at
    status = "Closed" if story.closed_on else STATUS_OF[run.category]
    last = story.closed_on or story.resolved_on or story.messages[-1].at
    return Clocks(fields, status, run.category, last)
