"""Settings for clients."""
