"""The end: the document, and what is left to do on paper, each with its clause."""

from dialogs.buttons import (
    ChooseField,
    Consult,
    HandIn,
    NewApplication,
    PackUp,
    ShowPages,
    Start,
    TakeBack,
    button,
)
from dialogs.context import TurnContext
from dialogs.document.package import Package, paper_lines
from dialogs.protocol import Button, File
from dialogs.views.evidence_view import evidence_button, missing_screenshots, summary
from dialogs.views.menu_view import pressing
from knowledge.notice import Citation


def hand_over(context: TurnContext, document: File) -> None:
    """Give the document and the steps left."""
    steps = context.pack.form.afterwards
    missing, asked = missing_screenshots(context)
    evidence = context.pack.form.evidence
    draft = context.draft
    older = draft.receipt and draft.submission(context.pack).mark != draft.handed_in
    lacking = [context.words("delivery.doubt", message=message) for message in missing]
    parts = [
        context.words("delivery.made_again" if draft.delivered > 1 else "delivery.made"),
        context.words("receipt.older", number=draft.receipt) if older else "",
        pressing(context),
        context.words("delivery.steps", steps=_steps(context)) if steps else "",
        _papers(context),
        "\n".join([summary(context), *lacking]).strip(),
        evidence.hint if evidence else "",
    ]
    citations = tuple(Citation(clause=step.clause, quote=step.quote) for step in steps)
    text = "\n\n".join(part for part in parts if part)
    context.say(text, ways_on(context), tuple(dict.fromkeys((*citations, *asked))), (document,))


def hand_over_again(context: TurnContext, document: File) -> None:
    """Give the same document once more, and the ways on."""
    context.say(context.words("delivery.again"), ways_on(context), files=(document,))


def _papers(context: TurnContext) -> str:
    """List the documents this applicant must send along."""
    lines = list(paper_lines(context.draft.submission(context.pack), context.pack))
    return "\n".join([context.words("delivery.papers"), *lines]) if lines else ""


def _steps(context: TurnContext) -> str:
    """List what is left to do; once the call has closed, no step speaks of the deadline as if it lay ahead."""
    facts = context.pack.facts
    deadline = facts.day("deadline")
    closed = deadline is not None and deadline < context.moment.today
    steps = [step for step in context.pack.form.afterwards if not (closed and "deadline" in facts.names_in(step.text))]
    lines = [
        context.words("delivery.step", number=number, text=facts.fill(step.text), clause=step.clause)
        for number, step in enumerate(steps, 1)
    ]
    return "\n".join(lines)


def hand_over_package(context: TurnContext, made: Package) -> None:
    """Give everything for the envelope in one file, and say what is in it."""
    lines = [
        context.words("delivery.packed"),
        *(context.words("delivery.packed_file", name=name) for name in made.names),
    ]
    if made.left_out:
        lines.append(context.words("delivery.left_out", names="、".join(made.left_out)))
    draft, checklist = context.words("package.draft_name"), context.words("package.checklist_name")
    lines += ["", context.words("delivery.unpack", draft=draft, checklist=checklist)]
    context.say("\n".join(lines), ways_on(context), (), (made.file,))


def not_finished(context: TurnContext) -> None:
    """Say that the document must be made (again) first."""
    context.tell("delivery.not_finished", (button(Start(), context.words("button.go_on")),))


def pages_are_coming(context: TurnContext) -> None:
    """Say that the picture takes a moment."""
    context.tell("delivery.pages_coming")


def show_pages(context: TurnContext, name: str, pages: tuple[bytes, ...], pdf: bytes) -> None:
    """Show what the document looks like, page by page, and hand it over as a PDF, if one was made."""
    stem = name.rpartition(".")[0] or name
    files = tuple(
        File(name=context.words("delivery.page_name", name=stem, number=number), content=page)
        for number, page in enumerate(pages, 1)
    )
    said = [context.words("delivery.pages", count=len(pages))]
    if pdf:
        files = (File(name=f"{stem}.pdf", content=pdf), *files)
        said.append(context.words("delivery.pdf"))
    context.say("\n".join(said), (), (), files)


def no_pictures(context: TurnContext) -> None:
    """Say that this installation cannot show pages."""
    context.tell("delivery.no_pages")


def still_here(context: TurnContext) -> None:
    """Say, after a word in between, that the document is there and what can be done with it."""
    context.tell("delivery.still_here", ways_on(context))


def cannot_hand_over(context: TurnContext, fields: tuple[str, ...]) -> None:
    """Say that the document did not pass its proof; nothing is handed over."""
    labels = "、".join(context.pack.fields[key].label if key in context.pack.fields else key for key in fields)
    change = button(ChooseField(context.draft.id), context.words("button.change_one"))
    context.tell("delivery.not_proven", (change,), labels=labels)


def ways_on(context: TurnContext) -> tuple[Button, ...]:
    """Give what can be done with a finished application."""
    draft, words = context.draft.id, context.words
    handed_in = context.draft.receipt
    return (
        button(HandIn(draft), words("button.hand_in_again" if handed_in else "button.hand_in")),
        *((button(TakeBack(draft), words("button.take_back")),) if handed_in else ()),
        button(ChooseField(draft), words("button.change_made")),
        button(PackUp(draft), words("button.pack_up")),
        button(ShowPages(draft), words("button.pages")),
        *evidence_button(context),
        button(NewApplication(), words("button.new")),
        button(Consult(), words("button.consult")),
    )
