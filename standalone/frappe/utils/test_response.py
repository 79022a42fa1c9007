"""JSON of responses and files over HTTP, sections 11.4 and 11.8 of the runtime contract."""

import datetime
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.test import EnvironBuilder

from frappe import context
from frappe.utils.response import dump_json, serve_file, timedelta_text


class Thing:
    doctype = "Thing"

    def as_dict(self, no_nulls: bool = False) -> dict[str, Any]:
        values = {"name": "x", "empty": None}
        return {key: value for key, value in values.items() if value is not None or not no_nulls}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime.datetime(2024, 1, 31, 10, 0, 0, 123456), "2024-01-31 10:00:00.123456"),
        (datetime.date(2024, 1, 31), "2024-01-31"),
        (datetime.time(9, 5), "09:05:00"),
        (datetime.timedelta(hours=30, seconds=5), "30:00:05"),
        (datetime.timedelta(seconds=61, microseconds=5), "0:01:01.000005"),
        (Decimal("1.5"), 1.5),
        (Thing(), {"name": "x"}),
        ((1, 2), [1, 2]),
        (iter([1, 2]), [1, 2]),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Path("/a/b"), "/a/b"),
        (re.match("a", "abc"), "abc"),
        (ValueError("x"), "ValueError('x')"),
        (float("nan"), None),
        ({"a": float("inf")}, {"a": None}),
        ({datetime.date(2024, 1, 31): 1}, {"2024-01-31": 1}),
    ],
)
def test_values_are_written_as_clients_expect(value: Any, expected: Any) -> None:
    assert json.loads(dump_json(value)) == expected


def test_json_is_compact_utf8() -> None:
    assert dump_json({"a": [1, "ü"]}) == '{"a":[1,"ü"]}'.encode()


def test_a_lone_surrogate_does_not_break_the_answer() -> None:
    assert json.loads(dump_json({"a": "\ud800"}))["a"]


def test_what_has_no_json_form_is_an_error() -> None:
    with pytest.raises(TypeError, match="object"):
        dump_json({"a": object()})


def test_a_negative_duration_keeps_its_sign() -> None:
    assert timedelta_text(datetime.timedelta(seconds=-90)) == "-0:01:30"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "files"
    root.mkdir()
    (root / "a.txt").write_text("hello")
    (root / "a.svg").write_text("<svg/>")
    (root / "a.html").write_text("<b>")
    (root / "a.js").write_text("alert(1)")
    (root / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "secret.txt").write_text("secret")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    state = context.State(None, str(tmp_path))
    state.request = EnvironBuilder().get_request()
    token = context._state.set(state)
    yield root
    context._state.reset(token)


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "..", "", ".", "/etc/passwd", "link.txt", "a.txt\x00.pdf", "missing.txt", "x/../../secret.txt",
     "a" * 5000, "..\\secret.txt"],
)  # fmt: skip
def test_nothing_outside_the_folder_is_served(folder: Path, path: str) -> None:
    with pytest.raises(NotFound):
        serve_file(str(folder), path, cache_control="no-cache")


def test_a_plain_file_is_shown_and_never_guessed_at(folder: Path) -> None:
    response = serve_file(str(folder), "a.txt", cache_control="no-cache")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize("name", ["a.svg", "a.html"])
def test_what_a_browser_would_run_is_a_download(folder: Path, name: str) -> None:
    response = serve_file(str(folder), name, cache_control="no-cache")
    assert response.headers["Content-Disposition"].startswith("attachment")
    response.close()


def test_an_uploaded_script_is_served_as_text(folder: Path) -> None:
    response = serve_file(str(folder), "a.js", cache_control="no-cache")
    assert response.mimetype == "text/plain"
    response.close()


def test_a_pdf_is_not_sandboxed_because_browsers_would_not_show_it(folder: Path) -> None:
    response = serve_file(str(folder), "a.pdf", cache_control="no-cache")
    assert "Content-Security-Policy" not in response.headers
    response.close()


def test_part_of_a_file_can_be_asked_for(folder: Path) -> None:
    context.local.request = EnvironBuilder(headers=[("Range", "bytes=1-2")]).get_request()
    response = serve_file(str(folder), "a.txt", cache_control="no-cache")
    assert response.status_code == 206
    assert b"".join(response.iter_encoded()) == b"el"
    response.close()


def test_an_unchanged_file_is_not_sent_again(folder: Path) -> None:
    first = serve_file(str(folder), "a.txt", cache_control="no-cache")
    first.close()
    context.local.request = EnvironBuilder(headers=[("If-None-Match", first.headers["ETag"])]).get_request()
    second = serve_file(str(folder), "a.txt", cache_control="no-cache")
    assert second.status_code == 304
    second.close()
