"""What MySQL works out of many rows and SQLite does not: concatenation in an order, deviation and variance."""

from __future__ import annotations

from typing import Any

from frappe.database.sqlite_texts import text


class GroupConcat:
    """`group_concat` with distinct values or an order of its own."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, str]] = []
        self.separator = ","
        self.flags = ""

    def step(self, value: Any, separator: Any, key: Any, flags: str) -> None:
        self.separator, self.flags = text(separator), flags
        if value is not None:
            self.rows.append((key, text(value)))

    def finalize(self) -> str | None:
        rows = self.rows
        if "d" in self.flags:
            firsts: dict[str, tuple[Any, str]] = {}
            for key, value in rows:
                firsts.setdefault(value.lower(), (key, value))
            rows = list(firsts.values())
        rows.sort(
            key=lambda row: (row[0] is not None, isinstance(row[0], str), _fold(row[0])), reverse="r" in self.flags
        )
        return self.separator.join(value for _, value in rows) if rows else None


def _fold(key: Any) -> Any:
    return key.lower() if isinstance(key, str) else key or 0


class _Deviation:
    """Welford's running variance; subclasses choose the divisor and the root."""

    sample = False
    root = True

    def __init__(self) -> None:
        self.count, self.mean, self.squares = 0, 0.0, 0.0

    def step(self, value: Any) -> None:
        if value is None:
            return
        self.count += 1
        delta = float(value) - self.mean
        self.mean += delta / self.count
        self.squares += delta * (float(value) - self.mean)

    def finalize(self) -> float | None:
        divisor = self.count - 1 if self.sample else self.count
        if divisor <= 0:
            return None
        variance = self.squares / divisor
        return float(variance**0.5) if self.root else float(variance)


class _SampleDeviation(_Deviation):
    sample = True


class _Variance(_Deviation):
    root = False


AGGREGATES: dict[str, Any] = {
    "std": _Deviation,
    "stddev": _Deviation,
    "stddev_pop": _Deviation,
    "stddev_samp": _SampleDeviation,
    "variance": _Variance,
    "var_pop": _Variance,
}
