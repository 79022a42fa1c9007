"""A small app that uses every feature of a DocType: leases of garden plots, as any Frappe app would have them."""

__version__ = "1.2.0"
