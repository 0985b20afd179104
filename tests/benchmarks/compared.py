"""One line a comparison, which `run.py` gathers from every benchmark into one table."""

from __future__ import annotations

import json

__all__ = ["MARK", "compared"]

MARK = "<!-- compared: "


def compared(stage: str, ours: str, seconds: float, peer: str, peer_seconds: float) -> None:
    """Print what a peer took for the same; Markdown does not show it.

    Parameters
    ----------
    stage
        What is compared: siting, crossings, ...
    ours, peer
        What was run.
    seconds, peer_seconds
        How long each took, in the same process or in turn.
    """
    row = [stage, ours, seconds, peer, peer_seconds]
    print(f"{MARK}{json.dumps(row)} -->")
