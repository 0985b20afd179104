"""Progress of long work: a bar on standard error where that is a terminal, else nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress"]


@contextmanager
def progress(
    label: str, *, total: int | None, unit: str = "rows"
) -> Iterator[Callable[[int], None]]:
    """Give a function that is told how many more units are done.

    Parameters
    ----------
    label
        What is being done, shown before the bar.
    total
        How many units there are; None where that is not known.
    unit
        What is counted.
    """
    from tqdm import tqdm

    with tqdm(
        total=total, desc=label, unit=f" {unit}", unit_scale=True, leave=False,
        file=sys.stderr, disable=None,  # None: only where it is a terminal
    ) as bar:  # fmt: skip

        def more(done: int) -> None:
            bar.update(done)

        yield more
