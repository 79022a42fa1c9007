"""Tests of modules that stand in the root of the app, where not every bench looks for tests."""
