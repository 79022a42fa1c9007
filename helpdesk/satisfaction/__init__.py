"""What requesters thought of the help they got."""
