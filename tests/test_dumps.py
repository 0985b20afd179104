"""GeoNames dumps in the user's data folder: imported whole, behind the packaged places."""

from __future__ import annotations

import dataclasses
import gzip
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from bordermap.errors import InputError, MissingDataError
from bordermap.gazetteer import Context, Gazetteer, user

sys.path.insert(0, str(Path(__file__).parent / "gold"))

import gazetteer_score

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT.parent / "shared" / "reference"
reference = pytest.mark.skipif(
    not (REFERENCE / "KP.txt.gz").exists(), reason="the reference dumps are not there"
)


def row(number: int = 9000001, name: str = "Zzyzxdong", **more: str) -> str:
    cells = {
        "geonameid": str(number), "name": name, "asciiname": name, "alternatenames": "",
        "latitude": "38.5", "longitude": "126.5", "class": "P", "code": "PPL", "country": "KP",
        "cc2": "", "admin1": "", "admin2": "", "admin3": "", "admin4": "", "population": "0",
        "elevation": "", "dem": "", "timezone": "Asia/Pyongyang", "date": "2024-11-04", **more,
    }  # fmt: skip
    return "\t".join(cells.values())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BORDERMAP_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def dump(folder: Path, *rows: str, name: str = "XX.txt") -> Path:
    path = folder / name
    text = "\n".join(rows) + "\n"
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    elif name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "about this\n")
            archive.writestr("XX.txt", text)
    else:
        path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("name", ["XX.txt", "XX.txt.gz", "XX.zip", "XX.txt.zip", "XX"])
def test_a_dump_is_known_after_it_was_added_and_gone_after_it_was_removed(
    folder: Path, name: str
) -> None:
    assert Gazetteer.open().resolve("Zzyzxdong").match is None
    added = user.add(dump(folder, row(alternatenames="개똥벌레마을"), name=name))
    assert (added.index.name, added.index.places, added.replaced) == ("XX", 1, False)
    for written in ("Zzyzxdong", "zzyzx-dong", "개똥벌레마을", "Gaettongbeollemaeul"):
        found = Gazetteer.open().resolve(written).match
        assert found is not None, written
        assert (found.place_id, found.lon, found.country) == ("gn-9000001", 126.5, "KP")
    assert user.add(dump(folder, row(), name=name)).replaced
    user.remove("XX")
    assert Gazetteer.open().resolve("Zzyzxdong").match is None
    assert user.listed() == []


def test_a_packaged_place_comes_before_its_namesakes_and_doubles(folder: Path) -> None:
    alone = Gazetteer.open()
    near = ((126.5, 38.5, "KP"),)
    user.add(
        dump(
            folder,
            row(1, "Paju", latitude="37.76", longitude="126.78", country="KR"),
            *(row(n, "Wonsan", longitude=f"126.{n}") for n in range(10, 48)),
        )
    )
    both = Gazetteer.open()
    paju = both.resolve("Paju")
    assert paju.match == alone.resolve("Paju").match
    assert not any(m.place_id == "gn-1" for m in paju.alternatives)
    assert len(both.candidates(["Wonsan"])[0]) > 30
    for context in (Context(), Context(near=near, is_border=True)):
        found = both.resolve("Wonsan", context=context)
        assert found.match is not None
        assert found.match.place_id == "kp-wonsan"
        assert not found.two_sides
    # But what the report says outright counts.
    within = both.resolve("Wonsan, Kaesong", context=Context(country="KP"))
    assert within.match is not None
    assert within.match.place_id.startswith(("gn-", "kp-wonsan"))


def test_an_imported_place_is_not_labelled(folder: Path) -> None:
    before = Gazetteer.open().labels((126, 38, 127, 39))
    user.add(dump(folder, row()))
    after = Gazetteer.open().labels((126, 38, 127, 39))
    assert before["place_id"].tolist() == after["place_id"].tolist()


def test_prose_is_not_scanned_for_imported_names(folder: Path) -> None:
    from bordermap.extract.lexicon import packaged_gazetteer

    user.add(dump(folder, row(1, "Yesterday")))
    packaged_gazetteer.cache_clear()
    assert packaged_gazetteer().known(["Yesterday", "Paju"]).keys() == {"Paju"}


BAD = {
    "columns": ("a\tb", "2 columns where a GeoNames dump has 19"),
    "number": (row().replace("9000001", "x"), 'geonameid "x" cannot be read'),
    "latitude": (row(latitude="95"), 'latitude "95" cannot be read; it is between -90 and 90'),
    "nan": (row(longitude="nan"), 'longitude "nan" cannot be read'),
    "empty": (row(latitude=""), 'latitude "" cannot be read'),
    "name": (row(name=" "), 'name " " cannot be read'),
    "control": (row(name="A\x1b[31m"), "cannot be read; it has 1 to 200 printable"),
    "country": (row(country="KOR"), 'country code "KOR" cannot be read'),
    "population": (row(population="-3"), 'population "-3" cannot be read'),
    "twice": (row(), "GeoNames 9000001 stands there twice"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_malformed_line_is_told_by_file_and_line(folder: Path, fault: str) -> None:
    line, message = BAD[fault]
    path = dump(folder, row(), row(9000002, "Zzyzxri"), line, row(9000003, "Zzyzxmal"))
    with pytest.raises(InputError, match=re.escape(message)) as found:
        user.add(path)
    assert str(found.value).startswith(f"{path}:3: ")
    assert str(found.value).isprintable()
    assert user.listed() == [], "nothing is added by halves"
    added = user.add(path, skip=True)
    assert (added.index.places, added.skipped) == (3, 1)
    assert message in added.complaints[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is empty"), (b"a,b,c\n", "1 tab-separated columns"),
     (b"\x1f\x8bnonsense", "damaged archive|cannot be read"),
     (b"PK\x03\x04nonsense", "damaged archive"), (b"\xff\xfe\x00", "no UTF-8"),
     (b"x" * 300_000, "a line of more than"),
     (gzip.compress(row().encode() * 99)[:-40], "damaged archive")],
)  # fmt: skip
def test_a_file_that_is_no_dump_is_one_clean_error(
    folder: Path, content: bytes, message: str
) -> None:
    (folder / "X.txt").write_bytes(content)
    with pytest.raises(InputError, match=message):
        user.add(folder / "X.txt")
    assert not list((folder / "data").rglob("*.sqlite"))
    with pytest.raises(InputError, match="no such file"):
        user.add(folder / "none.txt")


def test_a_name_that_is_none_is_refused(folder: Path) -> None:
    path = dump(folder, row(), name="..txt")
    with pytest.raises(InputError, match="is no name"):
        user.add(path)
    with pytest.raises(InputError, match="is no name"):
        user.add(path, name="../x")
    assert user.add(path, name="mine").index.name == "mine"
    with pytest.raises(InputError, match="added are: mine"):
        user.remove("../mine")


def test_alternate_names_lead_to_places_that_are_known(folder: Path) -> None:
    names = "\n".join(
        [
            "1\t9000001\tko\t도깨비동네\t\t\t\t\t\t",
            "2\t9000001\tlink\thttps://example.org/Linkname\t\t\t\t\t\t",
            "3\t9000001\t\tHistoricton\t\t\t\t1\t\t",
            "4\t77\ten\tUnknownton\t\t\t\t\t\t",
        ]
    )
    table = dump(folder, names, name="alternateNamesV2.txt")
    with pytest.raises(InputError, match="add the dump of the places first"):
        user.add(table)
    user.add(dump(folder, row()))
    added = user.add(table)
    assert (added.index.kind, added.index.places) == ("alternate names", 1)
    gazetteer = Gazetteer.open()
    for name in ("도깨비동네", "Historicton", "Zzyzxdong"):
        found = gazetteer.resolve(name)
        assert found.match is not None
        assert found.match.place_id == "gn-9000001"
        assert not found.alternatives, "one place in two files is one"
    assert gazetteer.resolve("Unknownton").match is None
    assert gazetteer.resolve("Linkname").match is None
    user.remove("alternateNamesV2")
    assert Gazetteer.open().resolve("Historicton").match is None


def test_alternate_names_reach_packaged_places_too(folder: Path) -> None:
    gazetteer = Gazetteer.open()
    number, place_id = next(
        (r.source.removeprefix("GeoNames "), r.place_id)
        for r in gazetteer.index.where("place_id LIKE 'gn-%' AND country = 'KR'")
    )
    user.add(dump(folder, f"1\t{number}\ten\tZzyzxcity\t\t\t\t", name="names.txt"))
    found = Gazetteer.open().resolve("Zzyzxcity").match
    assert found is not None
    assert found.place_id == place_id


def test_an_index_of_another_version_is_told_and_can_be_removed(folder: Path) -> None:
    added = user.add(dump(folder, row()))
    import sqlite3

    with sqlite3.connect(added.index.path) as connection:
        connection.execute("UPDATE about SET value = '0' WHERE name = 'schema'")
    connection.close()
    with pytest.raises(MissingDataError, match="made by another version"):
        Gazetteer.open().resolve("Paju")
    user.remove("XX")
    assert Gazetteer.open().resolve("Paju").match is not None


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bordermap", "gazetteer", *words],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_the_commands_add_list_describe_and_remove(folder: Path) -> None:
    dump(folder, row(), row(9000002, "Zzyzxri", latitude="x"))
    for words, code, out, err in (
        (["list"], 0, "", "nothing was added"),
        (["add", "XX.txt"], 1, "", 'bordermap: XX.txt:2: latitude "x"'),
        (["add", "XX.txt", "--on-error", "skip"], 0, "", "XX added: 1 place, 1 line left out"),
        (["list"], 0, "GeoNames (CC BY 4.0)", ""),
        (["list", "--format", "json"], 0, '"kind": "dump"', ""),
        (["info", "XX"], 0, "dump of 1 place from XX.txt", ""),
        (["info", "YY"], 1, "", "added are: XX"),
        (["add", "XX.txt", "XX.txt", "--name", "a"], 2, "", "--name goes with one file"),
        (["remove", "XX"], 0, "", "XX removed"),
        (["remove", "XX"], 1, "", "added are: none"),
    ):
        with start(folder, *words) as process:
            stdout, stderr = process.communicate(timeout=60)
        assert process.returncode == code, stderr
        assert out in stdout
        assert err in stderr


@pytest.mark.slow
def test_two_processes_add_at_once_and_a_killed_one_leaves_nothing(folder: Path) -> None:
    rows = [row(9_000_000 + n, f"Zzyzx {n}") for n in range(4000)]
    path = dump(folder, *rows)
    both = [start(folder, "add", "XX.txt") for _ in range(2)]
    both.append(start(folder, "add", "XX.txt", "--name", "other"))
    ended = [p.communicate(timeout=120) for p in both]
    assert [p.returncode for p in both] == [0, 0, 0], ended
    assert [(i.name, i.places) for i in user.listed()] == [("XX", 4000), ("other", 4000)]
    assert Gazetteer.open().resolve("Zzyzx 77").match is not None
    with start(folder, "add", "XX.txt", "--name", "killed") as process:
        until = time.monotonic() + 60
        while not list((folder / "data" / "gazetteer").glob(".killed*")):
            assert time.monotonic() < until
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert [i.name for i in user.listed()] == ["XX", "other"]
    # The debris is cleared by a later import, once it is old.
    debris = list((folder / "data" / "gazetteer").glob(".killed*"))
    assert debris
    os.utime(debris[0], (0, 0))
    user.add(path)
    assert not debris[0].exists()


@reference
@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_the_reference_dumps_are_added_whole_and_lower_nothing() -> None:
    alone = Gazetteer.open()
    for name in ("KP", "KR"):
        with gzip.open(REFERENCE / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
            rows = sum(1 for line in file if line.strip())
        added = user.add(REFERENCE / f"{name}.txt.gz")
        assert added.index.places == rows - 1, "all but the country itself"
    both = Gazetteer.open()
    # The curated places keep their names.
    lost = [
        record.place_id
        for record in alone.index.where("place_id NOT LIKE 'gn-%' AND country IN ('KR', 'KP')")
        if (before := alone.resolve(record.name_en)).match is not None
        and (after := both.resolve(record.name_en)).match is not None
        and (before.match.place_id, bool(before.two_sides))
        != (after.match.place_id, bool(after.two_sides))
    ]
    assert lost == []
    gold, with_dumps = gazetteer_score.score(alone), gazetteer_score.score(both)
    assert dataclasses.replace(with_dumps, wrong=[]) == dataclasses.replace(gold, wrong=[])
    for name in ("London", "Beijing", "Busan Street", "Reading", "Mobile", "Son", "Hong", "Jong"):
        assert all(m.country not in {"KP", "KR"} for m in both.search(name)), name
    for name, records in (("kosong", 38), ("wonsan", 25)):
        assert len(both.candidates([name])[0]) >= records
    context = Context(near=((127.44, 39.15, "KP"),), is_border=True)
    assert [m.match.place_id for m in both.resolve_all(
        ["Wonsan", "Kosong, Kangwon Province, North Korea"], contexts=[context] * 2) if m.match
    ] == ["kp-wonsan", "kp-kosong"]  # fmt: skip
