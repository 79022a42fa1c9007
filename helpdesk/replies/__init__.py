"""Saved replies: texts that agents use again and again."""
