"""Which wordings are understood: the dev set of the annotated sentences, held to a floor."""

from __future__ import annotations

import pytest
from sentences_score import Tally, judge, records_of, sentences


@pytest.fixture(scope="module")
def tally() -> Tally:
    found = Tally()
    for row in sentences(["dev"]):
        judge(row, records_of(row), found)
    return found


def share(tally: Tally, name: str) -> float:
    return tally.right[name] / tally.asked[name]


def test_incidents_are_found_in_many_wordings(tally: Tally) -> None:
    assert share(tally, "events found") >= 0.92


def test_what_is_no_incident_is_left_alone(tally: Tally) -> None:
    assert share(tally, "negatives left alone") >= 0.92


def test_few_records_are_too_many(tally: Tally) -> None:
    assert tally.too_many <= 25
