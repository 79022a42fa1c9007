"""Other apps on the same site. Each module does nothing while its app is missing."""
