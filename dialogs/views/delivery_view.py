"""The end: the document, and what is left to do on paper, each with its clause."""

from dialogs.buttons import ChooseField, Consult, NewApplication, PackUp, ShowPages, Start, button
from dialogs.context import TurnContext
from dialogs.document.package import Package
from dialogs.protocol import Button, File
from dialogs.views.evidence_view import evidence_button, missing_screenshots, summary
from knowledge.notice import Citation


def hand_over(context: TurnContext, document: File) -> None:
    """Give the document and the steps left."""
    facts = context.pack.facts
    steps = context.pack.form.afterwards
    lines = [f"{number}. {facts.fill(step.text)}（{step.clause}）" for number, step in enumerate(steps, 1)]
    missing, asked = missing_screenshots(context)
    evidence = context.pack.form.evidence
    parts = [
        "推荐表已生成，内容已逐项核对，与您填写的一致。",
        "接下来还要：\n" + "\n".join(lines) if lines else "",
        "\n".join([summary(context), *(f"⚠ {words}" for words in missing)]).strip(),
        evidence.hint if evidence else "",
    ]
    citations = tuple(Citation(clause=step.clause, quote=step.quote) for step in steps)
    text = "\n\n".join(part for part in parts if part)
    context.say(text, _ways_on(context), tuple(dict.fromkeys((*citations, *asked))), (document,))


def hand_over_package(context: TurnContext, made: Package) -> None:
    """Give everything for the envelope in one file, and say what is in it."""
    lines = ["打包好了，里面有：", *(f"· {name}" for name in made.names)]
    if made.left_out:
        lines.append(f"⚠ 材料合计太大，一个文件装不下，没有放进去的请在发邮件时自己附上：{'、'.join(made.left_out)}")
    lines += ["", "解压后双击“邮件草稿.eml”，核对附件后点发送即可；纸质件照“报送清单.txt”一项一项办。"]
    context.say("\n".join(lines), _ways_on(context), (), (made.file,))


def not_finished(context: TurnContext) -> None:
    """Say that the document must be made (again) first."""
    context.say(
        "表格还没有生成，或者改动后还没有重新生成。先把剩下的填完、核对、同意声明，就能打包了。",
        (button(Start(), "继续填报"),),
    )


def pages_are_coming(context: TurnContext) -> None:
    """Say that the picture takes a moment."""
    context.say("正在排版，几秒钟后把表格的样子发给您。")


def show_pages(context: TurnContext, name: str, pages: tuple[bytes, ...]) -> None:
    """Show what the document looks like, page by page."""
    stem = name.rpartition(".")[0] or name
    files = tuple(File(name=f"{stem}_第{number}页.png", content=page) for number, page in enumerate(pages, 1))
    context.say(f"这是表格打印出来的样子，共{len(pages)}页。字体以您电脑上的为准。", (), (), files)


def no_pictures(context: TurnContext) -> None:
    """Say that this installation cannot show pages."""
    context.say("这里暂时看不了表格的样子（排版程序没有装或没有响应），请打开刚才的 Word 文件查看，内容不受影响。")


def still_here(context: TurnContext) -> None:
    """Say, after a word in between, that the document is there and what can be done with it."""
    context.say("您的推荐表已经生成好了。要改某一项、再填一份，都可以点下面的按钮。", _ways_on(context))


def cannot_hand_over(context: TurnContext, fields: tuple[str, ...]) -> None:
    """Say that the document did not pass its proof; nothing is handed over."""
    labels = "、".join(context.pack.fields[key].label if key in context.pack.fields else key for key in fields)
    contact = f"{context.pack.facts.shown('contact_name')} {context.pack.facts.shown('contact_phone')}"
    context.say(
        f"表格已排好，但核对时发现“{labels}”与您填写的内容不一致，为避免出错，先不发给您。"
        f"您填的内容都在。请换一种写法重填这一项，或联系{contact}。",
        (button(ChooseField(context.draft.id), "修改某一项"),),
    )


def _ways_on(context: TurnContext) -> tuple[Button, ...]:
    draft = context.draft.id
    return (
        button(ChooseField(draft), "修改后重新生成"),
        button(PackUp(draft), "打包全部材料"),
        button(ShowPages(draft), "看看表格的样子"),
        *evidence_button(context),
        button(NewApplication(), "再填一份"),
        button(Consult(), "我要咨询"),
    )
