"""The cards of an agent's home page."""

from datetime import date, datetime, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Avg, Count
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from helpdesk.analytics import queries
from helpdesk.analytics.queries import Ticket, within
from helpdesk.analytics.windows import Window, change, filled, last_days, of_period
from helpdesk.tickets import statuses

HOME_DAYS = 30
PENDING_ROWS = 6
PENDING_FIELDS = [
    "name",
    "subject",
    "priority",
    "status",
    "agreement_status",
    "response_by",
    "resolution_by",
    "last_customer_response",
    "creation",
]
ACTIVITY_DAYS, ACTIVITY_ROWS = 3, 20
FEEDBACK_ROWS = 20
FEEDBACK_FIELDS = ("name", "subject", "feedback_rating", "feedback", "feedback_extra", "contact", "modified")
METRIC_DAYS = {"3m": 90, "6m": 180, "1y": 365}
FEEDBACK_DAYS = {"last_week": 7, "last_month": 30, "last_3_months": 90, "last_6_months": 180}


def agent_tickets(user: str, period: str, today: date) -> dict[str, Any]:
    """Return the tickets created per day that are assigned to an agent, their number, and its change."""
    window = of_period(period, today, HOME_DAYS)
    mine = queries.assigned_to(user)
    days = queries.per_day(Count(Ticket.name), Ticket.creation, within(Ticket.creation, window), mine)
    total = int(sum(days.values()))
    previous = queries.number(within(Ticket.creation, window.before(window.days - 1)), mine)
    return {
        "data": [{"date": day, "count": int(value)} for day, value in filled(days, window)],
        "total": total,
        "percentage_change": change(total, previous),
    }


def average_first_response(period: str, today: date, *scope: Any) -> dict[str, Any]:
    """Return the average time to the first response per day and over all, with its change."""
    answered = Ticket.first_response_time > 0
    return _average(Ticket.first_response_time, period, today, answered, *scope)


def average_resolution(period: str, today: date, *scope: Any) -> dict[str, Any]:
    """Return the average time to the resolution per day and over all, with its change."""
    return _average(Ticket.resolution_time, period, today, queries.is_resolved(), *scope)


def _average(field: Any, period: str, today: date, *conditions: Any) -> dict[str, Any]:
    window = of_period(period, today, HOME_DAYS)
    days = queries.per_day(Avg(field), Ticket.creation, within(Ticket.creation, window), *conditions)
    current = queries.average(field, within(Ticket.creation, window), *conditions)
    previous = queries.average(field, within(Ticket.creation, window.before()), *conditions)
    return {
        "data": [{"date": day, "avg_time": value} for day, value in filled(days, window)],
        "average": current,
        "percentage_change": change(current, previous),
    }


def time_metrics(user: str, window: Window) -> dict[str, Any]:
    """Return the monthly averages of both times for an agent's tickets, in whole seconds."""
    read = (Ticket.creation, Ticket.first_responded_on, Ticket.first_response_time)
    query = frappe.qb.from_(Ticket).select(*read, Ticket.status_category, Ticket.resolution_time)
    rows = query.where(queries.assigned_to(user) & within(Ticket.creation, window)).run(as_dict=True)
    firsts = [(row.creation, row.first_response_time or 0) for row in rows if row.first_responded_on]
    resolutions = [(row.creation, row.resolution_time or 0) for row in rows if row.status_category == statuses.RESOLVED]
    months = _months(window)
    return {
        "data": [[month.strftime("%b"), _mean(firsts, month), _mean(resolutions, month)] for month in months],
        "averages": {"first_response": _mean(firsts), "resolution": _mean(resolutions)},
    }


def _months(window: Window) -> list[date]:
    return list(dict.fromkeys(day.replace(day=1) for day in window.dates()))


def _mean(values: list[tuple[datetime, float]], month: date | None = None) -> int:
    found = [value for moment, value in values if month is None or moment.date().replace(day=1) == month]
    return round(sum(found) / len(found)) if found else 0


def metric_window(period: str, from_date: str | None, to_date: str | None, today: date) -> Window:
    """Return the window of a period's name, or of two dates."""
    if from_date and to_date:
        return Window(getdate(from_date) or today, getdate(to_date) or today)
    return last_days(METRIC_DAYS.get(period, METRIC_DAYS["6m"]), today)


def feedback(user: str, period: str, order: str, from_date: str | None, to_date: str | None) -> dict[str, Any]:
    """Return how an agent's tickets were rated: average stars, number, distribution, and the latest entries."""
    conditions = [queries.assigned_to(user), Ticket.feedback_rating > 0]
    if from_date and to_date:
        conditions.append(within(Ticket.resolution_date, metric_window(period, from_date, to_date, getdate())))
    elif period in FEEDBACK_DAYS:
        conditions.append(Ticket.resolution_date >= last_days(FEEDBACK_DAYS[period], getdate()).start)
    read = (Ticket[field] for field in FEEDBACK_FIELDS)
    query = frappe.qb.from_(Ticket).select(*read).where(queries.all_of(conditions))
    rows = query.orderby(Ticket.modified, order=frappe.qb.desc).run(as_dict=True)
    stars = [round(row.feedback_rating * 5) for row in rows]
    rows.sort(key=lambda row: row.feedback_rating, reverse=order != "negative_first")
    return {
        "average_rating": round(sum(stars) / len(stars), 1) if stars else 0,
        "total_feedbacks": len(stars),
        "rating_distribution": {star: stars.count(star) for star in range(1, 6)},
        "recent_feedbacks": rows[:FEEDBACK_ROWS],
    }


def pending(user: str, kind: str, now: datetime) -> dict[str, Any]:
    """Return what waits for an agent: deadlines that come up, new assignments, or customers' replies."""
    mine = queries.names_of(
        queries.assigned_to(user),
        Ticket.status_category == statuses.OPEN,
        Ticket.creation >= add_days(now, -180),
    )
    filters: list[Any] = [["name", "in", mine or [0]]]
    build = {"upcoming_sla": _upcoming, "new_tickets": _new, "pending": _waiting}.get(kind)
    if build is None:
        frappe.throw(_("There is no list {0} of pending tickets.").format(frappe.utils.escape_html(kind)))
    return build(user, filters, now)


def _page(filters: list[Any], order_by: str) -> tuple[list[Any], int]:
    rows = frappe.get_list("HD Ticket", filters=filters, fields=PENDING_FIELDS, order_by=order_by, limit=PENDING_ROWS)
    return rows, len(frappe.get_list("HD Ticket", filters=filters, pluck="name"))


def _upcoming(user: str, filters: list[Any], now: datetime) -> dict[str, Any]:
    due = ["agreement_status", "in", ["First Response Due", "Resolution Due"]]
    rows, total = _page([*filters, ["sla", "is", "set"], due], "response_by asc")
    for row in rows:
        deadline = row.resolution_by if row.agreement_status == "Resolution Due" else row.response_by
        row.seconds_until_due = (get_datetime(deadline) - now).total_seconds() if deadline else None
        if deadline:
            late = row.seconds_until_due < 0
            row.reason = (_("Overdue by {0}") if late else _("Due in {0}")).format(short(abs(row.seconds_until_due)))
    return {"tickets": rows, "total_pending_tickets": total}


def _new(user: str, filters: list[Any], now: datetime) -> dict[str, Any]:
    assigned = frappe.get_all(
        "ToDo",
        filters={
            "reference_type": "HD Ticket",
            "allocated_to": user,
            "status": "Open",
            "creation": [">=", add_days(now, -7)],
        },
        pluck="reference_name",
        order_by="creation desc",
    )
    place = {str(name): number for number, name in reversed(list(enumerate(assigned)))}
    found = frappe.get_list("HD Ticket", filters=[*filters, ["name", "in", [*place, "0"]]], fields=PENDING_FIELDS)
    found.sort(key=lambda row: place[str(row.name)])
    rows = found[:PENDING_ROWS]
    for row in rows:
        row.reason = _("Recently assigned")
    return {"tickets": rows, "total_pending_tickets": len(found)}


def _waiting(user: str, filters: list[Any], now: datetime) -> dict[str, Any]:
    rows, total = _page([*filters, ["last_customer_response", "is", "set"]], "last_customer_response asc")
    for row in rows:
        waited = (now - get_datetime(row.last_customer_response)).total_seconds()
        row.reason = _("Pending for {0}").format(short(waited))
    return {"tickets": rows, "total_pending_tickets": total}


def short(seconds: float) -> str:
    """Return a duration in its largest unit, such as `12m`, `5h` or `3d`."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes}m"
    return f"{minutes // 60}h" if minutes < 24 * 60 else f"{minutes // (24 * 60)}d"


def recent_activity(user: str) -> list[dict[str, Any]]:
    """Return the user's latest action on each of up to 20 readable tickets, newest first."""
    since = now_datetime() - timedelta(days=ACTIVITY_DAYS)
    latest: dict[str, dict[str, Any]] = {}
    for entry in sorted(_actions(user, since), key=lambda each: each["timestamp"], reverse=True):
        latest.setdefault(entry["name"], entry)
    allowed = queries.readable(latest)
    entries = [entry for name, entry in latest.items() if name in allowed][:ACTIVITY_ROWS]
    rows = frappe.get_all(
        "HD Ticket",
        filters={"name": ["in", [entry["name"] for entry in entries] or ["0"]]},
        fields=["name", "subject", "creation"],
    )
    tickets = {str(row.name): row for row in rows}
    for entry in entries:
        row = tickets[entry["name"]]
        entry.update({"subject": row.subject, "creation": row.creation})
    return entries


def _actions(user: str, since: datetime) -> list[dict[str, Any]]:
    recent = {"creation": [">=", since]}
    sources = (
        ("replied", "Communication", "reference_name", {"owner": user, "sent_or_received": "Sent"}),
        ("commented", "HD Ticket Comment", "reference_ticket", {"commented_by": user}),
        ("updated", "HD Ticket Activity", "ticket", {"owner": user, "action": ["not like", "%SLA%"]}),
        ("viewed", "View Log", "reference_name", {"viewed_by": user, "reference_doctype": "HD Ticket"}),
        ("assigned", "ToDo", "reference_name", {"assigned_by": user, "reference_type": "HD Ticket"}),
    )
    found: list[dict[str, Any]] = []
    for kind, doctype, field, filters in sources:
        where = {**filters, **recent, **({"reference_doctype": "HD Ticket"} if doctype == "Communication" else {})}
        fields = [field, "creation", *(["action"] if kind == "updated" else [])]
        for row in frappe.get_all(doctype, filters=where, fields=fields):
            action = row.get("action") or kind
            text = action[:1].upper() + action[1:]
            found.append({"name": str(row[field]), "activity_type": kind, "text": text, "timestamp": row.creation})
    return found
