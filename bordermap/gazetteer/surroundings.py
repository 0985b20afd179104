"""What the words around a name say of it: country, larger places, neighbours.

Only what is said of the name itself counts as its country ("South Korea's
Cheorwon", "Kosong in North Korea"): nearly every report names both Koreas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bordermap.gazetteer.folding import fold
from bordermap.gazetteer.ranking import Context
from bordermap.table import Precision

if TYPE_CHECKING:
    from bordermap.gazetteer.book import Gazetteer

__all__ = ["read_context"]

_KIND = (
    r"(?:county|city|town|township|village|island|islands|port|province|district|area|region|"
    r"peninsula|coast|border|front-?line|base|airfield|capital)"
)
_NORTH = r"North(?:ern)?\s+Korea"
_SOUTH = r"South(?:ern)?\s+Korea"
_OWNER = (
    rf"(?:(?P<kp>{_NORTH}(?:n|['’]s)|DPRK['’]s|the\s+North['’]s)"
    rf"|(?P<kr>{_SOUTH}(?:n|['’]s)|ROK['’]s|the\s+South['’]s))"
)
_WAY = r"(?:(?:north|south)?-?(?:east|west)(?:ern)?|(?:north|south)(?:ern)?|central)"
# "South Korea's border county of Cheorwon", "the North Korean port Wonsan".
_BEFORE = re.compile(
    rf"\b{_OWNER}\s+(?:(?:{_KIND}|{_WAY}|coastal|inland|of|the)\s+)*$", re.IGNORECASE
)
_NAMES = r"(?:\s*,\s*[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2}?)"
# "Kosong County, Kangwon Province, North Korea", "the Ongjin peninsula in North Korea".
_AFTER = re.compile(
    rf"^(?:\s+(?i:{_KIND}))?{_NAMES}{{0,2}}\s*(?:,|\s(?i:in|of|on))\s*(?:(?i:the)\s+)?"
    rf"(?:(?P<kp>{_NORTH})|(?P<kr>{_SOUTH}))\b(?!\s+(?i:soldier|troop|guard|military|army))"
)
# "Cheorwon, a South Korean border county".
_APPOSED = re.compile(
    rf"^\s*,\s+(?:a|an|the|its)\s+{_OWNER}\s+(?:\w+\s+){{0,3}}?{_KIND}\b", re.IGNORECASE
)
_CONTAINER = re.compile(
    rf"^(?:\s+(?i:{_KIND}))?\s*(?:,|\s(?:in|of))\s+"
    r"((?:(?:North|South)\s+)?[A-Z][\w'’-]*(?:-do)?(?:\s+(?:Province|County|City))?)"
)
_HANGUL_COUNTRY = {
    "북한": "KP", "북측": "KP", "북녘": "KP", "북조선": "KP", "북한의": "KP",
    "남한": "KR", "남측": "KR", "우리측": "KR", "한국": "KR",
}  # fmt: skip
_HANGUL_BEFORE = re.compile(r"((?:[가-힣]+\s+){1,3})$")
_PARTICLE = re.compile(
    r"(?:에서는|에서|에는|으로|까지|부터|에게|의|에|로|을|를|이|가|은|는|와|과|도)$"
)
_LATIN = re.compile(r"[A-Z][\w'’ʼ-]*(?: (?:[A-Z][\w'’ʼ-]*|of))*")
_HANGUL = re.compile(r"[가-힣]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 4
_CONTAINERS = frozenset({"province", "county", "city", "district", "town", "island", "capital"})
# A neighbour must itself be beyond doubt.
_SETTLED = 0.9
_SURE_QUALITY = 0.97


def read_context(
    text: str,
    name: str,
    gazetteer: Gazetteer,
    *,
    is_border: bool = False,
    with_neighbours: bool = True,
) -> Context:
    """Return what a text says of a name in it.

    Parameters
    ----------
    text
        A sentence or a report.
    name
        A name as it stands there; one that does not gets its neighbours alone.
    gazetteer
        Tells which words are names.
    is_border
        Whether the text tells of the line; see `ranking.Context`.
    with_neighbours
        Whether to look up what else the text names, which takes much longer.
    """
    start = text.lower().find(name.lower())
    country, within = None, []
    if start >= 0:
        before, after = text[max(0, start - 90) : start], text[start + len(name) :][:90]
        country = _country_of(before, after)
        within = _containers(before, after, gazetteer)
    near = _neighbours(text, name, gazetteer) if with_neighbours else ()
    return Context(country=country, within=tuple(within), near=near, is_border=is_border)


def _country_of(before: str, after: str) -> str | None:
    """Return the Korea of which the words beside a name say that it lies there, or None."""
    for found in (_BEFORE.search(before), _AFTER.match(after), _APPOSED.match(after)):
        if found:
            return "KP" if found["kp"] else "KR"
    for word in _words_before(before):
        if word in _HANGUL_COUNTRY:
            return _HANGUL_COUNTRY[word]
    return None


def _words_before(before: str) -> list[str]:
    """Return up to three words in hangul directly before a name."""
    found = _HANGUL_BEFORE.search(before)
    return found[1].split() if found else []


def _containers(before: str, after: str, gazetteer: Gazetteer) -> list[str]:
    """Return larger places that the words beside a name put it in."""
    found = _CONTAINER.match(after)
    wanted = [w for w in reversed(_words_before(before)) if w not in _HANGUL_COUNTRY]
    if found:
        wanted.append(found[1])
    known = gazetteer.known(wanted)
    return [w for w in wanted if w in known and known[w].feature_class in _CONTAINERS]


def _neighbours(
    text: str, name: str, gazetteer: Gazetteer
) -> tuple[tuple[float, float, str | None], ...]:
    """Return the places named beside a name that are small and beyond doubt."""
    own = fold(name)
    candidates = [
        c for c in dict.fromkeys(_candidates(text)) if own not in fold(c) and fold(c) not in own
    ]
    known = gazetteer.known(candidates)
    names = [n for n, k in known.items() if k.quality >= _SURE_QUALITY]
    spots = {
        (r.match.lon, r.match.lat, r.match.country)
        for r in gazetteer.resolve_all(names)
        if r.match is not None
        and not r.two_sides
        and r.match.score >= _SETTLED
        and r.match.precision in {Precision.PLACE, Precision.DISTRICT}
        and r.match.country in {"KP", "KR"}
    }
    return tuple(sorted(spots, key=lambda s: (s[0], s[1])))


def _candidates(text: str) -> Iterator[str]:
    """Yield the sequences of words of a text that may be names."""
    for run in _LATIN.findall(text):
        words = run.split()
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + _LONGEST) + 1):
                yield " ".join(words[first:last])
    for word in _HANGUL.findall(text):
        yield word
        yield _PARTICLE.sub("", word)
    for run in _HAN.findall(text):
        for length in (2, 3):
            yield from (run[i : i + length] for i in range(len(run) - length + 1))
