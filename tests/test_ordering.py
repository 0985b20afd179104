"""The order of an incident table."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.ordering import incident_order

DAY = 86_400


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(-20_000, 60_000)), st.sampled_from(["a", "b", "c"])
        )
    ),
    apart_s=st.sampled_from([DAY, 3_600, 70_000 * DAY]),
)
def test_rows_are_ordered_by_day_then_id_with_unknown_days_last(
    rows: list[tuple[int | None, str]], apart_s: int
) -> None:
    seconds = [None if day is None else day * apart_s for day, _ in rows]
    table = pd.DataFrame(
        {
            "date_start": pd.Series(seconds, dtype="Int64").astype("datetime64[s]"),
            "id": pd.Series([name for _, name in rows], dtype="str"),
        }
    )
    told = sorted(range(len(rows)), key=lambda n: (seconds[n] is None, seconds[n] or 0, rows[n][1]))
    assert incident_order(table).tolist() == told
