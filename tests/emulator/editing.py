"""Methods that change what the bot sent before, and the answer to a button press."""

from typing import Any

from tests.emulator.errors import bad_request
from tests.emulator.params import Params
from tests.emulator.sending import caption, checked_markup, checked_text
from tests.emulator.world import World


async def edit_text(world: World, params: Params) -> dict[str, Any]:
    """Replace a message's text and keyboard."""
    return await _change(world, params, {"text": checked_text(params.text("text"))})


async def edit_caption(world: World, params: Params) -> dict[str, Any]:
    """Replace a caption and keyboard."""
    return await _change(world, params, caption(params))


async def edit_markup(world: World, params: Params) -> dict[str, Any]:
    """Replace the keyboard only; the phone does not sound."""
    return _changed(world, params, {})


async def delete_message(world: World, params: Params) -> bool:
    """Remove a message."""
    _own_message(world, params, "message to delete not found")
    del world.chat(params.number("chat_id")).messages[params.number("message_id")]
    return True


async def answer_query(world: World, params: Params) -> bool:
    """Stop the little clock on a pressed button."""
    query = params.text("callback_query_id")
    if query not in world.queries:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    world.queries[query] = dict(params.values)
    return True


async def _change(world: World, params: Params, content: dict[str, Any]) -> dict[str, Any]:
    message = _changed(world, params, content)
    await world.show(world.chat(params.number("chat_id")), message)
    return message


def _changed(world: World, params: Params, content: dict[str, Any]) -> dict[str, Any]:
    message = _own_message(world, params, "message to edit not found")
    markup = checked_markup(params.json("reply_markup"))
    after = {key: value for key, value in message.items() if key != "reply_markup"} | content
    after |= {"reply_markup": markup} if markup else {}
    if after == message:
        raise bad_request("message is not modified")
    message.clear()
    message.update(after)
    return message


def _own_message(world: World, params: Params, words: str) -> dict[str, Any]:
    message = world.chat(params.number("chat_id")).messages.get(params.number("message_id"))
    if message is None:
        raise bad_request(words)
    if message["from"]["id"] != world.me["id"]:
        raise bad_request("message can't be edited")
    return message
