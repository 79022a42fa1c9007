"""Rotating log files, one for each subject, in the `logs` folders of the bench and of the site."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from frappe.context import is_active, local

FORMAT = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
DEFAULT_MODULE = "frappe"
MAX_BYTES = 100_000
FILE_COUNT = 20


def get_logger(
    module: str | None = None,
    with_more_info: bool = False,
    allow_site: bool | str = True,
    filter: Any = None,
    max_size: int = MAX_BYTES,
    file_count: int = FILE_COUNT,
) -> logging.Logger:
    """Return the logger of `module`; it writes to `logs/<module>.log` of the bench and of the site.

    `allow_site` may be False (bench only) or the name of a site. With `with_more_info` the parameters of the request
    are written along. Without an active site, or when the folders cannot be written, messages go to the standard error.
    """
    subject = (module or DEFAULT_MODULE).replace("/", "_")
    site = _site(allow_site)
    name = f"{subject}-{site or 'all'}"
    logger = logging.getLogger(name)
    if not getattr(logger, "_frappe_ready", False):
        _set_up(logger, subject, site, max_size, file_count)
    if filter and filter not in logger.filters:
        logger.addFilter(filter)
    if with_more_info and not any(isinstance(each, RequestFilter) for each in logger.filters):
        logger.addFilter(RequestFilter())
    return logger


def _site(allow_site: bool | str) -> str | None:
    if isinstance(allow_site, str):
        return allow_site
    return local.site if allow_site and is_active() else None


def _set_up(logger: logging.Logger, subject: str, site: str | None, max_size: int, file_count: int) -> None:
    logger.setLevel(_level())
    logger.propagate = False
    handlers = [_file_handler(folder, subject, max_size, file_count) for folder in _folders(site)]
    for handler in [handler for handler in handlers if handler] or [logging.StreamHandler()]:
        handler.setFormatter(_formatter())
        logger.addHandler(handler)
    logger._frappe_ready = True  # type: ignore[attr-defined]


def _formatter() -> logging.Formatter:
    """Return what writes a message: a line for people, or a JSON object when the site's `log_format` is `json`."""
    return JsonFormatter() if is_active() and local.conf.log_format == "json" else TextFormatter(FORMAT)


def request_id() -> str | None:
    """Return the id of the request that is being answered."""
    return getattr(local.request, "id", None) if is_active() and local.request else None


class TextFormatter(logging.Formatter):
    """Lines for people, with the id of the request."""

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id() or "-"
        return super().format(record)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `time, level, logger, site, request, message` and, for failures, `exception`.

    A message that is an object itself, as those of the access log, becomes part of it.
    """

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        entry: dict[str, Any] = {"time": moment, "level": record.levelname, "logger": record.name}
        entry |= {"site": local.site if is_active() else None, "request": request_id()}
        entry |= _as_object(record.getMessage())
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def _as_object(message: str) -> dict[str, Any]:
    if message.startswith("{"):
        try:
            return dict(json.loads(message))
        except ValueError:
            return {"message": message}
    return {"message": message}


def _level() -> int:
    configured = local.conf.log_level if is_active() else None
    if configured:
        return logging.getLevelNamesMapping().get(str(configured).upper(), logging.INFO)
    return logging.DEBUG if is_active() and local.conf.developer_mode else logging.INFO


def _folders(site: str | None) -> list[Path]:
    if not is_active():
        return []
    folders = [Path(local.sites_path, "..", "logs")]
    if site:
        folders.append(Path(local.sites_path, site, "logs"))
    return folders


def _file_handler(folder: Path, subject: str, max_size: int, file_count: int) -> logging.Handler | None:
    if not folder.parent.exists() or not os.access(folder.parent, os.W_OK):
        return None
    folder.mkdir(exist_ok=True)
    path = folder / f"{subject}.log"
    return RotatingFileHandler(path, maxBytes=max_size, backupCount=file_count, delay=True, encoding="utf-8")


class RequestFilter(logging.Filter):
    """Add the site and the parameters of the request to each message, secrets masked."""

    def filter(self, record: logging.LogRecord) -> bool:
        if is_active() and not getattr(record, "_frappe_described", False):
            record._frappe_described = True
            record.msg = f"{record.msg}\nSite: {local.site}\nForm: {sanitized_dict(local.form_dict)}"
        return True


_SECRET_WORDS = ("password", "passwd", "secret", "token", "key", "pwd")


_MASK = "********"


def sanitized_dict(form_dict: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of the parameters in which the values of secret-sounding names are masked, at any depth."""
    return {key: _MASK if _is_secret(key) else _sanitized(value) for key, value in form_dict.items()}


def _is_secret(name: Any) -> bool:
    return any(word in str(name).lower() for word in _SECRET_WORDS)


def _sanitized(value: Any) -> Any:
    if isinstance(value, dict):
        return sanitized_dict(value)
    if isinstance(value, list | tuple):
        return [_sanitized(item) for item in value]
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):  # documents come as JSON inside of parameters
        try:
            return json.dumps(_sanitized(json.loads(value)))
        except ValueError:
            return value
    return value


def set_log_level(level: str) -> None:
    """Set the level of loggers that are made from now on in this request or job."""
    local.conf.log_level = level
