"""Looking through documents by their words: full-text indexes that apps define."""
