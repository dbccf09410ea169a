"""Logs: one line an event on stderr, JSON or text; no personal data, and never a bot token."""

import logging
import re
import sys

import structlog

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{16,}")
# These write the address of each request, which holds the token, or more than an operator can use.
_OWN = frozenset({"bot", "__main__"})
_CHATTY = (
    "httpx",
    "httpcore",
    "telegram",
    "sqlalchemy",
    "asyncio",
    "jieba",
    "stamina",
    "transitions",
    "aiohttp",
)


class _Wordless(logging.Filter):
    """Takes out of a library's record all that it was filled with: there may be an applicant's words among it.

    What stays is the first line of what the library says in general, and the type of the error.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Pass every record, ours as they are."""
        ours = isinstance(record.msg, dict) or record.name.partition(".")[0] in _OWN  # structlog's are dicts
        if not ours:
            lines = str(record.msg).splitlines() or [""]
            error = record.exc_info[0] if record.exc_info else None
            record.msg = f"{lines[0]}: {error.__name__}" if error else lines[0]
            record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        return True


class _Redacting(structlog.stdlib.ProcessorFormatter):
    """Takes out whatever looks like a bot token, wherever a record got it from."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record."""
        return _TOKEN.sub("[token]", super().format(record))


def set_up_logging(level: str, style: str) -> None:
    """Send all logs of the process, the libraries' too, to stderr.

    Args:
        level: `DEBUG`, `INFO`, `WARNING` or `ERROR`.
        style: `json` or `text`.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Wordless())
    handler.setFormatter(_Redacting(foreign_pre_chain=shared, processors=[_strip, _renderer(style)]))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram.ext").setLevel(logging.CRITICAL)  # flood control is expected, not an exception


_strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta


def _renderer(style: str) -> structlog.typing.Processor:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=False)
