"""The tree of errors, with the HTTP status each one answers with.

    Exception
    ├── ValidationError 417            bad input; most errors below derive from it
    │   ├── DoesNotExistError 404, PageDoesNotExistError 404
    │   ├── LinkExpired 410, InvalidKeyError 401, RateLimitExceededError 429, InReadOnlyMode 503
    │   └── MandatoryError, LinkValidationError, TimestampMismatchError, … 417
    ├── PermissionError 403, AuthenticationError 401, SessionExpired 401
    ├── NameError 409 └── DuplicateEntryError 409
    ├── CSRFTokenError 400 └── InvalidAuthorization{Header,Prefix,Token} 400
    ├── DiskFullError 507, DatabaseAwayError 503, LocksAwayError 503, QueryTimeoutError, QueryDeadlockError
    └── TooManyRequestsError 429, UnsupportedMediaType 415, OutgoingEmailError 501, SessionStopped 503, …

`PermissionError`, `NameError` and `TimeoutError` shadow builtins without deriving from them; `DuplicateEntryError` is
not a ValidationError, `DoesNotExistError` is one.
"""

from __future__ import annotations

from werkzeug.exceptions import NotFound


class SiteNotSpecifiedError(Exception):
    """A command that needs a site was started without one."""

    def __init__(self, message: str = "Name a site: frappe --site SITE …, or choose a default with frappe use SITE."):
        super().__init__(message)
        self.message = message


class UrlSchemeNotSupported(Exception):
    """A link with a scheme that is not allowed here."""


class InvalidRemoteException(Exception):
    """The remote that was asked for is not configured."""


class UnknownDomainError(Exception):
    """A business domain that no app defines."""


class CommandFailedError(Exception):
    """An external command ended with an error; carries its output."""

    def __init__(self, message: str, out: str = "", err: str = ""):
        super().__init__(message)
        self.out = out
        self.err = err


class DatabaseModificationError(Exception):
    """A write was attempted where only reading is allowed."""


class ValidationError(Exception):
    http_status_code = 417


class FrappeTypeError(TypeError):
    """An argument of a whitelisted function has the wrong type."""

    http_status_code = 417


class AuthenticationError(Exception):
    http_status_code = 401


class SessionExpired(Exception):
    http_status_code = 401


class PermissionError(Exception):
    http_status_code = 403


class DoesNotExistError(ValidationError):
    http_status_code = 404

    def __init__(self, *args: object, doctype: str | None = None):
        super().__init__(*args)
        self.doctype = doctype


class PageDoesNotExistError(ValidationError):
    http_status_code = 404


class NameError(Exception):
    http_status_code = 409


class DuplicateEntryError(NameError):
    """A record of that name exists; args are (doctype, name, original error)."""


class OutgoingEmailError(Exception):
    http_status_code = 501


class SessionStopped(Exception):
    http_status_code = 503


class InReadOnlyMode(ValidationError):
    http_status_code = 503


class UnsupportedMediaType(Exception):
    http_status_code = 415


class RequestToken(Exception):
    http_status_code = 200


class CSRFTokenError(Exception):
    http_status_code = 400


class InvalidAuthorizationHeader(CSRFTokenError):
    pass


class InvalidAuthorizationPrefix(CSRFTokenError):
    pass


class InvalidAuthorizationToken(CSRFTokenError):
    pass


class TooManyRequestsError(Exception):
    http_status_code = 429


class RateLimitExceededError(ValidationError):
    http_status_code = 429


class Redirect(Exception):
    """Ends a page with a redirect to `frappe.local.flags.redirect_location`."""

    def __init__(self, http_status_code: int = 301):
        super().__init__(http_status_code)
        self.http_status_code = http_status_code


class LinkExpired(ValidationError):
    http_status_code = 410
    title = "Link Expired"
    message = "The link has been expired"


class InvalidKeyError(ValidationError):
    http_status_code = 401
    title = "Invalid Key"
    message = "The document key is invalid"


class SessionBootFailed(ValidationError):
    http_status_code = 500


class MandatoryError(ValidationError):
    pass


class UniqueValidationError(ValidationError):
    pass


class LinkValidationError(ValidationError):
    pass


class CancelledLinkError(LinkValidationError):
    pass


class LinkExistsError(ValidationError):
    pass


class TimestampMismatchError(ValidationError):
    pass


class DocstatusTransitionError(ValidationError):
    pass


class UpdateAfterSubmitError(ValidationError):
    pass


class CannotChangeConstantError(ValidationError):
    pass


class CharacterLengthExceededError(ValidationError):
    pass


class NonNegativeError(ValidationError):
    pass


class EmptyTableError(ValidationError):
    pass


class DataError(ValidationError):
    pass


class InvalidStatusError(ValidationError):
    pass


class InvalidEmailAddressError(ValidationError):
    pass


class InvalidNameError(ValidationError):
    pass


class InvalidPhoneNumberError(ValidationError):
    pass


class TemplateNotFoundError(ValidationError):
    pass


class AppNotInstalledError(ValidationError):
    pass


class ImplicitCommitError(ValidationError):
    pass


class DocumentLockedError(ValidationError):
    pass


class CircularLinkingError(ValidationError):
    pass


class InvalidColumnName(ValidationError):
    pass


class InvalidDates(ValidationError):
    pass


class DataTooLongException(ValidationError):
    pass


class AttachmentLimitReached(ValidationError):
    pass


class FileTypeNotAllowed(ValidationError):
    pass


class MaxFileSizeReachedError(ValidationError):
    pass


class PrintFormatError(ValidationError):
    pass


class MappingMismatchError(ValidationError):
    pass


class DocumentAlreadyRestored(ValidationError):
    pass


class IncompatibleApp(ValidationError):
    pass


class InvalidSignatureError(ValidationError):
    pass


class InvalidUUIDValue(ValidationError):
    pass


class InvalidAuthorization(ValidationError):
    pass


class WorkflowStateError(ValidationError):
    pass


class WorkflowTransitionError(ValidationError):
    pass


class WorkflowPermissionError(ValidationError):
    pass


class ServerScriptNotEnabled(PermissionError):
    """Server scripts are switched off in this installation."""


class QueryTimeoutError(Exception):
    """The database was locked for longer than the caller may wait; trying again helps."""


class QueryDeadlockError(Exception):
    """The transaction lost against another one and was rolled back; trying again helps."""


class DiskFullError(Exception):
    """The database has no room to write; nothing was saved, and reading goes on."""

    http_status_code = 507


class DatabaseAwayError(Exception):
    """The connection to the database is gone, and its transaction with it; trying again helps once it is back."""

    http_status_code = 503


DATABASE_TROUBLE = (QueryTimeoutError, QueryDeadlockError, DiskFullError, DatabaseAwayError)
"""What befalls the database rather than a mistake of the caller: told in a sentence, and to the log file alone."""


class LocksAwayError(Exception):
    """Redis, which holds the locks between processes, does not answer; trying again helps once it is back."""

    http_status_code = 503


class RetryBackgroundJobError(Exception):
    """Raised by a job that wants to be run again."""


class TooManyWritesError(Exception):
    pass


class TableMissingError(Exception):
    """A query named a table that does not exist."""


class SecurityException(Exception):
    pass


class FileAlreadyAttachedException(Exception):
    pass


class ImproperDBConfigurationError(Exception):
    """The database server is set up in a way we cannot work with."""

    def __init__(self, reason: str = "", msg: str | None = None):
        super().__init__(msg or f"The database is not configured as needed: {reason}")
        self.reason = reason


class TimeoutError(Exception):
    pass


class LockTimeoutError(TimeoutError):
    """A named lock was held by somebody else for too long."""


class IncorrectSitePath(NotFound):
    """There is no such site on this bench."""


class ReadOnlyModeError(DatabaseModificationError):
    pass


class MissingFrameworkFeature(AttributeError, NotImplementedError):
    """An app asked for a part of the framework that this runtime deliberately does not have."""
