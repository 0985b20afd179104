"""What fuzzing feeds: every reader, and the extractor, with what must hold of each.

A target takes bytes. It may raise a `BordermapError` of one line and nothing
else, and what it reads must add up.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from bordermap.errors import BordermapError
from bordermap.extract import extract
from bordermap.line import read_line
from bordermap.reading import How, Merge, read_source
from bordermap.reading.fixes import read_fixes
from bordermap.reading.rejects import rejects_text

__all__ = ["TARGETS", "held"]

REGION = (122.0, 34.0, 133.0, 43.0)


def held(target: Callable[[bytes], None], data: bytes) -> bool:
    """Run a target; return whether it read the bytes, and let pass only errors of one line."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            target(data)
        except BordermapError as error:
            text = str(error)
            assert text, "the error says nothing"
            assert "\n" not in text, text
            assert len(text) <= 1000, f"the error has {len(text)} characters"
            return False
    return True


@contextlib.contextmanager
def _file(data: bytes, ending: str):  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{ending}"
        path.write_bytes(data)
        yield path


def _table(ending: str, how: How) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        with _file(data, ending) as path:
            reading = read_source(path, how=how)
            kept, rejected = len(reading.incidents), len(reading.rejects)
            assert kept + rejected + reading.rows_merged == reading.rows_read
            assert reading.incidents["id"].notna().all()
            if rejected:
                again = Path(path).with_name("x.rejects.csv")
                again.write_text(rejects_text(reading.rejects), encoding="utf-8", newline="")
                with contextlib.suppress(BordermapError):
                    read = read_source(again, how=How(skip=True, source=how.source))
                    assert read.rows_read == rejected

    return target


def _workbook(data: bytes) -> None:
    """Put the bytes into a workbook as its first sheet, for whole archives are soon refused."""
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w") as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part)
        archive.writestr("xl/worksheets/sheet1.xml", data)
    _table(".xlsx", How(skip=True))(text.getvalue())


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    f'PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/><Override PartName='
    f'"/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{_RELATED}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
    f'2006/main" xmlns:r="{_RELATED}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org'
    f'/package/2006/relationships"><Relationship Id="rId1" Type="{_RELATED}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def _fixes(ending: str) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        with _file(data, ending) as path:
            read_fixes(path)

    return target


def _line(data: bytes) -> None:
    with _file(data, ".geojson") as path:
        read_line(path)


def _prose(data: bytes) -> None:
    extract(data.decode("utf-8", "replace")[:4000])


TARGETS: dict[str, Callable[[bytes], None]] = {
    "csv": _table(".csv", How(skip=True, region_wsen=REGION)),
    "csv_fixed": _table(
        ".csv", How(skip=True, fix_swapped=True, merge=Merge.ALIKE, region_wsen=REGION)
    ),
    "acled": _table(".csv", How(skip=True, source="acled", merge=Merge.ID)),
    "ucdp": _table(".csv", How(skip=True, source="ucdp-ged", merge=Merge.SAME)),
    "gdelt": _table(".csv", How(skip=True, source="gdelt")),
    "json": _table(".json", How(skip=True)),
    "geojson": _table(".geojson", How(skip=True, region_wsen=REGION)),
    "ndjson": _table(".ndjson", How(skip=True)),
    "xlsx": _table(".xlsx", How(skip=True)),
    "sheet": _workbook,
    "gpx": _fixes(".gpx"),
    "fixes_csv": _fixes(".csv"),
    "fixes_geojson": _fixes(".geojson"),
    "line": _line,
    "prose": _prose,
}
"""Name -> what is done with the bytes."""
