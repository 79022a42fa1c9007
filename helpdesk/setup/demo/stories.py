"""Makes up what happened to a sample ticket: who wrote when, and how it ended. Pure, and the same for the same seed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal

from helpdesk.setup.demo.cast import CLOSINGS, CUSTOMERS, FOLLOW_UPS, LABELS, NOTES, STORIES, TEAMS

Author = Literal["customer", "agent", "note"]
FATES = (
    *("fresh",) * 2,
    *("overdue",) * 2,
    *("waiting",) * 5,
    *("reopened",) * 4,
    *("resolved",) * 8,
    *("late",) * 2,
    *("closed",) * 8,
)
"""How stories end, as often as it happens."""
CHANNELS = (*("Email",) * 5, *("Portal",) * 3, "Phone", "Website")
PRIORITIES = ("Low", "Medium", "Medium", "Medium", "High", "Urgent")


@dataclass(frozen=True)
class Message:
    """One thing that was written."""

    at: datetime
    author: Author
    text: str


@dataclass
class Story:
    """One ticket's life so far. `status` changes happen at the message that causes them."""

    subject: str
    team: str
    ticket_type: str
    priority: str
    customer: str
    contact: tuple[str, str]
    email: str
    agent: str | None
    fate: str
    messages: list[Message] = field(default_factory=list)
    resolved_on: datetime | None = None
    closed_on: datetime | None = None
    rating: float | None = None
    channel: str = "Email"
    label: str | None = None
    due_on: date | None = None


def tell(count: int, now: datetime, days: int = 60, seed: int = 7) -> list[Story]:
    """Return `count` stories that began within the last `days` days, oldest first."""
    chance = Random(seed)
    stories = [_story(chance, now, days) for _ in range(count)]
    return sorted(stories, key=lambda story: story.messages[0].at)


def _story(chance: Random, now: datetime, days: int) -> Story:
    team, ticket_type, subject, question, answer = chance.choice(STORIES)
    company, domain, people = chance.choice(CUSTOMERS)
    person = chance.choice(people)
    fate = chance.choice(FATES)
    begun = _beginning(chance, now, days, fate)
    story = Story(
        subject=subject,
        team=team,
        ticket_type=ticket_type,
        priority=chance.choice(PRIORITIES),
        customer=company,
        contact=person,
        email=f"{person[0].lower()}@{domain}",
        agent=None if fate == "fresh" and chance.random() < 0.25 else chance.choice(TEAMS[team]),
        fate=fate,
        messages=[Message(begun, "customer", question)],
    )
    _continue(story, chance, now, answer)
    _sort(story, chance)
    return story


def _sort(story: Story, chance: Random) -> None:
    """Say how a story came in, and give some of them a label and a day."""
    story.channel = chance.choice(CHANNELS)
    if chance.random() < 0.25:
        story.label = chance.choice(LABELS)[0]
    if chance.random() < 0.15:
        story.due_on = story.messages[0].at.date() + timedelta(days=chance.randint(2, 8))


def _beginning(chance: Random, now: datetime, days: int, fate: str) -> datetime:
    if fate == "fresh":
        return now - timedelta(minutes=chance.randint(2, 1200))
    if fate in ("waiting", "reopened"):
        return now - timedelta(hours=chance.uniform(2, 80))
    oldest = 6 if fate == "overdue" else days
    day = (now - timedelta(days=chance.randint(1, oldest))).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(day + timedelta(hours=chance.uniform(8, 18)), now - timedelta(hours=2))


def _continue(story: Story, chance: Random, now: datetime, answer: str) -> None:
    if story.fate in ("fresh", "overdue"):
        return
    patience = 20 if story.fate == "late" else 3
    at = _later(story, now, chance.uniform(0.2, patience))
    story.messages.append(Message(at, "agent", answer))
    if chance.random() < 0.3:
        story.messages.append(Message(_later(story, now, 0.1), "note", chance.choice(NOTES)))
    if story.fate == "waiting":
        return
    if story.fate == "reopened" or chance.random() < 0.4:
        story.messages.append(
            Message(_later(story, now, chance.uniform(0.5, 20)), "customer", chance.choice(FOLLOW_UPS))
        )
        if story.fate == "reopened":
            return
        story.messages.append(Message(_later(story, now, chance.uniform(0.2, patience)), "agent", answer))
    _end(story, chance, now)


def _end(story: Story, chance: Random, now: datetime) -> None:
    if chance.random() < 0.6:
        story.messages.append(Message(_later(story, now, chance.uniform(0.5, 8)), "customer", chance.choice(CLOSINGS)))
    story.resolved_on = _later(story, now, chance.uniform(0.1, 60 if story.fate == "late" else 4))
    if story.fate == "closed":
        story.closed_on = min(story.resolved_on + timedelta(days=1), now)
    if chance.random() < 0.5:
        story.rating = chance.choice((0.2, 0.6, 0.8, 0.8, 1.0, 1.0, 1.0))


def _later(story: Story, now: datetime, hours: float) -> datetime:
    """The moment of the next thing, never in the future and never before the last one."""
    last = story.messages[-1].at
    return min(last + timedelta(hours=hours), last + (now - last) / 2)
