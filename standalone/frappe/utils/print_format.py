"""Documents on paper. Print formats need a PDF renderer; this runtime has none."""

from __future__ import annotations

from typing import Any, NoReturn

ABSENT = "frappe.{0} needs a PDF renderer, which this runtime does not have. Attach a File instead."


def attach_print(*_args: Any, **_kwargs: Any) -> NoReturn:
    """Not available."""
    raise NotImplementedError(ABSENT.format("attach_print"))


def download_pdf(*_args: Any, **_kwargs: Any) -> NoReturn:
    """Not available."""
    raise NotImplementedError(ABSENT.format("utils.print_format.download_pdf"))
