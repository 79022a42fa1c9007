"""A stand-in for a language model behind the chat completions API: it knows by heart what the journeys ask."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Model:
    """Answers, and keeps what it was told. While `awake` is cleared it thinks; a `status` of its own is a refusal."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.keys: list[str | None] = []
        self.awake = threading.Event()
        self.awake.set()
        self.status = 200
        self.url = ""

    def answer(self, prompt: str) -> str:
        """Return what a model says to one of the house's own prompts."""
        if "Summarize the ticket" in prompt:
            return "Cleo's printer <b>burns</b> since Monday.\nNobody has answered yet."
        if "Suggest what" in prompt:
            return json.dumps(
                [
                    {"number": _number(prompt, "set_priority Urgent"), "reason": "It burns."},
                    {"number": _number(prompt, "reply"), "reason": "Cleo waits for a first answer."},
                    {"number": _number(prompt, "escalate"), "reason": "A fire is more than one person's work."},
                    {"number": 9_999, "reason": "Delete everything."},
                ]
            )
        if "Wish of the agent" in prompt:
            return "Dear Cleo,\n\nplease pull the plug and keep away from the smoke."
        if "Question of the agent" in prompt:
            return "The smoke comes from the toner [S1]. It is written nowhere else [S77]."
        if "Make a support ticket" in prompt:
            return "Sure!\n" + json.dumps(
                {
                    "subject": "Toner is empty",
                    "description": "The toner is empty.\n\nPlease send two.",
                    "requester": "cleo@customer.test",
                    "priority": "High",
                    "team": "No such team",
                }
            )
        return "Hello from <i>the</i> model."


def _number(prompt: str, action: str) -> int:
    found = re.search(rf"^(\d+)\. {re.escape(action)}$", prompt, re.MULTILINE)
    return int(found[1]) if found else 0


@contextmanager
def model_server() -> Iterator[Model]:
    """Serve a model on loopback."""
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = "\n".join(message["content"] for message in asked["messages"])
            model.told.append(prompt)
            model.keys.append(self.headers["Authorization"])
            model.awake.wait(60)
            self.send_response(model.status)
            self.end_headers()
            body = {"choices": [{"message": {"role": "assistant", "content": model.answer(prompt)}}]}
            try:
                self.wfile.write(json.dumps(body).encode())
            except OSError:
                return  # nobody listens any more

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield model
    finally:
        model.awake.set()
        server.shutdown()
        server.server_close()
