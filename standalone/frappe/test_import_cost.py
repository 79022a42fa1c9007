"""What `import frappe` costs: it loads the standard library, Werkzeug and ourselves, and the rest when it is needed."""

import subprocess
import sys

import pytest

LOADED = """
import sys
before = set(sys.modules)
import {module}
after = set(sys.modules) - before
print(*sorted({{name.partition(".")[0] for name in after}} - set(sys.stdlib_module_names)))
print(*sorted(after))
"""
WORKING = {"asyncio", "concurrent.futures", "imaplib", "smtplib", "sqlite3", "xml.etree", "zoneinfo"}
"""Parts of the standard library that only some requests and commands need."""


def loaded_by(module: str) -> tuple[set[str], set[str]]:
    """Return the packages that a fresh interpreter loads for `import module`, and all its modules."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)], capture_output=True, check=True, text=True
    )
    packages, modules = done.stdout.splitlines()
    return set(packages.split()), set(modules.split())


def test_importing_frappe_loads_nothing_heavy() -> None:
    packages, modules = loaded_by("frappe")
    assert packages == {"frappe", "markupsafe", "werkzeug"}
    assert not modules & WORKING
    own = {name for name in modules if name.startswith("frappe")}
    assert len(own) < 60, sorted(own)


@pytest.mark.parametrize("module", ["frappe.app", "frappe.cli"])
def test_a_server_of_one_file_loads_no_drivers_of_other_servers(module: str) -> None:
    packages, _ = loaded_by(module)
    assert not packages & {"pymysql", "redis", "openpyxl", "PIL", "babel"}
