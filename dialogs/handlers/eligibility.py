"""「先看看自己符不符合」: one tap a question, then every criterion with its verdict and its clause."""

from dialogs.flow import come_back
from dialogs.scene import Scene
from dialogs.views.eligibility import ask_check, show_verdicts
from dialogs.views.greeting import greet

_TAPS = ("yes", "no", "unsure")


def start_checks(scene: Scene) -> None:
    """Ask the first question; earlier answers are forgotten."""
    eligibility = scene.pack.eligibility
    if eligibility is None:
        greet(scene, "这份通知没有设置自查问题，有疑问请直接问我。")
        return
    scene.go("check")
    scene.change(checks={})
    ask_check(scene, eligibility.wording.intro)


def on_check(scene: Scene, check: str, tap: str) -> None:
    """Take one answer; after the last one, show the verdicts and the ways on."""
    eligibility = scene.pack.eligibility
    if eligibility is None or tap not in _TAPS or check not in {known.id for known in eligibility.checks}:
        come_back(scene)
        return
    scene.go("check")
    scene.change(checks={**scene.session.checks, check: tap})
    if not ask_check(scene):
        show_verdicts(scene)
        scene.go("pause")
