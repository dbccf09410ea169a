"""Every number the search decides by, read from `calibration.yaml`, where each stands with its origin."""

from functools import cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model


class Weights(Model):
    """A logistic model over the features of `scoring.features`."""

    bias: float
    share: float
    covered: float
    explained: float
    height: float
    lead: float
    lead_kind: float
    written: float = 0.0
    said: float = 0.0
    accounted: float = 0.0
    nearest: float = 0.0
    unsaid: float = 0.0
    kinds: float = 0.0
    units: float = 0.0
    said_lead: float = 0.0
    length: float = 0.0


class Scale(Model):
    """How evidence is added up and when it is enough, for one kind of pack.

    `sure` is the likelihood from which an entry is taken without asking back; `accounted` and `said` are added to the
    sum of an entry that holds all the question's words at all, or in its answer. Where `each` is given, every
    entry that answers is judged by it, wherever it stands; the next one is answered as well from `second` on.
    """

    sure: float
    accounted: float
    said: float
    weights: Weights
    each: Weights | None = None
    second: float = 1.0


class Calibration(Model):
    """All of `calibration.yaml`; what each number means stands there."""

    many_wordings: Scale
    many_wordings_and_meaning: Scale
    few_wordings: Scale
    many: int
    sharpness: float
    close: float
    closeness: float
    explained: float
    field: float
    own: float
    shared: float
    hinted: float
    open: float
    near: float
    beside: float
    clear: float
    verbatim: float
    exact: float
    pointed: float
    pointed_share: float


@cache
def calibration() -> Calibration:
    """Load the numbers, once."""
    return load_yaml(Path(__file__).parent / "calibration.yaml", Calibration)
