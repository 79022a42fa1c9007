"""The dashboard: number cards, trends, and shares of the whole."""

from datetime import date
from typing import Any, NamedTuple

from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Avg, Count, Sum
from frappe.utils import getdate
from pypika.terms import Function

from helpdesk.analytics import queries
from helpdesk.analytics.queries import Ticket, is_resolved, within
from helpdesk.analytics.windows import Window, delta, filled, last_days
from helpdesk.sla.progress import FULFILLED
from helpdesk.tickets import categories

DAYS = 30
MOST_SLICES = 6
HOUR, DAY = 3600, 86_400


class Scope(NamedTuple):
    """What a dashboard is about."""

    window: Window
    conditions: tuple[Any, ...]


def scope(filters: dict[str, Any], today: date) -> Scope:
    """Return window and conditions from `{from_date, to_date, team, agent}`; without dates the last 30 days."""
    end = getdate(filters["to_date"]) if filters.get("to_date") else today
    start = getdate(filters["from_date"]) if filters.get("from_date") else last_days(DAYS, end).start
    conditions: list[Any] = []
    if filters.get("team"):
        conditions.append(Ticket.agent_group == filters["team"])
    if filters.get("agent"):
        conditions.append(queries.assigned_to(filters["agent"]))
    return Scope(Window(start, end), tuple(conditions))


def number_cards(about: Scope) -> list[dict[str, Any]]:
    """Return the five numbers with their change."""
    return [
        _tickets(about),
        _fulfilled(about),
        _first_response(about),
        _resolution(about),
        _rating(about),
    ]


def _both(about: Scope, measure: Any) -> tuple[float, float]:
    return measure(about.window), measure(about.window.before())


def _tickets(about: Scope) -> dict[str, Any]:
    current, previous = _both(about, lambda window: queries.number(within(Ticket.creation, window), *about.conditions))
    return {
        "title": _("Tickets"),
        "value": current,
        "delta": delta(current, previous),
        "deltaSuffix": "%",
        "negativeIsBetter": True,
        "tooltip": _("Tickets created"),
    }


def _fulfilled(about: Scope) -> dict[str, Any]:
    def share(window: Window) -> float:
        created = (within(Ticket.creation, window), *about.conditions)
        resolved = queries.number(*created, is_resolved())
        kept = queries.number(*created, Ticket.agreement_status == FULFILLED)
        return kept / resolved * 100 if resolved else 0

    current, previous = _both(about, share)
    return {
        "title": _("% SLA Fulfilled"),
        "value": round(current, 1),
        "suffix": "%",
        "delta": round(current - previous, 1),
        "deltaSuffix": "%",
        "tooltip": _("Tickets answered and resolved in time"),
    }


def _first_response(about: Scope) -> dict[str, Any]:
    def hours(window: Window) -> float:
        answered = Ticket.first_responded_on.isnotnull()
        term = Ticket.first_response_time / HOUR
        return queries.average(term, within(Ticket.creation, window), answered, *about.conditions)

    current, previous = _both(about, hours)
    return _duration(
        _("Avg. First Response"), current, previous, " " + _("hrs"), _("Average time to the first response")
    )


def _resolution(about: Scope) -> dict[str, Any]:
    def days(window: Window) -> float:
        term = Function("CEIL", Ticket.resolution_time / float(DAY))
        return queries.average(term, within(Ticket.creation, window), is_resolved(), *about.conditions)

    current, previous = _both(about, days)
    return _duration(_("Avg. Resolution"), current, previous, " " + _("days"), _("Average time to the resolution"))


def _duration(title: str, current: float, previous: float, suffix: str, tooltip: str) -> dict[str, Any]:
    return {
        "title": title,
        "value": round(current, 1),
        "suffix": suffix,
        "delta": round(current - previous, 1),
        "deltaSuffix": suffix,
        "negativeIsBetter": True,
        "tooltip": tooltip,
    }


def _rating(about: Scope) -> dict[str, Any]:
    def stars(window: Window) -> float:
        rated = Ticket.feedback_rating > 0
        resolved = within(Ticket.resolution_date, window)
        return queries.average(Ticket.feedback_rating, resolved, rated, *about.conditions) * 5

    current, previous = _both(about, stars)
    return {
        "title": _("Avg. Feedback Rating"),
        "value": round(current, 1),
        "suffix": "/5",
        "delta": round(current - previous, 1),
        "deltaSuffix": " " + _("stars"),
        "tooltip": _("Average rating of tickets resolved"),
    }


def trends(about: Scope) -> list[dict[str, Any]]:
    """Return tickets per day, and ratings per day."""
    return [_ticket_trend(about), _feedback_trend(about)]


def _ticket_trend(about: Scope) -> dict[str, Any]:
    created = (within(Ticket.creation, about.window), *about.conditions)

    def daily(condition: Any) -> dict[date, float]:
        return queries.per_day(Sum(Case().when(condition, 1).else_(0)), Ticket.creation, *created)

    opened, closed = daily(Ticket.status_category == "Open"), daily(is_resolved())
    kept = daily(Ticket.agreement_status == FULFILLED)
    data = [
        {"date": day, "open": opened.get(day, 0), "closed": closed.get(day, 0), "SLA_fulfilled": kept.get(day, 0)}
        for day in about.window.dates()
    ]
    series = [
        {"name": "closed", "type": "bar"},
        {"name": "open", "type": "bar"},
        {"name": "SLA_fulfilled", "type": "line", "showDataPoints": True},
    ]
    return _axis(_("Ticket Trend"), _("Tickets per day"), data, series, _("Tickets")) | {"stacked": True}


def _feedback_trend(about: Scope) -> dict[str, Any]:
    rated = (within(Ticket.resolution_date, about.window), Ticket.feedback_rating > 0, *about.conditions)
    amount = queries.per_day(Count(Ticket.name), Ticket.resolution_date, *rated)
    stars = queries.per_day(Avg(Ticket.feedback_rating) * 5, Ticket.resolution_date, *rated)
    data = [
        {"date": day, "rating": round(stars.get(day, 0), 1), "rated_tickets": value}
        for day, value in filled(amount, about.window)
    ]
    series = [
        {"name": "rated_tickets", "type": "bar"},
        {"name": "rating", "type": "line", "axis": "y2", "showDataPoints": True},
    ]
    chart = _axis(_("Feedback Trend"), _("Ratings per day"), data, series, _("Rated Tickets"))
    return chart | {"y2Axis": {"title": _("Rating"), "yMin": 0, "yMax": 5}}


def _axis(title: str, subtitle: str, data: list[Any], series: list[Any], y_title: str) -> dict[str, Any]:
    return {
        "type": "axis",
        "title": title,
        "subtitle": subtitle,
        "data": data,
        "xAxis": {"key": "date", "type": "time", "title": _("Date"), "timeGrain": "day"},
        "yAxis": {"title": y_title},
        "series": series,
    }


def shares(about: Scope) -> list[dict[str, Any]]:
    """Return tickets by team, type, priority and channel, and by category where there are any."""
    created = (within(Ticket.creation, about.window), *about.conditions)
    teams = [(team or _("No Team"), number) for team, number in queries.per_value(Ticket.agent_group, *created)]
    channels = [
        (_("Portal") if portal else _("Email"), number)
        for portal, number in queries.per_value(Ticket.via_customer_portal, *created)
    ]
    return [
        share(_("Tickets by Team"), "team", teams),
        share(_("Tickets by Type"), "type", queries.per_value(Ticket.ticket_type, *created)),
        share(_("Tickets by Priority"), "priority", queries.per_value(Ticket.priority, *created)),
        pie(_("Tickets by Channel"), "channel", channels),
        *(_by_category(created) if categories.are_used() else ()),
    ]


def _by_category(created: tuple[Any, ...]) -> list[dict[str, Any]]:
    found = queries.per_value(Ticket.category, *created)
    return [share(_("Tickets by Category"), "category", [(each or _("No Category"), number) for each, number in found])]


def share(title: str, key: str, values: list[tuple[Any, int]]) -> dict[str, Any]:
    """Return a pie, or bars when it would have too many slices."""
    if len(values) <= MOST_SLICES:
        return pie(title, key, values)
    data = [{key: value, "count": number} for value, number in values]
    return {
        "type": "axis",
        "title": title,
        "subtitle": "",
        "data": data,
        "xAxis": {"key": key, "type": "category", "title": title},
        "yAxis": {"title": _("Tickets")},
        "series": [{"name": "count", "type": "bar"}],
    }


def pie(title: str, key: str, values: list[tuple[Any, int]]) -> dict[str, Any]:
    """Return a pie."""
    data = [{key: value, "count": number} for value, number in values]
    return {"type": "pie", "title": title, "subtitle": "", "data": data, "categoryColumn": key, "valueColumn": "count"}
