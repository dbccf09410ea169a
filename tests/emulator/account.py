"""Methods about the bot itself: who it is, its commands, its files, how it gets updates."""

from typing import Any

from tests.emulator.errors import bad_request
from tests.emulator.params import Params
from tests.emulator.world import World

DOWNLOAD_LIMIT = 20 * 1024 * 1024


async def get_me(world: World, _params: Params) -> dict[str, Any]:
    """Say who the bot is."""
    return world.me


async def set_commands(world: World, params: Params) -> bool:
    """Set the menu of commands."""
    commands = params.json("commands") or []
    for command in commands:
        if not 1 <= len(command["command"]) <= 32 or not command["command"].islower():
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands = commands
    return True


async def get_commands(world: World, _params: Params) -> list[dict[str, str]]:
    """Give the menu of commands."""
    return world.commands


async def get_file(world: World, params: Params) -> dict[str, Any]:
    """Prepare a download."""
    file_id = params.text("file_id")
    if file_id not in world.files:
        raise bad_request("invalid file_id")
    path, content = world.files[file_id]
    if len(content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content), "file_path": path}


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Hand over updates, waiting for some."""
    if "allowed_updates" in params.values:
        world.mailbox.allowed = params.json("allowed_updates")
    limit = params.number("limit", 100)
    return await world.mailbox.poll(params.number("offset"), limit, params.number("timeout"))
