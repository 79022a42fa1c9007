"""Usage reports of newer framework lines; there are none here."""

from __future__ import annotations

from typing import Any


def boot_config() -> dict[str, Any]:
    """Return the configuration for browsers: reporting is off."""
    return {"enabled": False}


def is_enabled() -> bool:
    """Return False: this runtime reports no use."""
    return False


def capture(event_name: str, *_args: Any, **_kwargs: Any) -> None:
    """Do nothing: this runtime reports no use."""
