"""Who may do what: roles, rules, owners, user permissions, shares and the hooks of apps.

`get_doc_permissions` answers for one document, `build_match_conditions` says the same as an SQL condition for lists;
the tests run both over the same people and documents. `frappe.share` keeps shares, `frappe.model.meta` the rules.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import frappe
from frappe.apps import mapping_of_hook
from frappe.cache import shared_cache
from frappe.context import current_state
from frappe.types import _dict
from frappe.utils import cint, cstr

rights = (
    "select",
    "read",
    "write",
    "create",
    "delete",
    "submit",
    "cancel",
    "amend",
    "print",
    "email",
    "report",
    "import",
    "export",
    "share",
)

GUEST_ROLE = "Guest"
ALL_USER_ROLE = "All"
SYSTEM_USER_ROLE = "Desk User"
ADMIN_ROLE = "Administrator"
AUTOMATIC_ROLES = (GUEST_ROLE, ALL_USER_ROLE, SYSTEM_USER_ROLE, ADMIN_ROLE)

_SHARED_RIGHTS = ("read", "write", "share", "submit", "email", "print")
_OWNER_SEES = ("select", "read")

Permissions = dict[str, Any]


# ---------------------------------------------------------------------- roles


def get_roles(user: str | None = None, with_standard: bool = True) -> list[str]:
    """Return the roles of `user` (the session user); `with_standard=False` leaves the automatic ones out.

    Administrator has every role there is. Cached per user until the User is saved.
    """
    user = user or frappe.session.user
    if not user or user == "Guest":
        roles = [GUEST_ROLE]
    else:
        roles = shared_cache.hget("roles", user)
        if roles is None:
            roles = _read_roles(user)
            shared_cache.hset("roles", user, roles)
    if with_standard:
        return list(roles)
    return [role for role in roles if role not in AUTOMATIC_ROLES]


def get_roles_public(username: str | None = None, *, user: str | None = None) -> list[str]:
    """Return the roles of a user (the session user), the automatic ones included. `user` is an alias of `username`."""
    return get_roles(username or user)


def _read_roles(user: str) -> list[str]:
    if user == "Administrator":
        return [cstr(role) for role in frappe.db.sql_list("select `name` from `tabRole`")]
    rows = frappe.db.sql(
        "select `role`, (select `user_type` from `tabUser` where `name` = %(user)s) from `tabHas Role`"
        " where `parent` = %(user)s and `parenttype` = 'User'"
        " union select null, `user_type` from `tabUser` where `name` = %(user)s",
        {"user": user},
    )
    roles = [row[0] for row in rows if row[0] and row[0] not in AUTOMATIC_ROLES]
    roles += [ALL_USER_ROLE, GUEST_ROLE]
    if any(row[1] == "System User" for row in rows):
        roles.append(SYSTEM_USER_ROLE)
    return list(dict.fromkeys(roles))


def is_system_user(user: str | None = None) -> bool:
    return bool(frappe.get_cached_value("User", user or frappe.session.user, "user_type") == "System User")


def only_for(roles: str | Iterable[str], message: bool = False) -> None:
    """Raise PermissionError unless the session user has one of `roles`. Administrator and tests always pass."""
    if frappe.local.flags.in_test or frappe.session.user == "Administrator":
        return
    wanted = {roles} if isinstance(roles, str) else set(roles)
    if wanted.isdisjoint(get_roles()):
        names = ", ".join(frappe._(role) for role in sorted(wanted))
        text = frappe._("This is only for {0}").format(frappe.bold(names))
        if message:
            frappe.msgprint(text, title=frappe._("Not allowed"), indicator="red")
        raise frappe.PermissionError(text)


# ---------------------------------------------------------------------- the question


def has_permission_public(
    doctype: Any = None,
    ptype: str = "read",
    doc: Any = None,
    user: str | None = None,
    throw: bool = False,
    *,
    parent_doctype: str | None = None,
    debug: bool = False,
    verbose: bool = False,
    ignore_share_permissions: bool = False,
) -> bool:
    """Tell whether `user` has the right `ptype` on a DocType or on one document.

    `doctype` may be the document itself; `doc` may be a name. With `throw` a refusal raises PermissionError.
    """
    if not doctype and doc is not None and not isinstance(doc, str | int):
        doctype = doc.doctype
    if not isinstance(doctype, str) and doctype is not None:
        doc, doctype = doctype, doctype.doctype
    allowed = has_permission(
        doctype,
        ptype,
        doc=doc,
        user=user,
        print_logs=throw,
        parent_doctype=parent_doctype,
        debug=debug,
        ignore_share_permissions=ignore_share_permissions,
    )
    if throw and not allowed:
        _refuse(doctype, doc)
    return allowed


def _refuse(doctype: str, doc: Any) -> None:
    what = frappe._(doctype)
    name = doc if isinstance(doc, str | int) else getattr(doc, "name", None)
    if name:
        what = f"{what} {name}"
    frappe.flags.error_message = frappe._("No permission for {0}").format(what)
    raise frappe.PermissionError(frappe.flags.error_message)


def has_permission(
    doctype: str,
    ptype: str = "read",
    doc: Any = None,
    user: str | None = None,
    raise_exception: bool = True,
    *,
    parent_doctype: str | None = None,
    debug: bool = False,
    print_logs: bool = True,
    ignore_share_permissions: bool = False,
) -> bool:
    """Tell whether `user` has the right `ptype`; never raises.

    `raise_exception` and `print_logs` are accepted because both release lines have one of them.
    """
    user = user or frappe.session.user
    if user == "Administrator":
        return True
    if ptype == "share" and cint(frappe.get_system_settings("disable_document_sharing")):
        return False
    if not doctype and doc is not None:
        doctype = doc.doctype
    meta = frappe.get_meta(doctype)
    if meta.istable:
        return has_child_permission(doctype, ptype, doc, user, parent_doctype=parent_doctype, debug=debug)
    if isinstance(doc, str | int) and doc != "":
        doc = frappe.get_doc(doctype, doc)
    if doc:
        allowed = bool(get_doc_permissions(doc, user=user, ptype=ptype).get(ptype))
    else:
        allowed = _possible(meta, ptype) and bool(get_role_permissions(meta, user=user).get(ptype))
    if not allowed and not ignore_share_permissions:
        allowed = _has_shared(doctype, ptype, doc, user)
    if not allowed and debug:
        frappe.log(f"{user} has no {ptype} permission on {doctype} {getattr(doc, 'name', '')}".rstrip())
    return allowed


def _possible(meta: Any, ptype: str) -> bool:
    if ptype == "submit":
        return bool(meta.is_submittable)
    return bool(meta.allow_import) if ptype == "import" else True


def _has_shared(doctype: str, ptype: str, doc: Any, user: str) -> bool:
    """A share gives read, write, share and submit; with read come print and email."""
    if ptype not in _SHARED_RIGHTS:
        return False
    right = "read" if ptype in ("email", "print") else ptype
    get_shared = frappe.share.get_shared
    if not doc:
        return bool(get_shared(doctype, user, rights=[right], limit=1))
    name = cstr(doc.name)
    return bool(name) and bool(get_shared(doctype, user, rights=[right], filters=[["share_name", "=", name]], limit=1))


def has_child_permission(
    doctype: str,
    ptype: str = "read",
    child_doc: Any = None,
    user: str | None = None,
    raise_exception: bool = True,
    *,
    parent_doctype: str | None = None,
    debug: bool = False,
    print_logs: bool = True,
) -> bool:
    """Tell whether a row of a table may be read or changed: that is up to its parent.

    Rows are created and deleted by those who may write the parent.
    """
    user = user or frappe.session.user
    if isinstance(child_doc, str | int) and child_doc != "":
        child_doc = frappe.db.get_value(doctype, child_doc, ("parent", "parenttype", "parentfield"), as_dict=True)
    parent_doctype = (child_doc.get("parenttype") if child_doc else None) or parent_doctype
    if not parent_doctype:
        return False
    parent_meta = frappe.get_meta(parent_doctype)
    tables = [df for df in parent_meta.get_table_fields() if df.options == doctype]
    if parent_meta.istable or not tables:
        return False
    if child_doc and not _may_see_table(parent_meta, child_doc, tables, ptype, user):
        return False
    if ptype in ("create", "delete"):
        ptype = "write"
    parent = _parent_of(child_doc, parent_doctype)
    return has_permission(parent_doctype, ptype, doc=parent, user=user, debug=debug)


def _may_see_table(parent_meta: Any, child_doc: Any, tables: list[Any], ptype: str, user: str) -> bool:
    fieldname = child_doc.get("parentfield")
    df = next((df for df in tables if df.fieldname == fieldname), None)
    if df is None:
        return not fieldname
    level = cint(df.permlevel)
    right = "write" if ptype not in ("read", "select", "report", "export", "print", "email") else "read"
    return level == 0 or level in parent_meta.get_permlevel_access(right, user=user)


def _parent_of(child_doc: Any, parent_doctype: str) -> Any:
    if not child_doc:
        return None
    parent = getattr(child_doc, "parent_doc", None)
    if parent is not None:
        return parent
    name = child_doc.get("parent")
    return frappe.get_doc(parent_doctype, name) if name and frappe.db.exists(parent_doctype, name) else None


# ---------------------------------------------------------------------- one document


def get_doc_permissions(
    doc: Any, user: str | None = None, ptype: str | None = None, debug: bool = False
) -> Permissions:
    """Return `{right: 0 or 1}` of `user` on a document; `{ptype: 0}` when a hook of an app refuses."""
    user = user or frappe.session.user
    if user == "Administrator":
        return allow_everything()
    if has_controller_permissions(doc, ptype or "read", user=user, debug=debug) is False:
        return {ptype or "read": 0}
    meta = frappe.get_meta(doc.doctype)
    is_owner = _is_owner(doc, user)
    permissions: Permissions = dict(get_role_permissions(meta, user=user, is_owner=is_owner))
    for right in ("submit", "import"):
        if not _possible(meta, right):
            permissions[right] = 0
    if is_owner:
        permissions.update({right: 1 for right, granted in permissions["if_owner"].items() if granted})
    else:
        for right in _OWNER_SEES:
            if permissions["if_owner"].get(right) and not permissions["without_owner"].get(right):
                permissions[right] = 0
    if not has_user_permission(doc, user):
        permissions = {**permissions["if_owner"], "create": 0} if is_owner else {}
    return permissions


def _is_owner(doc: Any, user: str) -> bool:
    return bool(doc.get("owner")) and cstr(doc.get("owner")).casefold() == user.casefold()


def allow_everything() -> Permissions:
    return dict.fromkeys(rights, 1)


def get_role_permissions(doctype_meta: Any, user: str | None = None, is_owner: bool | None = None) -> _dict:
    """Return `{right: 0 or 1}` that the roles of `user` give on a DocType, without regard to any document.

    Besides, `if_owner` holds the rights that count for own documents only, `has_if_owner_enabled` tells whether there
    are any, and `without_owner` the rights that count for all documents. A right to read that is limited to own
    documents counts here, because lists filter them.
    """
    meta = frappe.get_meta(doctype_meta) if isinstance(doctype_meta, str) else doctype_meta
    user = user or frappe.session.user
    if user == "Administrator":
        return _dict(allow_everything(), if_owner={}, has_if_owner_enabled=False, without_owner=allow_everything())
    known = current_state().role_permissions
    key = (meta.name, user)
    if key not in known:
        known[key] = _work_out_role_permissions(meta, set(get_roles(user)))
    return known[key]  # type: ignore[no-any-return]


def _work_out_role_permissions(meta: Any, roles: set[str]) -> _dict:
    rules = [rule for rule in meta.permissions if rule.role in roles and not cint(rule.permlevel)]
    general = {right: int(any(cint(r.get(right)) for r in rules if not cint(r.if_owner))) for right in rights}
    owned = {
        right: 1
        for right in rights
        if right != "create" and not general[right] and any(cint(r.get(right)) for r in rules if cint(r.if_owner))
    }
    result = _dict(general)
    result["create"] = int(any(cint(r.get("create")) for r in rules))
    for right in _OWNER_SEES:
        if owned.get(right):
            result[right] = 1
    result.if_owner = owned
    result.has_if_owner_enabled = any(cint(r.if_owner) for r in rules)
    result.without_owner = general
    return result


def has_controller_permissions(doc: Any, ptype: str, user: str | None = None, debug: bool = False) -> bool:
    """Ask the `has_permission` hooks of apps, the last registered first; True unless one of them refuses.

    A hook that returns nothing refuses, as in the current release line.
    """
    user = user or frappe.session.user
    hooks = mapping_of_hook("has_permission")
    paths = [*hooks.get(doc.doctype, []), *hooks.get("*", [])]
    for path in reversed(paths):
        if not _call_accepted(frappe.get_attr(path), doc=doc, ptype=ptype, user=user, debug=debug):
            return False
    return True


def _call_accepted(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call with those keyword arguments that the function takes."""
    parameters = inspect.signature(function).parameters
    if not any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        kwargs = {key: value for key, value in kwargs.items() if key in parameters}
    return function(*args, **kwargs)


# ---------------------------------------------------------------------- user permissions


def get_user_permissions(user: str | None = None) -> dict[str, list[_dict]]:
    """Return `{DocType: [{doc, applicable_for, is_default}]}` that restrict `user`; descendants are included."""
    user = user or frappe.session.user
    if not user or user in frappe.STANDARD_USERS:
        return {}
    found = frappe.cache.hget("user_permissions", user)
    if found is None:
        found = _read_user_permissions(user)
        frappe.cache.hset("user_permissions", user, found)
    return found  # type: ignore[no-any-return]


def _read_user_permissions(user: str) -> dict[str, list[_dict]]:
    rows = frappe.db.sql(
        "select `allow`, `for_value`, `applicable_for`, `is_default`, `hide_descendants` from `tabUser Permission`"
        " where `user` = %s order by `creation`",
        (user,),
        as_dict=True,
    )
    found: dict[str, list[_dict]] = {}
    for row in rows:
        rules = found.setdefault(row.allow, [])
        rules.append(_dict(doc=row.for_value, applicable_for=row.applicable_for, is_default=row.is_default))
        if not cint(row.hide_descendants) and frappe.get_meta(row.allow).is_nested_set():
            for name in frappe.db.get_descendants(row.allow, row.for_value):
                rules.append(_dict(doc=name, applicable_for=row.applicable_for, is_default=0))
    return found


def get_allowed_docs_for_doctype(user_permissions: Iterable[Mapping[str, Any]], doctype: str) -> list[str]:
    """Return the documents that a list of user permissions allows when it is applied to `doctype`."""
    return [rule["doc"] for rule in user_permissions if rule.get("applicable_for") in (None, "", doctype)]


def filter_allowed_docs_for_doctype(
    user_permissions: Iterable[Mapping[str, Any]], doctype: str, with_default_doc: bool = True
) -> Any:
    """Return the allowed documents, and the default one among them."""
    rules = [rule for rule in user_permissions if rule.get("applicable_for") in (None, "", doctype)]
    allowed = [rule["doc"] for rule in rules]
    default = next((rule["doc"] for rule in rules if cint(rule.get("is_default"))), None)
    if default is None and len(allowed) == 1:
        default = allowed[0]
    return (allowed, default) if with_default_doc else allowed


def has_user_permission(doc: Any, user: str | None = None, debug: bool = False, *, ptype: str | None = None) -> bool:
    """Tell whether the user permissions of `user` let this document through, by its name and by its links."""
    permissions = get_user_permissions(user)
    if not permissions:
        return True
    doctype = doc.get("doctype")
    if doctype in permissions:
        allowed = get_allowed_docs_for_doctype(permissions[doctype], doctype)
        if allowed and not _among(doc.get("name"), allowed):
            return False
    strict = _is_strict(doc)
    children = doc.get_all_children() if hasattr(doc, "get_all_children") else ()
    return all(_links_allowed(one, permissions, doctype, strict) for one in (doc, *children))


def _is_strict(doc: Any) -> bool:
    return not frappe.get_meta(doc.get("doctype")).issingle and bool(
        cint(frappe.get_system_settings("apply_strict_user_permissions"))
    )


def _among(value: Any, allowed: Iterable[Any]) -> bool:
    folded = cstr(value).casefold()
    return any(cstr(one).casefold() == folded for one in allowed)


def _links_allowed(doc: Any, permissions: dict[str, list[_dict]], doctype: str, strict: bool) -> bool:
    for df in _restricted_links(frappe.get_meta(doc.get("doctype")), permissions):
        allowed = get_allowed_docs_for_doctype(permissions[df.options], doctype)
        value = doc.get(df.fieldname)
        if not allowed or (not value and not strict):
            continue
        if not _among(value, allowed):
            return False
    return True


def _restricted_links(meta: Any, permissions: Mapping[str, Any]) -> list[Any]:
    return [
        df
        for df in meta.get_link_fields()
        if df.options in permissions and not cint(df.ignore_user_permissions) and not df.is_virtual
    ]


def add_user_permission(
    doctype: str,
    name: Any,
    user: str,
    ignore_permissions: bool = False,
    applicable_for: str | None = None,
    is_default: int = 0,
    hide_descendants: int = 0,
    apply_to_all_doctypes: int | None = None,
) -> None:
    """Restrict `user` to this document of `doctype`; does nothing when that is so already."""
    rules = get_user_permissions(user).get(doctype, [])
    if any(_among(rule.doc, [name]) and rule.applicable_for == applicable_for for rule in rules):
        return
    frappe.get_doc(
        {
            "doctype": "User Permission",
            "user": user,
            "allow": doctype,
            "for_value": name,
            "is_default": is_default,
            "applicable_for": applicable_for,
            "apply_to_all_doctypes": 0 if applicable_for else 1,
            "hide_descendants": hide_descendants,
        }
    ).insert(ignore_permissions=ignore_permissions)


def remove_user_permission(doctype: str, name: Any, user: str) -> None:
    record = frappe.db.get_value("User Permission", {"user": user, "allow": doctype, "for_value": name})
    if record:
        frappe.delete_doc("User Permission", record)


def clear_user_permissions_for_doctype(doctype: str, user: str | None = None) -> None:
    filters = {"allow": doctype}
    if user:
        filters["user"] = user
    for record in frappe.get_all("User Permission", filters=filters, pluck="name"):
        frappe.delete_doc("User Permission", record)


# ---------------------------------------------------------------------- lists


def build_match_conditions(
    doctype: str,
    user: str | None = None,
    parent_doctype: str | None = None,
    *,
    ignore_user_permissions: bool = False,
    ptype: str = "read",
) -> str:
    """Return the SQL condition for the rows of `doctype` that `user` may read, "" when all of them.

    Whoever reads by if_owner rules alone sees own documents; those pass user permissions, as they do when opened.
    Raises PermissionError when the user may not see any. The rows of a child table need `parent_doctype`, whose rules
    decide; conditions on single rows are then the parent's business.
    """
    user = user or frappe.session.user
    if user == "Administrator":
        return _with_hooks(doctype, user, "")
    meta = frappe.get_meta(doctype)
    if meta.istable:
        return _child_condition(doctype, user, parent_doctype)
    permissions = get_role_permissions(meta, user=user)
    shared = frappe.share.get_shared(doctype, user)
    right = next((right for right in (ptype, "read", "select") if permissions.get(right)), None)
    if right is None:
        if not shared:
            _refuse(doctype, None)
        return _names_condition(doctype, shared)
    for_owner = bool(permissions.if_owner.get(right))
    owned = f"`tab{doctype}`.`owner` = {_escaped([user])}"
    conditions = [owned] if for_owner else []
    if not ignore_user_permissions:
        allowed = _user_permission_condition(meta, user)
        conditions.append(f"({allowed}) or {owned}" if allowed and for_owner else allowed)
    condition = _with_hooks(doctype, user, _all_of(conditions))
    if condition and shared:
        return f"(({condition}) or {_names_condition(doctype, shared)})"
    return condition


def _child_condition(doctype: str, user: str, parent_doctype: str | None) -> str:
    if not parent_doctype:
        raise frappe.PermissionError(
            frappe._("To list {0}, the DocType they belong to must be given").format(frappe._(doctype))
        )
    if not has_child_permission(doctype, "read", user=user, parent_doctype=parent_doctype):
        _refuse(doctype, None)
    condition = build_match_conditions(parent_doctype, user)
    table = f"`tab{doctype}`"
    parents = f"{table}.`parenttype` = {frappe.db.escape(parent_doctype)}"
    if condition:
        parent = f"`tab{parent_doctype}`"
        parents += f" and {table}.`parent` in (select {parent}.`name` from {parent} where {condition})"
    return _all_of([f"({parents})", _with_hooks(doctype, user, "")])


def _all_of(conditions: Iterable[str]) -> str:
    present = [condition for condition in conditions if condition]
    return present[0] if len(present) == 1 else " and ".join(f"({c})" for c in present)


def _escaped(values: Iterable[Any]) -> str:
    return ", ".join(frappe.db.escape(cstr(value), percent=False) for value in values)


def _names_condition(doctype: str, names: Iterable[str]) -> str:
    return f"`tab{doctype}`.`name` in ({_escaped(sorted(names))})"


def _user_permission_condition(meta: Any, user: str) -> str:
    """Name and links, those of rows too, must be among what the user permissions allow."""
    restrictions = get_user_permissions(user)
    if not restrictions:
        return ""
    table = f"`tab{meta.name}`"
    strict = bool(cint(frappe.get_system_settings("apply_strict_user_permissions")))
    conditions: list[str] = []
    if meta.name in restrictions:
        allowed = get_allowed_docs_for_doctype(restrictions[meta.name], meta.name)
        if allowed:
            conditions.append(f"{table}.`name` in ({_escaped(allowed)})")
    for df in _restricted_links(meta, restrictions):
        allowed = get_allowed_docs_for_doctype(restrictions[df.options], meta.name)
        if allowed:
            conditions.append(_link_condition(f"{table}.`{df.fieldname}`", allowed, strict))
    conditions.extend(_row_conditions(meta, restrictions, strict))
    return _all_of(conditions)


def _link_condition(column: str, allowed: list[str], strict: bool) -> str:
    condition = f"{column} in ({_escaped(allowed)})"
    return condition if strict else f"(ifnull({column}, '') = '' or {condition})"


def _row_conditions(meta: Any, restrictions: Mapping[str, Any], strict: bool) -> list[str]:
    """A document with a row that links to something forbidden is left out, as it is when it is opened."""
    conditions: list[str] = []
    for doctype in dict.fromkeys(df.options for df in meta.get_table_fields()):
        child = frappe.get_meta(doctype)
        for df in _restricted_links(child, restrictions):
            allowed = get_allowed_docs_for_doctype(restrictions[df.options], meta.name)
            if not allowed:
                continue
            bad = f"ifnull(`r`.`{df.fieldname}`, '') not in ({_escaped(allowed)})"
            if not strict:
                bad += f" and ifnull(`r`.`{df.fieldname}`, '') != ''"
            conditions.append(
                f"not exists (select 1 from `tab{doctype}` as `r` where `r`.`parent` = `tab{meta.name}`.`name`"
                f" and `r`.`parenttype` = {_escaped([meta.name])} and {bad})"
            )
    return conditions


def _with_hooks(doctype: str, user: str, condition: str) -> str:
    return _all_of([condition, *get_permission_query_conditions(doctype, user)])


def get_permission_query_conditions(doctype: str, user: str | None = None) -> list[str]:
    """Return what the `permission_query_conditions` hooks of apps demand of the rows, one condition per hook."""
    user = user or frappe.session.user
    hooks = mapping_of_hook("permission_query_conditions")
    conditions: list[str] = []
    for path in (*hooks.get(doctype, ()), *hooks.get("*", ())):
        answer = _call_accepted(frappe.get_attr(path), user, doctype=doctype)
        if hasattr(answer, "get_sql"):
            from frappe.query_builder.rendering import literal_sql

            answer = literal_sql(answer)
        if answer:
            conditions.append(cstr(answer))
    return conditions


def only_has_select_perm(doctype: str, user: str | None = None, ignore_permissions: bool = False) -> bool:
    """Tell whether the user may choose documents of this DocType in a Link field, but not read them."""
    if ignore_permissions:
        return False
    permissions = get_role_permissions(doctype, user=user)
    return bool(permissions.get("select") and not permissions.get("read"))


# ---------------------------------------------------------------------- summaries


def get_valid_perms(doctype: str | None = None, user: str | None = None) -> list[Any]:
    """Return the permission rows that apply to `user`: custom ones where a DocType has any, else its own."""
    roles = get_roles(user)
    conditions = " and `parent` = %(doctype)s" if doctype else ""
    values = {"roles": tuple(roles) or ("",), "doctype": doctype}
    custom = frappe.db.sql(
        f"select * from `tabCustom DocPerm` where `role` in %(roles)s{conditions}", values, as_dict=True
    )
    replaced = set(frappe.db.sql_list("select distinct `parent` from `tabCustom DocPerm`"))
    standard = frappe.db.sql(f"select * from `tabDocPerm` where `role` in %(roles)s{conditions}", values, as_dict=True)
    return [*custom, *(row for row in standard if row.parent not in replaced)]


def get_all_perms(role: str) -> list[Any]:
    """Return the permission rows that a role has."""
    standard = frappe.get_all("DocPerm", fields="*", filters={"role": role})
    custom = frappe.get_all("Custom DocPerm", fields="*", filters={"role": role})
    replaced = set(frappe.get_all("Custom DocPerm", pluck="parent", distinct=True))
    return [*(row for row in standard if row.parent not in replaced), *custom]


def get_doctype_roles(doctype: str, access_type: str = "read") -> list[str]:
    """Return the roles that have a right on a DocType (at level 0)."""
    rules = frappe.get_meta(doctype).permissions
    return list(dict.fromkeys(r.role for r in rules if cint(r.get(access_type)) and not cint(r.permlevel)))


def get_doctypes_with_read(user: str | None = None) -> list[str]:
    """Return the DocTypes that the roles of `user` may read."""
    rows = get_valid_perms(user=user)
    return list(dict.fromkeys(cstr(row.parent) for row in rows if cint(row.read) and not cint(row.permlevel)))


def get_doctypes_with_custom_docperms() -> list[str]:
    return list(frappe.db.sql_list("select distinct `parent` from `tabCustom DocPerm`"))


def can_import(doctype: str, raise_exception: bool = False) -> bool:
    return _may(doctype, "import", raise_exception)


def can_export(doctype: str, raise_exception: bool = False) -> bool:
    if "System Manager" in get_roles():
        return True
    permissions = get_role_permissions(doctype)
    allowed = bool(permissions.get("export")) or bool(permissions.if_owner.get("export"))
    if not allowed and raise_exception:
        _refuse(doctype, None)
    return allowed


def _may(doctype: str, ptype: str, raise_exception: bool) -> bool:
    allowed = "System Manager" in get_roles() or has_permission(doctype, ptype)
    if not allowed and raise_exception:
        _refuse(doctype, None)
    return allowed


def check_doctype_permission(doctype: str, ptype: str = "read") -> None:
    """Raise PermissionError unless the session user has a right on a DocType, directly or by some share."""
    has_permission_public(doctype, ptype, throw=True)


def handle_does_not_exist_error(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function answer "no permission" where a document does not exist and the caller may not know that."""
    from functools import wraps

    @wraps(fn)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        except frappe.DoesNotExistError as error:
            doctype = getattr(error, "doctype", None)
            if doctype and not has_permission(doctype):
                raise frappe.PermissionError(frappe._("No permission for {0}").format(frappe._(doctype))) from None
            raise

    return guarded


# ---------------------------------------------------------------------- changing rules


def setup_custom_perms(parent: str) -> bool:
    """Copy the rules of a DocType to Custom DocPerm if it has none there; tell whether that was needed."""
    if frappe.db.exists("Custom DocPerm", {"parent": parent}):
        return False
    copy_perms(parent)
    return True


def copy_perms(parent: str) -> None:
    for rule in frappe.get_all("DocPerm", fields="*", filters={"parent": parent}, order_by="idx asc"):
        values = {key: rule[key] for key in ("role", "if_owner", "permlevel", *rights) if key in rule}
        custom = frappe.new_doc("Custom DocPerm").update({**values, "parent": parent})
        custom.insert(ignore_permissions=True, ignore_links=True)


def reset_perms(doctype: str) -> None:
    """Let the rules in a DocType's file count again."""
    for name in frappe.get_all("Custom DocPerm", filters={"parent": doctype}, pluck="name"):
        frappe.delete_doc("Custom DocPerm", name, ignore_permissions=True, force=True, delete_permanently=True)
    frappe.clear_cache(doctype=doctype)


def add_permission(doctype: str, role: str, permlevel: int = 0, ptype: str | None = None) -> Any:
    """Give a role a right ("read" by default) on a DocType; says so when it has a rule on that level already."""
    setup_custom_perms(doctype)
    filters = {"parent": doctype, "role": role, "permlevel": permlevel, "if_owner": 0}
    if frappe.db.get_value("Custom DocPerm", filters):
        frappe.msgprint(
            frappe._("The role {0} has a rule on level {1} of {2} already").format(role, permlevel, doctype)
        )
        return None
    right = ptype or "read"
    rule = frappe.get_doc(
        {
            "doctype": "Custom DocPerm",
            **dict.fromkeys(rights, 0),
            "parent": doctype,
            "role": role,
            "permlevel": permlevel,
            right: 1,
        }
    ).insert(ignore_permissions=True)
    validate_permissions_for_doctype(doctype)
    return rule


def update_permission_property(
    doctype: str,
    role: str,
    permlevel: Any,
    ptype: str,
    value: Any = None,
    validate: bool = True,
    if_owner: Any = 0,
) -> bool:
    """Set one right of a role's rule on a DocType; tell whether the DocType's own rules were copied for that."""
    if ptype not in (*rights, "if_owner", "mask"):
        raise frappe.ValidationError(f"{ptype!r} is not a right; rights are {', '.join(rights)}")
    copied = setup_custom_perms(doctype)
    filters = {"parent": doctype, "role": role, "permlevel": cint(permlevel), "if_owner": cint(if_owner)}
    name = frappe.get_value("Custom DocPerm", filters)
    if not name:
        frappe.throw(
            frappe._("The role {0} has no rule on level {1} of {2}").format(role, cint(permlevel), doctype),
            frappe.DoesNotExistError,
        )
    frappe.db.set_value("Custom DocPerm", name, ptype, cint(value))
    if validate:
        validate_permissions_for_doctype(doctype)
    frappe.clear_cache(doctype=doctype)
    return copied


def validate_permissions_for_doctype(doctype: str, for_remove: bool = False, alert: bool = False) -> None:
    """Check the rules of a DocType as they are now, and forget what was cached of them."""
    from frappe.core.doctype.doctype.permission_rules import check_rules

    frappe.clear_cache(doctype=doctype)
    check_rules(frappe.get_meta(doctype), for_remove=for_remove, alert=alert)


def get_linked_doctypes(dt: str) -> list[str]:
    """Return the DocType and those its Link fields and rows point at."""
    meta = frappe.get_meta(dt)
    linked = [dt, *(df.options for df in meta.get_link_fields())]
    for df in meta.get_table_fields():
        linked.extend(link.options for link in frappe.get_meta(df.options).get_link_fields())
    return list(dict.fromkeys(linked))


# ---------------------------------------------------------------------- portal pages


def has_website_permission(
    doc: Any = None, ptype: str = "read", user: str | None = None, verbose: bool = False, doctype: str | None = None
) -> bool:
    """Tell whether a portal page may show a document: all hooks must agree; without hooks its controller decides."""
    user = user or frappe.session.user
    if doc is not None and isinstance(doc, str | int):
        doc = frappe.get_doc(doctype, doc)
    doctype = doc.doctype if doc is not None else doctype
    if doc is not None and doc.flags.ignore_permissions:
        return True
    paths = mapping_of_hook("has_website_permission").get(doctype, [])
    if paths:
        return all(_call_accepted(frappe.get_attr(path), doc, ptype, user, verbose=verbose) for path in paths)
    method = getattr(doc, "has_website_permission", None)
    return bool(method(ptype, user, verbose=verbose)) if callable(method) else False


__all__ = [
    "add_permission",
    "add_user_permission",
    "can_export",
    "can_import",
    "clear_user_permissions_for_doctype",
    "copy_perms",
    "get_all_perms",
    "get_doc_permissions",
    "get_doctype_roles",
    "get_doctypes_with_read",
    "get_role_permissions",
    "get_roles",
    "get_user_permissions",
    "get_valid_perms",
    "has_permission",
    "has_user_permission",
    "has_website_permission",
    "is_system_user",
    "only_for",
    "remove_user_permission",
    "reset_perms",
    "rights",
    "setup_custom_perms",
    "update_permission_property",
]
