"""Korean names in Latin letters: romanisations derived from hangul.

Three systems are spelled out as published: Revised Romanisation (Republic of
Korea, Ministry of Culture and Tourism, 2000), McCune-Reischauer (1939) and the
system of the DPRK (as submitted to the United Nations, 2012). Sounds change
where syllables meet (백령 is spoken 뱅녕); each is also given letter by letter,
since much writing ignores that.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

__all__ = [
    "dprk",
    "initial_variants",
    "is_all_hangul",
    "is_hangul",
    "mccune",
    "revised",
    "spellings",
]

_FIRST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_LAST = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_BASE = 0xAC00
_HANGUL = re.compile("[\uac00-\ud7a3]")

_PAIRS = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
# What a final consonant sounds like when no vowel follows.
_CLOSED = {
    "ㄱ": "ㄱ", "ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㄳ": "ㄱ", "ㄺ": "ㄱ",
    "ㄴ": "ㄴ", "ㄵ": "ㄴ", "ㄶ": "ㄴ",
    "ㄷ": "ㄷ", "ㅌ": "ㄷ", "ㅅ": "ㄷ", "ㅆ": "ㄷ", "ㅈ": "ㄷ", "ㅊ": "ㄷ", "ㅎ": "ㄷ",
    "ㄹ": "ㄹ", "ㄼ": "ㄹ", "ㄽ": "ㄹ", "ㄾ": "ㄹ", "ㅀ": "ㄹ",
    "ㅁ": "ㅁ", "ㄻ": "ㅁ",
    "ㅂ": "ㅂ", "ㅍ": "ㅂ", "ㅄ": "ㅂ", "ㄿ": "ㅂ",
    "ㅇ": "ㅇ", " ": " ",
}  # fmt: skip
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_ADMIN = "시군구읍면리동도"
# The MR family voices an administrative suffix after a voiced sound.
_RUN = re.compile(r"[\uac00-\ud7a3]+|[^\uac00-\ud7a3]+")
_SUFFIX = {"kun": "gun", "ku": "gu", "to": "do", "tong": "dong"}


@dataclass(slots=True)
class _Syllable:
    first: str
    vowel: str
    last: str


def is_hangul(text: str) -> bool:
    """Return whether ``text`` holds a Hangul syllable.

    >>> is_hangul("개성"), is_hangul("Kaesong")
    (True, False)
    """
    return not text.isascii() and _HANGUL.search(text) is not None


def is_all_hangul(text: str) -> bool:
    """Return whether ``text`` holds Hangul syllables and spaces alone.

    >>> is_all_hangul("백령도"), is_all_hangul("제3땅굴"), is_all_hangul("고성 GP")
    (True, False, False)
    """
    return is_hangul(text) and all(c == " " or _BASE <= ord(c) <= 0xD7A3 for c in text)


def _syllables(text: str) -> list[_Syllable]:
    found = []
    for c in text:
        code = ord(c) - _BASE
        if 0 <= code <= 11171:
            first, vowel, last = code // 588, code % 588 // 28, code % 28
            found.append(_Syllable(_FIRST[first], _VOWELS[vowel], _LAST[last]))
    return found


def _spoken(text: str) -> list[_Syllable]:
    """Return the syllables as they sound in one word."""
    word = _syllables(text)
    for here, after in itertools.pairwise(word):
        if after.first == "ㅇ":
            _link(here, after)
    for here, after in itertools.pairwise(word):
        here.last = _CLOSED[here.last]
        _assimilate(here, after)
    if word:
        word[-1].last = _CLOSED[word[-1].last]
    return word


def _link(here: _Syllable, after: _Syllable) -> None:
    """Move a final consonant over to the vowel that follows."""
    if here.last in {" ", "ㅇ"}:
        return
    kept, moved = " ", here.last
    if moved in _PAIRS:
        kept, moved = _PAIRS[moved][0], _PAIRS[moved][1]
    if moved == "ㅎ":
        moved = "ㅇ" if kept == " " else kept
        kept = " "
    if after.vowel == "ㅣ":
        moved = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}.get(moved, moved)
    here.last, after.first = kept, moved


def _assimilate(here: _Syllable, after: _Syllable) -> None:
    """Let a final consonant and the one that follows change each other."""
    last, first = here.last, after.first
    if last in _NASAL and first in {"ㄴ", "ㅁ", "ㄹ"}:
        here.last = _NASAL[last]
        after.first = "ㄴ" if first == "ㄹ" else first
    elif last in {"ㅁ", "ㅇ"} and first == "ㄹ":
        after.first = "ㄴ"
    elif (last, first) in {("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")}:
        here.last, after.first = "ㄹ", "ㄹ"


def _tables(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], ("" if w == "-" else w for w in words[1::2]), strict=True))


_RR_FIRST = _tables(
    "ㄱ g ㄲ kk ㄴ n ㄷ d ㄸ tt ㄹ r ㅁ m ㅂ b ㅃ pp ㅅ s ㅆ ss ㅇ - ㅈ j "
    "ㅉ jj ㅊ ch ㅋ k ㅌ t ㅍ p ㅎ h"
)
_RR_VOWEL = _tables(
    "ㅏ a ㅐ ae ㅑ ya ㅒ yae ㅓ eo ㅔ e ㅕ yeo ㅖ ye ㅗ o ㅘ wa ㅙ wae ㅚ oe ㅛ yo ㅜ u ㅝ wo "
    "ㅞ we ㅟ wi ㅠ yu ㅡ eu ㅢ ui ㅣ i"
)
_MR_FIRST = _tables(
    "ㄱ k ㄲ kk ㄴ n ㄷ t ㄸ tt ㄹ r ㅁ m ㅂ p ㅃ pp ㅅ s ㅆ ss ㅇ - ㅈ ch "
    "ㅉ tch ㅊ ch' ㅋ k' ㅌ t' ㅍ p' ㅎ h"
)
_MR_VOWEL = {**_RR_VOWEL, **_tables("ㅓ ŏ ㅕ yŏ ㅝ wŏ ㅡ ŭ ㅢ ŭi")}
_DPRK_FIRST = {**_MR_FIRST, **_tables("ㅈ j ㅉ jj ㅊ ch ㅋ kh ㅌ th ㅍ ph")}
_VOICED = _tables("ㄱ g ㄷ d ㅂ b ㅈ j")
_FINAL = {**_tables("ㄱ k ㄴ n ㄷ t ㄹ l ㅁ m ㅂ p ㅇ ng"), " ": ""}


def _written(word: list[_Syllable], first: dict[str, str], vowel: dict[str, str]) -> str:
    """Spell spoken syllables; the MR family voices plain stops between voiced sounds."""
    voices = vowel is _MR_VOWEL
    out: list[str] = []
    for number, syllable in enumerate(word):
        before = word[number - 1].last if number else None
        onset = first[syllable.first]
        if before == "ㄹ" and syllable.first == "ㄹ":
            onset = "l"
        elif voices and before is not None and syllable.first in _VOICED:
            hard = before == "ㄹ" and syllable.first in {"ㄷ", "ㅈ"}
            if before in {" ", "ㄴ", "ㄹ", "ㅁ", "ㅇ"} and not hard:
                onset = _VOICED[syllable.first]
        if voices and before == "ㄴ" and onset == "g":
            onset = "'g"  # n'g is not ng
        if voices and before == "ㄹ" and syllable.first == "ㅎ" and out:
            out[-1] = out[-1][:-1] + "r"
        out.append(onset + vowel[syllable.vowel] + _FINAL[syllable.last])
    return "".join(out)


def _by_parts(text: str, spell: Callable[[str], str], voiced: dict[str, str]) -> str:
    """Spell a name word by word, with its administrative suffix set off by a hyphen."""
    spelled = []
    for word in text.split():
        syllables = len(_syllables(word))
        if not is_all_hangul(word):
            mixed = "".join(spell(r) if is_hangul(r) else r for r in _RUN.findall(word))
            spelled.append(mixed[:1].upper() + mixed[1:])
        elif syllables >= 3 and word[-1] in _ADMIN:
            stem, suffix = spell(word[:-1]), spell(word[-1])
            hard = stem[-1] in "kpt"
            spelled.append(f"{stem}-{suffix if hard else voiced.get(suffix, suffix)}".capitalize())
        else:
            spelled.append(spell(word).capitalize())
    return " ".join(spelled)


@functools.lru_cache(maxsize=8192)
def revised(text: str) -> str:
    """Return the Revised Romanisation of a name in hangul.

    >>> revised("백령도"), revised("철원군"), revised("전라북도"), revised("속초")
    ('Baengnyeong-do', 'Cheorwon-gun', 'Jeollabuk-do', 'Sokcho')
    >>> revised("제3땅굴")
    'Je3ttanggul'
    """
    return _by_parts(text, lambda w: _written(_spoken(w), _RR_FIRST, _RR_VOWEL), {})


@functools.lru_cache(maxsize=8192)
def mccune(text: str) -> str:
    """Return the McCune-Reischauer spelling of a name in hangul.

    >>> mccune("개성"), mccune("철원"), mccune("백령도"), mccune("판문점")
    ('Kaesŏng', "Ch'ŏrwŏn", 'Paengnyŏng-do', "P'anmunjŏm")
    """
    return _by_parts(text, lambda w: _written(_spoken(w), _MR_FIRST, _MR_VOWEL), _SUFFIX)


@functools.lru_cache(maxsize=8192)
def dprk(text: str) -> str:
    """Return the spelling by the system of the DPRK.

    >>> dprk("평양"), dprk("철원"), dprk("장풍")
    ('Phyŏngyang', 'Chŏrwŏn', 'Jangphung')
    """
    return _by_parts(text, lambda w: _written(_spoken(w), _DPRK_FIRST, _MR_VOWEL), _SUFFIX)


def initial_variants(text: str) -> list[str]:
    """Return a hangul name as the South and as the North write its first letter.

    The South drops or softens an initial ㄹ and drops ㄴ before i and y (the
    North's 룡천 is its 용천); nothing tells from a southern spelling which
    letter stood there, so only that way round is derived.

    >>> initial_variants("녕변"), initial_variants("라진"), initial_variants("개성")
    (['녕변', '영변'], ['라진', '나진'], ['개성'])
    """
    if not text or not is_hangul(text[0]):
        return [text]
    code = ord(text[0]) - _BASE
    first, vowel = _FIRST[code // 588], _VOWELS[code % 588 // 28]
    softens = vowel in "ㅑㅒㅕㅖㅛㅠㅣ"
    if first == "ㄹ":
        new = "ㅇ" if softens else "ㄴ"
    elif first == "ㄴ" and softens:
        new = "ㅇ"
    else:
        return [text]
    return [text, chr(_BASE + _FIRST.index(new) * 588 + code % 588) + text[1:]]


def _letterwise(text: str, first: dict[str, str], vowel: dict[str, str]) -> str:
    word = _syllables(text)
    for syllable in word:
        syllable.last = _CLOSED[syllable.last]
    return _written(word, first, vowel)


def _plain(text: str) -> str:
    """Return MR as newspapers print it: no breves, no apostrophes."""
    return re.sub(r"'", "", text).translate(str.maketrans("ŏŭŎŬ", "ouOU"))


def spellings(text: str) -> list[str]:
    """Return every spelling in Latin letters that a reader of Korean might write.

    By system, with and without sound changes and diacritics, in both spellings
    of an initial ㄹ or ㄴ; without repeats, in a fixed order.

    >>> spellings("개성")
    ['Gaeseong', 'Kaesŏng', 'Kaesong']
    """
    found: dict[str, None] = {}
    for form in initial_variants(text):
        systems = [
            revised(form),
            mccune(form),
            _plain(mccune(form)),
            dprk(form),
            _plain(dprk(form)),
        ]
        if not is_all_hangul(form):
            found |= dict.fromkeys(systems)
            continue
        for tables in (
            (_RR_FIRST, _RR_VOWEL), (_MR_FIRST, _MR_VOWEL), (_DPRK_FIRST, _MR_VOWEL)
        ):  # fmt: skip
            letters = _letterwise(form, *tables).capitalize()
            joined = _written(_spoken(form), *tables).capitalize()
            systems += [s for s in (letters, joined) if _squeezed(s) not in map(_squeezed, systems)]
        found |= dict.fromkeys(systems)
    return list(found)


def _squeezed(text: str) -> str:
    return text.replace("-", "").replace(" ", "").lower()
