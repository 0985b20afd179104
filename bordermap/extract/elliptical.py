"""Deeds told in short, of which the sentence before has the noun or the verb.

"Seventeen went back", "the North did the same", "roughly 40 more were fired at dawn",
"on Friday four were rammed": their kind is that of what was told before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bordermap.extract.doubt import is_asserted
from bordermap.extract.signs import sign
from bordermap.extract.trigger import Trigger
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.patterns import Patterns
    from bordermap.extract.records import Record
    from bordermap.extract.tokens import Sentence

__all__ = ["counted", "elided"]

_FIRE = frozenset({Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL})
_SHOT = _FIRE | {Kind.MISSILE}
_SENT = frozenset({Kind.BALLOON, Kind.LEAFLET, Kind.DRONE})
_UNTOLD = frozenset({Kind.STATEMENT, Kind.DIPLOMACY, Kind.OTHER})
_OVER = frozenset({Kind.CROSSING, Kind.DEFECTION, Kind.INFILTRATION})
_NUMBER = (
    r"(?:a single|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    r"dozens|scores|hundreds|several|\d[\d,]*)"
)
_ABOUT = r"(?:some |about |around |roughly |nearly |almost |only |just |another |as many as )?"
_ENDS = (
    r"(?=[.,;] |at |in |on |from |within |across |toward |towards |over |into |and |the |by |"
    r"after |before |of |immediately |promptly )"
)
_GAVE = r"sent|gave|fired|threw|shot|put|hurled|pumped|lobbed"
_ROUNDS = r"(?:more |of (?:them|its own|their own) |(?:[a-z]+ )?(?:rounds?|shots?|shells?) )?"
_ELIDED = re.compile(
    # "Seventeen went back", "three were sent back at once", "sent back some 200".
    rf" {_ABOUT}{_NUMBER} {_ROUNDS}(?P<back>went|came|flew|(?:were|was) (?:then )?"
    rf"(?:sent|fired|shot|returned|thrown)) back {_ENDS}"
    rf"| (?P<gave>{_GAVE}) back {_ABOUT}{_NUMBER} "
    r"(?=[.,;] |at |in |from |within |across |toward |towards |over |into )"
    rf"| (?P<sent>{_GAVE}) {_ABOUT}{_NUMBER} {_ROUNDS}back {_ENDS}"
    rf"| (?P<own>{_GAVE}|launched|flew|floated|dropped|released|returned) "
    rf"(?:up |off |back |over )?{_ABOUT}{_NUMBER} of (?:its|their|his|her) own "
    r"| (?P<kind>replied|answered|responded|retaliated|reacted|hit back|struck back) "
    r"(?:promptly |at once )?in (?:kind|like manner|the same way) "
    # "The answer was about 80 rounds", "it drew a reply of 60".
    r"| (?:the|its|their|an?|whose) (?P<answer>answer|reply|response|retort) "
    r"(?:[a-z]+ ){0,3}?(?:was|were|came|consisted|ran|amounted|followed|of) (?:[a-z]+ ){0,4}?"
    rf"{_ABOUT}{_NUMBER} (?:more )?(?=rounds |shots |shells |volleys |bursts |bullets |of them |"
    r"from |mortar |artillery |\. )"
    # "The North did the same", "a patrol boat had done so on May 3".
    r"| (?P<so>did|done|(?:was|were) doing) (?:so|the same|likewise) "
    rf"{_ENDS[:-1]}|with |along |near |off |a |two |three |too |again |later |earlier |last |"
    r"this |when |while |[a-z]+day |there )"
    r"| (?P<suit>followed) suit "
    # "It took them down again in May", "removed about 20 sets", after loudspeakers.
    r"| (?P<set>removed|dismantled|installed|reinstalled|switched|turned|took|put) "
    rf"(?:(?:on|off|down|up|back) )?(?:them|{_ABOUT}{_NUMBER} (?:[a-z]+ )?sets) "
    r"| the (?:very )?same (?:kind of )?(?:work|task|job|thing|scene) (?P<work>was|were|went|began|"
    r"started|took|happened|is) (?:[^ ]+ )?(?:under way|underway|on|place|done|going|across|over|"
    r"north|south|opposite|there|beyond|being) "
    # "The North fell silent the next day".
    r"| (?:north|south|korea|pyongyang|seoul|side|own|theirs|they|those|loudspeakers|one|it) "
    r"(?:[^ ;.]+ ){0,2}?(?P<hush>fell|went|has fallen|has gone|had fallen|had gone) "
    r"(?:silent|quiet|still|dumb|mute|off the air) "
    # "A soldier who was alone was put to death on Oct. 22", after commandos.
    r"| (?:was|were|had been) (?:also |then |later )?(?P<slain>put to death|strangled|stabbed|"
    r"murdered|killed|slain|beaten to death|shot dead|clubbed to death|bludgeoned) "
    r"(?=(?:on |in |early |late )?(?:[a-z]+day|(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)[a-z]*|may|"
    r"june|july|the next day|the day before) )"
    # "Two others followed him for a short way".
    r"| (?P<after>followed|pursued|chased|trailed) (?:him|her|them|the (?:man|soldier|private|"
    r"sergeant|fugitive|defector|deserter|runaway)) "
    r"(?:for (?:a|some|about|\d)|over|across|past|beyond|onto|a (?:few|short)|some|several|on to) "
)
_MAY_ELIDE = sign(
    frozenset(["back", "own", "kind", "manner", "same", "so", "likewise", "suit", "silent", "quiet",
               "still", "dumb", "mute", "air", "followed", "pursued", "chased", "trailed", "answer",
               "them", "sets", "reply", "response", "retort", "death", "strangled", "stabbed",
               "murdered", "killed", "slain", "dead", "bludgeoned"]).__contains__
)  # fmt: skip
# Of which kinds each of these may tell, and in how many sentences after.
_OF = {
    "back": _FIRE, "answer": _FIRE, "gave": _FIRE, "sent": _FIRE, "own": _SHOT | _SENT,
    "kind": _FIRE | _SENT | {Kind.LOUDSPEAKER}, "so": frozenset(Kind) - _UNTOLD,
    "set": frozenset({Kind.LOUDSPEAKER}), "suit": frozenset(Kind) - _UNTOLD - _FIRE,
    "work": frozenset(Kind) - _UNTOLD - _FIRE,
    "hush": frozenset({Kind.LOUDSPEAKER}), "slain": frozenset({Kind.INFILTRATION}), "after": _OVER,
}  # fmt: skip
# What the same words may be taken for: "80 rounds from rifles", "marines sent three of their own".
_LESSER = {"answer": _FIRE, "back": frozenset({Kind.CROSSING}), "own": frozenset({Kind.DEPLOYMENT})}
_REACH = 3
# Whose deed it is that was just told: "it did so by mistake".
_SAME_ONE = frozenset(
    ["it", "they", "he", "she", "we", "who", "which", "that", "and", "but", "to", "you", "or", "i",
     "then", ",", "having", "when", "before", "as", "whoever", "if"]
)  # fmt: skip
_HELPS = frozenset({"had", "has", "have", "also", "was", "were", "only", "just"})


def elided(
    sentence: Sentence,
    number: int,
    said: list[Trigger],
    drafts: Sequence[Record],
    patterns: Patterns,
) -> list[Trigger]:
    """Return what a sentence tells, with what it says in short that somebody else did too.

    Parameters
    ----------
    sentence, number
        A sentence, and its number in the text.
    said
        The incidents of its own.
    drafts
        What was told before it.
    patterns
        What kinds of incidents are about.
    """
    match = _ELIDED.search(sentence.plain) if sentence.signs & _MAY_ELIDE else None
    if match is None:
        return said
    group = match.lastgroup or ""
    head, end = sentence.token_at(match.start(group)), sentence.token_at(match.end()) - 1
    lesser = _LESSER.get(group, frozenset())
    plain = [t for t in said if not (t.is_noun or t.kind in lesser)]
    if any(t.last >= head and (group != "set" or t.kind in _OF[group]) for t in plain):
        return said  # it is told of plainly
    if group == "so" and _is_of_same(sentence.words, head, [t.last for t in said]):
        return said
    told = [t.kind for t in reversed(plain)]
    told += [d.kind for d in reversed(drafts) if number - d.sentence <= _REACH and not d.is_noun]
    kinds = [kind for kind in dict.fromkeys(told) if kind in _OF[group]]
    if not kinds or not is_asserted(sentence, head, head, end, False):
        return said
    named = (k for k in kinds if patterns.thing(sentence, k) is not None)
    kind = kinds[0] if plain else next(named, kinds[0])
    kind = Kind.CROSSING if group == "after" else kind
    kept = [t for t in said if t.last < head or t.is_noun or group == "set"]
    return [*kept, Trigger(kind, 1, head, end, head, False, is_another=group != "slain")]


def _is_of_same(words: Sequence[str], head: int, ends: Sequence[int]) -> bool:
    """Return whether who "did so" is the one that was told of: "the man who left did so alone".

    It is where that is only a pronoun, where no clause ends after what the sentence told itself
    (at the tokens ``ends``), or where it is told why or how it was done.
    """
    if words[head + 1] == "so" and words[head + 2] in _HOW:
        return True
    if ends and not _NEW_CLAUSE.intersection(words[max(ends) + 1 : head]):
        return True
    while head and words[head - 1] in _HELPS:
        head -= 1
    return head == 0 or words[head - 1] in _SAME_ONE


_HOW = frozenset({"of", "by", "because", "without", "to"})
_NEW_CLAUSE = frozenset({",", ";", ":", "and", "but", "while", "after", "when", "as"})


_PAIRED: Iterable[tuple[str, frozenset[Kind]]] = (
    ("fired shot lobbed", _SHOT),
    ("launched tested", _SENT | {Kind.MISSILE}),
    ("rose flew fell landed splashed plunged crashed dropped",
     _SENT | {Kind.MISSILE, Kind.ARTILLERY}),
    ("found discovered recovered spotted picked collected located counted detected retrieved "
     "turned lay uncovered unearthed",
     _SENT | {Kind.MINE, Kind.INFILTRATION, Kind.CONSTRUCTION}),
    ("set took drifted floated sent flown released followed came went arrived",
     _SENT | {Kind.MISSILE}),
    ("rammed sunk sank holed", frozenset({Kind.NAVAL, Kind.CROSSING})),
    ("crossed strayed intruded", frozenset({Kind.CROSSING, Kind.NAVAL, Kind.DRONE})),
    ("defected fled escaped swam", frozenset({Kind.DEFECTION})),
    ("killed died shot caught captured seized surrendered cornered slain",
     frozenset({Kind.INFILTRATION})),
    ("seized captured towed boarded", frozenset({Kind.NAVAL, Kind.ABDUCTION})),
    ("razed destroyed demolished", frozenset({Kind.CONSTRUCTION, Kind.EXPLOSION})),
    ("exploded stepped", frozenset({Kind.MINE})),
)  # fmt: skip
_BY_VERB: dict[str, frozenset[Kind]] = {}
for _verbs, _kinds in _PAIRED:
    for _verb in _verbs.split():
        _BY_VERB[_verb] = _BY_VERB.get(_verb, frozenset()) | _kinds
_VERB = "|".join(_BY_VERB)
_COUNTED = re.compile(
    # From the start, or after a comma or a day: no noun between the number and the verb.
    r"(?:^|[,;]|[a-z]+day|(?<= )(?:and|but|then|later|evening|morning|afternoon|night|\d{1,2}|"
    rf"overnight|[ap]\.m\.?)) (?:{_ABOUT}{_NUMBER}(?P<more> more| others| further)?|"
    r"(?P<some>more|others|still more|many more|some)|"
    r"(?P<one>another|one more|a (?:second|third|fourth|fifth|sixth|seventh))) "
    r"(?:were |was |had |had been |have been |has been )?(?:also |then |later )?"
    rf"(?P<h>{_VERB}) (?!by (?:his|her|their|its)|with |wounded|injured)"
    # "The big one came from Musudan-ri".
    r"|(?:^|[,;]) the (?:(?:big|bigger|biggest|large|largest|long range|last|first|second|other) "
    r"one|third|fourth|fifth|sixth|seventh|eighth|last) (?:[a-z]+ly )?(?:was |had been )?"
    r"(?P<s>came|rose|flew|took|fired|launched|left|went|followed) "
    r"(?=(?:up |off )?(?:from |at |toward |at |in |over |[a-z]+day |two |three |shortly |later ))"
)
_MAY_COUNT = sign(_BY_VERB.__contains__)


def counted(
    sentence: Sentence, number: int, drafts: Sequence[Record], *, has_date: bool
) -> list[Trigger]:
    """Return a trigger where a sentence only counts more of what was told: "40 more were fired".

    Parameters
    ----------
    sentence, number
        A sentence without an incident of its own, and its number in the text.
    drafts
        What was told plainly before it.
    has_date
        Whether it has a time of its own: a bare number needs one, or "more".
    """
    match = _COUNTED.search(sentence.plain) if sentence.signs & _MAY_COUNT else None
    if match is None:
        return []
    name = "h" if match["h"] else "s"
    is_more = match["more"] or match["some"] or match["one"] or match["s"]
    of = frozenset({Kind.MISSILE}) if name == "s" else _BY_VERB[match["h"]]
    last = next((d for d in reversed(drafts) if d.kind in of), None)
    if last is None or not (has_date or (is_more and number - last.sentence <= _REACH)):
        return []
    head = sentence.token_at(match.start(name))
    if not is_asserted(sentence, head, head, head, False):
        return []
    first = min(head, sentence.token_at(match.start() + 1))
    kind = Kind.NAVAL if match[name] in _FOUGHT else last.kind
    return [Trigger(kind, 1, first, head, head, False, is_another=bool(is_more))]


_FOUGHT = frozenset({"rammed", "sunk", "sank", "holed"})
