"""Names in context are placed where they are, on their side or on none; traps are no Korea."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bordermap.gazetteer import Gazetteer

sys.path.insert(0, str(Path(__file__).parent / "gold"))

import gazetteer_score


@pytest.fixture(scope="module")
def found() -> gazetteer_score.Score:
    return gazetteer_score.score(Gazetteer.open())


def test_the_gold_has_names_of_all_sorts_with_their_sources() -> None:
    rows = gazetteer_score.gold_rows()
    assert len(rows) >= 200
    assert all(row["source"] and row["context"] for row in rows)
    sorts = [row["why"] for row in rows]
    for sort, least in (("two-sided", 15), ("script", 60), ("trap", 25), ("namesake", 6)):
        assert sorts.count(sort) >= least, sort
    # A name stands in its context, but for one or two in another case.
    assert all(row["name"].lower() in row["context"].lower() for row in rows)


def test_names_are_found_where_they_are(found: gazetteer_score.Score) -> None:
    assert found.within_10_km >= 0.95, found.wrong
    assert found.within_25_km >= 0.98, found.wrong


def test_no_name_is_put_on_the_wrong_side(found: gazetteer_score.Score) -> None:
    assert found.right_side_or_unsure == 1.0, found.wrong


def test_names_of_both_sides_stay_open(found: gazetteer_score.Score) -> None:
    assert found.two_sided_left_open == 1.0, found.wrong


def test_names_from_elsewhere_are_not_put_in_korea(found: gazetteer_score.Score) -> None:
    assert found.traps_not_in_korea == 1.0, found.wrong


@pytest.mark.parametrize(
    ("text", "name", "country", "within"),
    [
        ("Shots hit a post in South Korea's border county of Cheorwon.", "Cheorwon", "KR", ()),
        ("the Ongjin peninsula in North Korea", "Ongjin", "KP", ()),
        ("Kosong County, Kangwon Province, North Korea", "Kosong", "KP", ("Kangwon Province",)),
        ("in Cheorwon, a South Korean border county", "Cheorwon", "KR", ()),
        ("북한 강원도 철원군에서", "철원군", "KP", ("강원도",)),
        ("North Korean soldiers crossed near Cheorwon", "Cheorwon", None, ()),
        ("Cheorwon, South Korean troops said", "Cheorwon", None, ()),
    ],
)
def test_only_what_is_said_of_a_name_is_its_country(
    text: str, name: str, country: str | None, within: tuple[str, ...]
) -> None:
    context = Gazetteer.open().context_of(text, name)
    assert context.country == country
    assert context.within == within


@pytest.mark.slow
def test_imported_dumps_do_not_lower_the_gold(
    found: gazetteer_score.Score, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bordermap.gazetteer import user

    reference = Path(__file__).parent.parent.parent / "shared" / "reference"
    dumps = [reference / f"{name}.txt.gz" for name in ("KP", "KR")]
    if not all(path.exists() for path in dumps):
        pytest.skip("no GeoNames dumps here")
    monkeypatch.setattr(user, "user_data_path", lambda: tmp_path)
    for path in dumps:
        user.add(path)
    with_dumps = Gazetteer.open()
    assert len(with_dumps.index.about()) == 3
    scored = gazetteer_score.score(with_dumps)
    assert scored.within_10_km >= found.within_10_km, scored.wrong
    assert scored.within_25_km >= found.within_25_km, scored.wrong
    assert scored.right_side_or_unsure == 1.0, scored.wrong
    assert scored.two_sided_left_open == 1.0, scored.wrong
    for text, name, place_id in (
        ("Kosong County in North Korea", "Kosong", "kp-kosong"),
        ("from Sokcho to Goseong", "Goseong", "kr-goseong"),
        ("missiles from Wonsan", "Wonsan", "kp-wonsan"),
    ):
        resolution = with_dumps.resolve(name, context=with_dumps.context_of(text, name))
        assert resolution.match is not None
        assert resolution.match.place_id == place_id
        assert not resolution.two_sides
