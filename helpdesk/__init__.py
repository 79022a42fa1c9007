"""Helpdesk: requests that arrive by mail, portal or API become tickets, and get answered in time."""

__version__ = "1.0.0"
