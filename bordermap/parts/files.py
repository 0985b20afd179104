"""Frames written one after another into a file, and files of parts joined to one."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.errors import MissingDataError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["arrow", "join", "write_frames"]


def write_frames(frames: Iterable[pd.DataFrame], path: Path, ending: str) -> None:
    """Write frames of the same columns as one file of Parquet, CSV or NDJSON."""
    if ending == ".parquet":
        pa = arrow()
        _write_tables((pa.Table.from_pandas(f, preserve_index=False) for f in frames), path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, frame in enumerate(frames):
            if ending == ".csv":
                frame.to_csv(file, index=False, header=number == 0, lineterminator="\n")
            else:
                frame.to_json(file, orient="records", lines=True, force_ascii=False)


def join(paths: Sequence[Path], target: Path) -> None:
    """Write files of the same columns one behind another into one; their ending tells how."""
    if paths[0].suffix == ".parquet":
        arrow()
        import pyarrow.parquet as pq

        def groups() -> Iterable[Any]:
            for path in paths:
                with pq.ParquetFile(path) as file:
                    yield from (file.read_row_group(i) for i in range(file.num_row_groups))

        _write_tables(groups(), target)
        return
    with target.open("wb") as whole:
        for number, path in enumerate(paths):
            with path.open("rb") as part:
                if number and path.suffix == ".csv":
                    part.readline()
                shutil.copyfileobj(part, whole)


def _write_tables(tables: Iterable[Any], path: Path) -> None:
    import pyarrow.parquet as pq

    writer = None
    try:
        for table in tables:
            if writer is None:
                writer = pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table.cast(writer.schema))
    finally:
        if writer is not None:
            writer.close()


def arrow() -> Any:
    """Return pyarrow.

    Raises
    ------
    MissingDataError
        It is not installed; the message says how to get it.
    """
    try:
        import pyarrow as pa
        import pyarrow.ipc
        import pyarrow.parquet
    except ImportError as error:
        raise MissingDataError("tables in parts need: pip install 'bordermap[parquet]'") from error
    return pa
