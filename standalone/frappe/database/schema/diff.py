"""What has to be done to turn the table that is there into the one that is wanted. Pure.

Nothing is ever removed except indexes that a field no longer asks for: columns keep their data until somebody drops
them on purpose, and indexes with names of their own belong to those who made them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from frappe.database.schema.model import (
    AddColumn,
    AddIndex,
    ChangeColumns,
    Column,
    CreateTable,
    DropIndex,
    Index,
    Operation,
    Table,
)

_VARCHAR = re.compile(r"varchar\((\d+)\)")
_TEXT_ORDER = ("varchar", "text", "longtext")


def diff(desired: Table, existing: Table | None, spell: Callable[[str], str]) -> list[Operation]:
    """Return the operations in the order to carry them out; [] when nothing differs.

    `spell` gives the engine's name of a column type, in which the types of `existing` are written.
    """
    if existing is None:
        return [CreateTable(desired)]
    added = [column for column in desired.columns if existing.column(column.name) is None]
    operations: list[Operation] = list(_dropped_indexes(desired, existing))
    operations += [AddColumn(desired.name, column) for column in added]
    operations += _changed_columns(desired, existing, added, spell)
    present = {index.name for index in existing.indexes}
    operations += [
        AddIndex(desired.name, index)
        for index in desired.indexes
        if index.name not in present and not _is_covered(index, existing.indexes)
    ]
    return operations


def _is_covered(index: Index, existing: Iterable[Index]) -> bool:
    return any(other.columns == index.columns and other.unique == index.unique for other in existing)


def _dropped_indexes(desired: Table, existing: Table) -> Iterable[DropIndex]:
    wanted = {index.name for index in desired.indexes}
    ours = re.compile(rf"{re.escape(desired.name)}_(.+)_(index|unique)$")
    for index in existing.indexes:
        match = ours.match(index.name)
        made_for_field = match is not None and index.columns == (match[1],)
        if made_for_field and index.name not in wanted and desired.column(index.columns[0]) is not None:
            yield DropIndex(desired.name, index.name)


def _changed_columns(
    desired: Table, existing: Table, added: list[Column], spell: Callable[[str], str]
) -> list[Operation]:
    changed = []
    narrows = []
    for column in desired.columns:
        present = existing.column(column.name)
        if present is None or present.primary or not _differs(column, present, spell):
            continue
        changed.append(column)
        if _is_narrower(spell(column.type), present.type):
            narrows.append(column.name)
    if not changed:
        return []
    by_name = {column.name.lower(): column for column in changed}
    kept = tuple(by_name.get(column.name.lower(), column) for column in existing.columns)
    wanted_indexes = tuple(
        index for index in existing.indexes if index.name not in _names(_dropped_indexes(desired, existing))
    )
    result = Table(desired.name, (*kept, *added), wanted_indexes)
    return [ChangeColumns(desired.name, tuple(changed), result, tuple(narrows))]


def _names(operations: Iterable[DropIndex]) -> set[str]:
    return {operation.name for operation in operations}


def _differs(wanted: Column, present: Column, spell: Callable[[str], str]) -> bool:
    if spell(wanted.type).lower() != present.type.lower():
        return True
    if wanted.nullable != present.nullable:
        return True
    return _plain(wanted.default) != _plain(present.default)


def _plain(default: str | None) -> str | None:
    """Return a default in one spelling: 0 and 0.000000000 are the same."""
    if default is None:
        return None
    text = default.strip("'")
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number == int(number) else str(number)


def _is_narrower(wanted: str, present: str) -> bool:
    new, old = _VARCHAR.match(wanted.lower()), _VARCHAR.match(present.lower())
    if new and old:
        return int(new[1]) < int(old[1])
    return _rank(wanted) < _rank(present) if _rank(wanted) >= 0 and _rank(present) >= 0 else False


def _rank(type_: str) -> int:
    base = type_.lower().split("(")[0]
    return _TEXT_ORDER.index(base) if base in _TEXT_ORDER else -1
