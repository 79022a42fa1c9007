"""MySQL-flavoured SQL runs on SQLite, and rewriting never touches what stands in quotes."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe.database import sqlite_functions
from frappe.database.sqlite_dialect import compile_statement
from frappe.database.statements import Kind, bind
from frappe.database.tokens import join, tokenize
from frappe.database.values import to_column
from frappe.query_builder.functions import CurDate


@pytest.fixture
def connection() -> Any:
    connection = sqlite3.connect(":memory:")
    sqlite_functions.register(connection)
    yield connection
    connection.close()


def run(connection: sqlite3.Connection, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
    statement = compile_statement(query, bool(values))
    text, flat = bind(statement, values, to_column)
    return connection.execute(text, flat).fetchall()


# -- literals ---------------------------------------------------------------------------------------------------------

PIECES = [*"abi '\"`%s?();-+*/#\\,.@\n", "now()", "limit 1, 2", "interval 1 day", "%s", "%(x)s", "--", "/*"]
TRICKY = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(TRICKY)
def test_a_string_literal_is_never_changed(text: str) -> None:
    literal = "'" + text.replace("'", "''") + "'"
    statement = compile_statement(f"select {literal}, now() - interval 1 day from t limit 1, 2", False)
    assert literal in statement.text
    assert statement.keys == ()


@given(TRICKY)
def test_a_quoted_name_is_never_changed(text: str) -> None:
    name = "`" + text.replace("`", "``") + "`"
    assert name in compile_statement(f"select if({name}, 1, 2) from t where {name} like 'x\\_'", False).text


@given(TRICKY)
def test_only_doubled_percents_change_in_a_literal_when_values_are_passed(text: str) -> None:
    literal = "'" + text.replace("'", "''").replace("%", "%%") + "'"
    statement = compile_statement(f"select {literal} where 1 = %s", True)
    assert statement.keys == (0,)
    assert "'" + text.replace("'", "''") + "'" in statement.text


@given(st.lists(st.one_of(st.text(max_size=20), st.integers(-(2**62), 2**62), st.none(), st.booleans()), max_size=6))
def test_values_arrive_unchanged_through_placeholders(values: list[Any]) -> None:
    connection = sqlite3.connect(":memory:")
    marks = ", ".join(["%s"] * len(values))
    row = run(connection, f"select 'start', {marks}" if values else "select 'start'", values)[0]
    connection.close()
    assert row == ("start", *(to_column(value) for value in values))


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart_and_joined_without_losing_a_token(text: str) -> None:
    once = join(tokenize(text))
    assert [t[:2] for t in tokenize(once)] == [t[:2] for t in tokenize(join(tokenize(once)))]


@given(st.text(max_size=60), st.booleans())
def test_compiling_never_crashes(text: str, formatted: bool) -> None:
    compile_statement(text, formatted)


# -- syntax -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select 'x' from dual", "x"),
        ('select "it\'s"', "it's"),
        ("select if(1 > 2, 'a', 'b')", "b"),
        ("select ifnull(null, 3)", 3),
        ("select 5 / 2", 2.5),
        ("select 5 div 2", 2),
        ("select 10 / 4 / 5", 0.5),
        ("select 1 / 0", None),
        ("select null <=> null", 1),
        ("select 1 && 0", 0),
        ("select 'abc' rlike 'B.'", 1),
        ("select 'abc' not regexp 'x'", 1),
        ("(select 7)", 7),
        ("((select 7))", 7),
        ("select cast('2024-01-02 03:04:05' as date)", "2024-01-02"),
        ("select cast('12' as signed) + 1", 13),
        ("select cast(5 as char(3))", "5"),
        ("select convert('1.5', decimal(10, 2)) * 2", 3.0),
        ("select left('abcdef', 2)", "ab"),
        ("select right('abcdef', 2)", "ef"),
        ("select locate('b', 'aBc')", 2),
        ("select position('c' in 'abc')", 3),
        ("select substring_index('a@b.c', '@', -1)", "b.c"),
        ("select concat('a', 1, 2.5)", "a12.5"),
        ("select concat('a', null)", None),
        ("select concat_ws('-', 'a', null, 'b')", "a-b"),
        ("select find_in_set('b', 'a,b,c')", 2),
        ("select field('b', 'a', 'b')", 2),
        ("select greatest(1, 3, 2) + least(1, 3, 2)", 4),
        ("select lpad('5', 3, '0')", "005"),
        ("select json_unquote(json_extract('{\"a\": \"x\"}', '$.a'))", "x"),
        ("select json_contains('[1, 2]', '2')", 1),
        (
            "select date_format('2024-02-03 14:05:06', '%Y-%m-%d %H:%i:%s %p %b %W')",
            "2024-02-03 14:05:06 PM Feb Saturday",
        ),
        ("select date_format('2024-02-03', '%d.%c.%y %j %a')", "03.2.24 034 Sat"),
        ("select timestampdiff(month, '2024-01-31', '2024-02-29')", 0),
        ("select timestampdiff(MINUTE, '2024-01-01 10:00:00', '2024-01-01 09:58:30')", -1),
        ("select timestampadd(week, 2, '2024-01-01')", "2024-01-15"),
        ("select datediff('2024-03-01 23:59:59', '2024-02-28')", 2),
        ("select timediff('2024-01-02 01:00:00', '2024-01-01 22:30:00')", "02:30:00"),
        ("select date_add('2024-01-31', interval 1 month)", "2024-02-29"),
        ("select date_sub('2024-01-01 00:00:00', interval 1 second)", "2023-12-31 23:59:59"),
        ("select '2024-01-10' - interval 7 day - interval 1 day", "2024-01-02"),
        ("select '2024-01-10' + interval '1' MONTH", "2024-02-10"),
        ("select '2024-01-10' - interval '1-2' year_month", "2022-11-10"),
        ("select '2024-01-10 12:00:00' + interval '1 2:30' day_minute", "2024-01-11 14:30:00"),
        ("select '2024-01-10 12:00:00' - interval '-2:5' hour_minute", "2024-01-10 14:05:00"),
        ("select '2024-01-10 12:00:00' + interval '1:2:3:4' hour_minute", None),
        ("select extract(year from '2024-05-06')", 2024),
        ("select year('2024-05-06') + quarter('2024-05-06') + month('2024-05-06') + day('2024-05-06')", 2037),
        ("select monthname('2024-05-06')", "May"),
        ("select dayofweek('2024-05-06')", 2),
        ("select weekday('2024-05-06')", 0),
        ("select hour('2024-05-06 13:14:15') + minute('13:14:15') + second('13:14:15')", 42),
        ("select last_day('2024-02-01')", "2024-02-29"),
        ("select to_seconds('0001-01-01')", 366 * 86400),
        ("select week('2024-01-07')", 1),
        ("select yearweek('2023-01-01')", 202301),
        ("select str_to_date('03.02.2024', '%d.%m.%Y')", "2024-02-03"),
        ("select sec_to_time(3661)", "01:01:01"),
        ("select time_to_sec('01:01:01')", 3661),
        ("select date('2024-01-02 03:04:05')", "2024-01-02"),
        ("select timestamp('2024-01-02', '03:04:05')", "2024-01-02 03:04:05"),
        ("select regexp_replace('a1b2', '[0-9]', '#')", "a#b#"),
        ("select truncate(1.239, 2)", 1.23),
        ("select 'a%b' like 'a\\%b'", 1),
        ("select 'axb' like 'a\\%b'", 0),
        ("select year(null)", None),
        ("select date_format('nonsense', '%Y')", None),
        ("select count(*) from (select 1 union select 2) t", 2),
        ("select isnull(null) + isnull(1)", 1),
        ("select addtime('10:00:00', '01:30:00')", "11:30:00"),
        ("select subtime('2024-01-02 00:00:00', '01:00:00')", "2024-01-01 23:00:00"),
        ("select json_length('[1, 2]') + json_length('{\"a\": 1}')", 3),
        ("select ascii('a') + bit_count(3)", 99),
        ("select any_value(a) from (select 4 as a) t", 4),
        ("select rand() < 1", 1),
        ("select utc_date() = date(utc_timestamp())", 1),
    ],
)
def test_a_mysql_expression_gives_what_mysql_gives(connection: sqlite3.Connection, query: str, expected: Any) -> None:
    assert run(connection, query) == [(expected,)]


def test_the_clock_is_the_sites(sqlite_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frappe.utils, "now_datetime", lambda: datetime(2024, 5, 6, 7, 8, 9, 123))
    row = sqlite_db.sql("select now(), curdate(), curtime(), current_timestamp, now() - interval 1 day")[0]
    assert row[:2] == (datetime(2024, 5, 6, 7, 8, 9), date(2024, 5, 6))
    assert row[2:] == ("07:08:09", datetime(2024, 5, 6, 7, 8, 9), datetime(2024, 5, 5, 7, 8, 9))


def test_the_words_of_the_clock_may_have_brackets_and_mean_the_sites_clock(
    sqlite_db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frappe.utils, "now_datetime", lambda: datetime(2024, 5, 6, 7, 8, 9))
    day, hour = date(2024, 5, 6), "07:08:09"
    row = sqlite_db.sql("select current_date, current_date(), current_time, current_time(), localtime()")[0]
    assert row == (day, day, hour, hour, datetime(2024, 5, 6, 7, 8, 9))
    assert sqlite_db.sql(f"select {CurDate()}") == ((day,),)


@pytest.fixture
def table(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("create table `tabX` (name text collate nocase primary key, a integer, b text)")
    connection.executemany("insert into `tabX` values (?, ?, ?)", [("p", 1, "x"), ("q", 2, "y"), ("r", 3, "x")])
    return connection


@pytest.mark.parametrize(
    "statement",
    [
        "delete x from `tabX` x where x.a = 2",
        "delete x from `tabX` as x where x.a = 2",
        "delete `tabX` from `tabX` where a = 2",
    ],
)
def test_a_delete_may_name_its_table_by_an_alias(table: sqlite3.Connection, statement: str) -> None:
    run(table, statement)
    assert run(table, "select name from `tabX` order by name") == [("p",), ("r",)]


@pytest.mark.parametrize(
    "statement",
    [
        "delete x from `tabX` x join `tabY` y on y.x = x.name where y.kind = %s",
        "delete x from `tabX` as x inner join `tabY` as y on y.x = x.name where y.kind = %s",
        "delete `tabX` from `tabX` left join `tabY` on `tabY`.x = `tabX`.name where `tabY`.kind = %s",
        "delete `tabX` from `tabX`, `tabY` where `tabY`.x = `tabX`.name and `tabY`.kind = %s",
        "delete x from `tabY` y join `tabX` x on y.x = x.name where y.kind = %s",
    ],
)
def test_a_delete_may_look_at_other_tables(table: sqlite3.Connection, statement: str) -> None:
    table.execute("create table `tabY` (x text, kind text)")
    table.executemany("insert into `tabY` values (?, ?)", [("q", "gone"), ("q", "gone"), ("r", "kept")])
    run(table, statement, ("gone",))
    assert run(table, "select name from `tabX` order by name") == [("p",), ("r",)]
    assert run(table, "select count(*) from `tabY`") == [(3,)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("+open*", 2), ("opened", 1), ("+open* -box", 1), ("box opening", 1), ("nothing", 0)],
)
def test_full_text_search_understands_boolean_words(connection: sqlite3.Connection, wanted: str, expected: int) -> None:
    connection.execute("create table t (a text, b text)")
    connection.executemany("insert into t values (?, ?)", [("It opened", None), ("box", "Opening hours"), ("x", "y")])
    query = "select count(*) from t where match(a, b) against (%s in boolean mode)"
    assert run(connection, query, (wanted,)) == [(expected,)]


def test_limits_offsets_and_locks(table: sqlite3.Connection) -> None:
    assert run(table, "select name from `tabX` order by a limit %s, %s", (1, 5)) == [("q",), ("r",)]
    assert run(table, "select name from `tabX` order by a limit 1, 1 for update") == [("q",)]
    assert run(table, "select name from `tabX` order by a limit 1,1") == [("q",)]
    assert compile_statement("select 1 from t for update skip locked", False).locks
    assert not compile_statement("select 1 from t lock in share mode", False).locks


def test_inserts_that_ignore_or_update(table: sqlite3.Connection) -> None:
    run(table, "insert ignore into `tabX` (name, a) values (%s, %s), (%s, %s)", ("p", 9, "z", 9))
    run(table, "insert into `tabX` (name, a) values ('q', 7) on duplicate key update a = values(a) + 1, b = 'new'")
    run(
        table,
        "insert into `tabX` (name, a) select name, a from `tabX` on duplicate key update b = concat(`tabX`.b, '!')",
    )
    assert run(table, "select * from `tabX` order by name") == [
        ("p", 1, "x!"), ("q", 8, "new!"), ("r", 3, "x!"), ("z", 9, None),
    ]  # fmt: skip


def test_updates_with_qualified_columns_and_joins(table: sqlite3.Connection) -> None:
    run(table, "update `tabX` set `tabX`.`a` = `tabX`.`a` + 10 where `tabX`.`name` = 'p'")
    run(table, "update `tabX` t set t.b = 'k' where t.name = 'q'")
    table.execute("create table `tabY` (name text, v integer)")
    table.execute("insert into `tabY` values ('r', 99)")
    run(table, "update `tabX` join `tabY` on `tabX`.name = `tabY`.name set `tabX`.a = `tabY`.v where `tabX`.b = 'x'")
    assert run(table, "select a, b from `tabX` order by name") == [(11, "x"), (2, "k"), (99, "x")]
    run(table, "update `tabX` x, `tabY` y set x.a = y.v + 1, x.b = 'c' where x.name = y.name")
    assert run(table, "select a, b from `tabX` order by name") == [(11, "x"), (2, "k"), (100, "c")]


def test_unions_of_queries_in_parentheses(table: sqlite3.Connection) -> None:
    query = "(select name from `tabX` order by a desc limit 1) union all (select name from `tabX` order by a limit 1)"
    assert sorted(run(table, query)) == [("p",), ("r",)]
    assert run(table, f"select count(*) from ({query}) as t") == [(2,)]


def test_group_concat_in_all_its_forms(table: sqlite3.Connection) -> None:
    query = (
        "select group_concat(b), group_concat(distinct b separator '; '),"
        " group_concat(name order by a desc separator '') from `tabX`"
    )
    assert run(table, query) == [("x,y,x", "x; y", "rqp")]
    assert run(table, "select count(distinct a, b), count(distinct b) from `tabX`") == [(3, 2)]


def test_truncate_empties_the_table(table: sqlite3.Connection) -> None:
    assert compile_statement("truncate table `tabX`", False).kind is Kind.WRITE
    run(table, "truncate table `tabX`")
    assert run(table, "select count(*) from `tabX`") == [(0,)]


def test_index_hints_are_left_out(table: sqlite3.Connection) -> None:
    assert run(table, "select sql_no_cache count(*) from `tabX` use index (some_index) where a > 1") == [(2,)]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("select 1", Kind.READ),
        ("  /* c */ -- d\n select 1", Kind.READ),
        ("(select 1)", Kind.READ),
        ("with x as (select 1) select * from x", Kind.READ),
        ("with x as (select 1) delete from t where a in (select * from x)", Kind.WRITE),
        ("INSERT into t values (1)", Kind.WRITE),
        ("replace into t values (1)", Kind.WRITE),
        ("create table t (a text)", Kind.DDL),
        ("drop table if exists t", Kind.DDL),
        ("commit", Kind.CONTROL),
        ("", Kind.READ),
    ],
)
def test_statements_are_told_apart(query: str, kind: Kind) -> None:
    assert compile_statement(query, False).kind is kind


# -- conditions on results, and bytes ---------------------------------------------------------------------------------


@pytest.fixture
def beds(connection: Any) -> Any:
    connection.execute("create table bed (name text collate nocase, size real)")
    connection.executemany("insert into bed values (?, ?)", [("North", 5), ("South", 3), ("south", 1)])
    return connection


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select name, size * 2 as double_size from bed having double_size > 5 order by name", ["North", "South"]),
        ("select name, size * 2 d from bed where size < 5 or size > 100 having d > 5 limit 5", ["South"]),
        ("select name, (select count(*) from bed b where b.name = bed.name) n from bed having n = 1", ["North"]),
        ("select count(*) n from bed having n > 2", [3]),
        ("select sum(size) total from bed having sum(size) > 100", []),
        ("select min(name) from bed group by name having count(*) > 1", ["South"]),
        ("select name from bed having size > 4 and name = 'north'", ["North"]),
    ],
)
def test_having_asks_of_every_row_what_it_asks_of_groups(beds: Any, query: str, expected: list[Any]) -> None:
    assert [row[0] for row in run(beds, query)] == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("name = 'south'", 2),
        ("binary name = 'south'", 1),
        ("binary(name) = 'south'", 1),
        ("name = binary 'south' or binary bed.name in ('North')", 2),
        ("not binary name = 'south' and cast(name as binary) is not null", 2),
    ],
)
def test_binary_compares_byte_by_byte(beds: Any, condition: str, expected: int) -> None:
    assert run(beds, f"select count(*) from bed where {condition}") == [(expected,)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("period_diff(202405, 202311)", 6),
        ("period_diff(null, 202311)", None),
        ("extract(year_month from '2024-05-01')", 202405),
        ("nvl(null, 'x')", "x"),
        ("nvl(0, 'x')", 0),
    ],
)
def test_periods_and_fallbacks(connection: Any, expression: str, expected: Any) -> None:
    assert run(connection, f"select {expression}") == [(expected,)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("conv('ff', 16, 10)", "255"),
        ("conv('10z', 10, 2)", "1010"),
        ("conv(-17, 10, -18)", "-H"),
        ("conv(-1, 10, 16)", "FFFFFFFFFFFFFFFF"),
        ("conv('1', 1, 10)", None),
        ("concat(bin(12), oct(12))", "110014"),
        ("round(log(10), 3)", 2.303),
        ("log(2, 8)", 3.0),
        ("log(0)", None),
        ("crc32('a')", 3904355907),
        ("inet_ntoa(inet_aton('10.0.0.1'))", "10.0.0.1"),
        ("inet_aton('ten')", None),
        ("unhex('61')", b"a"),
        ("ord('A')", 65),
        ("period_add(202311, 2)", 202401),
        ("makedate(2024, 60)", "2024-02-29"),
        ("makedate(2024, 0)", None),
        ("maketime(10, 5, 3)", "10:05:03"),
        ("maketime(10, 60, 3)", None),
        ("from_days(to_days('2024-03-01'))", "2024-03-01"),
        ("convert_tz('2024-07-01 12:00:00', 'Europe/Berlin', '+00:00')", "2024-07-01 10:00:00"),
        ("convert_tz('2024-07-01 12:00:00', '-02:30', '+00:00')", "2024-07-01 14:30:00"),
        ("convert_tz('2024-07-01 12:00:00', 'Mars', '+00:00')", None),
    ],
)
def test_rare_functions_answer_as_on_mariadb(connection: Any, expression: str, expected: Any) -> None:
    assert run(connection, f"select {expression}") == [(expected,)]


def test_the_schema_of_information_can_be_asked(site: Any) -> None:
    here = (frappe.conf.db_name,)
    tables = "select table_name from information_schema.tables where table_schema = %s and table_name like 'tabTo%%Do'"
    assert frappe.db.sql_list(tables, here) == ["tabToDo"]
    assert frappe.db.sql("select database()")[0] == here
    columns = (
        "select c.column_name from `information_schema`.`COLUMNS` c join information_schema.tables as t"
        " on t.table_name = c.table_name where c.table_name = 'tabToDo' and c.column_key = 'PRI'"
    )
    assert frappe.db.sql_list(columns) == ["name"]
    indexes = "select index_name from information_schema.statistics where table_name = 'tabToDo' and seq_in_index = 1"
    assert "PRIMARY" in frappe.db.sql_list(indexes)
