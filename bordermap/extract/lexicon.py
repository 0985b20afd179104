"""The names that text is scanned for: folded keys of the gazetteer, in memory."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from bordermap.extract.forms import Forms
from bordermap.extract.words import NEVER_PLACES
from bordermap.files import geodata_path
from bordermap.gazetteer import Gazetteer
from bordermap.gazetteer.folding import fold

if TYPE_CHECKING:
    from bordermap.gazetteer.index import Record

__all__ = ["Begin", "Lexicon", "Name", "lexicon_of", "packaged_gazetteer"]

_PENINSULA = {"KR", "KP", None}
# World towns smaller than this are named in border reports less often than people who
# bear the same name.
_LEAST_FOREIGN = 0.33
_SHORT = frozenset({"dmz", "mdl", "nll", "jsa", "ccz", "kic", "p73", "udo", "ui"})
_SETTLED = frozenset({"settlement", "village", "town", "county", "city", "district", "capital",
                      "port"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """What a folded name may be, as far as the scan needs to know.

    Attributes
    ----------
    feature_class
        Class of the likeliest place of this name.
    is_near
        Whether a place of the peninsula bears it, or a curated one beyond it.
    is_settled
        Whether the likeliest place is where people live (no river, no line).
    importance
        Of the likeliest place, 0 to 1.
    """

    feature_class: str
    is_near: bool
    is_settled: bool
    importance: float

    @property
    def name_is_area(self) -> bool:
        """Whether the likeliest place is a line, an area, a sea, a country or a province."""
        return self.feature_class in {"line", "area", "sea", "country", "province"}


class Begin(IntEnum):
    """What a word may be the first one of."""

    NOTHING = 0
    NAME = 1
    GENERIC = 2  # a name that only its generic word tells: "Ragwon County"
    HANGUL = 3


# "NLL에서": letters with a Korean particle.
_ACRONYM = re.compile(r"[A-Z]{3,4}[가-힣]{1,3}")
# Names are told apart by so many letters at their beginning.
_MOST_LETTERS = 14


class Lexicon:
    """Folded names of a gazetteer and what each may be.

    Attributes
    ----------
    names
        Folded name -> what it may be.
    begins
        Word as written -> what it may be the first one of.
    goes_on
        Two words, a space between -> whether a name may begin with them, or they are too odd to
        tell.
    """

    __slots__ = ("_starts", "begins", "gazetteer", "goes_on", "names")

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        records = {r.no: r for r in gazetteer.index.where("importance >= 0.3")}
        best: dict[str, tuple[float, Record]] = {}
        for key, no, tier in gazetteer.names(least_importance=0.3):
            record = records.get(no)
            if record is None or key.startswith("~") or not _is_wanted(key, record, tier):
                continue
            # The peninsula's places come first among namesakes.
            weight = record.importance + (1.0 if record.country in _PENINSULA else 0.0)
            if key not in best or weight > best[key][0]:
                best[key] = (weight, record)
        self.names = {
            key: Name(
                feature_class=record.feature_class,
                is_near=record.country in _PENINSULA or _is_curated_abroad(key, record),
                is_settled=record.feature_class in _SETTLED,
                importance=record.importance,
            )
            for key, (_, record) in best.items()
        }
        self._starts = frozenset(key[:n] for key in self.names for n in range(2, _MOST_LETTERS + 1))
        self.begins: Forms[Begin] = Forms(self._begin)
        self.goes_on: Forms[bool] = Forms(self._goes_on)

    def _begin(self, raw: str) -> Begin:
        if "가" <= raw[0] <= "힣" or _ACRONYM.fullmatch(raw):
            return Begin.HANGUL
        if not raw[0].isupper():
            return Begin.NOTHING
        word = raw.lower()
        if word.isalpha() and word.isascii() and word[:_MOST_LETTERS] not in self._starts:
            return Begin.NAME if word == "p" else Begin.GENERIC  # P-73
        return Begin.NAME

    def _goes_on(self, two: str) -> bool:
        word, following = two.split(" ")
        if not following[0].isalnum():
            return word == "mt"
        key = word + following
        return not (key.isascii() and key.isalnum()) or key[:_MOST_LETTERS] in self._starts


def _is_wanted(key: str, record: Record, tier: int) -> bool:
    """Return whether text should be scanned for this name of this place."""
    if key in NEVER_PLACES:
        return False
    if _is_curated_abroad(key, record):
        return True
    if not key.isascii():
        return record.country in _PENINSULA or record.feature_class == "country"
    if record.country in _PENINSULA:
        return len(key) > 3 or key in _SHORT
    # Codes and foreign spellings of the world's towns are words of other languages.
    is_own = key == fold(record.name_en) or (record.feature_class == "capital" and len(key) > 4)
    if record.feature_class == "country":
        return is_own
    least = 0.6 if record.feature_class == "capital" else _LEAST_FOREIGN
    if len(key) > 5 and record.importance >= 0.5:
        is_own = True  # Rangoon for Yangon
    return tier == 0 and is_own and record.importance >= least


def _is_curated_abroad(key: str, record: Record) -> bool:
    """Return whether a place is of the curated table outside Korea, and its name long enough."""
    if record.country in _PENINSULA or record.feature_class == "country":
        return False
    # Shorter ones are names of people and words (Hasan for Khasan, 하산).
    least = 3 if not key.isascii() else 4 if key == fold(record.name_en) else 6
    return not record.place_id.startswith("gn-") and len(key) >= least


@functools.lru_cache(maxsize=4)
def lexicon_of(gazetteer: Gazetteer) -> Lexicon:
    """Return the lexicon of a gazetteer, made once."""
    return Lexicon(gazetteer)


@functools.lru_cache(maxsize=1)
def packaged_gazetteer() -> Gazetteer:
    """Return the packaged gazetteer, opened once.

    Not what a user added: among a hundred thousand hamlets some are named like
    any word of a text.
    """
    return Gazetteer.open(paths=[geodata_path("gazetteer.sqlite")])
