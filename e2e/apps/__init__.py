"""Apps that stand in for those of others, and what Helpdesk makes of them."""
