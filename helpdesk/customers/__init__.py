"""The people who ask: contacts, the customers they belong to, and the roles that follow from that."""
