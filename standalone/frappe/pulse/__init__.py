"""Facts about the runtime for usage reports; none are sent."""
