"""A REST client as an integration would write one: a session with cookies, or an API key."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import requests


class Refused(AssertionError):
    """The server said no; carries the status and what it said."""

    def __init__(self, response: requests.Response):
        super().__init__(f"{response.status_code} {response.text[:600]}")
        self.status = response.status_code
        self.body: dict[str, Any] = _json_or_empty(response)

    @property
    def type(self) -> str:
        return str(self.body.get("exc_type") or "")

    @property
    def said(self) -> str:
        return str(self.body.get("_server_messages") or self.body)


def _json_or_empty(response: requests.Response) -> dict[str, Any]:
    try:
        value = response.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


class Rest:
    """Talks to one server; as nobody until `sign_in`."""

    def __init__(self, url: str):
        self.url = url
        self.http = requests.Session()
        self.http.headers["Accept"] = "application/json"

    def sign_in(self, user: str, password: str) -> Rest:
        self.call("login", usr=user, pwd=password)
        return self

    def call(self, path: str, verb: str = "POST", /, **arguments: Any) -> Any:
        url = f"{self.url}/api/method/{path}"
        if verb == "GET":
            query = {key: value if isinstance(value, str) else json.dumps(value) for key, value in arguments.items()}
            return self._answer(self.http.get(url, params=query, timeout=60)).get("message")
        return self._answer(self.http.request(verb, url, json=arguments, timeout=60)).get("message")

    def document_method(self, doctype: str, name: Any, method: str, /, **arguments: Any) -> Any:
        return self.call("run_doc_method", dt=doctype, dn=str(name), method=method, args=arguments)

    def insert(self, doctype: str, /, **values: Any) -> dict[str, Any]:
        return dict(self._resource("POST", doctype, json=values))

    def get(self, doctype: str, name: Any) -> dict[str, Any]:
        return dict(self._resource("GET", doctype, name))

    def update(self, doctype: str, name: Any, /, **values: Any) -> dict[str, Any]:
        return dict(self._resource("PUT", doctype, name, json=values))

    def delete(self, doctype: str, name: Any) -> None:
        self._resource("DELETE", doctype, name)

    def list(self, doctype: str, /, **query: Any) -> list[dict[str, Any]]:
        encoded = {key: value if isinstance(value, str) else json.dumps(value) for key, value in query.items()}
        return list(self._resource("GET", doctype, params=encoded))

    def upload(self, name: str, content: bytes, /, **fields: str) -> dict[str, Any]:
        url = f"{self.url}/api/method/upload_file"
        response = self.http.post(url, files={"file": (name, content)}, data=fields, timeout=60)
        return dict(self._answer(response)["message"])

    def _resource(self, verb: str, doctype: str, name: Any = None, **options: Any) -> Any:
        path = quote(doctype) + (f"/{quote(str(name), safe='')}" if name is not None else "")
        return self._answer(self.http.request(verb, f"{self.url}/api/resource/{path}", timeout=60, **options)).get(
            "data"
        )

    @staticmethod
    def _answer(response: requests.Response) -> dict[str, Any]:
        if response.status_code >= 400:
            raise Refused(response)
        return _json_or_empty(response)
