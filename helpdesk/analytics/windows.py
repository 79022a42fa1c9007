"""Windows of days, and what can be said about two of them; standard library only."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

PERIODS = {"last week": 7, "last month": 30, "last 3 months": 90, "last 6 months": 180}
DEFAULT_DAYS = 7


class Window(NamedTuple):
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.end - self.start).days + 1

    def before(self, days: int | None = None) -> "Window":
        """Return the window of equal length, or of `days`, that ends where this one starts."""
        length = self.days if days is None else days
        return Window(self.start - timedelta(days=length), self.start - timedelta(days=1))

    def dates(self) -> list[date]:
        """Return every day."""
        return [self.start + timedelta(days=number) for number in range(self.days)]


def last_days(number: int, today: date) -> Window:
    """Return the last `number` days, today included."""
    return Window(today - timedelta(days=number - 1), today)


def of_period(period: str, today: date, default: int = DEFAULT_DAYS) -> Window:
    """Return the window that a period's name stands for."""
    return last_days(PERIODS.get(period, default), today)


def change(current: float, previous: float) -> float | None:
    """Return the change in percent; None when there was nothing before and is something now."""
    if not previous:
        return None if current else 0
    return round((current - previous) / previous * 100, 2)


def delta(current: float, previous: float) -> float:
    """Return the change in percent as number cards show it: 0 when there was nothing before."""
    return round((current - previous) / previous * 100, 2) if previous else 0


def filled(values: Mapping[date, float], window: Window) -> list[tuple[date, float]]:
    """Return a value for every day of the window, zero where there is none."""
    return [(day, values.get(day, 0)) for day in window.dates()]
