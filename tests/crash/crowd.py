"""Applicants at their phones: each fills the whole form, answer by answer, and notes what it sent and heard.

They are as unruly as people are: some type the next answer before it is asked for, ask in between, change an
earlier message; the messenger delivers some of it twice.
"""

import random
import re
from dataclasses import dataclass, field
from typing import Any

from knowledge.form import Form
from tests.emulator.phone import Heard, Phone
from tests.emulator.server import Emulator

STORY = "项目目标是让山里的孩子学会用网。主要内容是志愿者通过直播平台每周开两堂课，三年来开课300堂，覆盖40所学校。"
EDITED = "project_name"
AHEAD_OF = frozenset({"category", "media_links"})  # a press may overtake a message; prose may go on
TWICE, AHEAD, ASKING = 0.1, 0.2, 0.1  # how often an update comes twice, an answer too early, a question in between
_PLACE = re.compile(r"第\d+项，共\d+项[｜「](?P<label>[^」\n]+)")


def answers(number: int) -> dict[str, str]:
    """Give what applicant `number` answers, in the order of the form; the category is a button."""
    return {
        "unit_name": f"皖南第{number}青年志愿者协会",
        "fill_date": "2024年2月5日",
        "project_name": f"山里的直播课{number}号",
        "period": "2021年3月至今",
        "category": "互联网+教育发展",
        "participants": f"{200 + number}人",
        "beneficiaries": f"{8000 + number}人",
        "reach": f"{800 + number}万次",
        "funds": f"{number + 1}万元",
        "funds_source": "社会捐赠和单位自筹",
        "manpower": f"专职2人，志愿者{80 + number}人",
        "registered": "否",
        "contact_applicant": f"林晓 0553-{5_550_000 + number}",
        "contact_recommender": f"芜湖市第{number}网信办 周平 0553-5550202",
        "description": f"{number}号项目。{STORY * 4}",
        "honors": "跳过",
        "media_links": f"https://example.com/news/{number}",
    }


@dataclass
class Applicant:
    """One phone on its way through the form."""

    number: int
    phone: Phone
    dice: random.Random
    names: dict[str, str]  # label → field
    given: dict[str, str] = field(default_factory=dict)  # what the draft must hold, by field
    updates: dict[str, int] = field(default_factory=dict)  # what was sent: update → its number
    heard: list[Heard] = field(default_factory=list)
    document: bytes = b""
    _sent: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def fills_the_form(self) -> None:
        """Start, answer whatever is asked for, and take the document."""
        self._does("start", self.phone.types("/start"))
        pressed: set[str] = set()
        while not self.document:
            heard = await self._hears()
            if heard.file is not None:
                self.document = heard.file[1]
            elif key := self._asked(heard):
                self._answer(key)
            for label in ("开始填表", "确认无误", "同意"):
                if label not in pressed and any(shown.startswith(label) for shown in heard.labels):
                    pressed.add(label)
                    self._does(label, self.phone.presses(label))

    def _answer(self, key: str) -> None:
        """Answer a question heard for the first time."""
        script = answers(self.number)
        if key in self.given or key not in script:
            return
        keys = list(script)[list(script).index(key) :]
        self._gives(key, script[key])
        if len(keys) > 1 and AHEAD_OF.isdisjoint(keys[:2]) and self.dice.random() < AHEAD:
            self._gives(keys[1], script[keys[1]])
        elif key != keys[-1] and self.dice.random() < ASKING:  # the presses that follow may overtake it
            self._does("question", self.phone.types("什么时候截止？"))
        if key == "reach":
            self.given[EDITED] = f"{script[EDITED]}（二期）"
            self._does("edit", self.phone.edits(self._sent[EDITED], self.given[EDITED]))

    def _gives(self, key: str, text: str) -> None:
        self.given[key] = text
        update = self.phone.presses(text) if key == "category" else self.phone.types(text)
        self._sent[key] = update
        self._does(key, update)

    def _does(self, what: str, update: dict[str, Any]) -> None:
        """Note an update, which the messenger may deliver twice."""
        self.updates[f"{len(self.updates)} {what}"] = update["update_id"]
        if self.dice.random() < TWICE:
            self.phone.again(update)

    async def _hears(self) -> Heard:
        heard = await self.phone.hears()
        self.heard.append(heard)
        return heard

    def _asked(self, heard: Heard) -> str | None:
        """Tell which field a message asks for."""
        found = _PLACE.findall(heard.text)
        return self.names[found[-1].removesuffix("（选填）")] if found else None


def applicant(server: Emulator, number: int, form: Form, dice: random.Random) -> Applicant:
    """Give applicant `number` a phone."""
    return Applicant(number, server.phone(number), dice, {one.label: one.key for one in form.fields})
