"""The names under which other tools know the executable; it is `frappe.cli`."""

from frappe.cli import app_commands as get_app_commands
from frappe.cli import main

__all__ = ["get_app_commands", "main"]

if __name__ == "__main__":
    main()
