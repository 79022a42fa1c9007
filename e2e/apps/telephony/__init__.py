"""Stands in for the telephony app in tests: its DocTypes and methods, answering what a provider once answered."""

__version__ = "0.0.1"
