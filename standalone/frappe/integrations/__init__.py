"""Services of others that a site may use."""
