"""How lines of the log are written: with the request's name, and without anybody's data.

Not in a log of ours: addresses of readers, names and questions of anybody, what a form or a
statement of the database held, and addresses within the site where they could hold a secret.
"""

import json
import logging
import re
from datetime import UTC, datetime
from types import TracebackType

from cepr_press.watch.seen import current

# What PostgreSQL adds to an error: the values of the row.
VALUES = re.compile(r"^(DETAIL|CONTEXT|HINT|PARAMETERS): .*\n?", re.M)
# The path of an address, which may be one with a secret in it.
PATH = re.compile(r"(https?://[^/\s'\"]+)/[^\s'\"]*")
NOWHERE = "an address that leads nowhere"

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Filter):
    """Gives each line the name of its request, and takes addresses out of Django's own lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line; let every line through."""
        seen = current()
        record.request_id = seen.id if seen else "-"
        request = getattr(record, "request", None)
        path = getattr(request, "path", "")
        if path:
            match = getattr(request, "resolver_match", None)
            words = PATH.sub(r"\1/…", record.getMessage())
            record.msg, record.args = words.replace(path, match.route if match else NOWHERE), ()
        return True


class Lines(logging.Formatter):
    """For people: one line each, and the traceback where there is one."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; facts of a request follow its message."""
        told = getattr(record, "told", {})
        return " ".join([super().format(record), *(f"{name}={one}" for name, one in told.items())])

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 -- the name is logging's
        """Return the traceback without the values that a database adds."""
        return VALUES.sub("", super().formatException(ei))


class JsonLines(Lines):
    """For programs: a JSON object a line (RFC 8259), times in UTC (RFC 3339)."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": VALUES.sub("", record.getMessage()),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
