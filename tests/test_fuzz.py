"""A bounded run of fuzzing: the kept corpus, and what hypothesis makes of it.

The long run is ``tests/fuzz/run.py``; docs/import.md tells what it found.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FUZZ = Path(__file__).parent / "fuzz"
sys.path.insert(0, str(FUZZ))

from targets import TARGETS, held  # noqa: E402

CORPUS = sorted((FUZZ / "corpus").iterdir())
TOKENS: list[bytes] = [
    ast.literal_eval(f"b{line}")
    for line in (FUZZ / "tokens.dict").read_text(encoding="utf-8").splitlines()
    if line
]
# Workbooks and prose take a tenth of a second each.
EXAMPLES = {"sheet": 15, "xlsx": 15, "prose": 10, "gpx": 20, "line": 20}


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.name)
def test_the_corpus_gives_clean_errors_only(path: Path) -> None:
    held(TARGETS[path.stem.split("-")[0]], path.read_bytes())


def test_every_target_has_an_input_that_it_reads() -> None:
    read = {
        name
        for path in CORPUS
        if (name := path.stem.split("-")[0]) and held(TARGETS[name], path.read_bytes())
    }
    assert read == set(TARGETS) - {"xlsx"}


@st.composite
def mutated(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Return a seed with pieces cut, doubled, and tokens or bytes put in."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        piece = draw(
            st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4), st.just(data[start:end] * 2))
        )
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_inputs_give_clean_errors_only(name: str) -> None:
    seeds = [p.read_bytes() for p in CORPUS if p.stem.split("-")[0] == name]

    @settings(
        max_examples=EXAMPLES.get(name, 40), deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(mutated(seeds or [b"PK\3\4"]))
    def run(data: bytes) -> None:
        held(TARGETS[name], data)

    run()
