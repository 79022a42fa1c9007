"""Context managers and decorators for tests."""

from __future__ import annotations

import functools
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import frappe
from frappe import apps


@contextmanager
def change_settings(
    doctype: str, settings_dict: dict[str, Any] | None = None, commit: bool = False, **settings: Any
) -> Iterator[None]:
    """Have a Single hold other values within a block or a decorated test, and the former ones after it."""
    values = {**(settings_dict or {}), **settings}
    former = {field: frappe.get_single(doctype).get(field) for field in values}
    _save(doctype, values, commit)
    try:
        yield
    finally:
        _save(doctype, former, commit)


def _save(doctype: str, values: dict[str, Any], commit: bool) -> None:
    doc = frappe.get_single(doctype)
    doc.update(values)
    doc.flags.ignore_mandatory = True
    doc.save(ignore_permissions=True)
    if commit:
        frappe.db.commit()


@contextmanager
def patch_hooks(overridden_hooks: dict[str, Any]) -> Iterator[None]:
    """Have `frappe.get_hooks` answer with other values for some hooks."""
    original = apps.get_hooks

    def patched(hook: str | None = None, default: Any = "_KEEP_DEFAULT_LIST", app_name: str | None = None) -> Any:
        if hook in overridden_hooks:
            return overridden_hooks[hook]
        hooks = original(hook, default, app_name)
        return {**hooks, **overridden_hooks} if hook is None else hooks

    with patch.object(apps, "get_hooks", patched), patch.object(frappe, "get_hooks", patched):
        yield


@contextmanager
def set_user(username: str) -> Iterator[None]:
    """Act as another user within a block."""
    former = frappe.session.user
    frappe.set_user(username)
    try:
        yield
    finally:
        frappe.set_user(former)


@contextmanager
def freeze_time(time_to_freeze: Any, is_utc: bool = False, *args: Any, **kwargs: Any) -> Iterator[Any]:
    """Stop the clock at a moment in system time (UTC with `is_utc`)."""
    import freezegun

    from frappe.utils.data import get_datetime, get_system_timezone

    moment = get_datetime(time_to_freeze)
    if not is_utc:
        from datetime import UTC
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(get_system_timezone())
        moment = moment.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    with freezegun.freeze_time(moment, *args, **kwargs) as frozen:
        yield frozen


@contextmanager
def enable_safe_exec() -> Iterator[None]:
    """Allow server scripts within a block; they stay off in this runtime, so code that needs them says so."""
    former = frappe.local.conf.server_script_enabled
    frappe.local.conf.server_script_enabled = 1
    try:
        yield
    finally:
        frappe.local.conf.server_script_enabled = former


def timeout(seconds: int = 30, error_message: str = "The test took too long.") -> Any:
    """Let a test fail when it takes more than `seconds`."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            former = signal.signal(signal.SIGALRM, _fail(error_message))
            signal.alarm(seconds)
            try:
                return function(*args, **kwargs)
            finally:
                signal.alarm(0)
                signal.signal(signal.SIGALRM, former)

        return wrapped

    if callable(seconds):
        function, seconds = seconds, 30
        return decorate(function)
    return decorate


def _fail(message: str) -> Callable[..., None]:
    def fail(*_: Any) -> None:
        raise AssertionError(message)

    return fail


def debug_on(*exceptions: type[BaseException]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open the debugger where a test raises one of `exceptions` (AssertionError by default)."""
    kinds = exceptions or (AssertionError,)

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except kinds:
                import pdb
                import sys

                pdb.post_mortem(sys.exc_info()[2])
                raise

        return wrapped

    return decorate
