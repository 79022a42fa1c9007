"""The small functions of `frappe.utils`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe import utils

pytestmark = pytest.mark.usefixtures("site")


def test_formats_and_numbers() -> None:
    assert datetime.strptime("2024-01-02", utils.DATE_FORMAT).date() == date(2024, 1, 2)
    assert utils.TIME_FORMAT in utils.DATETIME_FORMAT
    assert str in utils.DateTimeLikeObject.__args__
    assert "#,###.##" in utils.NUMBER_FORMATS
    assert tuple(utils.get_number_format_info("#.###,##")) == (",", ".", 2)
    assert (utils.ceil(1.2), utils.floor(1.8), utils.safe_div(1, 0)) == (2, 1, 0)


def test_dates_in_the_forms_apps_need() -> None:
    assert utils.today() == utils.nowdate()
    assert len(utils.nowtime().split(":")) == 3
    assert utils.get_month("2024-02-03") == "February"
    assert utils.get_weekdays()[0] == "Monday"
    assert utils.get_time("10:11:12") == time(10, 11, 12)
    assert utils.get_time_str(timedelta(hours=1)) == "1:00:00"
    assert utils.get_timedelta("01:00:00") == timedelta(hours=1)
    assert utils.time_diff("2024-01-02 01:00:00", "2024-01-01 23:00:00") == timedelta(hours=2)
    assert utils.days_diff("2024-01-03", "2024-01-01") == 2
    assert utils.is_last_day_of_the_month("2024-02-29")
    assert utils.is_invalid_date_string("0001-01-01 00:00:00")
    assert not utils.is_invalid_date_string("2024-01-01")
    assert utils.get_weekdays()[utils.get_start_of_week_index()] == utils.get_first_day_of_the_week() == "Sunday"
    assert utils.global_date_format("2024-01-02") == "January 2, 2024"
    assert utils.pretty_date(utils.add_to_date(utils.now_datetime(), days=-2, as_datetime=True)) == "2 days ago"
    assert utils.get_timestamp("2024-01-01") > 0
    assert (utils.get_user_date_format(), utils.get_user_time_format()) == ("yyyy-mm-dd", "HH:mm:ss")
    utils.validate_duration_format("1h 30m")
    with pytest.raises(frappe.ValidationError):
        utils.validate_duration_format("soon")


def test_moments_move_between_time_zones() -> None:
    assert utils.get_datetime_in_timezone("UTC").tzinfo is not None
    moment = datetime(2024, 1, 1, 12)
    local = utils.convert_utc_to_system_timezone(moment)
    assert str(local.tzinfo) == utils.get_system_timezone()


def test_lists_and_dicts() -> None:
    assert utils.comma_sep(["a", "b"], "{0} and {1}") == "'a' and 'b'"
    assert utils.new_line_sep(["a", "b"]) == "a\nb"
    assert utils.filter_strip_join(["a ", None, "b"], ",") == "a,b"
    assert utils.is_subset([1], [1, 2])
    assert utils.dict_to_str({"a": 1}) == "a=1"
    assert utils.list_to_str(["a", "b"]) == "a, b"
    assert utils.dictify({"a": [{"b": 1}]}) == {"a": [{"b": 1}]}
    assert utils.groupby_metric({"open": [{"team": "A", "n": 1}]}, "team") == {"A": {"open": {"team": "A", "n": 1}}}
    assert tuple(utils.make_filter_tuple("User", "name", "x")) == ("User", "name", "=", "x")
    assert utils.make_filter_dict([["User", "name", "=", "x"]]) == {"name": ("=", "x")}


def test_texts() -> None:
    assert utils.strip(" a\t") == "a"
    assert utils.strip_html_tags("<p>a</p>") == "a"
    assert "a" in utils.html2text("<p>a</p>")
    assert utils.esc("a'b", "'") == "a\\'b"
    assert utils.quoted("a b") == "a%20b"
    assert utils.encode("a") == b"a"
    assert utils.unscrub("a_b") == "A B"
    assert utils.as_unicode(b"a") == utils.safe_decode(b"a") == "a"
    assert utils.safe_encode("a") == b"a"
    assert utils.extract_email_id("Anna <anna@example.com>") == "anna@example.com"
    assert utils.sanitize_email("Anna <anna@example.com>, bad") == "Anna <anna@example.com>"
    assert "@" in utils.mock("email")
    assert utils.gzip_decompress(utils.gzip_compress(b"abc")) == b"abc"


def test_json() -> None:
    assert utils.safe_json_loads('{"a": 1}', "no") == [{"a": 1}, "no"]
    assert b"2024" in utils.orjson_dumps({"d": date(2024, 1, 1)}, decode=False)
    assert utils.json_handler(date(2024, 1, 1)) == "2024-01-01"
    assert utils.parse_val(date(2024, 1, 1)) == "2024-01-01"


def test_addresses_of_the_site() -> None:
    assert utils.get_host_name() == frappe.local.site
    assert utils.get_absolute_url("HD Ticket", "1").endswith("/hd-ticket/1")
    assert utils.get_link_to_form("User", "Guest", "me").endswith(">me</a>")
    assert utils.get_url_to_list("User").endswith("/user")
    assert "Report" in utils.get_url_to_report("Report")
    assert utils.get_url_to_report_with_filters("R", {}) == utils.get_url_to_report("R")
    assert utils.get_url_to_report_with_filters("R", {"a b": "c&d"}).endswith("/R?a+b=c%26d")
    assert utils.get_link_to_report("A & B", filters={"x": 1}).endswith('?x=1">A &amp; B</a>')
    assert utils.is_site_link("/files/x.png")
    assert utils.is_image("x.png") and not utils.is_image("x.txt")
    assert 'href="http' in utils.expand_relative_urls('<a href="/x">x</a>')
    assert utils.quote_urls('<a href="http://x.y/a b">') == '<a href="http://x.y/a%20b">'
    assert utils.get_request_site_address() == utils.get_url()
    assert utils.get_site_url("desk.example.com") == "http://desk.example.com"


def test_places_of_the_bench() -> None:
    assert Path(utils.get_bench_path(), "sites").exists()
    assert utils.get_bench_relative_path("sites") == str(Path(utils.get_bench_path(), "sites"))
    assert utils.get_backups_path().endswith("private/backups")
    assert utils.get_site_base_path().endswith(frappe.local.site)
    assert utils.get_path("x", base=utils.get_site_base_path()).endswith("x")
    assert utils.get_site_id() == f"{frappe.local.site}@{utils.get_bench_id()}"
    assert utils.get_sites(frappe.local.sites_path) == [frappe.local.site]
    assert utils.get_assets_json() == {}
    assert 0 <= utils.get_disk_usage() < 1
    assert utils.get_domain_data("x") == {}


def test_files(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x"
    utils.touch_file(str(file))
    assert utils.get_file_size(str(file)) == "0.0 B"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    frappe.flags.in_test = False
    utils.update_progress_bar("Working", 0, 2)
    assert "Working" in capsys.readouterr().out


def test_a_hook_is_called_by_name() -> None:
    assert utils.call_hook_method("no_such_hook") is None
    try:
        raise KeyError("lost")
    except KeyError:
        assert "lost" in utils.get_traceback()
