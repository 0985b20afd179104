"""Known sources go in whole: each row of our samples against what its codebook says it is."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from bordermap.errors import InputError
from bordermap.reading import How, read_source
from bordermap.reading.headers import header_of
from bordermap.reading.mapping import mapping_of, mappings, recognised
from bordermap.table import AREA_PRECISIONS, COLUMNS, Kind

SAMPLES = Path(__file__).parent / "samples"
FILES = {
    "acled_2023.csv": ("acled", 60),
    "acled_2019.csv": ("acled", 52),
    "acled_2018.csv": ("acled", 50),
    "ucdp_ged.csv": ("ucdp-ged", 56),
    "ucdp_ged.geojson": ("ucdp-ged", 56),
    "gdelt_v2.CSV": ("gdelt", 66),
    "gdelt_v1.CSV": ("gdelt", 52),
    "gdelt_backfile.csv": ("gdelt", 52),
    "csis_like.csv": ("csis", 54),
    "google_sheet.csv": (None, 52),
    "workbook.xlsx": (None, 52),
}


def expected(name: str) -> pd.DataFrame:
    stem = {"gdelt_backfile": "gdelt_v1"}.get(Path(name).stem, Path(name).stem)
    return pd.read_csv(SAMPLES / f"{stem}.expected.csv", dtype="str", keep_default_na=False)


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_a_sample_is_what_its_codebook_says(name: str) -> None:
    source, rows = FILES[name]
    reading = read_source(SAMPLES / name)
    wanted = expected(name)
    assert reading.source == source
    assert len(reading.incidents) == reading.rows_read == rows == len(wanted)
    assert not len(reading.rejects)
    got = reading.incidents.copy()
    for column in ("date_start", "date_end"):
        got[column] = got[column].dt.strftime("%Y-%m-%d")
    keys = ["id"] if (wanted["id"] != "").all() else ["date_start", "place", "kind"]
    told = [c for c in wanted if c in got and (wanted[c] != "").any()]
    # An incident's place may be missing from a source that has none, never a made-up one.
    assert not [c for c in ("precision", "radius_m", "place") if c not in told and c in got
                and got[c].notna().any()]  # fmt: skip
    if "radius_m" in told:
        got["radius_m"] = got["radius_m"].map(lambda m: "" if pd.isna(m) else f"{m:.0f}")
    text = got[told].astype(object).where(got[told].notna(), "").astype("str")
    ordered = [frame.sort_values(told, ignore_index=True) for frame in (text, wanted[told])]
    assert set(keys) <= set(told) or "id" not in keys
    pd.testing.assert_frame_equal(ordered[0], ordered[1], check_dtype=False)


@pytest.mark.parametrize("name", ["acled_2023.csv", "ucdp_ged.csv", "gdelt_v2.CSV"])
def test_what_is_known_to_an_area_is_a_disc_and_never_a_point(name: str) -> None:
    found = read_source(SAMPLES / name).incidents
    area = found["precision"].isin(list(AREA_PRECISIONS))
    assert area.any()
    assert (found.geometry[area].geom_type == "Polygon").all()
    assert (found.geometry[~area].dropna().geom_type == "Point").all()


def test_an_event_without_a_place_in_gdelt_has_no_geometry() -> None:
    found = read_source(SAMPLES / "gdelt_v2.CSV").incidents
    without = found["place"].isna()
    assert without.sum() == 4
    assert found.geometry[without].isna().all()


def test_fips_country_codes_are_kept_and_not_read_as_iso() -> None:
    found = read_source(SAMPLES / "gdelt_v2.CSV").incidents
    south = found[found["actiongeo_countrycode"] == "KS"]
    assert south["place"].str.contains("South Korea").all()


def test_both_forms_of_ged_are_the_same_incidents() -> None:
    one = read_source(SAMPLES / "ucdp_ged.csv").incidents
    other = read_source(SAMPLES / "ucdp_ged.geojson").incidents
    columns = ["id", "date_start", "date_end", "precision", "actor", "target", "title", "summary"]
    pd.testing.assert_frame_equal(pd.DataFrame(one[columns]), pd.DataFrame(other[columns]))
    assert one.geometry.geom_equals_exact(other.geometry, 1e-9).all()


def test_the_first_of_several_days_of_sources_counts() -> None:
    found = read_source(SAMPLES / "ucdp_ged.csv").incidents.set_index("id")
    assert found.loc["ROK-1999-1-0", "source_date"] == pd.Timestamp("1999-01-01")


def test_a_form_s_timestamp_is_no_event_s_date() -> None:
    found = read_source(SAMPLES / "google_sheet.csv").incidents
    assert "timestamp" in found
    assert found["date_start"].max() == pd.Timestamp("2024-06-30")


@pytest.mark.parametrize("name", FILES)
def test_a_sample_is_read_the_same_when_its_source_is_told(name: str) -> None:
    source, _ = FILES[name]
    if source is None:
        return
    told = read_source(SAMPLES / name, how=How(source=source)).incidents
    seen = read_source(SAMPLES / name).incidents
    pd.testing.assert_frame_equal(pd.DataFrame(told), pd.DataFrame(seen))


@pytest.mark.parametrize("mapping", mappings(), ids=lambda m: m.id)
def test_a_mapping_names_its_codebook_and_makes_only_values_that_there_are(mapping) -> None:  # type: ignore[no-untyped-def]
    assert mapping.codebook
    assert mapping.url.startswith("http")
    ours = {*COLUMNS, "lat", "lon", "wkt", "coordinates"}
    assert set(mapping.columns) | set(mapping.values) | set(mapping.join) <= ours
    for column, rule in mapping.values.items():
        choices = COLUMNS[column].choices
        made = {*rule.values.values(), *([rule.default] if rule.default else [])}
        assert made <= set(choices) if choices else all(float(v) > 0 for v in made)


def test_a_code_that_the_codebook_lacks_is_refused(tmp_path: Path) -> None:
    text = (SAMPLES / "acled_2023.csv").read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_text(text.replace(",1,KCNA,", ",9,KCNA,", 1), encoding="utf-8")
    with pytest.raises(InputError, match='geo_precision "9" is no code of this source; use one of'):
        read_source(tmp_path / "a.csv")


def test_the_longest_known_beginning_of_a_cameo_code_counts() -> None:
    kinds = mapping_of("gdelt").values["kind"]
    assert kinds.of("1952") == Kind.DRONE
    assert kinds.of("1951") == Kind.AIRCRAFT
    assert kinds.of("0331") == Kind.DIPLOMACY
    assert kinds.of("06") is None


@pytest.mark.parametrize(("width", "names"), [(61, 61), (58, 58), (57, 57), (60, None)])
def test_gdelt_is_known_by_its_width(width: int, names: int | None) -> None:
    found = header_of(["1180000000", *["x"] * (width - 1)])
    assert (len(found) if found else None) == names


def test_a_gdelt_table_with_a_header_is_recognised() -> None:
    names = mapping_of("gdelt").headers[61]
    assert recognised([n.upper() for n in names]) is mapping_of("gdelt")


def test_map_goes_before_what_was_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("when,what,where,Y,X,type\n2024-06-20,mine,Paju,37.7,126.7,z\n")
    how = How(columns={"kind": "what", "lat": "Y", "lon": "X"})
    found = read_source(tmp_path / "a.csv", how=how).incidents.iloc[0]
    assert (found["kind"], found.geometry.y, found["type"]) == ("mine", 37.7, "z")


def test_map_to_a_column_that_is_not_there_lists_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("when,where\n2024-06-20,Paju\n")
    with pytest.raises(InputError, match='names the column "what"; there are when, where'):
        read_source(tmp_path / "a.csv", how=How(columns={"kind": "what"}))


def test_numbers_of_json_stay_numbers_and_text_stays_text(tmp_path: Path) -> None:
    rows = [{"date": "2024", "place": "Paju", "n": 1, "code": "007"}]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    found = read_source(tmp_path / "a.json").incidents
    assert found["n"].tolist() == [1]
    assert found["code"].tolist() == ["007"]


def test_the_command_line_offers_every_source_and_format() -> None:
    from bordermap.cli.options import FORMATS as OFFERED
    from bordermap.cli.options import SOURCES
    from bordermap.reading import FORMATS

    assert list(SOURCES) == [m.id for m in mappings()]
    assert set(OFFERED) == set(FORMATS.values())


@pytest.mark.parametrize(
    ("told", "message"),
    [("kind", 'is not OURS=THEIRS, as in kind=event_type'), ("colour=x", '"colour" is no column'),
     ("=x", "is not OURS=THEIRS"), ("side=x", '"side" is no column of ours')],
)  # fmt: skip
def test_a_wrong_map_is_wrong_usage(told: str, message: str) -> None:
    from click.testing import CliRunner

    from bordermap.cli import _bordermap

    done = CliRunner().invoke(_bordermap, ["inspect", "a.csv", "--map", told])
    assert done.exit_code == 2
    assert message in done.output


def test_a_source_that_has_no_file_of_this_width_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1180000000\t20240620\tx\n")
    with pytest.raises(InputError, match=r"a\.csv: GDELT events files have 57 or 58 or 61 c"):
        read_source(tmp_path / "a.csv", how=How(source="gdelt"))


def test_many_rows_with_too_many_cells_are_all_set_aside(tmp_path: Path) -> None:
    text = "date,place\n" + "2024,Paju,x\n" * 30_000 + "2024,Paju\n"
    (tmp_path / "a.csv").write_text(text)
    reading = read_source(tmp_path / "a.csv", skip=True)
    assert (len(reading.incidents), len(reading.rejects)) == (1, 30_000)


def test_inspect_shows_what_each_column_is_taken_for(tmp_path: Path) -> None:
    from bordermap.reading.inspecting import inspect_source

    found = inspect_source(SAMPLES / "acled_2023.csv")
    assert (found.source, found.rows, found.missing) == ("ACLED", 60, None)
    taken = {c.theirs: c.ours for c in found.columns}
    assert (taken["event_date"], taken["iso"]) == ("date_start", None)
    assert found.made["kind"] == ("sub_event_type", "event_type")
    assert found.counts == {"kept": 60, "repaired": 0, "rejected": 0}
    (tmp_path / "a.csv").write_text("what,side\nx,y\n")
    lacking = inspect_source(tmp_path / "a.csv")
    assert "no date column" in (lacking.missing or "")
    assert [c.why for c in lacking.columns] == ["kept as it is", "left out: made anew"]


def test_a_day_known_to_the_week_or_month_stands_for_the_days_around_it(tmp_path: Path) -> None:
    rows = "\n".join(f"K{n},2024-02-20,{n},Protests,Paju" for n in (1, 2, 3))
    header = "event_id_cnty,event_date,time_precision,event_type,location"
    (tmp_path / "a.csv").write_text(f"{header}\n{rows}\n")
    found = read_source(tmp_path / "a.csv").incidents.set_index("id")
    days = found[["date_start", "date_end"]].astype("str")
    assert days.loc["K1"].tolist() == ["2024-02-20", "2024-02-20"]
    assert days.loc["K2"].tolist() == ["2024-02-17", "2024-02-23"]
    assert days.loc["K3"].tolist() == ["2024-02-01", "2024-02-29"]
