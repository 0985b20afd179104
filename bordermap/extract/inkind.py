"""What was fired or launched where the words leave it open: what was told before tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.timewords import MONTHS
from bordermap.extract.verbs import ANSWERS, is_reply
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.records import Record
    from bordermap.extract.tokens import Sentence

__all__ = ["answer_in_kind", "escape_in_kind", "launch_in_kind"]

_ANSWERS = (*ANSWERS, "대응사격", "응사")
_GUNS = (
    "shell", "howitzer", "artiller", "mortar", "cannon", "batter", "포를", "포로", "자주포",
    "해안포", "방사포", "고사포", "포탄", "포격",
)  # fmt: skip
_FIRE = frozenset({Kind.GUNFIRE, Kind.ARTILLERY})
_SHOT = _FIRE | {Kind.MISSILE}
# So many records back a text is taken to speak of the same guns still.
_LOOK_BACK = 6


def answer_in_kind(sentence: Sentence, told: list[Trigger], drafts: list[Record]) -> None:
    """Call fire in answer after what it answers, rifles or artillery, where no gun is named."""
    fire: Kind | None = None
    for trigger in told:
        if _is_of_flown(sentence.words, trigger, drafts):
            trigger.kind = Kind.MISSILE
        if trigger.kind not in _FIRE:
            continue
        if sentence.words[trigger.head] in _HEARD and any(d.kind in _FIRE for d in drafts[-_LAST:]):
            trigger.is_noun = True  # "guards heard six shots": those told of
        words = sentence.words[_begin(sentence.words, trigger.first) : trigger.last + 2]
        answers = sentence.words[trigger.head].startswith(_ANSWERS)
        if (answers or is_reply(sentence.words, trigger.head)) and not any(
            gun in word for word in words for gun in _GUNS
        ):
            # Looked for backwards: a long text has told of thousands before.
            before = (d.kind for d in reversed(drafts) if d.kind in _FIRE and not d.is_noun)
            trigger.kind = fire or next(before, Kind.GUNFIRE)
        elif trigger.kind is Kind.GUNFIRE and sentence.words[trigger.first].startswith("발"):
            # "100여 발을 더 쐈다": of what was fired before.
            shot = (d.kind for d in reversed(drafts) if d.kind in _SHOT and not d.is_noun)
            # "미사일 여러 발을 쐈다".
            lead = "".join(sentence.words[max(0, trigger.first - 3) : trigger.first])
            named = "미사일" in lead or "발사체" in lead
            trigger.kind = Kind.MISSILE if named else next(shot, Kind.GUNFIRE)
        elif trigger.kind is Kind.GUNFIRE and _only_counts(words):
            # "Some 90 rounds came from A", after shells: more of these.
            lately = {fire, *(d.kind for d in drafts[-_LOOK_BACK:] if not d.is_noun)}
            trigger.kind = Kind.ARTILLERY if Kind.ARTILLERY in lately else trigger.kind
        elif not trigger.is_noun:
            fire = trigger.kind


def _is_of_flown(words: list[str], trigger: Trigger, drafts: list[Record]) -> bool:
    """Return whether missiles were told of last, and "they were fired" or "one blew up" of them."""
    head = trigger.head
    last = next((d for d in reversed(drafts[-_LAST:]) if not d.is_noun), None)
    if trigger.is_noun or last is None or last.kind is not Kind.MISSILE:
        return False
    if trigger.kind is Kind.EXPLOSION:
        return words[head].startswith(_BURST) and words[head - 1] in _THEY
    if trigger.kind is not Kind.GUNFIRE or words[head] != "fired":
        return False
    after = words[head + 1 : head + 3]
    at_somebody = after[:1] in (["at"], ["upon"], ["on"]) and not _is_time(after[1:])
    return words[head - 1] in _BE and words[head - 2] in _THEY and not at_somebody


def _is_time(words: list[str]) -> bool:
    return any(w in MONTHS or w.endswith("day") for w in words)


_LAST = 3
_HEARD = frozenset({"hear", "heard", "hearing"})
_BURST = ("blew", "explod", "burst", "broke", "disintegrat")
_BE = frozenset({"was", "were", "been"})
_THEY = frozenset(
    ["they", "it", "one", "two", "both", "three", "which", "that", "ones", "another", "first",
     "second", "third", "others", "all"]
)  # fmt: skip
_SUBJECT = 6
_STOPS = frozenset([",", ";", ":", ".", "and", "but", "after", "when", "as", "of", "by", "from"])


def _begin(words: list[str], first: int) -> int:
    """Return where the subject before some words begins: "howitzers on the island hit back"."""
    begin = first
    while begin > max(0, first - _SUBJECT) and words[begin - 1] not in _STOPS:
        begin -= 1
    return begin


_SMALL_ARMS = ("shot", "bullet", "rifle", "machine", "gun", "pistol", "sniper", "총", "warning")


def _only_counts(words: list[str]) -> bool:
    """Return whether words tell of "rounds" and of nothing that they were shot from."""
    named = any(arm in word for word in words for arm in _SMALL_ARMS)
    return not named and "rounds" in words


def escape_in_kind(sentence: Sentence, told: list[Trigger], drafts: list[Record]) -> None:
    """Take infiltrators who got away for no defectors: "one is believed to have swum back"."""
    if not any(d.kind is Kind.INFILTRATION for d in drafts[-_LOOK_BACK:]):
        return
    for trigger in told:
        own = sentence.words[trigger.first : trigger.last + 3]
        if trigger.kind is Kind.DEFECTION and not _AWAY.isdisjoint(own):
            trigger.kind, trigger.is_noun = Kind.INFILTRATION, True


_AWAY = frozenset({"back", "north", "northward", "northwards"})
_LAUNCHED = frozenset({Kind.MISSILE, Kind.BALLOON, Kind.LEAFLET, Kind.DRONE})


def launch_in_kind(sentence: Sentence, told: list[Trigger], drafts: list[Record]) -> None:
    """Call "the launch" after what was launched before it: balloons, not a missile."""
    for index, trigger in enumerate(told):
        is_bare = trigger.is_noun and trigger.first == trigger.last
        if trigger.kind is Kind.MISSILE and is_bare and sentence.words[trigger.head] in _LAUNCHES:
            here = [t.kind for t in reversed(told[:index]) if t.kind in _LAUNCHED]
            before = (d.kind for d in reversed(drafts) if d.kind in _LAUNCHED and not d.is_noun)
            trigger.kind = here[0] if here else next(before, Kind.MISSILE)


_LAUNCHES = frozenset({"launch", "launches"})
