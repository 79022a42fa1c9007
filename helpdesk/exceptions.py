"""What can go wrong in a help desk, in the words of its users.

frappe.ValidationError
    CannotFindSLA             no agreement fits, and there is no default one
    PriorityNotInSLA          the agreement promises nothing for the ticket's priority
    FeedbackRequired          a customer closes an answered ticket without rating it
    CustomerIsAmbiguous       a requester belongs to several customers and chose none
    CustomerNotAllowed        a requester named a customer they do not belong to
    NotAnAgent                somebody who is no agent was to be assigned
    StatusIsNeeded            the last status of its kind would go away
    NoOutgoingAccount         there is no mail account to send from
    CategoryNeedsArticle      a category would lose its last article
    ReservedCategory          the category General was to be renamed, removed or made again
    CannotEscalate            a ticket cannot be escalated, or no reason was given
    ResolutionDetailsRequired an agent resolves a ticket without a word, where the settings want one
    FileNotTaken              a file is too large or of the wrong kind for a ticket
    TicketCategoryRequired    a form came without a category, where the settings want one
    KindIsAskedFor            rules ask for a type or category that was to be merged away
    TicketIsArchived          an archived ticket was to be changed
    AIFailed                  the AI service could not help
        AIOff                 there is none, or not for this ticket
        AIUnreachable         it cannot be reached, or has trouble
        AITimeout             it took too long
        AIRefused             it refuses the key or the request
        AIOverQuota           its own limit is reached
        AIBadAnswer           what it said cannot be used
frappe.PermissionError
    TicketIsClosed            a customer changes a ticket that is closed or rated
    ForeignContact            a customer files a ticket in another person's name
"""

import frappe


class CannotFindSLA(frappe.ValidationError):
    """No agreement fits, and there is no default one."""


class PriorityNotInSLA(frappe.ValidationError):
    """The agreement promises nothing for the ticket's priority."""


class FeedbackRequired(frappe.ValidationError):
    """A customer closes an answered ticket without rating it."""


class CustomerIsAmbiguous(frappe.ValidationError):
    """A requester belongs to several customers and chose none."""


class CustomerNotAllowed(frappe.ValidationError):
    """A requester named a customer they do not belong to."""


class NotAnAgent(frappe.ValidationError):
    """Somebody who is no agent was to be assigned."""


class StatusIsNeeded(frappe.ValidationError):
    """The last status of its kind would go away."""


class NoOutgoingAccount(frappe.ValidationError):
    """There is no mail account to send from."""


class CategoryNeedsArticle(frappe.ValidationError):
    """A category would lose its last article."""


class ReservedCategory(frappe.ValidationError):
    """The category General was to be renamed, removed or made again."""


class CannotEscalate(frappe.ValidationError):
    """A ticket cannot be escalated, or no reason was given."""


class ResolutionDetailsRequired(frappe.ValidationError):
    """An agent resolves a ticket without a word, where the settings want one."""


class FileNotTaken(frappe.ValidationError):
    """A file is too large or of the wrong kind for a ticket."""


class TicketCategoryRequired(frappe.ValidationError):
    """A form came without a category, where the settings want one."""


class KindIsAskedFor(frappe.ValidationError):
    """Rules ask for a type or category that was to be merged away."""


class TicketIsArchived(frappe.ValidationError):
    """An archived ticket was to be changed."""


class AIFailed(frappe.ValidationError):
    """The AI service could not help."""


class AIOff(AIFailed):
    """There is no AI service, or not for this ticket."""


class AIUnreachable(AIFailed):
    """The AI service cannot be reached, or has trouble."""


class AITimeout(AIFailed):
    """The AI service took too long."""


class AIRefused(AIFailed):
    """The AI service refuses the key or the request."""


class AIOverQuota(AIFailed):
    """The AI service's own limit is reached."""


class AIBadAnswer(AIFailed):
    """What the AI service said cannot be used."""


class TicketIsClosed(frappe.PermissionError):
    """A customer changes a ticket that is closed or rated."""


class ForeignContact(frappe.PermissionError):
    """A customer files a ticket in another person's name."""
