"""Handing over the document: filled, read back, compared; only a proven one leaves."""

from dialogs.document.filename import file_name
from dialogs.document.readback import differences
from dialogs.document.render import render
from dialogs.final_rules import filing
from dialogs.replies import File
from dialogs.scene import Scene
from dialogs.views.finish import cannot_hand_over, hand_over


def deliver(scene: Scene) -> None:
    """Fill the template and hand it over, unless reading it back shows any difference."""
    submission = scene.draft.submission(scene.pack)
    document = render(submission, scene.pack.template)
    found = differences(submission, document)
    if found:
        cannot_hand_over(scene, tuple(difference.field for difference in found))
        return
    scene.filed = filing(scene)
    scene.change_draft(delivered=scene.draft.delivered + 1)
    hand_over(scene, File(name=file_name(submission, scene.pack.form.filename), content=document))
