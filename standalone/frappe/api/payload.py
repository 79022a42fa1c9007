"""What a request sends: query, form and JSON body become `form_dict`; JSON in text parameters becomes values.

Everything here answers bad input with a ValidationError that names it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

from werkzeug.wrappers import Request

from frappe.types import _dict
from frappe.utils.refusals import refuse as refuse

MAX_DEPTH = 64
MAX_INTEGER = 2**63 - 1


def make_form_dict(request: Request) -> _dict:
    """Return the parameters of a request: query and form as text, values of a JSON body with their types.

    The body wins over the query; of a repeated parameter the first counts. A JSON list arrives as `data`.
    """
    parameters = _dict({key: values[0] for key, values in request.args.lists()})
    if _is_json(request):
        parameters.update(read_json_body(request))
    elif request.method not in ("GET", "HEAD"):
        parameters.update({key: values[0] for key, values in request.form.lists()})
    parameters.pop("_", None)
    return parameters


def _is_json(request: Request) -> bool:
    return request.is_json or request.mimetype == "application/json"


def read_json_body(request: Request) -> dict[str, Any]:
    """Return the JSON body as a dict, {} when there is none."""
    raw = request.get_data(cache=True)
    if not raw.strip():
        return {}
    body = load_json(raw, "The body of the request")
    if isinstance(body, list):
        return {"data": body}
    if not isinstance(body, dict):
        refuse(f"The body of the request must be a JSON object, not {_kind(body)}.")
    return body


def load_json(text: str | bytes, what: str) -> Any:
    """Return the value of JSON `text`. `what` names it in the error.

    Refused besides broken syntax: deep nesting, numbers no database holds, lone surrogates.
    """
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        refuse(f"{what} is nested too deeply.")
    except ValueError as error:  # broken syntax, broken UTF-8, numbers with thousands of digits
        position = f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        refuse(f"{what} is not valid JSON{position}.")
    check_value(value, what)
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def check_value(value: Any, what: str, depth: int = 0) -> None:
    """Raise ValidationError for a value that JSON can express and the rest of the system cannot hold."""
    if isinstance(value, str):
        if not value.isascii():
            _check_text(value, what)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            refuse(f"{what} contains a number that is too large.")
    elif isinstance(value, float):
        if not math.isfinite(value):
            refuse(f"{what} contains a number that is too large.")
    elif depth >= MAX_DEPTH:
        refuse(f"{what} is nested too deeply.")
    elif isinstance(value, dict):
        for key, item in value.items():
            check_value(key, what, depth + 1)
            check_value(item, what, depth + 1)
    elif isinstance(value, list):
        for item in value:
            check_value(item, what, depth + 1)


def _check_text(text: str, what: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        refuse(f"{what} contains a character that is not valid Unicode.")


def json_argument(value: Any, name: str, *kinds: type) -> Any:
    """Return a parameter that may come as JSON text or as the value itself; None and "" are None.

    Raises ValidationError unless the value is of one of `kinds`. Text that looks like no JSON is returned as it is
    when `str` is among them.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str) and (str not in kinds or value.lstrip()[:1] in ("[", "{", '"')):
        value = load_json(value, f"Parameter {name}")
    if value is not None and not isinstance(value, kinds):
        refuse(f"Parameter {name} must be {' or '.join(_KINDS.get(k, k.__name__) for k in kinds)}, not {_kind(value)}.")
    return _dict(value) if type(value) is dict else value


def document_argument(value: Any, name: str = "doc") -> dict[str, Any]:
    """Return a document given as a JSON object. Raises ValidationError for anything else."""
    document = json_argument(value, name, dict)
    if document is None:
        refuse(f"Parameter {name} is missing.")
    return dict(document)


def whole_number(value: Any, name: str, default: int | None = None, maximum: int | None = None) -> int | None:
    """Return a parameter as a number from 0 to `maximum`. Raises ValidationError for words and negative numbers."""
    if value is None or value == "":
        return default
    try:
        number = int(str(value).strip()) if len(str(value)) < 20 else -1
    except ValueError:
        refuse(f"Parameter {name} must be a whole number.")
    if number < 0 or number > MAX_INTEGER:
        refuse(f"Parameter {name} must be a whole number, zero or greater.")
    return number if maximum is None else min(number, maximum)


_KINDS: Mapping[type, str] = {dict: "an object", list: "a list", str: "text", int: "a number", bool: "true or false"}


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return _KINDS.get(type(value), type(value).__name__)
