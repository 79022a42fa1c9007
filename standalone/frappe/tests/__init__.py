"""What app tests derive from and use: `IntegrationTestCase`, `UnitTestCase` and their helpers.

Under pytest the plugin `frappe.testing.plugin` gives them a site; `frappe run-tests` uses the one it is told.
"""

from frappe.tests.classes import IntegrationTestCase, UnitTestCase
from frappe.tests.helpers import change_settings, debug_on, patch_hooks, timeout

__all__ = ["IntegrationTestCase", "UnitTestCase", "change_settings", "debug_on", "patch_hooks", "timeout"]
