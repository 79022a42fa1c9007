"""Apps' modules: the files that describe DocTypes and other documents, and the Python modules beside them.

Import is `frappe.modules.import_file`, export `frappe.modules.export_file`, patches `frappe.modules.patch_handler`.
"""

from frappe.modules.utils import (
    export_doc,
    get_doc_path,
    get_doctype_module,
    get_module_app,
    get_module_path,
    get_scrubbed_module,
    load_doctype_module,
    reload_doc,
    reload_doctype,
    scrub,
    scrub_dt_dn,
)

__all__ = [
    "export_doc",
    "get_doc_path",
    "get_doctype_module",
    "get_module_app",
    "get_module_path",
    "get_scrubbed_module",
    "load_doctype_module",
    "reload_doc",
    "reload_doctype",
    "scrub",
    "scrub_dt_dn",
]
