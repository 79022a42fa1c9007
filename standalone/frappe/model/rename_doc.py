"""Renaming and merging documents: the name itself, and every place that holds it."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.exceptions import DoesNotExistError, ValidationError
from frappe.model.doc_cache import clear_document_cache
from frappe.model.link_graph import LinkField, dynamic_link_fields, find_references, link_fields_to, single_references
from frappe.model.naming import validate_name
from frappe.utils import cint, cstr

_NAMED_ELSEWHERE = (
    ("File", "attached_to_doctype", "attached_to_name"),
    ("Version", "ref_doctype", "docname"),
)


def rename_doc_public(
    doctype: str,
    old: Any,
    new: Any,
    force: bool = False,
    merge: bool = False,
    *,
    ignore_if_exists: bool = False,
    show_alert: bool = True,
    rebuild_search: bool = True,
) -> Any:
    """Rename a document, or merge it into another one; return the new name."""
    return rename_doc(
        doctype=doctype,
        old=old,
        new=new,
        force=force,
        merge=merge,
        ignore_if_exists=ignore_if_exists,
        show_alert=show_alert,
        rebuild_search=rebuild_search,
    )


def rename_doc(
    doctype: str | None = None,
    old: Any = None,
    new: Any = None,
    force: bool = False,
    merge: bool = False,
    ignore_permissions: bool = False,
    ignore_if_exists: bool = False,
    show_alert: bool = True,
    rebuild_search: bool = True,
    doc: Any = None,
    validate: bool = True,
) -> Any:
    """Rename a document, or merge it into another one; return the new name.

    `force` renames although the DocType forbids it. Events: before_rename (which may return another name) on the old
    document, after_rename on the new one.
    """
    doc = doc if doc is not None else _existing(doctype, old)
    if not new and new != 0:
        raise ValidationError(frappe._("The new name is missing"))
    renaming = _Renaming(doc, new, bool(force), bool(merge), bool(ignore_permissions))
    if validate:
        renaming.ask_controller()
        renaming.validate(ignore_if_exists)
    if cstr(renaming.old) == cstr(renaming.new):
        return renaming.new
    renaming.run()
    if show_alert:
        frappe.msgprint(
            frappe._("{0} is now called {1}").format(frappe.bold(renaming.old), frappe.bold(renaming.new)),
            alert=True,
            indicator="green",
        )
    return renaming.new


def _existing(doctype: str | None, name: Any) -> Any:
    if not doctype or name in (None, ""):
        raise ValidationError("rename_doc needs a DocType and the old name")
    return frappe.get_doc(doctype, name)


class _Renaming:
    """One document on its way to another name."""

    def __init__(self, doc: Any, new: Any, force: bool, merge: bool, ignore_permissions: bool) -> None:
        self.doc = doc
        self.doctype: str = doc.doctype
        self.old = doc.name
        self.new = new.strip() if isinstance(new, str) else new
        self.force = force
        self.merge = merge
        self.ignore_permissions = ignore_permissions or bool(doc.flags.ignore_permissions)
        self.meta = frappe.get_meta(self.doctype)

    # -------------------------------------------------------------- checks

    def ask_controller(self) -> None:
        answer = self.doc.run_method("before_rename", self.old, self.new, self.merge)
        if isinstance(answer, dict):
            self.new = answer.get("new") or self.new
        elif answer:
            self.new = answer

    def validate(self, ignore_if_exists: bool) -> None:
        target = frappe.db.get_value(self.doctype, self.new, "name", for_update=True)
        only_case = target is not None and cstr(target).casefold() == cstr(self.old).casefold()
        if self.merge and target is None:
            frappe.throw(
                frappe._("{0} {1} does not exist, so nothing can be merged into it").format(
                    frappe._(self.doctype), self.new
                ),
                DoesNotExistError,
            )
        if self.merge and only_case:
            frappe.throw(frappe._("A document cannot be merged into itself"))
        if not self.merge and target is not None and not only_case and not ignore_if_exists:
            frappe.throw(frappe._("Another {0} is called {1} already").format(frappe._(self.doctype), self.new))
        if not self.ignore_permissions and not frappe.has_permission(self.doctype, "write", self.doc):
            frappe.throw(frappe._("You need write permission to rename"), frappe.PermissionError)
        if not (self.force or self.ignore_permissions) and not self.meta.allow_rename:
            frappe.throw(frappe._("{0} may not be renamed").format(frappe._(self.doctype)))
        if self.meta.issingle:
            frappe.throw(frappe._("{0} may not be renamed").format(frappe._(self.doctype)))
        self.new = target if self.merge else self._valid_new_name()

    def _valid_new_name(self) -> Any:
        if (self.meta.autoname or "").lower() == "autoincrement":
            if not cstr(self.new).isdigit():
                frappe.throw(frappe._("{0} is not a number").format(self.new), frappe.NameError)
            return validate_name(self.doctype, cint(self.new))
        return validate_name(self.doctype, cstr(self.new))

    # -------------------------------------------------------------- the work

    def run(self) -> None:
        if self.merge:
            self._join_assignments()
        else:
            self._rename_row()
        self._update_children()
        self._update_links()
        self._update_dynamic_links()
        self._update_user_settings()
        self._update_named_elsewhere()
        new_doc = frappe.get_doc(self.doctype, self.new)
        new_doc.flags.ignore_permissions = self.ignore_permissions or new_doc.flags.ignore_permissions
        new_doc.run_method("after_rename", self.old, self.new, self.merge)
        self._finish(new_doc)

    def _rename_row(self) -> None:
        frappe.db.sql(f"update `tab{self.doctype}` set `name` = %s where `name` = %s", (self.new, self.old))
        autoname = self.meta.autoname or ""
        if autoname.lower().startswith("field:"):
            fieldname = autoname[len("field:") :].strip()
            frappe.db.sql(f"update `tab{self.doctype}` set `{fieldname}` = %s where `name` = %s", (self.new, self.new))
        clear_document_cache(self.doctype, self.old)
        clear_document_cache(self.doctype, self.new)

    def _join_assignments(self) -> None:
        names = frappe.db.sql(
            f"select `name`, `_assign` from `tab{self.doctype}` where `name` in %s", ((self.old, self.new),)
        )
        people = [user for _name, assigned in names for user in json.loads(assigned or "[]")]
        if people:
            frappe.db.sql(
                f"update `tab{self.doctype}` set `_assign` = %s where `name` = %s",
                (json.dumps(list(dict.fromkeys(people))), self.new),
            )

    def _update_children(self) -> None:
        for child in dict.fromkeys(df.options for df in self.meta.get_table_fields()):
            frappe.db.sql(
                f"update `tab{child}` set `parent` = %s where `parent` = %s and `parenttype` = %s",
                (self.new, self.old, self.doctype),
            )

    def _update_links(self) -> None:
        fields = link_fields_to(self.doctype)
        for field in self._holding(fields):
            frappe.db.sql(
                f"update `tab{field.doctype}` set `{field.fieldname}` = %s where `{field.fieldname}` = %s",
                (cstr(self.new), cstr(self.old)),
            )
            clear_document_cache(field.doctype)
        self._update_singles(fields)

    def _update_dynamic_links(self) -> None:
        fields = dynamic_link_fields()
        for field in self._holding(fields):
            frappe.db.sql(
                f"update `tab{field.doctype}` set `{field.fieldname}` = %s"
                f" where `{field.fieldname}` = %s and `{field.selector}` = %s",
                (cstr(self.new), cstr(self.old), self.doctype),
            )
            clear_document_cache(field.doctype)
        self._update_singles(fields)

    def _holding(self, fields: list[LinkField]) -> list[LinkField]:
        """Return the fields in which the old name is stored anywhere."""
        found = {reference.link for reference in find_references(fields, self.doctype, self.old)}
        own = [f for f in fields if f.istable and f.doctype in self._own_tables() and not f.issingle]
        return [field for field in fields if field in found or field in own]

    def _own_tables(self) -> set[str]:
        return {df.options for df in self.meta.get_table_fields()}

    def _update_singles(self, fields: list[LinkField]) -> None:
        for field in single_references(fields, self.doctype, self.old):
            single = frappe.get_doc(field.doctype)
            single.set(field.fieldname, cstr(self.new))
            single.flags.update(ignore_mandatory=True, ignore_permissions=True, ignore_links=True)
            single.save()

    def _update_user_settings(self) -> None:
        from frappe.model.utils.user_settings import rename_in_user_settings

        rename_in_user_settings(self.doctype, cstr(self.old), cstr(self.new), link_fields_to(self.doctype))

    def _update_named_elsewhere(self) -> None:
        for record, type_field, name_field in _NAMED_ELSEWHERE:
            frappe.db.sql(
                f"update `tab{record}` set `{name_field}` = %s where `{type_field}` = %s and `{name_field}` = %s",
                (cstr(self.new), self.doctype, cstr(self.old)),
            )

    def _finish(self, new_doc: Any) -> None:
        from frappe.utils.password import rename_password

        if not self.merge:
            rename_password(self.doctype, cstr(self.old), cstr(self.new))
        text = frappe._("merged {0} into {1}") if self.merge else frappe._("renamed from {0} to {1}")
        new_doc.add_comment("Edit", text.format(frappe.bold(self.old), frappe.bold(self.new)))
        if self.merge:
            frappe.delete_doc(self.doctype, self.old, ignore_permissions=True, force=True)
        clear_document_cache(self.doctype, self.old)
        clear_document_cache(self.doctype, self.new)
        if self.doctype in ("User", "Role"):
            frappe.clear_cache()
        if self.meta.is_nested_set():
            from frappe.utils.nestedset import rebuild_tree

            rebuild_tree(self.doctype)
        frappe.publish_realtime(
            "doc_rename",
            {"doctype": self.doctype, "old": cstr(self.old), "new": cstr(self.new)},
            after_commit=True,
        )


@frappe.whitelist(methods=["POST", "PUT"])
def update_document_title(
    *,
    doctype: str,
    docname: str | int,
    title: str | None = None,
    name: str | None = None,
    merge: bool = False,
    enqueue: bool = False,
    **_kwargs: Any,
) -> Any:
    """Change the title of a document, its name, or both; return the name it has then."""
    doc = frappe.get_doc(doctype, docname)
    doc.check_permission("write")
    title_field = doc.meta.get_title_field()
    if title and title_field != "name" and title != doc.get(title_field):
        doc.set(title_field, title)
        doc.save()
    if name and cstr(name) != cstr(doc.name):
        return rename_doc(doc=doc, new=name, merge=bool(cint(merge)))
    return doc.name


def get_link_fields(doctype: str) -> list[dict[str, Any]]:
    """Return the Link fields of the site that point at a DocType, as `{parent, fieldname, issingle}`."""
    return [
        {"parent": f.doctype, "fieldname": f.fieldname, "issingle": int(f.issingle)} for f in link_fields_to(doctype)
    ]


def bulk_rename(doctype: str, rows: list[list[str]] | None = None, via_console: bool = False) -> list[str] | None:
    """Rename many documents, given as rows of old and new name; return what happened to each."""
    if not rows:
        raise ValidationError(frappe._("Please give the old and the new names"))
    if len(rows) > 500:
        raise ValidationError(frappe._("No more than 500 documents can be renamed at once"))
    said: list[str] = []
    for row in rows:
        if len(row) < 2 or not row[0] or not row[1]:
            said.append(frappe._("Ignored: {0}").format(row))
            continue
        old, new, *options = row
        merge = bool(options and cstr(options[0]).lower() in ("1", "true", "yes"))
        frappe.db.savepoint("bulk_rename")
        try:
            rename_doc(doctype, old, new, merge=merge, rebuild_search=False, show_alert=False)
            said.append(frappe._("Renamed {0} to {1}").format(old, new))
        except (ValidationError, frappe.PermissionError, frappe.NameError) as error:
            frappe.db.rollback(save_point="bulk_rename")
            said.append(frappe._("{0} was not renamed: {1}").format(old, error))
    return None if via_console else said


__all__ = ["get_link_fields", "rename_doc"]
