"""Small value types that everything else is built on."""

from __future__ import annotations

from typing import Any, Self

from frappe.types import DF as DF


class _dict(dict[Any, Any]):
    """A dict whose keys are also attributes; a missing attribute reads as None.

    Rows, form parameters, flags and configuration are of this type, so `row.subject` and `row["subject"]` are the
    same thing. Dunder names keep raising AttributeError, so that copy and pickle recognise an ordinary object.
    """

    __slots__ = ()

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        return self.get(key)

    def __setattr__(self, key: str, value: Any) -> None:
        self[key] = value

    def __delattr__(self, key: str) -> None:
        self.pop(key, None)

    def __getstate__(self) -> dict[Any, Any]:
        return dict(self)

    def __setstate__(self, state: dict[Any, Any]) -> None:
        self.update(state)

    def update(self, *args: Any, **kwargs: Any) -> Self:  # type: ignore[override]
        """Update in place and return self, so that calls can be chained."""
        super().update(*args, **kwargs)
        return self

    def copy(self) -> _dict:
        return _dict(self)
