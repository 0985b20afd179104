"""Who went to see whom, what was called off, and which forces were moved."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract

PUBLISHED = date(2024, 6, 20)  # a Thursday


def told(text: str) -> list[tuple[str, str]]:
    """Return kind and first day of each incident that has a day."""
    rows = extract(text, published=PUBLISHED).to_dict("records")
    return sorted((r["kind"], r["date_start"].date().isoformat()) for r in rows)


@pytest.mark.parametrize(
    "text",
    [
        "The envoy had gone to Pyongyang on Monday and stayed for three days.",
        "Kim Jong Il came to the airport on Monday to welcome his guest from the South.",
        "The two envoys spoke for an hour in the Peace House on Monday.",
        "The first freight train in half a century ran from Munsan to Kaesong on Monday.",
        "The North broke off all relations with the South on Monday.",
        "North Korea withdrew its team from the games on Monday.",
        "The Command protested the shooting on Monday at a meeting of the Military Armistice "
        "Commission.",
        "In the hut at Panmunjom on Monday Admiral Smith demanded the ship and an apology.",
        "The Command lodged a protest with the North at Panmunjom on Monday.",
        "Kim Jong-un on Monday met President Moon Jae-in's special envoys.",
        "The orchestra played in Pyongyang on Monday.",
        "The body of a man who drowned last week was handed to his countrymen at Panmunjom on "
        "Monday.",
    ],
)
def test_visits_protests_and_what_is_broken_off_are_diplomacy(text: str) -> None:
    assert told(text) == [("diplomacy", "2024-06-17")]


@pytest.mark.parametrize(
    "text",
    [
        "The carrier Enterprise, on her way home, was turned around on Monday and sent into the "
        "Sea of Japan.",
        "President Johnson on Monday called more than 14,000 reservists to active duty.",
        "The home reserve was called out on Monday in Kangwon province.",
        "The Pentagon has sent the USS Vincennes from Japan to the Korean peninsula on Monday.",
        "The armed forces of the South were put on alert on Monday.",
        "Two carriers steamed toward Korea on Monday.",
    ],
)
def test_ships_turned_around_and_reservists_called_up_are_deployed(text: str) -> None:
    assert told(text) == [("deployment", "2024-06-17")]


@pytest.mark.parametrize(
    "text",
    [
        "President Kim arrived in Pyongyang on Monday for the first summit since the division of "
        "the peninsula.",
        "Kim has ordered border guards to shoot anyone trying to leave, a paper said on Monday.",
        "A man and a guard were seen at the border on Monday.",
        "Soldiers closed the roads around the place on Monday.",
        "North Korea withdrew on Monday from the treaty on the spread of nuclear weapons.",
        "Reservists held a yearly drill on Monday.",
    ],
)
def test_arrivals_of_persons_and_orders_to_guards_deploy_nobody(text: str) -> None:
    assert "deployment" not in {kind for kind, _ in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Kim is to go to Pyongyang on Friday.",
        "The navy called off the drill on Monday because of the weather.",
        "Two trucks rolled over on a highway near Paju on Monday.",
        "Tourists came to the airport at Incheon on Monday.",
    ],
)
def test_plans_and_ordinary_travel_are_no_diplomacy(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers are sent to the zone for road work, and officials take no notice.",
        "A man came ashore on Monday and stayed out of the hands of the border guards for over "
        "six hours.",
        "Two guided missile cruisers were seen off Japan on Monday.",
    ],
)
def test_habits_hands_and_missile_cruisers_are_neither_deployed_nor_fired(text: str) -> None:
    assert {"deployment", "missile"}.isdisjoint(kind for kind, _ in told(text))


def test_who_is_freed_and_walks_home_the_same_day_is_told_once() -> None:
    text = (
        "North Korea freed a worker on Monday whom it had held for months.\n\n"
        "He crossed the border by car on Monday evening and arrived in Dorasan."
    )
    assert len(told(text)) == 1


def test_who_returns_with_others_returns_no_fire() -> None:
    text = "The envoy flew to Pyongyang on Monday and returned with two journalists."
    assert told(text) == [("diplomacy", "2024-06-17")]


def test_a_ship_that_is_sent_is_not_the_men_who_were_called_up() -> None:
    text = (
        "The president called up 14,000 reservists on Monday.\n\n"
        "The carrier Enterprise was turned around and sent into the Sea of Japan."
    )
    rows = extract(text, published=PUBLISHED)
    assert list(rows["kind"]) == ["deployment", "deployment"]
