"""Small functions behind hooks that the tests switch on one at a time."""

import frappe


def remove_content(file, only_thumbnail=False):
    frappe.cache.rpush("allotment_removed", f"{file.file_url} {only_thumbnail}")


def cannot_remove(file, only_thumbnail=False):
    raise OSError("The shed is locked.")


def signup_form():
    return "allotment/templates/join.html"


def timeline(doctype, name):
    return [{"icon": "leaf", "content": f"{name} was weeded"}]


def list_context(module):
    return {"title": f"Everything about {module}"}
