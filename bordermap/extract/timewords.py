"""Words for times: where "Thursday", "last week" or "6월 18일" stand in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import compress, count
from typing import TYPE_CHECKING

from bordermap.extract.forms import Forms
from bordermap.extract.signs import sign

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["DAYS", "MONTHS", "time_words"]

MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"], 1
    )
    for name in names.split()
}  # fmt: skip
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_M = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?: \.)?"
_N = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|several|few|a few)"
)
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_Y = r"(?:19|20)\d\d"
_ABSOLUTE = re.compile(
    r" (?:"
    rf"(?P<mdy>{_M} {_D}(?: ,)? {_Y})"
    rf"|(?P<dmy>{_D} (?:of )?{_M}(?: ,)? {_Y})"
    r"|(?P<iso>(?:19|20)\d\d[ .]\d{1,2}[ .]\d{1,2})"
    rf"|(?P<my>{_M} (?:of )?(?:, )?{_Y})"
    rf"|(?P<mly>(?:(?:in|since|of|during|until|from|early|late|mid) )?{_M} (?:of )?"
    r"(?:last|the previous|this|the same|that) year)"
    rf"|(?P<mdly>(?:{_M} {_D}|{_D} (?:of )?{_M})(?: ,)? "
    r"(?:(?:of )?(?:last|this|the same|that) year|a year ago))"
    rf"|(?P<lastweek>(?:on )?(?:{'|'.join(DAYS)}) (?:of )?(?:last|this) week)"
    rf"|(?P<md>(?:last )?{_M} {_D})(?! \w+ {_Y})"
    rf"|(?P<dm>{_D} (?:of )?{_M})"
    rf"|(?P<weekday>(?:(?:last|this|past|next|early|late|previous|the previous|the following) )?"
    rf"(?:{'|'.join(DAYS)}))"
    rf"|(?P<month>(?:its|'s|in|since|last|early|late|mid|until|during|from|of|back in|this past) "
    rf"(?:early |late |mid )?{_M})(?!(?: [.,])? (?:{_D}|{_Y}) )"
    rf"|(?P<monthnext>the (?:following|next) {_M})(?! \d)"
    rf"|(?P<monththat>that {_M})(?! \d)"
    rf"|(?P<year>(?:in|since|of|during|until|from|the|back in|early|late|mid|and|to|was|a|,) "
    rf"{_Y})(?! \d)"
    r"|(?P<nth>(?:on )?the \d{1,2}(?:st|nd|rd|th))(?! (?:time|anniversary|round|such|launch|of|"
    r"division|straight|consecutive|day|parallel|century|infantry|floor|story|storey|hole|regiment|"
    r"army|corps|battalion|brigade|fleet|party|congress|session|meeting|birthday|man|victim))"
    r")(?= )"
)
_RELATIVE = re.compile(
    r"(?<! half) (?:"
    r"(?P<daybefore>the day before yesterday)|"
    r"(?P<today>today|tonight|this (?:morning|afternoon|evening)|earlier in the day)"
    r"|(?P<yesterday>yesterday|last night)"
    r"|(?P<tomorrow>tomorrow)"
    r"|(?P<dayback>the (?:previous|preceding) (?:day|night|evening)|the (?:day|night) before"
    r"|a day (?:earlier|before|ago|prior)|one day (?:earlier|before))"
    r"|(?P<dayon>the (?:following|next) (?:day|morning|night)|(?:a|one) day (?:later|after)"
    r"|the day after)"
    r"|(?P<sameday>(?:the same|that) (?:day|morning|afternoon|evening|night))"
    rf"|(?P<back>(?:{_N}) (?:day|week|fortnight|month|year|decade)s? (?:ago|earlier|before|prior))"
    rf"|(?P<on>(?:{_N}) (?:day|week|month|year)s? (?:later|after|afterwards?))"
    r"|(?P<weekend>(?:over|at|on|during) the (?:past )?weekend)"
    r"|(?P<newyear>new year 's (?:day|eve))"
    r"|(?P<unit>(?:(?:earlier|late|later|early) )?(?:this|last|the previous|the same) "
    r"(?:week|weekend|month|year|spring|summer|autumn|fall|winter)"
    r"|(?:earlier|late|later|early) in the (?:week|month|year))"
    r"|(?P<unitnext>the (?:next|following) (?:month|year))"
    r"|(?P<unitback>the (?:week|month|year) (?:before|earlier)(?= (?:[,.;]|when|in|at|near|off) ))"
    r")(?= )"
)
# "30일 동안", "2일 전": so many days, and no date.
_NO_COUNT = (
    r"(?! (?:(?:전|뒤|후)(?:인|에|에는|에도|엔|부터|까지)? |동안|넘|가까|이내|안에|사이|째|연속))"
)
_HANGUL = re.compile(
    r" (?:"
    r"(?P<ko>(?:(?P<ko_y>\d{4})년 ?"
    r"|(?P<ko_rel>올해|지난해|재?작년|같은 해|그 ?해|이듬해|다음 해) )?"
    r"(?P<ko_m>\d{1,2})월(?: (?P<ko_d>\d{1,2})일)?[^ ]*)"
    r"|(?P<ko_day>(?:지난 |이달 |(?P<ko_then>(?:같은 달|그달) )|(?P<ko_last>지난달 ))?"
    r"(?P<ko_dd>\d{1,2})일(?:부터|까지|에는|에도|에서|에|엔|은|의|과|와|께|경|쯤|이|도)?)"
    rf"{_NO_COUNT}"
    r"|(?P<ko_year>(?P<ko_yy>(?:19|20)\d\d)년[^ ]*)"
    r"|(?P<ko_ago>(?:(?P<ko_days>하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|열흘|보름)"
    r"|(?P<ko_months>[한두석넉세네]) 달"
    r"|(?P<ko_n>\d{1,2}|일(?=주일))(?P<ko_unit>일|주일|주|개월|달|년))"
    r" ?(?P<ko_side>전|뒤|후)(?:인|에|에는|에도|엔)?)"
    r"|(?P<ko_lastweek>지난주 (?P<ko_wd>[월화수목금토일])요일[^ ]*)"
    r"|(?P<ko_word>새해 첫날|어제|어젯밤|지난밤|간밤|오늘|그제|그저께|전날|이튿날|다음 ?날|"
    r"(?:지난 )?(?:월요일|화요일|수요일|목요일|금요일|토요일|일요일)|"
    r"지난달|지난주|이달|올해|지난해|작년|같은 날|이날)[^ ]*"
    r")(?= )"
)
_YEAR = re.compile(r"(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)")
_NAMED = frozenset([*MONTHS, *DAYS])
_UNITS = frozenset(
    ["today", "tonight", "yesterday", "tomorrow", "day", "night", "days", "week", "weeks", "month",
     "months", "year", "years", "weekend", "morning", "afternoon", "evening", "decades", "spring",
     "summer", "autumn", "winter", "decade", "fall", "fortnight"]
)  # fmt: skip


# An expression has one of these words in it.
_IS_ABSOLUTE: Forms[bool] = Forms(
    lambda word: word not in _UNITS and (word in _NAMED or _YEAR.match(word) is not None)
)
_HAS_ABSOLUTE, _HAS_RELATIVE = sign(_IS_ABSOLUTE.__getitem__), sign(_UNITS.__contains__)


def _words_of(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return the words that a pattern spells out; an expression begins with one, or a digit."""
    found = re.findall(r"[a-z']+\??", re.sub(r"\(\?P<\w+>|\\\w", " ", pattern.pattern))
    # "an?" is "an" and "a".
    return frozenset(w.rstrip("?") for w in found) | {w[:-2] for w in found if w.endswith("?")}


_SPELT = _words_of(_ABSOLUTE) | _words_of(_RELATIVE) | {","}
_OPENS = Forms(lambda word: word in _SPELT or word[0].isdigit())
# Every expression has such a word among its first four ("back in early June").
_MOST_BEFORE = 3


def time_words(sentence: Sentence) -> list[re.Match[str]]:
    """Return the expressions of time as matches, in order, none overlapping the one before."""
    found: list[re.Match[str]] = []
    if sentence.signs & _HAS_ABSOLUTE:
        found += _around(sentence, map(_IS_ABSOLUTE.__getitem__, sentence.words), _ABSOLUTE)
    if sentence.signs & _HAS_RELATIVE:
        found += _around(sentence, map(_UNITS.__contains__, sentence.words), _RELATIVE)
    if not sentence.plain.isascii():
        found += _HANGUL.finditer(sentence.plain)
    if len(found) < 2:
        return found
    found.sort(key=lambda m: (m.start(), -m.end()))
    kept: list[re.Match[str]] = []
    for match in found:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def _around(
    sentence: Sentence, hearts: Iterable[bool], pattern: re.Pattern[str]
) -> list[re.Match[str]]:
    """Return the matches that begin at the words that are marked or a little before them.

    Tried only there, a pattern costs a fifth of a search through the sentence.
    """
    plain, words, at = sentence.plain, sentence.words, sentence.positions()
    found: list[re.Match[str]] = []
    tried = 0
    for heart in compress(count(), hearts):
        for token in range(max(tried, heart - _MOST_BEFORE), heart + 1):
            match = pattern.match(plain, at[token] - 1) if _OPENS[words[token]] else None
            if match:
                found.append(match)
                tried = bisect_left(at, match.end())
                break
        else:
            tried = heart + 1
    return found
