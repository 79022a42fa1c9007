"""Help from a language model: summaries, suggestions and answers about a ticket. Off until a manager sets it up."""
