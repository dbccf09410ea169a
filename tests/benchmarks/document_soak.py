"""100,000 generated contents through the whole document: filled, read back, proven, recognised, and by Word's schema.

Run with `python -m tests.benchmarks.document_soak [contents]`; a form holds sixteen contents. Every fiftieth form
is checked by openxml-audit, which takes a quarter of a second.
"""

import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from dialogs.document.fill import fill
from dialogs.document.read_form import read_form
from dialogs.document.verify import differences, prove_untouched
from tests.document_samples import CATEGORIES, FORM, TEMPLATE, TEXT_FIELDS, submission, texts

forms = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(TEXT_FIELDS, texts)),
    st.sampled_from(CATEGORIES),
    st.booleans(),
    st.sampled_from([(), ("description",)]),
)


def soak(contents: int) -> tuple[int, int]:
    """Run that many contents; give how many forms were filled and how many the schema was asked about."""
    validator, count = OpenXmlValidator(), [0, 0]

    @settings(
        max_examples=contents // len(TEXT_FIELDS), deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(forms)
    def one(each: tuple[dict[str, str], str, bool, tuple[str, ...]]) -> None:
        words, category, registered, attached = each
        filled = submission(words, category=category, registered=registered, apart=attached)
        made = fill(filled, TEMPLATE, FORM)
        assert differences(filled, made, TEMPLATE, FORM) == []
        assert prove_untouched(filled, made, TEMPLATE, FORM).changed == ()
        assert read_form(made, FORM, TEMPLATE) is not None
        if count[0] % 50 == 0:
            assert [str(error) for error in _audit(validator, made)] == []
            count[1] += 1
        count[0] += 1

    one()
    return count[0], count[1]


def _audit(validator: OpenXmlValidator, content: bytes) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.docx"
        path.write_bytes(content)
        return list(validator.validate(path).errors)


def main() -> None:
    """Say how many passed."""
    contents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    filled, audited = soak(contents)
    print(f"{filled * len(TEXT_FIELDS)} 段内容、{filled} 份表格：全部读回一致、表外未动；{audited} 份通过架构校验。")


if __name__ == "__main__":
    main()
