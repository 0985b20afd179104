"""Sentences that tell more of an incident, or of others like it, without naming its kind.

"Another had been found on March 24", "it took place over the Yellow Sea", "there
were earlier tests in 2006 and 2009": their kind is that of what was told before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bordermap.extract.doubt import is_asserted
from bordermap.extract.events import Trigger
from bordermap.extract.signs import sign
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.patterns import Patterns
    from bordermap.extract.tokens import Sentence

__all__ = ["continuation", "dated", "dated_item", "echo", "more_of"]

_WAS = r"(?:was|were|is|had been|has been|have been|came|lay|took place|happened|occurred|followed)"
_ECHO = re.compile(
    r"(?<! the)(?<! this)(?<! that) (?:another|a similar one|a second|a third|a fourth|the first|"
    r"the second|the third|the last|one more|others|similar \w+|one|the other|both(?! (?:sides|"
    r"koreas|armies|countries|nations|governments|capitals|men|women))) (?:[^ ;]+ ){0,5}?"
    r"(?P<h>[a-z]+ed|found|shot|came|fell|sunk|made|held|seen|hit|lay|left|flew|took|struck|set) "
    r"| (?:one|two|three|four|five|six|several|some) (?P<m>more) , (?:from|in|at|near|off) "
    r"| (?:[^ ;]+ )?(?P<i>found|discovered|spotted|noticed|recovered|came upon) (?:it|them|one) "
    r"(?=in |at |on |near |off |by |under |when |while |after |as |, |[a-z]+ing |half)"
)
_COUNT = (
    r"(?:a few|some|several|another|more|dozens|hundreds|two|three|four|five|six|seven|eight|nine|"
    r"ten|(?:another |about |around |some |nearly )?[\d,]+)"
)
# "The North fired a few again on Thursday", "sent another 350 overnight", "launched two more".
_MORE = re.compile(
    r" (?P<h>fired|launched|shot|lobbed|sent|flew|floated|released|dropped|tested|fires|launches|"
    r"sends)"
    rf" (?:off )?(?:{_COUNT} (?:more |others |rounds )?(?:again )?|more |again )"
    r"(?=[,.;] |on |at |in |into |from |toward |towards |this |later |early |late |after |before |"
    r"overnight |over |[a-z]+day |the next |hours |two |a day )"
)
_BY_VERB = {
    **dict.fromkeys(("fired", "fires", "shot", "lobbed"),
                    frozenset({Kind.ARTILLERY, Kind.GUNFIRE, Kind.MISSILE})),
    **dict.fromkeys(("launched", "launches", "tested"),
                    frozenset({Kind.MISSILE, Kind.BALLOON, Kind.LEAFLET, Kind.DRONE})),
    **dict.fromkeys(("sent", "sends", "flew", "floated", "released", "dropped"),
                    frozenset({Kind.BALLOON, Kind.LEAFLET, Kind.DRONE})),
    **dict.fromkeys(("found", "discovered", "uncovered", "unearthed", "spotted", "recovered",
                     "detected", "noticed"),
                    frozenset(Kind) - {Kind.GUNFIRE, Kind.ARTILLERY, Kind.EXPLOSION,
                                       Kind.CYBER_GPS, Kind.LOUDSPEAKER, Kind.DEPLOYMENT}),
}  # fmt: skip
# What an incident may be called -> the kinds that may be called so; none: any kind.
_NAMES = {
    "test tests": {Kind.MISSILE, Kind.NUCLEAR},
    "launch launches firing firings": {
        Kind.MISSILE, Kind.BALLOON, Kind.LEAFLET, Kind.ARTILLERY, Kind.DRONE},
    "battle battles clash clashes skirmish skirmishes exchange exchanges shooting shootings "
    "firefight firefights fight fights engagement engagements": {
        Kind.NAVAL, Kind.GUNFIRE, Kind.ARTILLERY, Kind.AIRCRAFT, Kind.INFILTRATION},
    "crossing crossings incursion incursions intrusion intrusions violation violations": {
        Kind.CROSSING, Kind.NAVAL, Kind.DRONE, Kind.INFILTRATION, Kind.AIRCRAFT, Kind.DEFECTION},
    "raid raids landing landings infiltration infiltrations": {
        Kind.INFILTRATION, Kind.CYBER_GPS, Kind.GUNFIRE},
    "blast blasts explosion explosions detonation detonations": {
        Kind.EXPLOSION, Kind.MINE, Kind.NUCLEAR},
    "bombing bombings": {Kind.EXPLOSION},
    "flight flights overflight overflights": {Kind.DRONE, Kind.AIRCRAFT, Kind.BALLOON},
    "defection defections escape escapes": {Kind.DEFECTION},
    "kidnapping kidnappings seizure seizures hijacking hijackings": {Kind.ABDUCTION},
    "broadcast broadcasts": {Kind.LOUDSPEAKER},
    "incident incidents attack attacks case cases strike strikes barrage barrages shelling "
    "shellings act acts provocation provocations occasion occasions wave waves batch batches "
    "drop drops find finds sighting sightings disaster tragedy affair": set(),
}  # fmt: skip
_KINDS = {name: frozenset(kinds) for names, kinds in _NAMES.items() for name in names.split()}
_NAMED = frozenset(_KINDS)
_OF_OTHERS = re.compile(
    r" (?:earlier|previous|similar|other|such|more|further|past|comparable|first|second|third|last|"
    r"latest|like|prior|preceding|two|three|four|five|several) (?:[a-z]+ ){0,2}?(?P<n>"
    + "|".join(_KINDS) + rf") (?:[^;]* )?(?P<v>{_WAS}|on|in|, in|, on) "
    rf"| there (?:was|were|had been|have been) (?:[a-z]+ ){{0,3}}?(?P<m>{'|'.join(_KINDS)}) "
)  # fmt: skip
_HAS_NAME, _HAS_MORE = sign(_KINDS.__contains__), sign(_BY_VERB.__contains__)
_TOOK_PLACE = (
    "took place|happened|occurred|began|started|ended|lasted|came|was made|"
    "were made|was seen|broke out|unfolded|was staged|was carried out|were carried out|"
    "was fired|were fired|was found|were found|was conducted|set off|followed"
)
_GOES_ON = re.compile(
    r" (?:it|this|that|they|these|both|the (?:[a-z]+ ){0,2}?(?:"
    + "|".join(_KINDS)
    + rf")) (?:[^;]* )?(?P<v>{_TOOK_PLACE}) "
)
_MAY_GO_ON = sign(
    {w for w in _TOOK_PLACE.replace("|", " ").split() if w not in {"was", "were", "out", "off"}}
    .__contains__
)  # fmt: skip
_UNTOLD = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})


_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*(?: \.)?"
_WHEN = (
    rf"(?:early |late |mid )?(?:{_MONTH} \d|\d\d? {_MONTH}|{_MONTH} |(?:19|20)\d\d "
    r"|[a-z]+day |last [a-z]+ )"
)
# "The test on Jan. 6", "those of 2006 and 2009", "the first, in October 2006".
_OF_A_DAY = re.compile(
    rf" (?P<n>{'|'.join(_KINDS)}) (?:before (?:it|that|them|this) )?(?:, )?"
    rf"(?:(?:was|were) (?:that|those) )?(?:of|on|in) (?={_WHEN})"
    rf"| (?P<t>that|those) (?:of|on) (?={_WHEN})"
    r"| the (?:(?P<w>one|ones|first one|last one) (?:, )?(?:of|on)|"
    r"(?P<o>first|second|third|fourth|fifth|sixth|last) (?:,|was|came|followed|took place) "
    r"(?:of|on|in|fired on|made in|made on)) "
    rf"(?={_WHEN})"
)
_TO_COME = frozenset({"will", "would", "could", "should"})
_OF_TALK = frozenset(
    ["agreement", "agreements", "accord", "accords", "declaration", "deal", "pact", "talks",
     "meeting", "meetings", "summit", "summits", "statement", "speech", "letter", "offer", "vote",
     "election", "treaty", "armistice", "visit", "visits", "resolution", "resolutions", "sanctions",
     "reunion", "reunions", "exercise", "exercises", "drill", "drills", "figure", "tally", "level"]
)  # fmt: skip


def dated(sentence: Sentence, kinds: Sequence[Kind]) -> list[Trigger]:
    """Return a trigger where another of what was told is only named by its day.

    Parameters
    ----------
    sentence
        A sentence without an incident of its own, with a date.
    kinds
        Of the incidents told of before, the last one last.
    """
    match = _OF_A_DAY.search(sentence.plain)
    words = sentence.words
    if match is None or not (_OF_TALK.isdisjoint(words) and _TO_COME.isdisjoint(words)):
        return []
    if match["t"] and sentence.plain[match.end()].isdigit() and _NAMED.isdisjoint(words):
        return []  # "trade was half that of 2016"
    names = _KINDS.get(match["n"] or "", frozenset())
    kind = next((k for k in reversed(kinds) if not names or k in names), None)
    if kind is None or kind in _UNTOLD:
        return []
    return _trigger(sentence, kind, match.start(match.lastgroup or 0))


# What came down may be found later: "the remains were discovered on Oct. 13".
_REMAINS = re.compile(
    r" (?:the|its|their|some|of) (?:remains|wreck|wreckage|debris|fragments|fuselage|craft|machine|"
    r"device|object) (?:[^ ;]+ ){0,3}?(?:was|were|had been|has been|have been) (?:[a-z]+ )?"
    r"(?P<h>found|discovered|recovered|spotted|picked|retrieved|located|seen|fished|hauled) "
)
_FALL = frozenset({Kind.DRONE, Kind.AIRCRAFT, Kind.BALLOON, Kind.MISSILE})


def echo(sentence: Sentence, kinds: Sequence[Kind]) -> list[Trigger]:
    """Return a trigger where a sentence tells of others of the kinds told of before it.

    Parameters
    ----------
    sentence
        A sentence without an incident of its own, with a date.
    kinds
        Of the incidents told of before, the last one last.
    """
    remains = _REMAINS.search(sentence.plain)
    fallen = next((k for k in reversed(kinds) if k in _FALL), None)
    if remains is not None and fallen is not None:
        return _trigger(sentence, fallen, remains.start("h"), remains.start() + 1)
    others = _OF_OTHERS.search(sentence.plain) if sentence.signs & _HAS_NAME else None
    if others is not None:
        names = _KINDS[others["n"] or others["m"]]
        kind = next((k for k in reversed(kinds) if not names or k in names), None)
        if kind is not None and kind not in _UNTOLD:
            return _trigger(sentence, kind, others.start("n") if others["n"] else others.start("m"))
    match = _ECHO.search(sentence.plain)
    told = [k for k in kinds if k not in _UNTOLD]
    if match is not None:
        # "Another was fired from Ryongsong" is no drone.
        at = sentence.token_at(match.start(match.lastgroup or 0))
        to_light = sentence.words[at : at + 3] == ["came", "to", "light"]
        head = "found" if to_light else sentence.words[at]
        told = [k for k in told if head not in _BY_VERB or k in _BY_VERB[head]]
    if match is None or not told:
        return []
    return _trigger(sentence, told[-1], match.start(match.lastgroup or 0), match.start() + 1)


def more_of(sentence: Sentence, kinds: Sequence[Kind]) -> list[Trigger]:
    """Return a trigger where a sentence tells of more shots, launches or balloons, not of which.

    Parameters
    ----------
    sentence
        A sentence without an incident of its own.
    kinds
        Of the incidents told of before, the last one last.
    """
    match = _MORE.search(sentence.plain) if sentence.signs & _HAS_MORE else None
    if match is None:
        return []
    kind = next((k for k in reversed(kinds) if k in _BY_VERB[match["h"]]), None)
    if kind is None:
        return []
    head = sentence.token_at(match.start("h"))
    last = sentence.token_at(match.end()) - 1
    if not is_asserted(sentence, head, head, last, False):
        return []
    return [Trigger(kind, 1, head, last, head, False)]


def _trigger(sentence: Sentence, kind: Kind, at: int, start: int | None = None) -> list[Trigger]:
    head = sentence.token_at(at)
    first = head if start is None else min(head, sentence.token_at(start))
    if not is_asserted(sentence, head, first, head, False):
        return []
    return [Trigger(kind=kind, rank=0, first=first, last=head, head=head, is_noun=True)]


_ITEM = re.compile(
    r"[\s*#>\-\u2022\u2013\u2014]*(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
    r"(?:(?:,| and) \d{1,2})?(?:,? \d{4})?\s?[:.\u2013\u2014-]\s"
)


def dated_item(sentence: Sentence, patterns: Patterns, kinds: Sequence[Kind]) -> list[Trigger]:
    """Return a trigger where an item of a dated list names one more of the kinds before.

    "June 19: three dead, near Munsan", "September 30: an anti-aircraft missile".
    """
    if not _ITEM.match(sentence.text, sentence.start, sentence.end):
        return []
    known = [k for k in dict.fromkeys(reversed(kinds)) if k not in _UNTOLD]
    for kind in known:
        token = patterns.thing(sentence, kind)
        if token is not None:
            return [Trigger(kind, 0, token, token, token, True)]
    match = _COUNT_FROM.search(sentence.plain)
    if match is not None and (shot := next((k for k in known if k in _SHOT), None)) is not None:
        token = sentence.token_at(match.start() + 1)
        return [Trigger(shot, 0, token, token, token, True)]
    if known and not _HARMED.isdisjoint(sentence.words):
        token = next(n for n, word in enumerate(sentence.words) if word in _HARMED)
        return [Trigger(known[0], 0, token, token, token, True)]
    return []


# "Aug. 10 - Two from the Hamhung area".
_COUNT_FROM = re.compile(
    r" (?:another|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:more )?"
    r"(?:from|off|near) "
)
_SHOT = frozenset({Kind.MISSILE, Kind.ARTILLERY})
_HARMED = frozenset(["dead", "killed", "wounded", "captured", "caught", "seized", "shot", "hurt"])


def continuation(sentence: Sentence, kind: Kind) -> list[Trigger]:
    """Return a trigger where a sentence says when or where the incident before it was."""
    if not sentence.signs & _MAY_GO_ON:
        return []
    match = _GOES_ON.match(sentence.plain) or _GOES_ON.search(sentence.plain, 0, 60)
    if match is None:
        return []
    return _trigger(sentence, kind, match.start("v"), match.start() + 1)
