"""Other programs of this machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from frappe.exceptions import CommandFailedError


def execute_in_shell(
    cmd: str | Sequence[str], verbose: bool = False, low_priority: bool = False, check_exit_code: bool = False
) -> tuple[bytes, bytes]:
    """Run a command and return what it wrote: (errors, output). Text goes through the shell: never build it from input.

    Raises CommandFailedError when it ends with an error and `check_exit_code` is set.
    """
    from frappe.utils.logger import get_logger

    command = ["nice", "-n", "10", "sh", "-c", cmd] if low_priority and isinstance(cmd, str) else cmd
    done = subprocess.run(command, shell=isinstance(command, str), capture_output=True, check=False)
    if verbose:
        sys.stdout.write(done.stdout.decode(errors="replace"))
        sys.stderr.write(done.stderr.decode(errors="replace"))
    if check_exit_code and done.returncode:
        get_logger("shell").error("%s ended with %s", cmd, done.returncode)
        raise CommandFailedError(
            f"The command ended with error {done.returncode}.",
            done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"),
        )
    return done.stderr, done.stdout


def is_cli() -> bool:
    """Tell whether a command of the terminal runs, rather than a request or a job."""
    from frappe.context import is_active, local

    return not (is_active() and (local.request or local.job))
