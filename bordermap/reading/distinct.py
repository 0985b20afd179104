"""Columns of text by their distinct texts: what is slow is done once for each of them.

A column is a Series of text or, where a quick reader found that it repeats few
texts, of categories of text; whoever goes through `distinct` need not care which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["as_text", "by_category", "coded", "distinct", "is_coded"]


def is_coded(values: pd.Series) -> bool:
    """Whether a column is one of categories."""
    import pandas as pd

    return isinstance(values.dtype, pd.CategoricalDtype)


def distinct(values: pd.Series, *, strip: bool = True) -> tuple[NDArray[np.intp], list[str]]:
    """Return each row's number among a column's distinct texts, and these texts.

    Parameters
    ----------
    values
        n texts or categories of text; NA where empty.
    strip
        Take off blanks around the texts, and take blank cells for empty.

    Returns
    -------
    n numbers, -1 where a cell is empty; and the texts in the order in which they occur.

    Examples
    --------
    >>> import pandas as pd
    >>> codes, texts = distinct(pd.Series(["b", "a ", None, "a"], dtype="str"))
    >>> codes.tolist(), texts
    ([0, 1, -1, 1], ['b', 'a'])
    """
    import pandas as pd

    if is_coded(values):
        own = pd.Series(values.cat.categories, dtype="str")
        codes, texts = distinct(own, strip=strip)
        return np.append(codes, -1)[values.cat.codes.to_numpy()], texts
    bare = values.str.strip().replace("", None) if strip else values
    codes, uniques = pd.factorize(bare)
    return codes, [str(u) for u in uniques]


def coded(
    texts: Sequence[str | None] | pd.Series, numbers: NDArray[np.integer], index: pd.Index
) -> pd.Series:
    """Return the column of categories whose n rows have these of the texts; -1 is missing.

    Texts may be missing, and may repeat each other.
    """
    import pandas as pd

    # Not by way of a list: Arrow's strings are made Python's one by one for it.
    number, own = pd.factorize(pd.Series(cast("Any", texts), dtype="str"))
    categories = pd.CategoricalDtype(own)
    of_rows = pd.Categorical.from_codes(np.append(number, -1)[numbers], dtype=categories)
    return pd.Series(of_rows, index=index)


def by_category(values: pd.Series, change: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """Return a column of categories whose texts went through a function, once each.

    The column itself where the function returns the texts themselves.
    """
    import pandas as pd

    texts = pd.Series(values.cat.categories, dtype="str")
    changed = change(texts)
    if changed is texts:
        return values
    return coded(changed, values.cat.codes.to_numpy(), values.index)


def as_text(values: pd.Series) -> pd.Series:
    """Return a column as plain text, whichever of both it is."""
    import pandas as pd

    if not is_coded(values):
        return values
    # Not astype(), which takes ten times as long.
    texts, numbers = values.cat.categories.array, values.cat.codes.to_numpy()
    return pd.Series(texts.take(numbers, allow_fill=True), index=values.index)
