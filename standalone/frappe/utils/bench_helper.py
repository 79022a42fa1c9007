"""The door through which the command `bench` comes: `python -m frappe.utils.bench_helper frappe --site … COMMAND`.

`get-frappe-commands` and `get-frappe-help` tell it what there is.
"""

from __future__ import annotations

import json
import sys

import click

from frappe import cli
from frappe.cli import app_commands as get_app_commands

__all__ = ["get_app_commands", "get_frappe_commands", "main"]


def get_frappe_commands() -> list[str]:
    """Return the names of all commands, those of apps included."""
    return cli.cli.list_commands(click.Context(cli.cli))


def main() -> None:
    """Answer what bench asks, or run the command behind the word `frappe`."""
    cli.enter_sites()
    arguments = sys.argv[1:]
    if arguments == ["get-frappe-commands"]:
        print(json.dumps(get_frappe_commands()))
    elif arguments == ["get-frappe-help"]:
        print(click.Context(cli.cli).get_help())
    else:
        cli.main(arguments[1:] if arguments[:1] == ["frappe"] else arguments)


if __name__ == "__main__":
    main()
