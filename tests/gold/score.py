"""Score the extractor on the annotated reports.

``python tests/gold/score.py --half test`` prints one table; ``--errors`` lists
what went wrong, for the dev half only: the test half is not to be tuned to.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reports import HALVES, load
from reports_score import Extractor, Score, first_toponym, score

_F1 = ("toponyms", "toponyms, exact span", "incidents")
_SHARES = (
    "resolved within 10 km", "resolved within 25 km", "usage", "usage, place", "usage, metonym",
    "kind", "date", "place", "place, where a point is given",
    "abstention: no pin where none is given", "abstention: none where a point is given",
    "side", "side unsure", "direction", "actor", "quantities", "traps avoided",
)  # fmt: skip
_BASELINE = ("all: place", "all: place, a point", "all: place, no point")


def report_of(half: str, result: Score, baseline: Score, *, reports: int) -> str:
    """Return the table that is printed."""
    lines = [f"{half}: {reports} reports", "", f"{'':40}{'precision':>10}{'recall':>8}{'F1':>7}"]
    for name in _F1:
        tally = result[name]
        lines.append(f"{name:40}{tally.precision:10.3f}{tally.share:8.3f}{tally.f1:7.3f}")
    lines += ["", f"{'of those found':40}{'right':>10}{'of':>8}{'share':>7}"]
    for name in _SHARES:
        tally = result[name]
        lines.append(f"{name:40}{tally.right:10}{tally.asked:8}{tally.share:7.3f}")
    lines.append(f"{'duplicates':40}{result['duplicates'].right:10}")
    lines += ["", f"{'of all incidents':40}{'extractor':>10}{'first toponym':>16}"]
    for name in _BASELINE:
        ours, theirs = result[name], baseline[name]
        lines.append(f"{name:40}{ours.share:10.3f}{theirs.share:16.3f}")
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> None:
    """Parse the options, extract, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", choices=HALVES, default="dev")
    options.add_argument("--errors", action="store_true", help="list errors; dev half only")
    chosen = options.parse_args(argv)
    if chosen.errors and chosen.half != "dev":
        options.error("--errors is for the dev half: the test half is not to be tuned to")
    from bordermap import extract

    reports = load(chosen.half)
    result = score(reports, Extractor(extract=extract.extract, find_toponyms=extract.find_toponyms))
    print(report_of(chosen.half, result, first_toponym(reports), reports=len(reports)))
    if chosen.errors:
        print("\n" + "\n".join(result.errors))


if __name__ == "__main__":
    main()
