"""Mail as bytes: reading what strangers send, writing what we send. Pure: nothing here knows of sites."""
