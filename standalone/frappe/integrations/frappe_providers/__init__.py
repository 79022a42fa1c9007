"""Providers of hosting."""
