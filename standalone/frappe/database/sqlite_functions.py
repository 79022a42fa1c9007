"""The MySQL functions that SQLite lacks, registered on every connection.

As in MySQL, a NULL or unreadable argument makes the result NULL. What they do is in `sqlite_dates`, `sqlite_numbers`,
`sqlite_texts` and `sqlite_aggregates`; here they get their names.
"""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections.abc import Callable
from typing import Any

from frappe.context import local
from frappe.database import sqlite_dates as dates
from frappe.database import sqlite_numbers as numbers
from frappe.database import sqlite_texts as texts
from frappe.database.sqlite_aggregates import AGGREGATES, GroupConcat


def register(connection: sqlite3.Connection) -> None:
    """Make every function known to `connection`."""
    for name, function in DETERMINISTIC.items():
        connection.create_function(name, _arity(name), function, deterministic=True)
    for name, function in CLOCKS.items():
        connection.create_function(name, -1, function)
    connection.create_aggregate("mysql_group_concat", 4, GroupConcat)  # type: ignore[arg-type]
    for name, aggregate in AGGREGATES.items():
        connection.create_aggregate(name, 1, aggregate)


def _arity(name: str) -> int:
    return {"regexp": 2}.get(name, -1)


def extract(unit: str, value: Any) -> Any:
    return DETERMINISTIC[unit](value)


CLOCKS: dict[str, Callable[..., Any]] = {
    "now": dates.now,
    "sysdate": dates.now,
    "curdate": dates.curdate,
    "curtime": dates.curtime,
    "utc_timestamp": dates.utc_timestamp,
    "utc_date": lambda: dates.utc_timestamp()[:10],
    "rand": lambda *_seed: random.random(),
    "unix_timestamp": dates.unix_timestamp,
    "from_unixtime": dates.from_unixtime,
    "uuid": lambda: str(uuid.uuid4()),
    "database": lambda: local.conf.db_name,
    "schema": lambda: local.conf.db_name,
    "version": lambda: sqlite3.sqlite_version,
}

DETERMINISTIC: dict[str, Callable[..., Any]] = {
    "year": dates.on_datetime(lambda moment: moment.year),
    "quarter": dates.on_datetime(lambda moment: (moment.month + 2) // 3),
    "month": dates.on_datetime(lambda moment: moment.month),
    "monthname": dates.on_datetime(lambda moment: moment.strftime("%B")),
    "week": dates.on_datetime(dates.week_of),
    "weekofyear": dates.on_datetime(lambda moment: moment.isocalendar()[1]),
    "yearweek": dates.on_datetime(dates.yearweek),
    "day": dates.on_datetime(lambda moment: moment.day),
    "dayofmonth": dates.on_datetime(lambda moment: moment.day),
    "dayofweek": dates.on_datetime(lambda moment: (moment.weekday() + 1) % 7 + 1),
    "weekday": dates.on_datetime(lambda moment: moment.weekday()),
    "dayname": dates.on_datetime(lambda moment: moment.strftime("%A")),
    "dayofyear": dates.on_datetime(lambda moment: moment.timetuple().tm_yday),
    "hour": dates.time_part(3600, 1_000_000),
    "minute": dates.time_part(60, 60),
    "second": dates.time_part(1, 60),
    "microsecond": dates.microsecond,
    "extract": extract,
    "year_month": dates.on_datetime(lambda moment: moment.year * 100 + moment.month),
    "period_diff": texts.null_if_any_null(dates.period_diff),
    "period_add": texts.null_if_any_null(dates.period_add),
    "makedate": texts.null_if_any_null(dates.makedate),
    "maketime": texts.null_if_any_null(dates.maketime),
    "from_days": texts.null_if_any_null(dates.from_days),
    "convert_tz": texts.null_if_any_null(dates.convert_tz),
    "last_day": dates.on_datetime(dates.last_day),
    "to_days": dates.on_datetime(dates.to_days),
    "to_seconds": dates.on_datetime(dates.to_seconds),
    "date": dates.date_of,
    "time": dates.time_of,
    "timestamp": dates.timestamp,
    "date_add": dates.date_add,
    "adddate": dates.date_add,
    "mysql_date_add": dates.date_add,
    "mysql_date_sub": dates.date_sub,
    "date_sub": dates.date_sub,
    "subdate": dates.date_sub,
    "timestampadd": dates.timestampadd,
    "timestampdiff": dates.timestampdiff,
    "datediff": dates.datediff,
    "timediff": dates.timediff,
    "time_to_sec": dates.time_to_sec,
    "sec_to_time": dates.sec_to_time,
    "date_format": dates.date_format,
    "time_format": lambda value, pattern: dates.date_format(dates.timestamp("2000-01-01", value), pattern),
    "str_to_date": dates.str_to_date,
    "concat": texts.concat,
    "concat_ws": texts.concat_ws,
    "regexp": texts.regexp,
    "regexp_like": lambda value, pattern: texts.regexp(pattern, value),
    "regexp_replace": texts.null_if_any_null(texts.regexp_replace),
    "regexp_substr": texts.null_if_any_null(texts.regexp_substr),
    "substring_index": texts.null_if_any_null(texts.substring_index),
    "locate": texts.null_if_any_null(texts.locate),
    "find_in_set": texts.null_if_any_null(texts.find_in_set),
    "field": texts.field,
    "elt": texts.elt,
    "lpad": texts.null_if_any_null(texts.pad(True)),
    "rpad": texts.null_if_any_null(texts.pad(False)),
    "mysql_left": texts.null_if_any_null(lambda value, count: texts.text(value)[: max(int(count), 0)]),
    "mysql_right": texts.null_if_any_null(texts.right),
    "mysql_insert": texts.null_if_any_null(texts.insert),
    "mysql_format": texts.null_if_any_null(texts.number_format),
    "mid": texts.null_if_any_null(
        lambda value, start, count=None: texts.text(value)[int(start) - 1 :][: None if count is None else int(count)]
    ),
    "reverse": texts.null_if_any_null(lambda value: texts.text(value)[::-1]),
    "repeat": texts.null_if_any_null(lambda value, count: texts.text(value) * max(int(count), 0)),
    "space": texts.null_if_any_null(lambda count: " " * max(int(count), 0)),
    "ucase": texts.null_if_any_null(lambda value: texts.text(value).upper()),
    "lcase": texts.null_if_any_null(lambda value: texts.text(value).lower()),
    "nvl": lambda value, other: other if value is None else value,
    "upper": texts.null_if_any_null(lambda value: texts.text(value).upper()),
    "lower": texts.null_if_any_null(lambda value: texts.text(value).lower()),
    "char_length": texts.null_if_any_null(lambda value: len(texts.text(value))),
    "character_length": texts.null_if_any_null(lambda value: len(texts.text(value))),
    "strcmp": texts.null_if_any_null(
        lambda a, b: (texts.text(a).lower() > texts.text(b).lower()) - (texts.text(a).lower() < texts.text(b).lower())
    ),
    "greatest": texts.null_if_any_null(max),
    "least": texts.null_if_any_null(min),
    "mysql_isnull": lambda value: int(value is None),
    "mysql_match": texts.match,
    "addtime": dates.shifted_time(1),
    "subtime": dates.shifted_time(-1),
    "ascii": texts.null_if_any_null(lambda value: (texts.text(value).encode() or b"\0")[0]),
    "bit_count": texts.null_if_any_null(lambda value: int(value).bit_count()),
    "json_length": texts.null_if_any_null(texts.json_length),
    "truncate": texts.null_if_any_null(texts.truncate),
    "json_unquote": texts.unquote,
    "json_contains": texts.null_if_any_null(texts.json_contains),
    "log": texts.null_if_any_null(numbers.log),
    "conv": texts.null_if_any_null(numbers.conv),
    "bin": texts.null_if_any_null(numbers.in_base(2)),
    "oct": texts.null_if_any_null(numbers.in_base(8)),
    "crc32": texts.null_if_any_null(numbers.crc32),
    "inet_aton": texts.null_if_any_null(numbers.inet_aton),
    "inet_ntoa": texts.null_if_any_null(numbers.inet_ntoa),
    "unhex": texts.null_if_any_null(numbers.unhex),
    "ord": texts.null_if_any_null(lambda value: int.from_bytes((texts.text(value)[:1]).encode(), "big")),
    "md5": texts.null_if_any_null(texts.digest("md5")),
    "sha1": texts.null_if_any_null(texts.digest("sha1")),
    "sha2": texts.null_if_any_null(texts.sha2),
}
