"""What Helpdesk adds to documents of the framework when they are saved."""
