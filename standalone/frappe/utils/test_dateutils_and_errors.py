"""Dates as people write them, periods of reports, and errors told to those who run the site."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import frappe
from frappe.utils import error
from frappe.utils.dateutils import (
    dateformats,
    datetime_in_user_format,
    get_dates_from_timegrain,
    get_from_date_from_timespan,
    get_period,
    get_period_beginning,
    get_period_ending,
    parse_date,
    user_to_str,
)

pytestmark = pytest.mark.usefixtures("site")

DAY = datetime.date(2026, 5, 14)


@pytest.mark.parametrize("date_format", sorted(dateformats))
def test_a_date_in_any_format_is_read(date_format: str) -> None:
    assert user_to_str(DAY.strftime(dateformats[date_format]), date_format) == "2026-05-14"


def test_the_format_of_the_site_comes_first() -> None:
    frappe.db.set_single_value("System Settings", "date_format", "dd/mm/yyyy")
    frappe.clear_cache()
    assert parse_date("03/04/2026") == "2026-04-03"
    assert parse_date("2026-04-03 10:00:00") == "2026-04-03"
    assert user_to_str("03/04/2026") == "2026-04-03"
    assert user_to_str(None) is None
    assert datetime_in_user_format("2026-04-03 10:05:59") == "03/04/2026 10:05"
    assert datetime_in_user_format(None) == ""


@pytest.mark.parametrize("text", ["", "soon", "32.13.2026"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(frappe.ValidationError):
        parse_date(text)


@pytest.mark.parametrize(
    ("interval", "name", "first", "last"),
    [
        ("Daily", "2026-05-14", "2026-05-14", "2026-05-14"),
        ("Weekly", "Week 20 2026", "2026-05-10", "2026-05-16"),
        ("Monthly", "May 2026", "2026-05-01", "2026-05-31"),
        ("Quarterly", "Quarter 2 2026", "2026-04-01", "2026-06-30"),
        ("Yearly", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_has_a_name_a_beginning_and_an_end(interval: str, name: str, first: str, last: str) -> None:
    assert get_period(DAY, interval) == name
    assert get_period_beginning(DAY, interval) == first
    assert get_period_beginning(DAY, interval, as_str=False) == datetime.date.fromisoformat(first)
    assert str(get_period_ending(DAY, interval)) == last


def test_a_span_is_divided_into_periods() -> None:
    assert [str(day) for day in get_dates_from_timegrain("2026-01-15", "2026-03-02", "Monthly")] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
    ]
    assert len(get_dates_from_timegrain("2026-01-01", "2026-01-07")) == 7
    with pytest.raises(frappe.ValidationError):
        get_dates_from_timegrain("2026-01-01", "2026-01-07", "Hourly")


@pytest.mark.parametrize(
    ("span", "first"),
    [
        ("Last Week", "2026-05-07"),
        ("Last Month", "2026-04-14"),
        ("Last Quarter", "2026-02-14"),
        ("Last Year", "2025-05-14"),
    ],
)
def test_a_span_goes_back_from_a_date(span: str, first: str) -> None:
    assert str(get_from_date_from_timespan(DAY, span)) == first


def test_an_unknown_span_is_refused() -> None:
    with pytest.raises(frappe.ValidationError):
        get_from_date_from_timespan(DAY, "Last Eon")


def test_an_error_is_written_down_unless_callers_bring_it_about() -> None:
    before = frappe.db.count("Error Log")
    for mistake in (ZeroDivisionError("division"), frappe.AuthenticationError("who?")):
        try:
            raise mistake
        except type(mistake) as caught:
            error.log_error_snapshot(caught)
    assert frappe.db.count("Error Log") == before + 1
    assert frappe.get_last_doc("Error Log").method == "ZeroDivisionError: division"
    assert error.log_error is frappe.log_error


def test_the_app_in_which_an_error_happened_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frappe, "get_installed_apps", lambda: ["frappe", "garden"])
    trace = 'File "/x/garden/plots.py", line 1, in dig\nFile "/x/frappe/app.py", line 2, in run'
    assert error.guess_exception_source(trace) == "garden"
    assert error.guess_exception_source('File "/x/frappe/app.py", line 2, in run') is None


def test_a_function_that_must_return_something_throws_otherwise() -> None:
    quiet = False

    @error.raise_error_on_no_output("Nothing found", frappe.DoesNotExistError, keep_quiet=lambda: quiet)
    def find(value: Any) -> Any:
        return value

    assert find(3) == 3
    with pytest.raises(frappe.DoesNotExistError, match="Nothing found"):
        find(None)
    quiet = True
    assert find(None) is None


def test_hashes_have_the_names_that_passlibs_users_write() -> None:
    from frappe.utils.password import Auth, passlibctx

    stored = passlibctx.hash("correct horse")
    assert passlibctx.verify("correct horse", stored) and not passlibctx.verify("battery", stored)
    assert not passlibctx.needs_update(stored)
    assert passlibctx.needs_update("$pbkdf2-sha256$29000$c2FsdA$YWJj")
    frappe.utils.password.update_password("Administrator", "correct horse")
    rows = frappe.qb.from_(Auth).select(Auth.password).where(Auth.name == "Administrator").run(pluck=True)
    assert any(passlibctx.verify("correct horse", row) for row in rows)


def test_a_message_can_be_made_without_being_queued() -> None:
    from frappe.email.email_body import get_email

    before = frappe.db.count("Email Queue")
    mail = get_email(
        "a@example.com, b@example.com", sender="c@example.com", subject="Peas", content="<p>Ripe &amp; sweet</p>",
        reply_to="d@example.com", cc=["e@example.com"],
    )  # fmt: skip
    mail.set_header("X-Garden", "yes")
    text = mail.as_string()
    for part in ("Subject: Peas", "To: a@example.com, b@example.com", "Cc: e@example.com", "X-Garden: yes"):
        assert part in text
    plain, html = (part.get_content() for part in mail.msg_root.iter_parts())
    assert "Ripe & sweet" in plain
    assert "Ripe &amp; sweet" in html
    assert get_email(["a@example.com"], formatted="<b>as it is</b>").letter.html == "<b>as it is</b>"
    assert frappe.db.count("Email Queue") == before
