"""The end: the document, and what is left to do on paper, each with its clause."""

from dialogs.replies import Button, File
from dialogs.scene import Scene
from knowledge.notice import Citation


def hand_over(scene: Scene, document: File) -> None:
    """Give the document and the steps left."""
    facts = scene.pack.facts
    steps = scene.pack.form.afterwards
    lines = [f"{number}. {facts.fill(step.text)}（{step.clause}）" for number, step in enumerate(steps, 1)]
    text = "推荐表已生成，内容已逐项核对，与您填写的一致。" + ("\n\n接下来还要：\n" + "\n".join(lines) if lines else "")
    citations = tuple(Citation(clause=step.clause, quote=step.quote) for step in steps)
    scene.say(text, _ways_on(scene), citations, (document,))


def still_here(scene: Scene) -> None:
    """Say, after a word in between, that the document is there and what can be done with it."""
    scene.say("您的推荐表已经生成好了。要改某一项、再填一份，都可以点下面的按钮。", _ways_on(scene))


def cannot_hand_over(scene: Scene, fields: tuple[str, ...]) -> None:
    """Say that the document did not pass its proof; nothing is handed over."""
    labels = "、".join(scene.pack.fields[key].label if key in scene.pack.fields else key for key in fields)
    contact = f"{scene.pack.facts.shown('contact_name')} {scene.pack.facts.shown('contact_phone')}"
    draft = scene.draft.id
    scene.say(
        f"表格已排好，但核对时发现“{labels}”与您填写的内容不一致，为避免出错，先不发给您。"
        f"您填的内容都在。请换一种写法重填这一项，或联系{contact}。",
        (Button(id=f"choose:{draft}", label="修改某一项"),),
    )


def _ways_on(scene: Scene) -> tuple[Button, ...]:
    return (
        Button(id=f"choose:{scene.draft.id}", label="修改后重新生成"),
        Button(id="new", label="再填一份"),
        Button(id="consult", label="我要咨询"),
    )
