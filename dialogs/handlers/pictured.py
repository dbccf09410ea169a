"""The pages of a document handed over before have been turned into pictures, by the shell, in its own time."""

from dialogs.events import Pictured
from dialogs.scene import Scene
from dialogs.views.finish import no_pictures, show_pages


def on_pictured(scene: Scene, event: Pictured) -> None:
    """Show them beside whatever the applicant is doing by now; that none can be made is said once."""
    scene.aside = True
    if event.pages:
        show_pages(scene, event.name, event.pages)
    elif event.asked or not scene.session.told_no_pictures:
        scene.change(told_no_pictures=True)
        no_pictures(scene)
