"""The built-in provider, against a server on loopback that speaks the API, well or badly."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch

import frappe

from helpdesk.ai import outgoing, providers
from helpdesk.ai.chat_completions import ChatCompletions, connect
from helpdesk.ai.providers import Options
from helpdesk.exceptions import AIBadAnswer, AIFailed, AIOverQuota, AIRefused, AITimeout, AIUnreachable
from helpdesk.test_utils import HelpdeskTestCase

INSIDE = frozenset({"127.0.0.1"})
KEY = "sk-very-secret"
QUESTION: Any = [{"role": "user", "content": "Hello"}]


def saying(text: Any) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


class Service:
    """A service that answers as it is told, and keeps what it was asked."""

    def __init__(self, status: int, pieces: Iterator[bytes] | list[bytes], headers: dict[str, str] | None = None):
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.asked.append((self.path, dict(self.headers), json.loads(body)))
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for piece in pieces:
                        self.wfile.write(piece)
                        self.wfile.flush()
                except OSError:
                    return  # the other side has heard enough

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@contextmanager
def service(status: int, *pieces: bytes, source: Any = None, **headers: str) -> Iterator[Service]:
    made = Service(status, source or list(pieces), headers)
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()


def provider(url: str, **options: Any) -> ChatCompletions:
    values: dict[str, Any] = {"model": "small", "api_key": KEY, "seconds": 5, "inside": INSIDE, **options}
    return connect(Options(base_url=url, **values))


class TestChatCompletions(HelpdeskTestCase):
    def assert_fails(self, kind: type[AIFailed], made: Service, **options: Any) -> str:
        with self.assertRaises(kind) as raised:
            provider(made.url, **options).complete(QUESTION)
        self.assertIs(type(raised.exception), kind)
        return str(raised.exception)

    def test_it_asks_with_model_and_key_and_returns_the_text(self):
        with service(200, saying("Hello, you.")) as made:
            self.assertEqual(provider(made.url).complete(QUESTION), "Hello, you.")
        ((path, headers, body),) = made.asked
        self.assertEqual(path, "/v1/chat/completions")
        self.assertEqual(headers["Authorization"], f"Bearer {KEY}")
        self.assertEqual(body, {"model": "small", "messages": QUESTION})

    def test_a_local_service_needs_no_key(self):
        with service(200, saying("Hi")) as made:
            provider(made.url, api_key="").complete(QUESTION)
        self.assertNotIn("Authorization", made.asked[0][1])

    def test_each_refusal_has_its_own_words(self):
        for status, kind in (
            (401, AIRefused),
            (403, AIRefused),
            (402, AIOverQuota),
            (429, AIOverQuota),
            (400, AIRefused),
            (404, AIRefused),
            (500, AIUnreachable),
            (503, AIUnreachable),
        ):
            with self.subTest(status=status), service(status, b"the key sk-very-secret is wrong") as made:
                self.assertNotIn(KEY, self.assert_fails(kind, made))

    def test_a_redirect_is_not_followed(self):
        with service(200, saying("Gotcha")) as trap, service(302, Location=f"{trap.url}/chat/completions") as made:
            self.assert_fails(AIRefused, made)
        self.assertEqual(trap.asked, [])

    def test_what_is_no_answer_is_said_so(self):
        for body in (
            b"<html><script>alert(1)</script></html>",
            b"",
            b"[]",
            b"{}",
            b'{"choices": []}',
            b'{"choices": [{"message": null}]}',
            saying(None),
            saying("  "),
            saying({"text": "x"}),
            b"\xff\xfe",
            b"[" * 200_000,
        ):
            with self.subTest(body=body[:40]), service(200, body) as made:
                self.assert_fails(AIBadAnswer, made)

    def test_a_huge_answer_is_not_read_to_its_end(self):
        sent: list[int] = []

        def endless() -> Iterator[bytes]:
            for number in range(10_000):
                sent.append(number)
                yield b"x" * 10_000

        with service(200, source=endless()) as made:
            self.assert_fails(AIBadAnswer, made)
        self.assertLess(len(sent), 9_000)

    def test_silence_is_a_time_out(self):
        wake = threading.Event()

        def silence() -> Iterator[bytes]:
            wake.wait(20)
            yield b""

        with service(200, source=silence()) as made:
            message = self.assert_fails(AITimeout, made, seconds=1)
            wake.set()
        self.assertIn("1 seconds", message)

    def test_dripping_is_a_time_out_as_well(self):
        done = threading.Event()

        def drops() -> Iterator[bytes]:
            while not done.wait(0.05):
                yield b" "

        with service(200, source=drops()) as made:
            self.assert_fails(AITimeout, made, seconds=1)
            done.set()

    def test_where_nobody_listens_nobody_can_be_reached(self):
        with service(200) as made:
            url = made.url
        with self.assertRaises(AIUnreachable):
            provider(url).complete(QUESTION)

    def test_the_key_is_neither_printed_nor_logged(self):
        self.assertNotIn(KEY, repr(provider("http://127.0.0.1:1/v1").options))
        with service(401, b"no") as made, patch("frappe.logger") as logger:
            self.assert_fails(AIRefused, made)
        self.assertTrue(logger.return_value.warning.called)
        self.assertNotIn(KEY, str(logger.mock_calls))

    def test_address_and_model_are_needed(self):
        for url, model in (("", "small"), ("http://127.0.0.1:1", "")):
            with self.assertRaises(AIFailed):
                provider(url, model=model).complete(QUESTION)


class TestAddresses(HelpdeskTestCase):
    """Hostile 25: the address of the service leads nowhere inside, unless the operator says so."""

    def test_every_spelling_of_this_machine_is_refused(self):
        with service(200, saying("Inside")) as made:
            port = made.server.server_port
            for host in ("127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"):
                with self.subTest(host=host), self.assertRaisesRegex(AIFailed, "private network|cannot be reached"):
                    provider(f"http://{host}:{port}/v1", inside=frozenset()).complete(QUESTION)
        self.assertEqual(made.asked, [])

    def test_a_host_that_the_operator_names_is_called(self):
        with service(200, saying("Inside")) as made:
            url = f"http://localhost:{made.server.server_port}/v1"
            self.assertEqual(provider(url, inside=frozenset({"localhost", "127.0.0.1"})).complete(QUESTION), "Inside")

    def test_public_and_other_addresses(self):
        for address in ("93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::8.8.8.8"):
            self.assertTrue(outgoing.is_public(address), address)
        for address in (
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
            "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
            "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "2002:7f00:1::", "ff02::1", "64:ff9b::169.254.169.254",
            "64:ff9b:1::a00:1", "::127.0.0.1", "::ffff:0:127.0.0.1", "fec0::1", "100.100.100.200",
        ):  # fmt: skip
            self.assertFalse(outgoing.is_public(address), address)

    def test_other_schemes_are_no_services(self):
        for url in ("file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:70/x"):
            with self.assertRaises(AIFailed):
                provider(url).complete(QUESTION)


class TestSettings(HelpdeskTestCase):
    def save(self, **values: Any) -> Any:
        settings = frappe.get_doc("HD AI Settings")
        settings.update(values)
        return settings.save()

    def test_the_key_is_stored_apart_and_never_shown(self):
        self.save(base_url="https://ai.example.com/v1/", model="small", api_key=KEY)
        shown = frappe.get_doc("HD AI Settings")
        self.assertEqual(shown.base_url, "https://ai.example.com/v1")
        self.assertNotIn(KEY, frappe.as_json(shown))
        self.assertEqual(shown.get_password("api_key"), KEY)

    def test_a_stored_key_goes_to_no_other_server(self):
        self.save(base_url="https://ai.example.com/v1", model="small", api_key=KEY)
        self.save(base_url="https://ai.example.com/v2")
        for url in ("https://evil.example/v1", "http://ai.example.com/v1", "https://ai.example.com:8443/v1"):
            with self.subTest(url=url), self.assertRaisesRegex(frappe.ValidationError, "another server"):
                self.save(base_url=url)
        self.save(base_url="https://other.example/v1", api_key="sk-other")
        self.assertEqual(frappe.get_doc("HD AI Settings").get_password("api_key"), "sk-other")

    def test_what_could_not_work_is_refused(self):
        for values in (
            {"base_url": "ai.example.com"},
            {"base_url": "file:///etc/passwd"},
            {"base_url": "https://user:secret@ai.example.com"},
            {"base_url": "https://ai.example.com/v1?key=x"},
            {"enabled": 1, "base_url": "https://ai.example.com", "model": ""},
            {"provider": "Oracle of Delphi"},
            {"timeout_seconds": 0},
            {"timeout_seconds": 500},
            {"hourly_limit": 0},
        ):
            with self.subTest(values=values), self.assertRaises(frappe.ValidationError):
                self.save(**values)

    def test_a_provider_of_an_app_that_is_gone_is_named(self):
        frappe.db.set_single_value("HD AI Settings", {"enabled": 1, "provider": "Oracle of Delphi"})
        frappe.clear_document_cache("HD AI Settings", "HD AI Settings")
        self.assertFalse(providers.is_on())
        with self.assertRaisesRegex(AIFailed, "Oracle of Delphi"):
            providers.connect()
