"""The gazetteer where a geopy geocoder is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

import bordermap as bm
from bordermap.gazetteer.geocoder import AmbiguousNameWarning

if TYPE_CHECKING:
    from bordermap.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def geocoder() -> Gazetteer:
    return bm.Gazetteer.open()


def test_a_column_is_geocoded_as_with_nominatim(geocoder: Gazetteer) -> None:
    frame = pd.DataFrame({"place": ["Paju", "nowhere at all", None, "개성"]})
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    located = frame["place"].apply(geocode)
    assert [bool(location) for location in located] == [True, False, False, True]
    assert isinstance(located[0], Location)
    points = located.apply(lambda x: tuple(x.point) if x else None)
    assert points[0][0] == pytest.approx(37.76, abs=0.1)
    assert points[0][1] == pytest.approx(126.78, abs=0.1)
    assert frame["place"].apply(geocoder.geocode)[3].raw["place_id"] == "kp-kaesong"


def test_a_location_tells_address_doubt_and_side(geocoder: Gazetteer) -> None:
    found = geocoder.geocode("Kaesong", timeout=5)
    assert isinstance(found, Location)
    assert found.address.startswith("Kaesong, ")
    assert found.raw["country_code"] == "kp"
    assert found.raw["radius_m"] > 1000
    assert not found.raw["two_sides"]


def test_a_name_of_both_sides_is_not_given_to_one(geocoder: Gazetteer) -> None:
    with pytest.warns(AmbiguousNameWarning, match="country_codes"):
        assert geocoder.geocode("Cheorwon") is None
    both = geocoder.geocode("Cheorwon", exactly_one=False)
    assert isinstance(both, list)
    assert {x.raw["country_code"] for x in both} >= {"kr", "kp"}
    assert all(x.raw["two_sides"] for x in both)
    for code in ("kr", "KP"):
        one = geocoder.geocode("Cheorwon", country_codes=code)
        assert isinstance(one, Location)
        assert one.raw["country_code"] == code.lower()


def test_a_structured_query_tells_namesakes_apart(geocoder: Gazetteer) -> None:
    found = geocoder.geocode({"county": "Goseong County", "state": "South Gyeongsang"})
    assert isinstance(found, Location)
    assert found.raw["place_id"] == "kr-goseong-gyeongnam"


def test_a_viewbox_prefers_and_bounds(geocoder: Gazetteer) -> None:
    south = [Point(34, 127), (36, 129)]
    found = geocoder.geocode("Goseong", viewbox=south, exactly_one=False)
    assert isinstance(found, list)
    assert found[0].raw["place_id"] == "kr-goseong-gyeongnam"
    assert len(found) > 1
    bounded = geocoder.geocode("Goseong", viewbox=south, bounded=True)
    assert isinstance(bounded, Location)
    assert bounded.raw["place_id"] == "kr-goseong-gyeongnam"
    assert geocoder.geocode("Goseong", viewbox=[(0, 0), (1, 1)], bounded=True) is None


@pytest.mark.parametrize(
    ("language", "address"),
    [("ko", "파주"), ("ko-KR,ko;q=0.9,en;q=0.8", "파주"), ("en,ko", "Paju"), ("fr", "Paju"),
     (False, "Paju")],
)  # fmt: skip
def test_the_language_chooses_the_names(
    geocoder: Gazetteer, language: str | bool, address: str
) -> None:
    found = geocoder.geocode("Paju", language=language)
    assert isinstance(found, Location)
    assert found.address.split(", ")[0] == address


def test_a_list_is_no_longer_than_its_limit(geocoder: Gazetteer) -> None:
    found = geocoder.geocode("Kosong", exactly_one=False, limit=2)
    assert isinstance(found, list)
    assert len(found) == 2
    assert geocoder.geocode("nowhere at all", exactly_one=False) is None


def test_reverse_stays_on_its_side_of_the_line(geocoder: Gazetteer) -> None:
    # The conference row of the Joint Security Area stands across the line: 11 m to each side.
    for lat, code in ((37.95585, "kr"), (37.9572, "kp")):
        found = geocoder.reverse((lat, 126.6770))
        assert isinstance(found, Location)
        assert found.raw["country_code"] == code
        assert found.raw["distance_m"] < 1000


def test_reverse_takes_what_geopy_takes(geocoder: Gazetteer) -> None:
    for query in ("37.76, 126.78", (37.76, 126.78), Point(37.76, 126.78)):
        found = geocoder.reverse(query, exactly_one=False, limit=3, language="ko")
        assert isinstance(found, list)
        assert len(found) == 3
        assert found[0].raw["distance_m"] <= found[1].raw["distance_m"]
    assert geocoder.reverse((36.0, 123.0)) is None, "the open sea has no address"
    with pytest.raises(ValueError, match="is no point"):
        geocoder.reverse("Paju")
