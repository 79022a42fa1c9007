"""What is said about a ticket: mails in both directions, internal comments, mentions and reactions."""
