"""Numbers about one customer, contact or agent."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from frappe.query_builder.functions import Count

from helpdesk.analytics import cards, queries
from helpdesk.analytics.queries import Ticket, within
from helpdesk.analytics.windows import Window, change, of_period
from helpdesk.sla.progress import FAILED
from helpdesk.tickets import statuses

PERIOD_DAYS = 30


def ratings(condition: Any) -> dict[str, Any]:
    """Return how many tickets got how many stars, the average and the number."""
    rows = queries.per_value(Ticket.feedback_rating, Ticket.feedback_rating > 0, condition)
    stars = Counter(dict.fromkeys(range(1, 6), 0))
    for rating, number in rows:
        stars[round(rating * 5)] += number
    total = sum(stars.values())
    average = sum(star * number for star, number in stars.items()) / total if total else 0
    data = [{"rating": star, "count": stars[star]} for star in range(1, 6)]
    return {"data": data, "average": round(average, 1), "total": total}


def violations(condition: Any, period: str, today: date) -> dict[str, Any]:
    """Return the tickets whose promise was broken, in buckets that fit the length of the period."""
    window = of_period(period, today, PERIOD_DAYS)
    failed = (Ticket.agreement_status == FAILED, condition)
    days = queries.per_day(Count(Ticket.name), Ticket.creation, within(Ticket.creation, window), *failed)
    buckets: dict[date, int] = {}
    for day in window.dates():
        start = bucket_of(day, window)
        buckets[start] = buckets.get(start, 0) + int(days.get(day, 0))
    total = sum(buckets.values())
    previous = queries.number(within(Ticket.creation, window.before()), *failed)
    return {
        "data": [{"date": day, "count": number} for day, number in buckets.items()],
        "total": total,
        "percentage_change": change(total, previous),
    }


def bucket_of(day: date, window: Window) -> date:
    """Return the first day of the bucket: the day itself, its Monday, or the first of its month."""
    if window.days <= 7:
        return day
    return day - timedelta(days=day.weekday()) if window.days <= 90 else day.replace(day=1)


def counts(condition: Any, period: str, today: date) -> dict[str, Any]:
    """Return how many tickets were created, and how many of them are open, paused and resolved."""
    window = of_period(period, today, PERIOD_DAYS)
    created = (within(Ticket.creation, window), condition)
    by_category = dict(queries.per_value(Ticket.status_category, *created))
    total = sum(by_category.values())
    previous = queries.number(within(Ticket.creation, window.before()), condition)
    return {
        "total": total,
        "open": by_category.get(statuses.OPEN, 0),
        "paused": by_category.get(statuses.PAUSED, 0),
        "resolved": by_category.get(statuses.RESOLVED, 0),
        "percentage_change": change(total, previous),
    }


average_first_response = cards.average_first_response
average_resolution = cards.average_resolution
