"""Doing one thing to many records, with an outcome for each."""
