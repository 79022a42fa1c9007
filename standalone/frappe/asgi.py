"""From the event loop to the WSGI application and back.

The body is read in the event loop, so that a slow upload keeps no thread busy, and a response that is at hand goes out
in one piece: one change of threads each way, where a general bridge needs one for every part. Long ones are streamed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any, cast

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

MAX_IN_MEMORY = 1024 * 1024
MAX_BODY = 1024 * 1024 * 1024
"""More than any site may allow; each site's own limit is the application's business."""
WHOLE = 512 * 1024
"""Responses of a known length up to this many bytes are sent in one piece."""


class BodyTooLarge(Exception):
    """A request has more body than any site takes."""


class ClientGone(Exception):
    """The client left before the request was complete."""


@dataclass
class Answer:
    """What the application answered: the head, and either the whole body or what yields it."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes | None = None
    parts: Iterable[bytes] = ()

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        """Be `start_response` of WSGI."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return _no_write

    @property
    def length(self) -> int | None:
        found = dict(self.headers).get(b"content-length")
        return int(found) if found is not None else None


def _no_write(data: bytes) -> None:
    raise RuntimeError("Return the body of the response; write() is not supported.")


class WsgiBridge:
    """An ASGI application that calls a WSGI application in a pool of threads."""

    def __init__(self, wsgi: Any, threads: int):
        self._wsgi = cast(Wsgi, wsgi)
        self.executor = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="web")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await read_body(receive)
        except ClientGone:
            return
        except BodyTooLarge:
            await _send_whole(send, Answer(413, [(b"content-type", b"text/plain")], b"The request is too large."))
            return
        with body:
            await self._answer(environ_of(scope, body), send)

    async def _answer(self, environ: dict[str, Any], send: Send) -> None:
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.executor, self._call, environ)
        try:
            if answer.body is not None:
                await _send_whole(send, answer)
            else:
                await self._stream(answer, send)
        finally:
            await loop.run_in_executor(self.executor, _close, answer.parts)

    def _call(self, environ: dict[str, Any]) -> Answer:
        """Call the application, in a thread, and take the body if it is short."""
        answer = Answer()
        answer.parts = self._wsgi(environ, answer.start)
        length = answer.length
        if length is not None and length <= WHOLE:
            answer.body = b"".join(answer.parts)
        return answer

    async def _stream(self, answer: Answer, send: Send) -> None:
        loop = asyncio.get_running_loop()
        parts = iter(answer.parts)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        while (part := await loop.run_in_executor(self.executor, next, parts, None)) is not None:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """Return the WSGI environment of a request whose body has been read.

    Headers with an underscore are left out, because they would pass for the one with a hyphen, and so is `Proxy`, which
    libraries take for a setting.
    """
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "frappe.reached_address": host,
        "REMOTE_ADDR": (scope.get("client") or ("127.0.0.1", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name and name != b"proxy":
            _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    environ["CONTENT_LENGTH"] = str(_size_of(body))
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    key = name.upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    if key in environ:
        value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ[key] = value


def _size_of(body: IO[bytes]) -> int:
    size = body.seek(0, 2)
    body.seek(0)
    return size


def _close(parts: Iterable[bytes]) -> None:
    """End the response: what the application does after it is done here, in a thread."""
    close = getattr(parts, "close", None)
    if close:
        close()


async def _send_whole(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body or b""})


async def read_body(receive: Receive, limit: int = MAX_BODY) -> IO[bytes]:
    """Return the body of a request as a file, on disk when it is large. Raises BodyTooLarge or ClientGone."""
    file = tempfile.SpooledTemporaryFile(max_size=MAX_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            file.close()
            raise ClientGone
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            file.close()
            raise BodyTooLarge
        file.write(part)
        if not message.get("more_body"):
            file.seek(0)
            return cast(IO[bytes], file)
