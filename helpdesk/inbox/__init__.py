"""Mail as a way in: the accounts tickets come from, and finding the ticket a mail belongs to."""
