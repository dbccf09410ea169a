"""The staff's lint: everything that is wrong with a pack, each with file, line, reason and mend."""

from pathlib import Path

from knowledge.check.answer_faults import answer_problems
from knowledge.check.fact_faults import fact_faults
from knowledge.check.faq_faults import faq_problems
from knowledge.check.form_faults import form_faults
from knowledge.check.question_faults import question_problems
from knowledge.check.quote_faults import quote_problems
from knowledge.check.slip_faults import misnamed_files, slip_problems
from knowledge.check.topic_faults import topic_problems
from knowledge.loading.pack_folder import load_pack
from knowledge.problems import PackError, Problem


def check_pack(folder: Path) -> list[Problem]:
    """List every fault of the pack in `folder`; empty when there is none. Raises nothing."""
    try:
        pack = load_pack(folder)
    except PackError as error:
        return [*misnamed_files(folder), *error.problems]
    found = [
        *slip_problems(folder, pack),
        *fact_faults(folder, pack),
        *form_faults(folder, pack),
        *quote_problems(folder, pack),
        *faq_problems(folder, pack),
        *answer_problems(folder, pack),
        *topic_problems(folder, pack),
    ]
    return found if any(problem.grave for problem in found) else [*found, *question_problems(folder, pack)]
