"""The home page of an agent."""
