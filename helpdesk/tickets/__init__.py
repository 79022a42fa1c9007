"""What a ticket is and how it lives: defaults, visibility, service level, history, merging, splitting, closing.

The messages on it are in `conversation`, who works on it in `assignment`, the people behind it in `customers`.
"""
