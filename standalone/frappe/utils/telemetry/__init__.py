"""Telemetry: nothing leaves this machine. The functions exist because apps call them."""

from __future__ import annotations

from typing import Any


def capture(event: str, app: str, **kwargs: Any) -> None:
    """Do nothing: this runtime reports no use."""


def capture_doc(doc: Any, action: str) -> None:
    """Do nothing: this runtime reports no use."""


def init_telemetry() -> None:
    """Do nothing: this runtime reports no use."""


def is_enabled() -> bool:
    """Return False: this runtime reports no use."""
    return False
