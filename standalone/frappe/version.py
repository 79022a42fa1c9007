"""The version of this runtime, and the Frappe line whose API it provides."""

VERSION = "0.1.0"
FRAPPE_VERSION = "16.0.0"
