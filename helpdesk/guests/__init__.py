"""People without an account: they write, and follow their request by a secret link."""
