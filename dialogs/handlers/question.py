"""A question: answered with its clause, or honestly not; then the same field is asked again."""

from dialogs.flow import come_back, ensure_draft
from dialogs.replies import Button
from dialogs.routing import Unclear
from dialogs.scene import Scene
from dialogs.session import Pending
from dialogs.taking import take
from dialogs.turn import Asked
from knowledge.answers import Abstention, Answer
from knowledge.notice import Citation


def on_question(scene: Scene, text: str, found: Answer | Abstention) -> None:
    """Answer, or offer what is near, or say that the notice does not say."""
    outcome = "answered" if isinstance(found, Answer) else "clarified" if found.nearest else "abstained"
    scene.asked = Asked.model_validate(
        {"question": text, "outcome": outcome, "field": scene.field.key if scene.field else None}
    )
    choices = () if isinstance(found, Answer) else nearest_buttons(found)
    scene.say(with_grounds(found.text, found.citations), choices, found.citations)
    come_back(scene)


def with_grounds(text: str, citations: tuple[Citation, ...]) -> str:
    """Put the clauses an answer stands on behind it."""
    lines = [f"{citation.clause}：“{citation.quote}”" for citation in citations]
    return text if not lines else f"{text}\n\n通知原文\n" + "\n".join(lines)


def nearest_buttons(found: Abstention) -> tuple[Button, ...]:
    """Offer the near questions, one tap away."""
    return tuple(Button(id=f"suggest:{near.entry}", label=near.question) for near in found.nearest)


def suggestion(scene: Scene, entry: str) -> None:
    """Answer the suggested question that was tapped."""
    found = scene.finder.entry(entry, today=scene.moment.today)
    if found is None:
        scene.say("通知内容已更新，这个问题不在了，请直接问我。")
    else:
        scene.say(with_grounds(found.text, found.citations), (), found.citations)
    come_back(scene)


def on_unclear(scene: Scene, text: str, reading: Unclear) -> None:
    """Offer both readings; the words are kept until one is chosen."""
    field = scene.field
    if field is None:
        on_question(scene, text, reading.found)
        return
    pending = scene.await_decision("unclear", field=field.key, text=text, message=scene.message)
    scene.say(
        f"这句话我不敢擅自处理：“{text[:80]}”\n它是“{field.label}”的内容，还是您在提问？",
        (
            Button(id=f"answer:{pending.serial}", label=f"填到{field.label}"),
            Button(id=f"question:{pending.serial}", label="这是提问"),
        ),
    )


def answer_reading(scene: Scene, pending: Pending) -> None:
    """The words were an answer."""
    field = scene.pack.fields.get(pending.field or "")
    scene.change(pending=None)
    ensure_draft(scene)
    if field is not None and scene.go("edit", field.key):
        scene.message = pending.message
        take(scene, field, pending.text)


def question_reading(scene: Scene, pending: Pending) -> None:
    """The words were a question."""
    scene.change(pending=None)
    found = scene.finder.find(pending.text, today=scene.moment.today, during=pending.field)
    on_question(scene, pending.text, found)
