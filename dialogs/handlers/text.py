"""Typed words: a decision, a pasted block, a command, an answer, a question — in that order of certainty."""

from dialogs.collecting import on_more
from dialogs.deciding import decide
from dialogs.flow import come_back
from dialogs.handlers.choice import on_choice
from dialogs.handlers.evidence import on_address
from dialogs.handlers.intent import on_intent
from dialogs.handlers.paste import on_block, on_labelled
from dialogs.handlers.question import on_question, on_unclear
from dialogs.paste import labelled_field, split_block
from dialogs.routing import AsAnswer, AsCommand, AsQuestion, Unclear, route
from dialogs.scene import Scene
from dialogs.taking import take, take_outcome

LONGEST = 20_000  # characters; ten times the longest field


def on_text(scene: Scene, text: str) -> None:
    """Handle typed words; nothing typed is ever dropped."""
    if len(text) > LONGEST:
        _too_long(scene, text)
        return
    if button := decide(scene, text):
        on_choice(scene, button)
        return
    if block := split_block(text, scene.pack.form):
        on_block(scene, block)
        return
    labelled = labelled_field(text, scene.pack.form, asked=scene.field.key if scene.field else None)
    if labelled and (scene.field is None or labelled != scene.field.key):
        on_labelled(scene, labelled, text)
        return
    if not on_address(scene, text) and not on_more(scene, text):
        _follow(scene, text)


def _too_long(scene: Scene, text: str) -> None:
    """Nobody types that much: the field says what it holds; elsewhere we ask for less."""
    if scene.field is not None:
        take(scene, scene.field, text)
        return
    scene.say(f"这条消息有{len(text)}个字，太长了，没有处理。请分开发，或用文件发给我。")
    come_back(scene)


def _follow(scene: Scene, text: str) -> None:
    reading = route(text, scene.field, scene.pack, scene.finder, scene.moment.today)
    match reading:
        case AsCommand():
            on_intent(scene, reading.intent)
        case AsAnswer():
            if scene.field is not None:
                take_outcome(scene, scene.field, text, reading.outcome)
        case AsQuestion():
            on_question(scene, text, reading.found)
        case Unclear():
            on_unclear(scene, text, reading)
