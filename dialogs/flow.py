"""Moving on: what happens when the session arrives at a state."""

from dialogs.delivery import deliver
from dialogs.evidence import match_up
from dialogs.final_rules import doubts
from dialogs.scene import Scene
from dialogs.session import Draft
from dialogs.table import DONE, ELIGIBILITY, REVIEW, local_name
from dialogs.views.asking import ask, ask_again
from dialogs.views.eligibility import ask_check
from dialogs.views.finish import still_here
from dialogs.views.greeting import greet, menu
from dialogs.views.review import go_on_reviewing, show_review
from dialogs.views.waiting import remind


def advance(scene: Scene, before: str = "") -> None:
    """Go to whatever comes next: the first gap, the review, the declaration, the document."""
    scene.go("proceed")
    arrive(scene, before)


def arrive(scene: Scene, before: str = "") -> None:
    """Say what belongs to the state the session is in."""
    if scene.field is not None:
        ask(scene, before)
    elif local_name(scene.session.state) == REVIEW:
        scene.change_draft(evidence=match_up(scene.draft, scene.pack))
        show_review(scene, *doubts(scene), before=before)
    elif local_name(scene.session.state) == DONE:
        deliver(scene)
    else:
        greet(scene, before)


def come_back(scene: Scene) -> None:
    """After a word in between: put again, in short, what was being asked or decided."""
    phase = local_name(scene.session.state)
    if scene.session.pending is not None:
        remind(scene, scene.session.pending)
    elif scene.field is not None:
        ask_again(scene)
    elif phase == ELIGIBILITY:
        ask_check(scene)
    elif phase == REVIEW:
        go_on_reviewing(scene)
    elif phase == DONE:
        still_here(scene)
    elif scene.replies:
        scene.offer(menu(scene)[:1])


def open_draft(scene: Scene, number: int | None = None) -> None:
    """Work on an application: a held one, or a new one; the one left behind keeps its place."""
    if scene.session.current in scene.session.drafts:
        leave(scene)
    if number is None or number not in scene.session.drafts:
        number = max(scene.session.drafts, default=0) + 1
        scene.change(drafts={**scene.session.drafts, number: Draft(id=number)})
    scene.change(current=number)


def leave(scene: Scene) -> None:
    """Leave the form for the menu; the draft remembers where it was."""
    scene.change_draft(left_at=scene.field.key if scene.field else None)
    scene.go("pause")


def ensure_draft(scene: Scene) -> bool:
    """Open a first application if there is none; True when it is new."""
    if scene.session.current in scene.session.drafts:
        return False
    open_draft(scene)
    return True
