"""Handing over the document: filled, read back, compared; only a proven one leaves. Then all of the envelope."""

from dialogs.document.filename import file_name
from dialogs.document.kit import kit
from dialogs.document.readback import differences
from dialogs.document.render import render
from dialogs.evidence import gathered
from dialogs.final_rules import filing
from dialogs.prepared import template_of
from dialogs.replies import File
from dialogs.scene import Scene
from dialogs.submission import Submission
from dialogs.table import DONE, state_name
from dialogs.turn import Showing
from dialogs.views.finish import cannot_hand_over, hand_over, hand_over_kit, not_finished, pages_are_coming


def deliver(scene: Scene) -> None:
    """Fill the template and hand it over, unless reading it back shows any difference."""
    document = _proven(scene, scene.draft.submission(scene.pack))
    if document is None:
        return
    scene.filed = filing(scene)
    scene.change_draft(delivered=scene.draft.delivered + 1)
    scene.showing = Showing(document=document, asked=False)
    hand_over(scene, document)


def pack_up(scene: Scene) -> None:
    """Hand over everything for the envelope in one file.

    The bytes of the evidence lie with the shell: the first time they are asked for (`Turn.wanted`), and the shell
    runs the turn again with `Moment.files`.
    """
    if not _finished(scene):
        not_finished(scene)
        return
    wanted = tuple(kept.digest for kept in scene.draft.evidence)
    if wanted and scene.moment.files is None:
        scene.wanted = wanted
        return
    submission = scene.draft.submission(scene.pack)
    document = _proven(scene, submission)
    if document is not None:
        evidence = gathered(scene.draft, scene.pack, scene.moment.files or {})
        hand_over_kit(scene, kit(submission, scene.pack, document, evidence, addresses=scene.draft.addresses))


def show_again(scene: Scene) -> None:
    """Have the pages of the document shown as pictures."""
    document = _proven(scene, scene.draft.submission(scene.pack)) if _finished(scene) else None
    if document is None:
        not_finished(scene)
        return
    scene.showing = Showing(document=document, asked=True)
    scene.aside = True
    pages_are_coming(scene)


def _finished(scene: Scene) -> bool:
    """Tell whether nothing stands between the draft and its document."""
    leads_to = scene.machine.move("proceed", scene.session.state, scene.draft)
    return bool(scene.draft.delivered) and leads_to == state_name(DONE)


def _proven(scene: Scene, submission: Submission) -> File | None:
    """Make the document; None, and said so, when it does not hold what was submitted."""
    document = render(submission, template_of(scene.pack))
    if found := differences(submission, document):
        cannot_hand_over(scene, tuple(difference.field for difference in found))
        return None
    return File(name=file_name(submission, scene.pack.form.filename), content=document)
