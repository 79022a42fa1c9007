"""Where a connection may come from, and what it brings along."""

import pytest

from frappe.socketio.access import credentials_of, is_same_origin
from frappe.socketio.server import is_name, source_of


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        ("http://desk.example", "desk.example", True),
        ("https://desk.example", "desk.example:8000", True),
        ("http://desk.example:5173", "desk.example:8000", True),
        ("", "desk.example", True),
        ("http://evil.example", "desk.example", False),
        ("http://desk.example.evil.example", "desk.example", False),
        ("http://evil.example/desk.example", "desk.example", False),
        ("null", "desk.example", False),
        ("http://[bad", "desk.example", False),
    ],
)
def test_only_pages_of_the_own_host_may_connect(origin: str, host: str, allowed: bool) -> None:
    assert is_same_origin({"HTTP_ORIGIN": origin, "HTTP_HOST": host}) is allowed


def test_a_configured_origin_may_connect() -> None:
    environ = {"HTTP_ORIGIN": "https://portal.example", "HTTP_HOST": "desk.example"}
    assert is_same_origin(environ, ["https://portal.example"])


def test_the_session_is_read_from_the_cookie() -> None:
    credentials = credentials_of({"HTTP_COOKIE": "full_name=Anna%20A; sid=abc123; user_id=anna"})
    assert credentials.sid == "abc123"
    assert not credentials.is_empty


@pytest.mark.parametrize("cookie", ["", "sid", "sid=", "\x00=;;;", "user_id=anna"])
def test_without_a_session_there_are_no_credentials(cookie: str) -> None:
    assert credentials_of({"HTTP_COOKIE": cookie}).is_empty


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("doc:HD Ticket/12", ("HD Ticket", "12")),
        ("open_doc:HD Article/a/b", ("HD Article", "a/b")),
        ("doctype:HD Ticket", ("HD Ticket", None)),
        ("user:anna@example.com", None),
        ("website", None),
    ],
)
def test_a_room_tells_whose_read_permission_it_needs(room: str, source: object) -> None:
    assert source_of(room) == source


@pytest.mark.parametrize("value", [None, True, "", [], {"name": ("like", "%")}, "x" * 300])
def test_only_names_pass_as_names(value: object) -> None:
    assert not is_name(value)
