"""Classes of the framework that Helpdesk extends."""
