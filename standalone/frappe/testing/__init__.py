"""Test support for the runtime and its apps under pytest: throw-away sites and the plugin that hands them out."""
