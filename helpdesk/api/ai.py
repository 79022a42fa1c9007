"""Help from a language model, for agents who may read the ticket. It says something; people do something."""

from typing import TypedDict

import frappe

from helpdesk.access import access_ticket, agents_only, managers_only, staff_only
from helpdesk.ai import asking, providers
from helpdesk.ai.actions import Action
from helpdesk.ai.asking import Answer, Draft, Summary
from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


class Availability(TypedDict):
    """Whether there is help, and the teams whose tickets go without."""

    available: bool
    teams_without: list[str]


def _access(ticket: str | int) -> HDTicket:
    found = access_ticket(ticket)
    asking.require_on(found)
    return found


@frappe.whitelist()
@staff_only
def available() -> Availability:
    """Tell whether a provider is set up and on, and which teams work without it."""
    is_on = providers.is_on()
    return Availability(available=is_on, teams_without=providers.teams_without() if is_on else [])


@frappe.whitelist()
@agents_only
def get_summary(ticket: str | int) -> Summary | None:
    """Return the summary that was made of the ticket as it is now, or null. Asks no provider."""
    return asking.kept_summary(_access(ticket))


@frappe.whitelist(methods=["POST"])
@agents_only
def summary(ticket: str | int, anew: bool = False) -> Summary:
    """Summarize a ticket in a few sentences, for agents: internal notes are read, too."""
    return asking.summarize(_access(ticket), anew=anew)


@frappe.whitelist(methods=["POST"])
@agents_only
def suggested_actions(ticket: str | int) -> list[Action]:
    """Return up to four things to do next, each of which the caller may do. Nothing is done."""
    return asking.suggest(_access(ticket))


@frappe.whitelist(methods=["POST"])
@agents_only
def ask(ticket: str | int, question: str, for_customer: bool = False) -> Answer:
    """Answer a question about a ticket from it, published articles and similar tickets that the caller may read.

    `for_customer` writes a reply as wished: from the conversation and articles alone, without notes and other tickets.
    """
    return asking.answer(_access(ticket), question, for_customer=for_customer)


@frappe.whitelist(methods=["POST"])
@agents_only
def draft_ticket(text: str) -> Draft:
    """Return the fields of a ticket for a text, such as a mail or notes of a call. No ticket is made."""
    return asking.draft(text)


@frappe.whitelist()
@managers_only
def get_providers() -> list[str]:
    """Return the providers that can be chosen in HD AI Settings."""
    return providers.names()


@frappe.whitelist(methods=["POST"])
@managers_only
def test_provider() -> str:
    """Ask the provider of the stored settings a small question, switched on or not; return what it says."""
    return asking.say_hello()
