"""Live updates: what the server tells the clients, and what clients may tell each other."""
