"""Slash commands of a messenger: the same intents as the typed words."""

from dialogs.handlers.intent import on_intent, start
from dialogs.intents import Intent, command_of
from dialogs.scene import Scene


def on_command(scene: Scene, name: str, argument: str) -> None:
    """Do what the command says; `/start` greets, or takes a draft up again."""
    if name == "start":
        start(scene)
        return
    intent = command_of(f"/{name} {argument}".strip(), scene.pack.form)
    if intent is None:
        scene.say(f"没有“/{name}”这个命令。")
    on_intent(scene, intent or Intent(name="help"))
