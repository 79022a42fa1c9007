"""When the support desk is open: weekday windows minus holidays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ONE_DAY = timedelta(days=1)


class NoOpenHours(ValueError):
    """The calendar never opens, so no working time can ever pass."""


@dataclass(frozen=True)
class Hours:
    """The open hours of one weekday; `end` is exclusive and later than `start`."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"Open hours must end after they start, got {self.start} to {self.end}.")


@dataclass(frozen=True)
class Calendar:
    """Open hours by weekday (Monday is 0), and the dates on which the desk stays closed."""

    hours: Mapping[int, Hours]
    holidays: frozenset[date] = field(default_factory=frozenset)

    def window(self, day: date) -> tuple[datetime, datetime] | None:
        """Return the opening and the closing moment of `day`, or None on a closed day."""
        hours = self.hours.get(day.weekday())
        if hours is None or day in self.holidays:
            return None
        return datetime.combine(day, hours.start), datetime.combine(day, hours.end)

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the desk is open at `moment`; at the closing instant it is not."""
        window = self.window(moment.date())
        return window is not None and window[0] <= moment < window[1]

    def windows_from(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the windows of `day` and all later days. Raises NoOpenHours for a calendar without any."""
        if not self.hours:
            raise NoOpenHours("This calendar has no working day.")
        while True:
            window = self.window(day)
            if window is not None:
                yield window
            day += ONE_DAY
