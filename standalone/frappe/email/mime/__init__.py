"""Mail as bytes: reading what strangers send and writing what we send. Pure; nothing here knows of sites or documents."""
