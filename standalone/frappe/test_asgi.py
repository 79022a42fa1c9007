"""Requests reach the WSGI application whole, and its responses come back whole."""

import asyncio
import io
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from frappe.asgi import WHOLE, BodyTooLarge, WsgiBridge, environ_of, read_body

SCOPE: dict[str, Any] = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/api",
    "raw_path": b"/api",
    "query_string": b"a=1",
    "root_path": "",
    "headers": [(b"host", b"desk.example"), (b"content-length", b"6")],
    "server": ("127.0.0.1", 8000),
    "client": ("10.0.0.9", 4711),
}


def ask(app: Any, *parts: bytes) -> list[dict[str, Any]]:
    """Send one request with its body in `parts`; return the ASGI messages of the response."""
    sent: list[dict[str, Any]] = []
    incoming = [
        {"type": "http.request", "body": part, "more_body": index < len(parts) - 1} for index, part in enumerate(parts)
    ]

    async def receive() -> dict[str, Any]:
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(WsgiBridge(app, threads=2)(SCOPE, receive, send))
    return sent


class Closing:
    """A response body that remembers that it was closed."""

    def __init__(self, *parts: bytes):
        self.parts, self.closed = parts, False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.parts)

    def close(self) -> None:
        self.closed = True


def test_a_body_in_parts_arrives_whole_and_a_short_answer_goes_out_in_one_piece() -> None:
    body = Closing(b"got ", b"it")

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        assert environ["wsgi.input"].read() == b"abcdef"
        assert environ["REMOTE_ADDR"] == "10.0.0.9"
        start("201 CREATED", [("Content-Type", "text/plain"), ("Content-Length", "6")])
        return body

    head, content = ask(app, b"abc", b"def")
    assert head["status"] == 201
    assert (b"content-type", b"text/plain") in head["headers"]
    assert content["body"] == b"got it"
    assert body.closed


def test_headers_cannot_pass_for_others() -> None:
    headers = [(b"x_forwarded_for", b"6.6.6.6"), (b"proxy", b"evil"), (b"x-forwarded-for", b"10.0.0.1")]
    environ = environ_of({**SCOPE, "headers": headers, "query_string": b"q=\xff"}, io.BytesIO(b"four"))
    assert environ["HTTP_X_FORWARDED_FOR"] == "10.0.0.1"
    assert "HTTP_PROXY" not in environ
    assert environ["CONTENT_LENGTH"] == "4"
    assert environ["QUERY_STRING"] == "q=\xff"


def test_a_long_answer_is_streamed() -> None:
    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Length", str(WHOLE * 2))])
        return Closing(b"x" * WHOLE, b"y" * WHOLE)

    messages = ask(app, b"")
    assert [len(message.get("body", b"")) for message in messages[1:]] == [WHOLE, WHOLE, 0]


def test_the_request_of_a_client_that_left_is_dropped() -> None:
    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        raise AssertionError("must not be called")

    assert ask(app) == []


def test_a_body_beyond_every_limit_is_refused() -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x" * 100, "more_body": True}

    with pytest.raises(BodyTooLarge):
        asyncio.run(read_body(receive, limit=1000))
