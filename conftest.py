"""pytest for the whole project: sites for the tests of the runtime and of the app."""

pytest_plugins = ["frappe.testing.plugin"]
