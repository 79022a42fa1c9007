"""Asking the provider about a ticket, and making something safe of what it says. Nothing here changes a ticket."""

import hashlib
import threading
from typing import TYPE_CHECKING, Any, NoReturn, TypedDict

import frappe
from frappe import _
from frappe.utils import cint, now, validate_email_address

from helpdesk.ai import actions, answers, material, prompts, providers, sources
from helpdesk.ai.actions import Action
from helpdesk.ai.providers import Message, Provider
from helpdesk.ai.sources import Link
from helpdesk.exceptions import AIBadAnswer, AIOff, AIOverQuota
from helpdesk.guests import limits

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

KEPT_SECONDS = 7 * limits.DAY
AT_ONCE = 4
"""So many questions of one process are on their way at a time."""
LONGEST_QUESTION = 2_000
LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 140
CHOICES = {"priority": "HD Ticket Priority", "ticket_type": "HD Ticket Type", "agent_group": "HD Team"}
SAID = {"priority": "priority", "ticket_type": "type", "agent_group": "team"}


_turns = threading.BoundedSemaphore(AT_ONCE)


class Summary(TypedDict):
    """A ticket in a few sentences, and when they were written."""

    text: str
    created: str


class Answer(TypedDict):
    """Plain text with marks such as [S1], and what they stand for. For a customer it has none."""

    text: str
    sources: list[Link]
    for_customer: bool


class Draft(TypedDict):
    """Fields for a new ticket; blank where the text does not say."""

    subject: str
    description: str
    raised_by: str
    priority: str
    ticket_type: str
    agent_group: str


def require_on(ticket: "HDTicket") -> None:
    """Raise AIOff where the ticket's team keeps its tickets to itself."""
    if ticket.agent_group and ticket.agent_group in providers.teams_without():
        frappe.throw(_("The team {0} works without AI.").format(ticket.agent_group), AIOff)


def kept_summary(ticket: "HDTicket") -> Summary | None:
    """Return the summary of the ticket as it is now, if somebody asked for one."""
    found: Summary | None = frappe.cache.get_value(_key(ticket, material.of(ticket, with_notes=True)))
    return found


def summarize(ticket: "HDTicket", *, anew: bool) -> Summary:
    """Return a summary for agents; it is kept until the ticket changes, or is written `anew`."""
    text = material.of(ticket, with_notes=True)
    kept: Summary | None = None if anew else frappe.cache.get_value(_key(ticket, text))
    if kept:
        return kept
    said = complete(prompts.SUMMARY.format(language=frappe.local.lang), text)
    summary = Summary(text=_text(said), created=now())
    frappe.cache.set_value(_key(ticket, text), summary, expires_in_sec=KEPT_SECONDS)
    return summary


def _key(ticket: "HDTicket", text: str) -> str:
    found = providers.settings()
    version = "\n".join([frappe.local.lang, found.provider or "", found.model or "", text])
    return f"helpdesk:ai:summary:{ticket.name}:{hashlib.sha256(version.encode()).hexdigest()}"


def suggest(ticket: "HDTicket") -> list[Action]:
    """Return what could be done next, chosen from what the caller may do."""
    offered = actions.choices(ticket)
    if not offered:
        return []
    text = f"{material.of(ticket, with_notes=True)}\n\nActions:\n{actions.as_list(offered)}"
    said = complete(prompts.ACTIONS.format(language=frappe.local.lang), text)
    try:
        return actions.chosen(said, offered)
    except ValueError:
        _unusable()


def answer(ticket: "HDTicket", question: str, *, for_customer: bool) -> Answer:
    """Answer an agent's question, or write what they wish to a customer: without notes and other people's tickets."""
    question = _checked(question, LONGEST_QUESTION)
    found = sources.found(ticket, question, public_only=for_customer)
    parts = [material.of(ticket, with_notes=not for_customer), sources.as_material(found)]
    task = (prompts.REPLY if for_customer else prompts.ASK).format(question=question, language=frappe.local.lang)
    text = _text(complete(task, "\n\n".join(parts)))
    if for_customer:
        return Answer(text=answers.uncited(text), sources=[], for_customer=True)
    links = sources.links(found)
    text, marks = answers.cited(text, list(links))
    return Answer(text=text, sources=[links[mark] for mark in marks], for_customer=False)


def draft(text: str) -> Draft:
    """Return the fields of a ticket that a text asks for. Values that this site does not have are left blank."""
    text = _checked(text, LONGEST_TEXT)
    offered = {field: actions.names_of(doctype) for field, doctype in CHOICES.items()}
    listed = "\n".join(f"{SAID[field]}: {', '.join(names) or '-'}" for field, names in offered.items())
    said = complete(prompts.DRAFT.format(choices=listed), text)
    try:
        fields = answers.parsed(said)
    except ValueError:
        _unusable()
    if not isinstance(fields, dict):
        _unusable()
    return _checked_draft(fields, offered, text)


def _checked_draft(fields: dict[str, Any], offered: dict[str, list[str]], text: str) -> Draft:
    chosen = {field: fields.get(SAID[field]) for field in offered}
    known = {field: str(value) if value in offered[field] else "" for field, value in chosen.items()}
    return Draft(
        subject=" ".join(answers.plain(fields.get("subject")).split())[:LONGEST_SUBJECT],
        description=answers.plain(fields.get("description")),
        raised_by=_requester(fields.get("requester"), text),
        priority=known["priority"],
        ticket_type=known["ticket_type"],
        agent_group=known["agent_group"],
    )


def _requester(said: object, text: str) -> str:
    """Return a mail address only if it stands in the text."""
    address = answers.plain(said, LONGEST_SUBJECT)
    is_there = bool(address) and address.casefold() in text.casefold()
    return address if is_there and validate_email_address(address) == address else ""


def complete(task: str, text: str) -> str:
    """Ask the provider. Raises AIFailed, and RateLimitExceededError for who asks too often."""
    provider = providers.current()
    _count()
    return _ask(provider, prompts.messages(task, text))


def say_hello() -> str:
    """Return what the provider of the stored settings says to a greeting, whether it is switched on or not."""
    greeting: list[Message] = [{"role": "user", "content": _("Say hello in one short sentence.")}]
    return answers.plain(_ask(providers.connect(), greeting), LONGEST_SUBJECT)


def _ask(provider: Provider, messages: list[Message]) -> str:
    """Ask unless so many questions are on their way already that threads would be missing for everything else."""
    if not _turns.acquire(blocking=False):
        frappe.throw(_("The AI service is busy with other questions. Please try again in a moment."), AIOverQuota)
    try:
        _release()
        return provider.complete(messages)
    finally:
        _turns.release()


def _release() -> None:
    """End the transaction, in which nothing was written: one that waits for another machine would be in the way."""
    if not frappe.flags.in_test:
        frappe.db.commit()


def _count() -> None:
    most = cint(providers.settings().hourly_limit) or providers.PER_HOUR
    if limits.times("ai", frappe.session.user) > most:
        frappe.throw(
            _("You have asked the AI service {0} times within an hour. Please try again later.").format(most),
            frappe.RateLimitExceededError,
        )


def _checked(text: str, longest: int) -> str:
    text = text.strip()
    if not text or len(text) > longest:
        frappe.throw(_("Please write between 1 and {0} characters.").format(longest))
    return text


def _text(said: str) -> str:
    return answers.plain(said) or _unusable()


def _unusable() -> NoReturn:
    frappe.throw(_("The AI service answered nothing that can be used. Please try again."), AIBadAnswer)
