"""Check and convert the arguments of whitelisted functions by their type hints.

The rules are lax where a form can only send text: `"5"` becomes 5 for an `int`, ISO text becomes a date. A number never
becomes text and JSON text never becomes a list or dict; write `str | int` or `str | dict` and parse it yourself. Every
annotation is compiled once into a converter.
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache, wraps
from typing import Annotated, Any, ForwardRef, Literal, NewType, TypeVar, Union, get_args, get_origin, get_type_hints
from typing import is_typeddict as _is_typeddict
from uuid import UUID

from frappe.exceptions import FrappeTypeError

Converter = Callable[[Any], Any]

TRUE_WORDS = frozenset({"true", "yes", "on"})
FALSE_WORDS = frozenset({"false", "no", "off"})
MAX_NUMBER_LENGTH = 40
"""Longer text is no number anybody means; int() takes quadratic time on it."""


class Mismatch(Exception):
    """A value does not fit an annotation."""


def convert_int(value: Any) -> int:
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    if isinstance(value, str) and len(value) <= MAX_NUMBER_LENGTH:
        return int(_number(int, value))
    raise Mismatch


def convert_float(value: Any) -> float:
    if isinstance(value, int | float | Decimal):
        return float(_number(float, value))
    if isinstance(value, str) and len(value) <= MAX_NUMBER_LENGTH:
        number = float(_number(float, value))
        if number - number == 0:  # neither infinite nor NaN
            return number
    raise Mismatch


def _number(kind: Callable[[Any], Any], value: Any) -> Any:
    try:
        return kind(value.strip() if isinstance(value, str) else value)
    except (ValueError, OverflowError) as error:
        raise Mismatch from error


def convert_bool(value: Any) -> bool | int | float:
    """Accept booleans and numbers; digits stay numbers, words become booleans."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        word = value.strip().lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        try:
            return convert_int(value)
        except Mismatch:
            return convert_float(value)
    raise Mismatch


def convert_str(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes | bytearray):
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise Mismatch from error
    raise Mismatch


def convert_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _iso(date.fromisoformat, value)  # type: ignore[no-any-return]
    raise Mismatch


def convert_datetime(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str):
        return _iso(datetime.fromisoformat, value)  # type: ignore[no-any-return]
    raise Mismatch


def convert_time(value: Any) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, str):
        return _iso(time.fromisoformat, value)  # type: ignore[no-any-return]
    raise Mismatch


def _iso(parse: Callable[[str], Any], value: str) -> Any:
    try:
        return parse(value.strip())
    except ValueError as error:
        raise Mismatch from error


def convert_timedelta(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    try:
        return timedelta(seconds=convert_float(value))
    except OverflowError as error:
        raise Mismatch from error


def convert_decimal(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    try:
        return Decimal(str(convert_float(value)) if not isinstance(value, str) else value.strip())
    except InvalidOperation as error:
        raise Mismatch from error


def convert_uuid(value: Any) -> UUID:
    if isinstance(value, UUID):
        return value
    if isinstance(value, str):
        return _iso(UUID, value)  # type: ignore[no-any-return]
    raise Mismatch


def convert_bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    raise Mismatch


def convert_none(value: Any) -> None:
    if value is not None:
        raise Mismatch


def accept(value: Any) -> Any:
    return value


SCALARS: dict[Any, Converter] = {
    Any: accept,
    object: accept,
    None: convert_none,
    type(None): convert_none,
    int: convert_int,
    float: convert_float,
    bool: convert_bool,
    str: convert_str,
    bytes: convert_bytes,
    date: convert_date,
    datetime: convert_datetime,
    time: convert_time,
    timedelta: convert_timedelta,
    Decimal: convert_decimal,
    UUID: convert_uuid,
}


def compile_annotation(annotation: Any) -> Converter:
    """Return the function that converts a value to `annotation` or raises Mismatch."""
    try:
        return _compile_cached(annotation)
    except TypeError:  # unhashable, such as Literal[[...]] or Annotated metadata
        return _compile(annotation)


@lru_cache(maxsize=2048)
def _compile_cached(annotation: Any) -> Converter:
    return _compile(annotation)


def _compile(annotation: Any) -> Converter:
    if annotation in SCALARS:
        return SCALARS[annotation]
    if isinstance(annotation, str | ForwardRef | TypeVar):
        return accept
    if isinstance(annotation, NewType):
        return compile_annotation(annotation.__supertype__)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is not None:
        return _compile_generic(annotation, origin, args)
    if _is_typeddict(annotation):
        return _typed_dict(annotation)
    if not isinstance(annotation, type):
        return accept
    return _compile_class(annotation)


def _compile_generic(annotation: Any, origin: Any, args: tuple[Any, ...]) -> Converter:
    if origin is Union or origin is types.UnionType:
        return _union(args)
    if origin is Annotated:
        return compile_annotation(args[0])
    if origin is Literal:
        return _literal(args)
    if isinstance(origin, type) and issubclass(origin, tuple):
        return _tuple(args)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*(args or (Any, Any)))
    if isinstance(origin, type) and issubclass(origin, set | frozenset):
        return _collection(origin, args[0] if args else Any)
    if isinstance(origin, type) and issubclass(origin, Iterable) and len(args) == 1:
        return _collection(list, args[0])
    if origin is type or origin is Callable or not isinstance(origin, type):
        return accept
    return _compile_class(origin)


def _compile_class(kind: type) -> Converter:
    if issubclass(kind, Enum):
        return _enum(kind)
    if issubclass(kind, tuple):
        return _tuple(())
    if issubclass(kind, Mapping):
        return _mapping(Any, Any)
    if issubclass(kind, set | frozenset):
        return _collection(kind, Any)
    if kind is list or kind in (Sequence, Iterable):
        return _collection(list, Any)
    return _instance(kind)


def _instance(kind: type) -> Converter:
    def convert(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        raise Mismatch

    return convert


def _enum(kind: type[Enum]) -> Converter:
    def convert(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError as error:
            raise Mismatch from error

    return convert


def _literal(options: tuple[Any, ...]) -> Converter:
    def convert(value: Any) -> Any:
        for option in options:
            if type(option) is type(value) and option == value:
                return option
        raise Mismatch

    return convert


def _collection(kind: type, item: Any) -> Converter:
    convert_item = compile_annotation(item)

    def convert(value: Any) -> Any:
        if not isinstance(value, list | tuple | set | frozenset):
            raise Mismatch
        if convert_item is accept:
            return value if isinstance(value, kind) else kind(value)
        return kind(convert_item(each) for each in value)

    return convert


def _tuple(items: tuple[Any, ...]) -> Converter:
    if not items or (len(items) == 2 and items[1] is Ellipsis):
        return _collection(tuple, items[0] if items else Any)
    converters = [compile_annotation(item) for item in items if item != ()]

    def convert(value: Any) -> Any:
        if not isinstance(value, list | tuple) or len(value) != len(converters):
            raise Mismatch
        return tuple(function(each) for function, each in zip(converters, value, strict=True))

    return convert


def _mapping(key: Any, item: Any) -> Converter:
    convert_key, convert_item = compile_annotation(key), compile_annotation(item)

    def convert(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Mismatch
        if convert_key in (accept, convert_str) and convert_item is accept:
            return value
        return type(value)({convert_key(k): convert_item(v) for k, v in value.items()})  # type: ignore[call-arg]

    return convert


def _typed_dict(kind: Any) -> Converter:
    converters = {key: compile_annotation(hint) for key, hint in _hints_of(kind).items()}
    required: frozenset[str] = kind.__required_keys__

    def convert(value: Any) -> Any:
        if not isinstance(value, Mapping) or not required <= value.keys():
            raise Mismatch
        return {k: converters[k](v) if k in converters else v for k, v in value.items()}

    return convert


def _hints_of(kind: Any) -> dict[str, Any]:
    try:
        return get_type_hints(kind)
    except NameError:
        return dict.fromkeys(kind.__annotations__, Any)


def _union(members: tuple[Any, ...]) -> Converter:
    """Prefer the member whose exact type the value has; else take the first that converts it."""
    converters = {member: compile_annotation(member) for member in members}

    def convert(value: Any) -> Any:
        exact = converters.get(type(value))
        if exact is not None:
            return exact(value)
        for converter in converters.values():
            try:
                return converter(value)
            except Mismatch:
                continue
        raise Mismatch

    return convert


class Plan:
    """How the parameters of one function are converted; compiled at its first call."""

    def __init__(self, function: Callable[..., Any]):
        self.function = function
        self.signature = inspect.signature(function)
        self.positional = [
            p.name for p in self.signature.parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        ]
        self.annotations = _annotations(function, self.signature)
        self.converters = {
            name: converter
            for name, annotation in self.annotations.items()
            if (converter := compile_annotation(annotation)) is not accept
        }

    def convert(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments converted. Raises FrappeTypeError for the first that does not fit."""
        if not self.converters:
            return list(args), kwargs
        converted = list(args)
        for index, name in enumerate(self.positional[: len(args)]):
            if name in self.converters:
                converted[index] = self._convert_one(name, args[index])
        named = {
            name: self._convert_one(name, value) if name in self.converters else value for name, value in kwargs.items()
        }
        return converted, named

    def _convert_one(self, name: str, value: Any) -> Any:
        try:
            return self.converters[name](value)
        except Mismatch:
            if _is_mock(value):
                return value
            problem = self._explain(name, value)
        except RecursionError:
            problem = f"Argument '{name}' is nested too deeply."
        from frappe.utils.refusals import refuse

        refuse(problem, FrappeTypeError)

    def _explain(self, name: str, value: Any) -> str:
        function = f"{self.function.__module__}.{self.function.__qualname__}"
        expected = type_label(self.annotations[name])
        return f"Argument '{name}' of {function} must be of type {expected}, not {type(value).__name__}."


def _annotations(function: Callable[..., Any], signature: inspect.Signature) -> dict[str, Any]:
    """Return parameter -> annotation, widened by the type of the default value.

    Postponed (string) annotations of apps are ignored, as in the reference framework; the runtime's own modules
    postpone theirs throughout, so those are resolved.
    """
    resolved: dict[str, Any] = {}
    if function.__module__.split(".")[0] == "frappe":
        try:
            resolved = get_type_hints(inspect.unwrap(function))
        except NameError:
            resolved = {}
    annotations = {}
    for parameter in signature.parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        annotation = resolved.get(parameter.name, parameter.annotation)
        if annotation is parameter.empty or isinstance(annotation, str):
            continue
        annotations[parameter.name] = _with_default(annotation, parameter.default)
    return annotations


def _with_default(annotation: Any, default: Any) -> Any:
    if default is inspect.Parameter.empty or isinstance(annotation, ForwardRef):
        return annotation
    if default is None:
        return Union[annotation, None]  # noqa: UP007 - the annotation may not support |
    kind = type(default)
    return annotation if kind is annotation or kind not in SCALARS else Union[annotation, kind]  # noqa: UP007


def _is_mock(value: Any) -> bool:
    """A test double stands for any type; the module is only looked at when it has been imported."""
    mock = sys.modules.get("unittest.mock")
    return mock is not None and isinstance(value, mock.NonCallableMock)


def type_label(annotation: Any) -> str:
    """Return the annotation as a person would write it."""
    if annotation is None or annotation is type(None):
        return "None"
    if get_origin(annotation) in (Union, types.UnionType):
        return " | ".join(type_label(member) for member in get_args(annotation))
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation.__name__
    return str(annotation).replace("typing.", "")


_PLANS: dict[Callable[..., Any], Plan] = {}


def plan_of(function: Callable[..., Any]) -> Plan:
    """Return the compiled conversion of `function`'s arguments."""
    plan = _PLANS.get(function)
    if plan is None:
        plan = _PLANS[function] = Plan(function)
    return plan


def transform_parameter_types(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Return `args` and `kwargs` converted to the annotations of `function`; raises FrappeTypeError."""
    return plan_of(function).convert(args, kwargs)


def validate_argument_types(
    function: Callable[..., Any], apply_condition: Callable[[], bool] = lambda: True
) -> Callable[..., Any]:
    """Wrap `function` so that its arguments are converted whenever `apply_condition()` holds."""

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if apply_condition():
            positional, kwargs = transform_parameter_types(function, args, kwargs)
            return function(*positional, **kwargs)
        return function(*args, **kwargs)

    return wrapper
