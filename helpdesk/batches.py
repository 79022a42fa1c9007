"""Work through many items so that one bad item does not stop the others."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import frappe

T = TypeVar("T")


def for_each(items: Iterable[T], work: Callable[[T], None], failure: str) -> int:
    """Do `work` for each item in a savepoint and a transaction of its own; return how many succeeded.

    A failing item is undone and written to the Error Log under the title `failure`, in which `{0}` is the item.
    """
    done = 0
    for item in items:
        frappe.db.savepoint("one_item")
        try:
            work(item)
            done += 1
        except Exception:  # the cause is unknown by nature; it is logged with its traceback
            frappe.db.rollback(save_point="one_item")
            frappe.log_error(title=failure.format(item)[:140])
        if not frappe.flags.in_test:
            frappe.db.commit()
    return done
