"""The base of tests that talk to a site over HTTP, as apps import it from `frappe.tests.test_api`."""

from __future__ import annotations

from typing import Any

from frappe.tests.classes import IntegrationTestCase


class FrappeAPITestCase(IntegrationTestCase):
    """Gives `get`, `post`, `put`, `patch` and `delete` on the site under test, logged in by `sid`.

    A request has its own database connection: what it is to see must be committed.
    """

    version = ""
    """"" for the addresses without a version, or v1, v2."""

    __test__ = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.__test__ = True

    @property
    def TEST_CLIENT(self) -> Any:
        from frappe.utils import get_test_client

        return get_test_client()

    @property
    def site_url(self) -> str:
        from frappe.utils import get_site_url

        return get_site_url(self.site)

    @property
    def site(self) -> str:
        from frappe.context import local

        return str(local.site)

    @property
    def sid(self) -> str:
        """The session of Administrator, made at the first use."""
        found = self.__dict__.get("_sid")
        if found is None:
            found = self._sid = _session_of("Administrator")
        return str(found)

    def resource(self, *parts: Any) -> str:
        """Return the address of a DocType or document."""
        folder = "document" if self.version == "v2" else "resource"
        return self.get_path(folder, *parts)

    def method(self, *parts: Any) -> str:
        """Return the address of a method."""
        return self.get_path("method", *parts)

    def get_path(self, *parts: Any) -> str:
        from urllib.parse import quote

        prefix = f"/api/{self.version}/" if self.version else "/api/"
        return prefix + "/".join(quote(str(part), safe="") for part in parts)

    def get(self, path: str, params: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return self._send("get", path, query_string=params, **kwargs)

    def post(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return self._send("post", path, json=data, **kwargs)

    def put(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return self._send("put", path, json=data, **kwargs)

    def patch(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return self._send("patch", path, json=data, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> Any:
        return self._send("delete", path, **kwargs)

    def _send(self, verb: str, path: str, **kwargs: Any) -> Any:
        """Send a request; parameter `sid` in the data or query logs it in under that session."""
        client = self.TEST_CLIENT
        for place in ("json", "query_string"):
            sent = kwargs.get(place)
            if isinstance(sent, dict) and "sid" in sent:
                kwargs[place] = {key: value for key, value in sent.items() if key != "sid"}
                client.set_cookie("sid", sent["sid"])
        return getattr(client, verb)(path, **kwargs)


def _session_of(user: str) -> str:
    """Begin a session for `user` and return its id."""
    import frappe
    from frappe.sessions import Session

    before = frappe.local.session
    session = Session(user=user, full_name=user, user_type="System User")
    sid = session.data.sid
    frappe.local.session = before
    frappe.db.commit()
    return str(sid)


def make_request(
    target: Any, args: tuple[Any, ...] | None = None, kwargs: dict[str, Any] | None = None, site: str | None = None
) -> Any:
    """Call `target` (a method of the test client); a request runs in a context of its own already."""
    return target(*(args or ()), **(kwargs or {}))
