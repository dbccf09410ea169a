"""Learn the weights of `understanding/speech_sense.py` from its examples; say how well they hold (`make senses`)."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.speech_sense import FEATURES, SENSES, WEIGHTS, features

ROUNDS = 300
RATE = 0.05
DECAY = 2e-5
FOLDS = 5
Examples = list[tuple[str, str]]  # text, sense
Floats = NDArray[np.float64]


def examples() -> Examples:
    """Give all examples, in order."""
    return [(line, file.stem) for file in sorted(SENSES.glob("*.txt")) for line in _lines(file)]


def digest() -> str:
    """Tell one state of the examples from another."""
    return sha256("\n".join(f"{sense}\t{text}" for text, sense in examples()).encode()).hexdigest()


def _lines(file: Path) -> Iterator[str]:
    yield from dict.fromkeys(line for line in file.read_text(encoding="utf-8").split("\n") if line.strip())


class Learner:
    """Softmax regression by Adam over sparse rows; senses weigh alike, however many examples they have."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.weights = np.zeros((FEATURES, len(names)))
        self.bias = np.zeros(len(names))

    def learn(self, told: Examples) -> None:
        rows = [features(text) for text, _ in told]
        flat = np.concatenate([np.array(row) for row in rows])
        which = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        value = 1 / np.sqrt(np.array([len(row) for row in rows]))[which]
        right = np.array([self.names.index(sense) for _, sense in told])
        share = 1 / np.sqrt(np.bincount(right, minlength=len(self.names)).clip(1))
        weight = share[right] / share[right].mean()
        steps = [np.zeros_like(self.weights), np.zeros_like(self.weights)]
        bias_steps = [np.zeros_like(self.bias), np.zeros_like(self.bias)]
        for turn in range(1, ROUNDS + 1):
            likely = self._likely(flat, which, value, len(rows))
            likely[np.arange(len(rows)), right] -= 1
            likely *= weight[:, None] / len(rows)
            slope = np.zeros_like(self.weights)
            for number in range(len(self.names)):
                slope[:, number] = np.bincount(flat, likely[which, number] * value, FEATURES)
            slope += DECAY * self.weights
            self.weights -= _adam(steps, slope, turn)
            self.bias -= _adam(bias_steps, likely.sum(axis=0), turn)

    def _likely(self, flat: NDArray[np.int64], which: NDArray[np.int64], value: Floats, count: int) -> Floats:
        """Give the likelihood of every sense for every row."""
        scores = np.zeros((count, len(self.names)))
        for number in range(len(self.names)):
            scores[:, number] = np.bincount(which, self.weights[flat, number] * value, count)
        scores += self.bias
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        return likely / likely.sum(axis=1, keepdims=True)

    def tell(self, text: str) -> Floats:
        row = features(text)
        scores = self.weights[row].sum(axis=0) / len(row) ** 0.5 + self.bias
        likely = np.exp(scores - scores.max())
        return likely / likely.sum()


def _adam(steps: list[Floats], slope: Floats, turn: int) -> Floats:
    """Give the step of one round (Kingma and Ba, 2015)."""
    steps[0][:] = 0.9 * steps[0] + 0.1 * slope
    steps[1][:] = 0.999 * steps[1] + 0.001 * slope**2
    return RATE * (steps[0] / (1 - 0.9**turn)) / (np.sqrt(steps[1] / (1 - 0.999**turn)) + 1e-8)


def learned(told: Examples) -> Learner:
    """Learn from examples."""
    learner = Learner(sorted({sense for _, sense in told}))
    learner.learn(told)
    return learner


def held_out(told: Examples) -> Iterator[tuple[str, str, str, float]]:
    """Tell each example by a learner that has not seen it: text, sense, the likeliest, how likely."""
    for fold in range(FOLDS):
        learner = learned([one for number, one in enumerate(told) if number % FOLDS != fold])
        for text, sense in told[fold::FOLDS]:
            likely = learner.tell(text)
            yield text, sense, learner.names[int(likely.argmax())], float(likely.max())


def main() -> None:
    """Print how the senses are told by learners that have not seen them, then learn from all and store."""
    told = examples()
    right, all_, mixed = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for _, sense, found, _ in held_out(told):
        all_[sense] += 1
        right[sense] += sense == found
        mixed[sense, found] += sense != found
    for sense, count in all_.items():
        print(f"{sense:8} {right[sense] / count:.3f} of {count}")
    print("most mixed up:", ", ".join(f"{a}→{b} {n}" for (a, b), n in mixed.most_common(12)))
    store(learned(told))


def store(learner: Learner) -> None:
    """Write the weights, eight bits each."""
    scale = np.float32(np.abs(learner.weights).max() / 127)
    np.savez_compressed(
        WEIGHTS,
        weights=np.round(learner.weights / scale).astype(np.int8),
        scale=scale,
        bias=learner.bias.astype(np.float32),
        names=np.array(learner.names),
        digest=np.array(digest()),
    )


if __name__ == "__main__":
    main()
