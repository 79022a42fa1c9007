"""Keeping customers in step with ERPNext."""
