"""Finding tickets and articles."""
