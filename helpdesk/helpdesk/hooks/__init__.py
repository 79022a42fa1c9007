"""Hooks whose path is a contract."""
