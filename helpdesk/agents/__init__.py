"""The people who answer: agents, their teams, their availability and roles."""
