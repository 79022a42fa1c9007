"""Calls of the telephony app, where there is one: shown on tickets, logged by hand, linked and noted."""
