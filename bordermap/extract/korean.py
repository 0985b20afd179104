"""Who does what in a Korean clause, by its particles."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bordermap.extract.parties import COUNTRY, Party, other_side
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["is_hangul", "korean_actor"]

_SUBJECT = re.compile(r".*(?:이|가|께서|에서|측에서)$")
_TOPIC = re.compile(r".*(?:은|는|도)$")
_OBJECT = re.compile(r".*(?:을|를|에|에게|로|으로|과|와|의)$")
# A verb that ends a clause with a subject of its own.
_ENDS_CLAUSE = re.compile(
    r".*(?:자|자마자|지만|는데|으나|ㄴ데|뒤|후|때|했고|었고|았고|했으며|었으며|았으며|하며|하고)$"
)
# What is done to the subject: "the post came under fire".
_SUFFERS = re.compile(
    r"받|당했|당한|피격|맞았|맞은|박혔|떨어졌|숨진|숨졌|침몰|격추됐|격추된|나포됐|납북"
)
_FIRE = frozenset({Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL, Kind.ABDUCTION, Kind.AIRCRAFT})
_QUOTED = re.compile(r".*(?:다고|라고|다는|다며|다면서)$")
_MEANS = re.compile(r"대북|대남")
_RUBBISH = re.compile(r"오물|쓰레기")
# A verb before the noun that it tells of: "넘어온 병사".
_ADNOMINAL = re.compile(r".*(?:온|간|던|쏜|된|한|린|난|킨|은)$")


def is_hangul(word: str) -> bool:
    """Return whether a word is written in Korean letters."""
    return "가" <= word[0] <= "힣"


def korean_actor(sentence: Sentence, head: int, parties: list[Party], kind: Kind) -> Party | None:
    """Return who does what a Korean verb tells, by the particles of the names before it.

    The nearest name with a particle of the subject, else of the topic; what is "대북" is the
    South's and what is "대남" the North's.
    """
    words = sentence.words
    subjects: list[Party] = []
    topics: list[Party] = []
    sayer = _sayer(words, head)
    for party in reversed(parties):
        if party.last >= head:
            continue
        end = _end(words, party.last, head)
        if _is_source(words, end):
            continue
        if _is_subject(words[end]):
            if end == head - 1 or not any(_ENDS_CLAUSE.match(w) for w in words[end + 1 : head]):
                return _acts(words, head, party, kind)
            subjects.append(party)
        elif _TOPIC.match(words[end]) and not (sayer and end < 4 and not subjects):
            topics.append(party)
        elif words[party.last].endswith("의") and _names_kind(words[party.last + 1 : head + 1]):
            subjects.insert(0, party)
    if _ADNOMINAL.match(words[head]):
        after = [p for p in parties if head < p.first <= head + 5]
        topics = []
        if after and not subjects:
            return after[0]
    if topics and _has_own_subject(words, topics[0].last + 1, head):
        topics = []
    for party in (topics + subjects)[:1]:
        return _acts(words, head, party, kind)
    near = " ".join(words[max(0, head - 6) : head + 2])
    found = _MEANS.search(near) or (_RUBBISH.search(near) if kind is Kind.BALLOON else None)
    return _by_means(sentence, head, found[0]) if found else None


def _by_means(sentence: Sentence, head: int, means: str) -> Party:
    words = sentence.words
    side = "south" if means == "대북" else "north"
    token = next(t for t in range(max(0, head - 6), len(words)) if means in words[t])
    return Party(side, token, token, COUNTRY[side], at=sentence.span(token, token), is_implied=True)


def _has_own_subject(words: list[str], begin: int, head: int) -> bool:
    """Return whether a verb has a subject nearer than the topic of the sentence."""
    for word in reversed(words[begin:head]):
        if _ENDS_CLAUSE.match(word):
            return False
        if len(word) > 1 and is_hangul(word) and word[-1] in "이가" and word not in _NO_SUBJECT:
            return True
    return False


_NO_SUBJECT = frozenset({"사이", "같이", "차이", "높이", "길이", "평가", "추가", "국가", "깊이"})


def _is_subject(word: str) -> bool:
    return bool(_SUBJECT.match(word)) and not word.endswith("에서는")


def _end(words: list[str], token: int, head: int) -> int:
    """Return the token with the particle of the words that a name goes with."""
    for end in range(token, min(token + 4, head)):
        word = words[end]
        if not is_hangul(word) and not word[-1:].isalpha():
            continue
        if any(p.match(word) for p in (_SUBJECT, _TOPIC, _OBJECT)):
            # "북한군 하전사 1명이": the particle stands on the last word.
            return end
    return token


def _is_source(words: list[str], end: int) -> bool:
    return any("따르면" in w for w in words[end : end + 3])


def _sayer(words: list[str], head: int) -> bool:
    """Return whether what the verb tells is quoted: the topic of the sentence only says so."""
    told = words[head : head + 3]
    quoted = any(_QUOTED.match(w) for w in told)
    return quoted and not any(_is_subject(w) or _TOPIC.match(w) for w in words[head + 1 : head + 4])


def _names_kind(words: list[str]) -> bool:
    return any(
        re.match(r"총격|포격|공격|사격|발사|도발|확성기|무인기|풍선|대남", w) for w in words[:3]
    )


def _acts(words: list[str], head: int, party: Party, kind: Kind) -> Party | None:
    """Return the one who acts: the other side, where the subject only suffers."""
    if kind in _FIRE and _SUFFERS.search(" ".join(words[head : head + 2])):
        thing = any(re.match(r"총탄|포탄|탄환|총알|어뢰", w) for w in words[party.last + 1 : head])
        against = None if thing else other_side(party)
        return party if against is None else replace(against, is_implied=True)
    return party
