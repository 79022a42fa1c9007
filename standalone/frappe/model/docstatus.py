"""The three states of a document that can be submitted."""

from __future__ import annotations


class DocStatus(int):
    """An int (0 draft, 1 submitted, 2 cancelled) that can say what it stands for."""

    DRAFT: DocStatus
    SUBMITTED: DocStatus
    CANCELLED: DocStatus

    def is_draft(self) -> bool:
        return self == 0

    def is_submitted(self) -> bool:
        return self == 1

    def is_cancelled(self) -> bool:
        return self == 2

    @classmethod
    def draft(cls) -> DocStatus:
        return cls(0)

    @classmethod
    def submitted(cls) -> DocStatus:
        return cls(1)

    @classmethod
    def cancelled(cls) -> DocStatus:
        return cls(2)


DocStatus.DRAFT = DocStatus(0)
DocStatus.SUBMITTED = DocStatus(1)
DocStatus.CANCELLED = DocStatus(2)

__all__ = ["DocStatus"]
