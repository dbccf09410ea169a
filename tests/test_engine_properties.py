"""Whatever an applicant does, in whatever order: the core answers, loses nothing, and stays in a known state."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dialogs.pack_cache import machine_of
from dialogs.progress import progress
from dialogs.protocol import Choice
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.pack_words import packs

FIELDS = [field for pack in packs() for field in pack.form.fields]
WORDS = st.one_of(
    st.sampled_from([field.example for field in FIELDS]),
    st.sampled_from(["是", "否", "同意", "无", "2023年5月至今", "什么时候截止？", "不清楚", "确认", "1"]),
    st.sampled_from(["上一步", "跳过", "预览", "进度", "取消", "继续填报", "重新开始", "我的申报"]),
    st.sampled_from([f"修改{field.label}" for field in FIELDS]),
    st.lists(st.sampled_from([f"{field.label}：{field.example}" for field in FIELDS]), max_size=6).map("\n".join),
    st.sampled_from(["/start", "/back", "/unknown"]),
    st.text(max_size=60),
)


class Talk(RuleBasedStateMachine):
    """A conversation of arbitrary steps, under one call or another."""

    @initialize(pack=st.sampled_from(packs()))
    def begin(self, pack: NoticePack) -> None:
        self.applicant = Applicant(pack)
        self.applicant.type("/start")
        self.shown: list[str] = []

    @rule(text=WORDS)
    def type(self, text: str) -> None:
        self.applicant.type(text)

    @precondition(lambda self: any(reply.choices for reply in self.applicant.replies))
    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        buttons = [button for reply in self.applicant.replies for button in reply.choices]
        chosen = data.draw(st.sampled_from(buttons))
        self.shown.append(chosen.id)
        self.applicant.press(chosen.label)

    @precondition(lambda self: self.shown)
    @rule(data=st.data())
    def press_an_old_button(self, data: st.DataObject) -> None:
        self.applicant.put(Choice(id=data.draw(st.sampled_from(self.shown))))

    @precondition(lambda self: self.applicant.sent)
    @rule(data=st.data(), text=WORDS)
    def edit(self, data: st.DataObject, text: str) -> None:
        self.applicant.edit(data.draw(st.integers(1, self.applicant.sent)), text)

    @rule(name=st.sampled_from(["a.txt", "a.docx", "a.png", "a.exe"]), content=st.binary(max_size=80))
    def upload(self, name: str, content: bytes) -> None:
        self.applicant.upload(name, content)

    @invariant()
    def something_is_said(self) -> None:
        assert self.applicant.replies
        assert all(reply.text.strip() for reply in self.applicant.replies)

    @invariant()
    def the_state_is_known(self) -> None:
        assert machine_of(self.applicant.pack).knows(self.applicant.session.state)

    @invariant()
    def buttons_fit_a_messenger(self) -> None:
        for reply in self.applicant.replies:
            assert all(len(button.id.encode()) <= 64 and button.label.strip() for button in reply.choices)

    @invariant()
    def progress_counts(self) -> None:
        counted = progress(self.applicant.pack, self.applicant.session.draft)
        assert 0 <= counted.done <= counted.total

    @invariant()
    def a_document_needs_everything_agreed(self) -> None:
        if self.applicant.files:
            draft = self.applicant.session.draft
            assert all(draft.settled(field) for field in self.applicant.pack.form.fields)


Talk.TestCase.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTalk = Talk.TestCase
