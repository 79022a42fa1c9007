"""The documented address of the checks that live in `frappe.argument_types`."""

from frappe.argument_types import transform_parameter_types, validate_argument_types
from frappe.exceptions import FrappeTypeError

__all__ = ["FrappeTypeError", "transform_parameter_types", "validate_argument_types"]
