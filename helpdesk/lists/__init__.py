"""Lists of any DocType: filters with `@me`, columns, saved views, group-by."""
