"""Keys under which a name is found: as written, and as it sounds in Korean.

`fold` takes away what writers leave out: case, diacritics, apostrophes,
hyphens, spaces. `sound` goes on and makes one key of all romanisations of a
Korean name. `parse` sets a generic word (county, -ri, island) apart from the
name and the places named after it from the place itself.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from bordermap.gazetteer.hangul import is_hangul

__all__ = ["Parsed", "fold", "parse", "sound"]

_NOT_WORD = re.compile(r"[\W_]+")
# Letters that Unicode does not take apart, and apostrophes that it calls letters.
_SPECIAL = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
        "ð": "d",
        "\u02bb": "",
        "\u02bc": "",
        "\u02bd": "",
        "\u02be": "",
        "\u02bf": "",
    }
)


@functools.lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Return a name without case, diacritics, apostrophes, hyphens and spaces.

    >>> fold("Ch'ŏrwŏn-gun"), fold("Panmunjŏm "), fold("São Paulo"), fold("개성 시")
    ('chorwongun', 'panmunjom', 'saopaulo', '개성시')
    """
    if name.isascii():
        return _NOT_WORD.sub("", name.lower())
    # NFKD takes Hangul apart into letters and NFC puts it together again.
    apart = unicodedata.normalize("NFKD", name.casefold()).translate(_SPECIAL)
    bare = "".join(c for c in apart if unicodedata.category(c) != "Mn")
    return _NOT_WORD.sub("", unicodedata.normalize("NFC", bare))


_UNITS = {
    "yeo": "yo", "yae": "ye", "wae": "we", "weo": "wo", "eui": "ui", "yeu": "yu",
    "eo": "o", "eu": "u", "ae": "e", "oe": "we", "oo": "u", "ee": "i",
    "tch": "c", "ch": "c", "jj": "c", "j": "c", "sh": "s",
    "g": "k", "d": "t", "b": "p", "r": "l",
}  # fmt: skip
_UNIT = re.compile("|".join(sorted(_UNITS, key=len, reverse=True)))
_BREATH = re.compile(r"([kptc])h")
_DOUBLE = re.compile(r"(.)\1+")
_NOT_KOREAN = re.compile(r"[^a-pr-uwy]|c(?!h)")


@functools.lru_cache(maxsize=16384)
def sound(key: str) -> str | None:
    """Return one key for all romanisations of a folded Korean name.

    Consonants that the systems write as voiced, plain or aspirated become one,
    and so do the vowels that lose their breve. None where the letters cannot
    be those of a Korean name.

    >>> sound("gaeseong"), sound("kaesong"), sound("cheorwon"), sound("chorwon")
    ('kesonk', 'kesonk', 'colwon', 'colwon')
    >>> sound("frankfurt") is None
    True
    """
    if not key or not key.isascii() or _NOT_KOREAN.search(key) or "f" in key:
        return None
    text = _UNIT.sub(lambda m: _UNITS[m[0]], key)
    return _DOUBLE.sub(r"\1", _BREATH.sub(r"\1", text))


_GENERIC: dict[str, str] = {}
for _kind, _words in {
    "city": "city municipality metropolitan-city special-city",
    "si": "si shi",
    "county": "county district",
    "gun": "gun kun kun.",
    "gu": "gu ku",
    "town": "town",
    "township": "eup up township myeon myon",
    "village": "village hamlet",
    "ri": "ri ni li dong tong",
    "province": "province pukto bukdo namdo",
    "island": "island islands isle islet",
    "do": "do to",  # a province or an island
    "mountain": "mount mt mt. mountain hill peak san bong",
    "river": "river stream gang kang",
    "sea": "sea waters",
    "lake": "lake reservoir ho",
    "station": "station yok yeok",
    "port": "port harbor harbour naval-base",
    "airfield": "airport airfield airbase",
    "pass": "pass",
}.items():
    for _word in _words.split():
        _GENERIC.setdefault(_word, _kind)

_HANGUL_GENERIC = {
    "시": "si", "군": "gun", "구": "gu", "읍": "township", "면": "township", "리": "ri",
    "동": "ri", "도": "do", "섬": "island", "산": "mountain", "강": "river",
    "역": "station", "항": "port",
}  # fmt: skip
_BEFORE = re.compile(
    r"^(?:the\s+)?(?:(?:city|county|town|village|island|islands|port|province|district|state|river|"
    r"isle|township|port city|border city|border town|border county|border village|capital)"
    r"\s+of\s+|"
    r"(?:mount|mt\.?|lake|hill|port)\s+)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,،，]|\s\(|\)")
_MARKED = re.compile(r"[,،，()]")
_LEAD_WORD = re.compile(r"^the\s+|\s+of\s*$")
_LAST_WORD = re.compile(r"^(.{2,}?)(?:\s+|-)([\w.]+)$")
_VAGUE = re.compile(
    r"^(?:near(?:by)?|around|close to|outside|off|off the coast of|waters (?:off|near)|just|"
    r"the vicinity of|vicinity of|in|at|from|over|north of|south of|east of|west of|"
    r"northwest of|northeast of|southwest of|southeast of|coast of|the coast of)\s+",
    re.IGNORECASE,
)
_VAGUE_AFTER = re.compile(r"\s+(?:area|areas|region|vicinity|neighbou?rhood|outskirts)$", re.I)
_DIRECTION = re.compile(
    r"^(?:(?:north|south|east|west|north-?west|north-?east|south-?west|south-?east)(?:ern)?|"
    r"central|upper|lower|greater|downtown)\s+",
    re.IGNORECASE,
)


class Parsed(NamedTuple):
    """A name taken apart.

    Attributes
    ----------
    head
        The name itself, as written.
    stems
        Other forms to look for, without generic words: (form, kind of place).
    within
        Names that follow after a comma, the narrower first.
    is_vague
        Whether the writer says "near", "off", "area": the doubt is larger.
    kind
        What a generic word says the place is, or None.
    whole
        All of a name in hangul that is written apart: either one name (개성
        공단) or a place after what it lies in (강원도 철원군). None elsewhere.
    """

    head: str
    stems: tuple[tuple[str, str | None], ...] = ()
    within: tuple[str, ...] = ()
    is_vague: bool = False
    kind: str | None = None
    whole: str | None = None

    @property
    def has_breves(self) -> bool:
        """Whether the writer tells ŏ from o and ŭ from u, as McCune-Reischauer does."""
        return not self.head.isascii() and any(c in "ŏŭŎŬ" for c in self.head)


@functools.lru_cache(maxsize=16384)
def parse(name: str) -> Parsed:
    """Take a name apart into head, generic word and what it lies within.

    >>> parse("Goseong County, South Gyeongsang")
    Parsed(head='Goseong County', stems=(('Goseong', 'county'),),
        within=('South Gyeongsang',), is_vague=False, kind='county', whole=None)
    >>> parse("near Yeonpyeong Island").stems
    (('Yeonpyeong', 'island'),)
    """
    plain = name if name.isascii() else unicodedata.normalize("NFC", name).replace("\u2019", "'")
    text = " ".join(plain.split())
    parts = _PARTS.split(text) if _MARKED.search(text) else [text]
    head, *within = [part.strip(" .;:()") for part in parts]
    vague, shorter = False, head
    if " " in head:
        while (shorter := _VAGUE.sub("", head, count=1)) != head:
            head, vague = shorter, True
        shorter = _VAGUE_AFTER.sub("", head)
    stems: list[tuple[str, str | None]] = []
    if shorter != head and shorter:
        stems.append((shorter, None))
        vague = True
    if " " in head or "-" in head or not head.isascii():
        for form in [head, *(s for s, _ in stems)]:
            stems += [s for s in _stems(form) if s not in stems]
    whole = None
    if is_hangul(head) and " " in head:
        # Korean goes from the large to the small: 강원도 철원군 대마리.
        whole = head
        *larger, head = head.split()
        within = [*reversed(larger), *within]
        stems = _stems(head)
    kind = next((k for _, k in stems if k), None)
    within = [w for w in within if w]
    return Parsed(head, tuple(stems), tuple(within), vague, kind, whole)


def _stems(head: str) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    if is_hangul(head):
        if len(head) >= 3 and head[-1] in _HANGUL_GENERIC:
            found.append((head[:-1], _HANGUL_GENERIC[head[-1]]))
        return found
    lead = _BEFORE.match(head)
    if lead:
        word = _LEAD_WORD.sub("", lead[0].strip().lower()).split()[-1]
        found.append((head[lead.end() :], _GENERIC.get(word)))
    elif head.lower().startswith("the "):
        found.append((head[4:], None))
        found += _stems(head[4:])
    match = _LAST_WORD.match(head) if " " in head or "-" in head else None
    if match and (kind := _GENERIC.get(match[2].lower())):
        found.append((match[1], kind))
        # "Kaesong city district": no; but "Kumgang Mountain Tourist Region" is one name.
    return found
