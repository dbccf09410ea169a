"""A language model behind an OpenAI-compatible address, asked what an unclear message may mean; off by default.

It only proposes: `dialogs.understanding.model_reading` says what is asked, masks personal words and judges the answer.
Within its time limit it answers, or the bot goes on with its own reading; after a failure it is left alone for a while.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.errors import StartupError
from bot.messages import say
from bot.settings import Settings
from dialogs.protocol import ReadingRequest

AskModel = Callable[[ReadingRequest], Awaitable[str | None]]

_MOST_TOKENS = 500  # of an answer
_REST = 60.0  # seconds in which a model that failed is not asked again
log = logging.getLogger(__name__)


class LanguageModel:
    """Asks one model at one address."""

    def __init__(self, url: str, name: str, key: str, seconds: float) -> None:
        """Ask the model `name` at `url`, for `seconds` at most; `key` may be empty.

        Raises:
            StartupError: the client is not installed.
        """
        try:
            from openai import AsyncOpenAI, OpenAIError  # noqa: PLC0415 - an extra, and slow to import
        except ImportError as error:
            raise StartupError(say("language_model.not_installed")) from error
        self._client = AsyncOpenAI(base_url=url, api_key=key or "none", timeout=seconds, max_retries=0)
        self._failures: tuple[type[Exception], ...] = (OpenAIError, TimeoutError, ValueError)
        self._name, self._seconds = name, seconds
        self._rests_until = 0.0

    async def __call__(self, request: ReadingRequest) -> str | None:
        """Give the model's answer as it is; None where there is none in time, or it is resting. Never raises."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            async with asyncio.timeout(self._seconds):
                return await self._answer(request)
        except self._failures as error:
            log.warning("the language model gave no answer: %s", type(error).__name__)  # no word of it in the log
            self._rests_until = time.monotonic() + _REST
            return None

    async def _answer(self, request: ReadingRequest) -> str | None:
        completion = await self._client.chat.completions.create(
            model=self._name,
            messages=[{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
            response_format={"type": "json_object"},
            temperature=0,
            max_tokens=_MOST_TOKENS,
        )
        choices = getattr(completion, "choices", None)
        return choices[0].message.content if choices else None

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()


def language_model(settings: Settings) -> LanguageModel | None:
    """Give the model the settings name; None where they name none.

    Raises:
        StartupError: the client is not installed, or the model's name is missing.
    """
    if settings.model_url is None:
        return None
    if not settings.model:
        raise StartupError(say("language_model.no_name"))
    key = settings.model_key.get_secret_value() if settings.model_key else ""
    return LanguageModel(settings.model_url, settings.model, key, settings.model_seconds)
