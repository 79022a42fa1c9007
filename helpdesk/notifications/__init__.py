"""Telling people: in-app notifications, ticket mail and its texts."""
