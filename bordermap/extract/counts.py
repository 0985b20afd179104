"""What is counted in a sentence: words for things, and for what became of people."""

from __future__ import annotations

__all__ = ["BY_DOZENS", "HARMED", "PEOPLE", "SINGULAR", "THINGS", "scaled"]

# Key -> the words that are counted under it.
_THINGS = {
    "balloons": "balloon balloons",
    "leaflets": "leaflet leaflets flyers pamphlets handbills",
    "usb_sticks": "usb usbs",
    "dollar_bills": "dollar",
    "memory_cards": "cards",
    "trash_bundles": "bundles bundle",
    "missiles": "missile missiles icbm icbms srbm srbms slbm slbms irbm crbms scud scuds atacms "
    "rodongs nodongs",
    "rockets": "rocket rockets",
    "projectiles": "projectile projectiles",
    "shells": "shell shells rounds round shots bullets bullet volleys grenades",
    "mines": "mine mines landmine landmines",
    "soldiers": "soldier soldiers troops servicemen guards marines sergeants sentries guardsmen "
    "infantrymen conscripts privates",
    "infiltrators": "infiltrator infiltrators commandos agents spies guerrillas raiders frogmen "
    "saboteurs intruders",
    "drones": "drone drones uavs",
    "boats": "boat boats vessel vessels ship ships trawler trawlers warships crafts gunboat "
    "gunboats freighter freighters submarine submarines speedboats junks",
    "aircraft": "aircraft plane planes jet jets warplanes helicopter helicopters fighters mig migs "
    "bombers",
    "loudspeakers": "loudspeaker loudspeakers speakers",
    "launchers": "launcher launchers",
    "crew": "crew crewmen sailors seamen fishermen airmen crewmembers",
    "people": "people persons men women children koreans americans japanese officers officials "
    "aboard civilians activists workers residents passengers policemen villagers farmers tourists "
    "defectors refugees prisoners captives students lives families members journalists reporters "
    "managers employees delegates majors captains pilots survivors companions",
    "bodies": "bodies corpses remains coffins",
    "vehicles": "cars trucks buses vehicles jeeps tanks",
    "computers": "computers servers",
    "sites": "sites places locations websites",
    "buildings": "buildings houses homes",
    "guard_posts": "posts",
}
THINGS = {word: key for key, words in _THINGS.items() for word in words.split()}
"""Words for what is counted, and the keys they are counted under."""

PEOPLE = frozenset({"soldiers", "infiltrators", "crew", "people"})
"""Keys of those who may be killed, wounded or caught."""

HARMED = {
    word: key
    for key, words in {
        "killed": "killed dead died killing slain drowned",
        "wounded": "wounded injured injuring wounding hurt maimed maiming",
        "captured": "captured capturing",
        "missing": "missing",
    }.items()
    for word in words.split()
}
"""What became of people, and the keys it is counted under."""

# One of a kind: "killed a policeman", "lost an officer".
SINGULAR = frozenset(
    ["soldier", "guard", "marine", "sergeant", "sentry", "private", "officer", "captain",
     "lieutenant", "colonel", "major", "man", "woman", "boy", "girl", "child", "policeman",
     "villager", "farmer", "fisherman", "sailor", "pilot", "agent", "infiltrator", "commando",
     "crewman", "commander", "american", "tourist", "student", "worker", "civilian", "person",
     "passenger"]
)  # fmt: skip
"""Words for one person."""

BY_DOZENS = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
"""Words that multiply the number before them."""


def scaled(words: list[str], token: int, number: float) -> tuple[float, int]:
    """Return a number with the words that belong to it, and its last token.

    >>> scaled("two hundred rounds".split(), 0, 2), scaled("thirty - nine".split(), 0, 30)
    ((200, 1), (30, 0))
    """
    while (factor := BY_DOZENS.get(words[token + 1] if token + 1 < len(words) else "")) is not None:
        number, token = number * factor, token + 1
    return number, token
