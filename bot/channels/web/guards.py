"""What every answer of the page carries, and what becomes of a request that fails."""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.messages import say
from bot.store.store_errors import StoreError

# Nothing from elsewhere, nothing inline, nothing framed.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=()",
}
FOR_ONE_PERSON = "no-store"
_TOO_LARGE = 413

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Fault = Callable[[web.Request, int, str], web.StreamResponse]

log = structlog.get_logger(__name__)


def guarded(fault: Fault) -> Middleware:
    """Make the middleware; `fault` words an answer out of a request, a status and what to say."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except (web.HTTPSuccessful, web.HTTPRedirection):
            raise
        except web.HTTPException as error:
            return fault(request, error.status, say("web.no_form" if error.status == _TOO_LARGE else "web.not_found"))
        except StoreError as error:
            log.warning("page_failed", reason=str(error))
            return fault(request, 503, str(error))
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - its words may hold an applicant's
            log.error("page_failed", error=type(error).__name__)  # noqa: TRY400
            return fault(request, 500, say("web.broken"))

    return guard


async def with_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Add the headers of every answer, just before it is sent."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", FOR_ONE_PERSON)
    response.headers.pop("Server", None)
