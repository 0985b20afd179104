"""Online geocoding against a local server with faults: polite, exact, resumable."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nominatim import Server, known, place

import bordermap as bm
from bordermap.errors import InputError, OnlineError
from bordermap.gazetteer import Gazetteer
from bordermap.online import SERVICES, Clock, OnlineGeocoder
from bordermap.online.answer import Answer
from bordermap.online.fetch import BoundedAdapter
from bordermap.pipeline import credit_of
from bordermap.supplement import lacking, place_of, supplement

ROOT = Path(__file__).parent.parent
AGENT = "bordermap-tests/1.0"
NAMES = [f"Zzyzxville {word}" for word in ("One", "Two", "Three", "Four", "Five", "Six")]


class FakeClock(Clock):
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 1_750_000_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(places=known(NAMES)) as running:
        yield running


def geocoder(server: Server, folder: Path, **more: Any) -> OnlineGeocoder:
    options = {"clock": FakeClock(), "timeout_s": 0.3, "user_agent": AGENT, **more}
    return OnlineGeocoder("nominatim", url=server.url, cache_folder=folder, **options)


def test_names_are_asked_once_and_kept_with_what_is_not_found(
    server: Server, tmp_path: Path
) -> None:
    wanted = [*NAMES, "Nowhere Q", *NAMES]
    first = geocoder(server, tmp_path).ask(wanted)
    again = geocoder(server, tmp_path).ask(wanted)
    assert set(server.counts().values()) == {1}
    assert first.answers == again.answers
    assert first.answers["Nowhere Q"] == ()
    assert again.from_service == 0
    assert again.from_cache == 7
    assert server.agents == {AGENT}
    assert [first.answers[n][0].lon for n in NAMES] == [127 + i / 100 for i in range(6)]


FAULTS = ["429:3", "429", "500", "502", "503:2", "slow", "drip", "huge", "cut", "drop", "junk",
          "null", "shape", "nan", "deep", "redirect"]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_no_name_is_lost_to_a_fault(server: Server, tmp_path: Path, fault: str) -> None:
    server.faults = [fault, fault, "ok", fault]
    asked = geocoder(server, tmp_path).ask(NAMES[:3])
    assert [len(asked.answers[n]) for n in NAMES[:3]] == [1, 1, 1]
    assert not asked.unanswered
    assert server.counts() == {NAMES[0]: 3, NAMES[1]: 2, NAMES[2]: 1}


def test_a_second_lies_between_requests_and_longer_after_faults(
    server: Server, tmp_path: Path
) -> None:
    clock = FakeClock()
    server.faults = ["ok", "429:7", "500", "ok", "503:30"]
    geocoder(server, tmp_path, clock=clock).ask(NAMES[:3])
    # Between two names; Retry-After; the second try's back-off; two names; Retry-After.
    assert clock.slept == [1.0, 7.0, 2.0, 1.0, 30.0]


def test_a_service_that_wants_a_long_rest_is_left_alone(server: Server, tmp_path: Path) -> None:
    clock = FakeClock()
    server.faults = ["ok", "429:86000"]
    with pytest.raises(OnlineError, match=r"wait for another 86000 s.*1 of 3 names answered"):
        geocoder(server, tmp_path, clock=clock).ask(NAMES[:3])
    with pytest.raises(OnlineError, match="1 of 3"):
        geocoder(server, tmp_path, clock=clock).ask(NAMES[:3])
    assert len(server.asked) == 2, "the second run must not ask"
    clock.at += 86_001
    assert len(geocoder(server, tmp_path, clock=clock).ask(NAMES[:3]).answers) == 3


def test_a_service_that_stays_down_ends_the_run_and_what_was_found_is_kept(
    server: Server, tmp_path: Path
) -> None:
    server.faults = ["ok", "ok"]
    server.always = "500"
    with pytest.raises(OnlineError, match=r"does not answer: .*2 of 6 names answered"):
        geocoder(server, tmp_path).ask(NAMES)
    server.always = None
    before = server.counts()
    asked = geocoder(server, tmp_path).ask(NAMES)
    assert len(asked.answers) == 6
    assert asked.from_cache == 2
    assert (server.counts() - before).keys() == set(NAMES[2:])


def test_one_name_that_a_service_cannot_bear_does_not_stop_the_others(
    server: Server, tmp_path: Path
) -> None:
    server.faults = ["ok", *["500"] * 5]
    asked = geocoder(server, tmp_path).ask(NAMES)
    assert set(asked.unanswered) == {NAMES[1]}
    assert len(asked.answers) == 5
    # It is no "not found": the next run asks for it, and only for it.
    before = server.counts()
    assert len(geocoder(server, tmp_path).ask(NAMES).answers) == 6
    assert (server.counts() - before) == {NAMES[1]: 1}


@pytest.mark.parametrize("status", ["401", "402", "403"])
def test_a_refusal_ends_the_run_at_once(server: Server, tmp_path: Path, status: str) -> None:
    server.always = status
    with pytest.raises(OnlineError, match="refuses us"):
        geocoder(server, tmp_path).ask(NAMES)
    assert len(server.asked) == 1


def test_no_server_at_all_is_one_clean_error(tmp_path: Path) -> None:
    with Server() as server:
        pass
    with pytest.raises(OnlineError, match="cannot be reached"):
        geocoder(server, tmp_path).ask(NAMES[:1])


def test_what_is_no_name_is_not_sent(server: Server, tmp_path: Path) -> None:
    asked = geocoder(server, tmp_path).ask(["", "  ", "12:30", "x" * 300, "a\n\tb\x00c"])
    assert server.asked == ["a b c"]
    assert list(asked.answers) == ["a\n\tb\x00c"]


def test_hostile_text_is_cut_and_stays_one_line(server: Server, tmp_path: Path) -> None:
    server.places = {"Q": [place("A\nB\x1b[31m" + "y" * 9999, 127, 37, osm_id="1|2;../x" * 50)]}
    answer = geocoder(server, tmp_path).ask(["Q"]).answers["Q"][0]
    assert answer.name.isprintable()
    assert len(answer.name) <= 200
    assert "|" not in answer.reference
    assert len(answer.reference) <= 80


@pytest.mark.parametrize("box", [["0", "91", "0", "1"], ["a", "b", "c", "d"], [1], None, "x"])
def test_a_bounding_box_that_is_none_is_ignored(
    server: Server, tmp_path: Path, box: object
) -> None:
    server.places = {"Q": [place("Q", 127, 37, boundingbox=box)]}
    assert geocoder(server, tmp_path).ask(["Q"]).answers["Q"][0].bbox_wsen is None


def test_threads_and_geocoders_that_share_a_cache_share_the_pace(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Real time, a shorter interval: three threads, each with a geocoder of its own.
    from dataclasses import replace

    monkeypatch.setitem(SERVICES, "nominatim", replace(SERVICES["nominatim"], interval_s=0.1))
    makers = [geocoder(server, tmp_path, clock=Clock(), timeout_s=5) for _ in range(3)]
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda g=g: results.append(len(g.ask(NAMES).answers)))
        for g in makers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [6, 6, 6]
    assert set(server.counts().values()) == {1}
    gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    assert min(gaps) >= 0.1


def run(server: Server, folder: Path, *names: str, **more: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bordermap", "geocode", *names, "--format", "json", "--online",
         "nominatim", "--user-agent", AGENT, "--online-url", server.url],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "BORDERMAP_CACHE_DIR": str(folder / "cache"), "PYTHONPATH": str(ROOT)},
        **more,
    )  # fmt: skip


@pytest.mark.slow
def test_processes_killed_at_any_moment_ask_nothing_twice_and_never_too_often(
    server: Server, tmp_path: Path
) -> None:
    server.delay_s = 0.15  # so that some are killed while the server thinks
    killed = 0
    for wait_s in (0.0, 0.05, 0.7, 1.1, 0.4):
        with run(server, tmp_path, *NAMES) as process:
            before = len(server.asked)
            until = time.monotonic() + 30
            while len(server.asked) == before and process.poll() is None:
                assert time.monotonic() < until
                time.sleep(0.01)
            time.sleep(wait_s)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                killed += 1
            process.communicate()
    with run(server, tmp_path, *NAMES) as last:
        out, err = last.communicate(timeout=60)
    assert last.returncode == 0, err
    assert [row["place_id"].partition(":")[0] for row in json.loads(out)] == ["nominatim"] * 6
    assert killed >= 3
    # Only a request that was under way when its process was killed is made again.
    assert sum(server.counts().values()) - 6 <= killed
    gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    assert min(gaps) >= 1.0
    # And now nothing is missing, so nothing is asked.
    before = len(server.asked)
    with run(server, tmp_path, *NAMES) as again:
        assert again.communicate(timeout=60)[0] == out
    assert len(server.asked) == before


@pytest.mark.slow
def test_two_processes_at_once_share_the_work(server: Server, tmp_path: Path) -> None:
    both = [run(server, tmp_path, *NAMES[:3]) for _ in range(2)]
    outs = [process.communicate(timeout=60) for process in both]
    assert [p.returncode for p in both] == [0, 0], outs
    assert outs[0][0] == outs[1][0]
    assert set(server.counts().values()) == {1}
    gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    assert min(gaps) >= 1.0


def test_a_command_tells_on_one_line_that_the_service_is_down(tmp_path: Path) -> None:
    with Server() as server:
        server.always = "403"
        with run(server, tmp_path, "Zzyzxville") as process:
            out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert err.startswith("bordermap: Nominatim refuses us")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [["--online", "nominatim"], ["--user-agent", AGENT], ["--online", "google"],
     ["--online", "nominatim", "--user-agent", " "], ["--online-key", "k"]],
)  # fmt: skip
@pytest.mark.parametrize("command", ["geocode", "check", "export", "render"])
def test_online_without_a_user_agent_is_wrong_usage(command: str, words: list[str]) -> None:
    from click.testing import CliRunner

    from bordermap.cli import _bordermap

    more = ["-o", "x.geojson"] if command == "export" else []
    found = CliRunner().invoke(_bordermap, [command, "x", *more, *words])
    assert found.exit_code == 2, found.output


@pytest.mark.parametrize("agent", ["", "geopy/2.5.0", "é", "a\nb", "x" * 500])
def test_a_user_agent_that_names_nobody_is_refused(tmp_path: Path, agent: str) -> None:
    with pytest.raises(InputError, match="user agent"):
        OnlineGeocoder("nominatim", user_agent=agent, cache_folder=tmp_path)


@pytest.mark.parametrize(
    ("service", "variable"),
    [(s.id, s.key_variable) for s in SERVICES.values() if s.key_variable],
)
def test_a_service_with_a_key_takes_it_from_an_option_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str, variable: str
) -> None:
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(InputError, match=variable):
        OnlineGeocoder(service, user_agent=AGENT, cache_folder=tmp_path)
    OnlineGeocoder(service, user_agent=AGENT, cache_folder=tmp_path, key="k")
    monkeypatch.setenv(variable, "k")
    OnlineGeocoder(service, user_agent=AGENT, cache_folder=tmp_path)


RAW = {
    "photon": {"geometry": {"coordinates": [126.9, 37.9]},
               "properties": {"osm_type": "R", "osm_id": 7, "osm_key": "place",
                              "osm_value": "town", "name": "Munsan", "countrycode": "KR",
                              "extent": [126.8, 38.0, 127.0, 37.8]}},
    "geonames": {"geonameId": 7, "name": "Munsan", "lng": "126.9", "lat": "37.9", "fcl": "A",
                 "fcode": "ADM3", "countryCode": "KR"},
    "opencage": {"components": {"_type": "town", "town": "Munsan", "ISO_3166-1_alpha-2": "KR"},
                 "geometry": {"lng": 126.9, "lat": 37.9}, "formatted": "Munsan, South Korea",
                 "bounds": {"southwest": {"lat": 37.8, "lng": 126.8},
                            "northeast": {"lat": 38.0, "lng": 127.0}}},
    "geocodeearth": {"geometry": {"coordinates": [126.9, 37.9]}, "bbox": [126.8, 37.8, 127.0, 38.0],
                     "properties": {"gid": "whosonfirst:localadmin:7", "layer": "localadmin",
                                    "name": "Munsan", "country_code": "KR"}},
    "pickpoint": place("Munsan", 126.9, 37.9, type="town"),
    "nominatim": place("Munsan", 126.9, 37.9, type="administrative", addresstype="town",
                       **{"class": "boundary"}),
}  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_read_alike(service: str) -> None:
    answer = SERVICES[service].read(RAW[service])
    assert (answer.name, answer.lon, answer.lat) == ("Munsan", 126.9, 37.9)
    assert (answer.kind, answer.country) == ("town", "KR")
    made = place_of(answer, service=service, name="Munsan", number=0)
    assert made.feature_class == "town"
    assert made.place_id.startswith(f"{service}:")
    assert "|" not in made.place_id


PAGES = {
    "photon": {"features": [RAW["photon"]]}, "geonames": {"geonames": [RAW["geonames"]]},
    "opencage": {"results": [RAW["opencage"]], "status": {"code": 200, "message": "OK"}},
    "geocodeearth": {"features": [RAW["geocodeearth"]]}, "pickpoint": [RAW["pickpoint"]],
    "nominatim": [RAW["nominatim"]],
}  # fmt: skip
EMPTY = {"photon": {"features": []}, "geonames": {"geonames": []}, "geocodeearth": {"features": []},
         "opencage": {"results": [], "status": {"code": 200, "message": "OK"}}}  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_asked_in_its_own_protocol(
    server: Server, tmp_path: Path, service: str
) -> None:
    online = OnlineGeocoder(service, user_agent=AGENT, key="k", url=server.url, clock=FakeClock(),
                            cache_folder=tmp_path, bbox_wsen=(124, 36, 131, 40))  # fmt: skip
    server.page = PAGES[service]
    assert online.ask(["Munsan"]).answers["Munsan"][0].lon == 126.9
    server.page = EMPTY.get(service, [])
    assert online.ask(["Nowhere"]).answers == {"Nowhere": ()}
    assert server.asked == ["Munsan", "Nowhere"]
    assert server.agents == {AGENT}


_KEYS = ["lat", "lon", "lng", "name", "display_name", "boundingbox", "address", "namedetails",
         "osm_id", "class", "type", "addresstype", "features", "geonames", "results", "status",
         "geometry", "coordinates", "properties", "bbox", "extent", "components", "_type",
         "bounds", "value", "message", "code", "error", "countryCode"]  # fmt: skip
_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["127.1", "1e999", "nan", "-0", "kr"])
)  # fmt: skip
_JSON = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6)
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("service", SERVICES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(page=_JSON, wrapped=st.booleans())
def test_no_answer_makes_anything_but_an_answer_or_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str, page: Any, wrapped: bool
) -> None:
    online = OnlineGeocoder(service, user_agent=AGENT, key="k", clock=FakeClock(),
                            cache_folder=tmp_path)  # fmt: skip
    if wrapped:
        listed = next(iter(PAGES[service])) if isinstance(PAGES[service], dict) else None
        page = {listed: [page]} if listed else [page]
    text = json.dumps(page)
    monkeypatch.setattr(BoundedAdapter, "get_text", lambda *_args, **_more: text)
    try:
        answers = online.ask(["x" + text[:150]]).answers
    except OnlineError:
        return
    for answer in (a for found in answers.values() for a in found):
        assert abs(answer.lon) <= 180
        assert abs(answer.lat) <= 90
        assert 0 < len(answer.name) <= 200
        assert answer.name.isprintable()
        place_of(answer, service=service, name="x", number=0)


def test_a_quota_that_is_used_up_ends_the_run(server: Server, tmp_path: Path) -> None:
    server.page = {"status": {"value": 19, "message": "the hourly limit has been exceeded"}}
    online = OnlineGeocoder("geonames", user_agent=AGENT, key="k", url=server.url,
                            clock=FakeClock(), cache_folder=tmp_path)  # fmt: skip
    with pytest.raises(OnlineError, match="GeoNames refuses us: the hourly limit"):
        online.ask(NAMES)
    assert len(server.asked) == 1


def test_the_radius_reaches_the_corners_of_the_bounding_box() -> None:
    answer = Answer(reference="n/1", name="X", lon=127, lat=37, kind="town",
                    bbox_wsen=(126.9, 36.9, 127.0, 37.0))  # fmt: skip
    # A tenth of a degree at 37 N: 8.9 km by 11.1 km.
    assert place_of(answer, service="s", name="X", number=0).radius_m == pytest.approx(14230, 0.01)


def test_only_what_the_gazetteer_lacks_is_asked_and_known_names_do_not_change(
    server: Server, tmp_path: Path
) -> None:
    offline = Gazetteer.open()
    names = ["Paju", "개성", "the DMZ", NAMES[0], "near Zzyzxville Two", "Nowhere Q"]
    assert lacking(offline, names) == [NAMES[0], "near Zzyzxville Two", "Nowhere Q"]
    made = supplement(offline, names, online=geocoder(server, tmp_path))
    assert (made.asked, made.found) == (3, 2)
    assert sorted(server.asked) == ["Nowhere Q", *NAMES[:2]]
    for name in names[:3]:
        assert made.gazetteer.resolve(name) == offline.resolve(name)
    found = made.gazetteer.resolve(NAMES[0]).match
    assert found is not None
    assert (found.lon, found.precision.value) == (127.0, "place")
    assert found.place_id.startswith("nominatim:relation/")
    near = made.gazetteer.resolve("near Zzyzxville Two").match
    assert near is not None
    assert near.radius_m >= 10_000
    assert made.gazetteer.resolve("Nowhere Q").match is None


def test_a_name_that_the_service_finds_on_both_sides_is_not_given_to_one(
    server: Server, tmp_path: Path
) -> None:
    server.places = {
        "Zzyzxri": [place("Zzyzxri", 127.1, 37.5), place("Zzyzxri", 126.1, 39.5,
                    address={"country_code": "kp"})]
    }  # fmt: skip
    made = supplement(Gazetteer.open(), ["Zzyzxri"], online=geocoder(server, tmp_path))
    assert {m.country for m in made.gazetteer.resolve("Zzyzxri").two_sides} == {"KP", "KR"}


def test_the_region_of_the_line_is_preferred(server: Server, tmp_path: Path) -> None:
    geocoder(server, tmp_path, bbox_wsen=(124.0, 36.0, 131.0, 40.0)).ask(NAMES[:1])
    assert server.viewboxes == {"124.0,36.0,131.0,40.0"}


def test_check_names_the_service_and_its_attribution(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        f"date,place,kind\n2024-06-20,{NAMES[0]},leaflet\n2024-06-20,Paju,leaflet\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "bordermap", "export", "a.csv", "-o", "-", "--online", "nominatim",
         "--user-agent", AGENT, "--online-url", server.url],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "BORDERMAP_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = {f["properties"]["place"]: f["properties"] for f in json.loads(done.stdout)["features"]}
    assert rows["Paju"]["place_source"] == "gazetteer"
    assert rows["Paju"]["place_attribution"] is None
    assert rows[NAMES[0]]["place_source"] == "nominatim"
    assert rows[NAMES[0]]["place_attribution"] == "© OpenStreetMap contributors"
    assert "1 name that the gazetteer lacks, 1 found" in done.stderr
    assert len(server.viewboxes) == 1


def test_load_and_map_take_a_service_and_show_whom_to_credit(
    server: Server, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"date,place,kind\n2024-06-20,{NAMES[0]},leaflet\n")
    incidents = bm.load(tmp_path / "a.csv", online=geocoder(server, tmp_path))
    assert incidents["place_source"].tolist() == ["nominatim"]
    assert incidents.geometry.iloc[0].x == 127.0
    assert credit_of(incidents, "Me") == "Me; © OpenStreetMap contributors"
    with pytest.raises(InputError, match="user agent"):
        bm.load(tmp_path / "a.csv", online="nominatim")


@pytest.mark.slow
def test_a_table_in_parts_is_located_with_answers_too(server: Server, tmp_path: Path) -> None:
    rows = "".join(f"{n},{name}\n" for n in range(40) for name in (NAMES[0], "Paju", "Nowhere Q"))
    (tmp_path / "a.csv").write_text(f"what,place\n{rows}")
    command = [sys.executable, "-m", "bordermap", "check", "a.csv", "-o", "out.csv", "--engine",
               "stream", "--online", "nominatim", "--user-agent", AGENT]  # fmt: skip
    env = {**os.environ, "BORDERMAP_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*command, "--online-url", server.url], cwd=tmp_path, env=env,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(tmp_path / "out.csv")
    assert table["place_source"].fillna("").tolist() == ["nominatim", "gazetteer", ""] * 40
    assert table["place_attribution"].notna().tolist() == [True, False, False] * 40
    assert set(server.counts().values()) == {1}
    refused = subprocess.run([*command, "--scheduler", "tcp://x:1"], cwd=tmp_path, env=env,
                             capture_output=True, text=True, check=False)  # fmt: skip
    assert refused.returncode == 2
