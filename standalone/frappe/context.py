"""The state of one request, job or script, and the proxies through which apps see it.

The state is one object in one ContextVar. `frappe.local` is that object; `frappe.db`, `frappe.session` and the like are
proxies onto its attributes. Inside the runtime pass what you need; the proxies are for apps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from werkzeug.local import LocalProxy

from frappe import config
from frappe.types import _dict

NO_SITE = "No site is active. Call frappe.init(site=…) or run inside `frappe --site …`."


class State:
    """What belongs to one request, job or script. Any module may keep further attributes of its own here."""

    def __init__(self, site: str | None, sites_path: str):
        self.initialised = False
        self.site = site
        self.sites_path = sites_path
        self.site_path = str(Path(sites_path, site)) if site else sites_path
        self.conf: _dict = _dict()
        self.flags = _initial_flags()
        self.db: Any = None
        self.qb: Any = None
        self.request: Any = None
        self.job: Any = None
        self.form_dict = _dict()
        self.response = _dict({"docs": []})
        self.message_log: list[Any] = []
        self.error_log: list[Any] = []
        self.debug_log: list[str] = []
        self.session = _dict()
        self.session_obj: Any = None
        self.login_manager: Any = None
        self.request_ip: str | None = None
        self.is_ajax = False
        self.task_id: str | None = None
        self.lang = "en"
        self.cache: dict[str, Any] = {}
        self.request_cache: dict[Any, Any] = {}
        self.role_permissions: dict[Any, Any] = {}
        self.user_perms: Any = None
        self.user: Any = None
        self.new_doc_templates: dict[str, Any] = {}
        self.valid_columns: dict[str, Any] = {}
        self.locked_documents: list[Any] = []
        self.document_cache: dict[Any, Any] = {}
        self.link_count: dict[Any, Any] = {}
        self.test_objects: dict[str, list[str]] = {}
        self.jenv: Any = None
        self.jloader: Any = None
        self.module_app: dict[str, str] = {}
        self.app_modules: dict[str, list[str]] = {}
        self.dev_server = False
        self.preload_assets: dict[str, list[str]] = {"style": [], "script": []}

    def __contains__(self, name: str) -> bool:
        return name in self.__dict__

    def get(self, name: str, default: Any = None) -> Any:
        return self.__dict__.get(name, default)


_state: ContextVar[State | None] = ContextVar("frappe_state", default=None)


def current_state() -> State:
    """Return the active state itself. Raises RuntimeError when there is none."""
    state = _state.get()
    if state is None:
        raise RuntimeError(NO_SITE)
    return state


local: Any = LocalProxy(current_state)


def _proxy(name: str) -> Any:
    return LocalProxy(current_state, name)


db: Any = _proxy("db")
qb: Any = _proxy("qb")
conf: Any = _proxy("conf")
form: Any = _proxy("form_dict")
form_dict: Any = form
request: Any = _proxy("request")
job: Any = _proxy("job")
response: Any = _proxy("response")
session: Any = _proxy("session")
user: Any = _proxy("user")
flags: Any = _proxy("flags")
error_log: Any = _proxy("error_log")
debug_log: Any = _proxy("debug_log")
message_log: Any = _proxy("message_log")
lang: Any = _proxy("lang")


def _initial_flags() -> _dict:
    return _dict(
        currently_saving=[],
        redirect_location="",
        in_install_db=False,
        in_install_app=False,
        in_import=False,
        in_test=in_test,
        mute_messages=False,
        ignore_links=False,
        mute_emails=False,
        has_dataurl=False,
        new_site=False,
        read_only=False,
    )


in_test = False
"""Whether this process runs tests; every new state copies it into `flags.in_test`."""


def set_in_test(value: bool) -> None:
    """Mark this process (and the active state) as running tests."""
    global in_test
    in_test = value
    state = _state.get()
    if state:
        state.flags.in_test = value


def init(site: str | None, sites_path: str = ".", new_site: bool = False, force: bool = False) -> None:
    """Start a fresh state for `site`. Does nothing when one is active, unless `force`.

    Raises IncorrectSitePath when the site does not exist.
    """
    active = _state.get()
    if active is not None and active.initialised and not force:
        return
    state = State(site, sites_path or ".")
    state.conf = config.load(state.sites_path, site, new_site=new_site)
    state.flags.new_site = new_site
    _state.set(state)
    _attach_services(state)
    state.initialised = True


def _attach_services(state: State) -> None:
    from frappe import apps
    from frappe.query_builder import get_query_builder

    state.qb = get_query_builder(state.conf.db_type or "sqlite")
    apps.setup_module_map(state)


def connect(site: str | None = None, db_name: str | None = None, set_admin_as_user: bool = True) -> None:
    """Open the database of the site (lazily) and, unless told otherwise, act as Administrator."""
    from frappe.database import get_db

    if site:
        init(site)
    local.db = get_db(db_name=db_name) if db_name else get_db()
    if set_admin_as_user:
        set_user("Administrator")


def set_user(username: str) -> None:
    """Act as `username` from now on; forgets everything that was cached for the former user."""
    state = current_state()
    state.session.user = username
    state.session.sid = username
    state.session.data = _dict()
    state.cache = {}
    state.form_dict = _dict()
    state.jenv = None
    state.role_permissions = {}
    state.new_doc_templates = {}
    state.user_perms = None
    state.user = None


def get_user() -> Any:
    """Return the permission summary of the session user."""
    from frappe.utils.user import UserPermissions

    if local.user is None:
        local.user = UserPermissions(local.session.user)
    return local.user


def destroy() -> None:
    """Close the database and drop the state."""
    state = _state.get()
    if state is None:
        return
    try:
        if state.db:
            state.db.close()
    finally:
        _state.set(None)


@contextmanager
def init_site(site: str | None = None, sites_path: str = ".") -> Iterator[Any]:
    """Run a block with `site` initialised (the common configuration alone without a site), then drop it."""
    init(site or None, sites_path=sites_path, force=True)
    try:
        yield local
    finally:
        destroy()


def is_active() -> bool:
    """Tell whether a state is active in this context."""
    return _state.get() is not None


def activate(state: State) -> None:
    """Make `state` the active one from here on; for tests that go back to a site they left."""
    _state.set(state)


def run_in_state(state: State, function: Callable[[], Any]) -> Any:
    """Call `function` with `state` active; for callbacks that run after their context has gone."""
    token = _state.set(state)
    try:
        return function()
    finally:
        _state.reset(token)
